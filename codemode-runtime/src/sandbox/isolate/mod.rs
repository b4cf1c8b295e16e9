//! The isolate that a script runs in. This is the only place of the sandbox that names the engine.

#[cfg(feature = "v8")]
mod buffers;
pub(crate) mod doors;
pub(crate) mod engine;
mod errors;
mod event_loop;
pub(crate) mod execute;
mod handed_back;
#[cfg(all(unix, feature = "v8"))]
pub(crate) mod last_words;
mod memory;
#[cfg(feature = "v8")]
mod place;
pub(crate) mod prepared;
mod rejections;
pub(crate) mod world;
