//! What a tool is, and what is known of it.

pub(crate) mod annotations;
pub(crate) mod context;
pub(crate) mod descriptor;
pub(crate) mod error;
pub(crate) mod failure;
pub(crate) mod info;
pub(crate) mod root_schema;
pub(crate) mod source;
