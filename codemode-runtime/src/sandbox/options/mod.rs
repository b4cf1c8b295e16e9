//! What a host decides about its sandbox and about a run.

pub(crate) mod isolation;
pub(crate) mod limits;
pub(crate) mod policy;
#[cfg(feature = "policy")]
mod policy_file;
pub(crate) mod run;
