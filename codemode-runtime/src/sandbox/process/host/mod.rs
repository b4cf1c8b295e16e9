//! The host's side: workers are started, kept warm, given a script, heard and ended.

mod channel;
mod child;
mod job;
mod pool;
mod worker;

pub(in crate::sandbox) use self::job::Job;
pub(in crate::sandbox) use self::pool::Pool;
