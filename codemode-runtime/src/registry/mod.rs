//! The tools of this program, and their ops for a `deno_core` runtime of its own.

#[cfg(feature = "engine")]
pub(crate) mod deno_extension;
#[cfg(feature = "engine")]
pub(crate) mod op;
pub(crate) mod set;
