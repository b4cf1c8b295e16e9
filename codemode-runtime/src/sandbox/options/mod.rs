//! What a host decides about its sandbox and about a run.

pub(crate) mod isolation;
pub(crate) mod limits;
pub(crate) mod policy;
pub(crate) mod run;
