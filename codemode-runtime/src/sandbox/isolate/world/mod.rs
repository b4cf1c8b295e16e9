//! What a script finds in its isolate. The build script compiles this as well: V8's snapshot is made of it.

pub(crate) mod boot;
pub(crate) mod ops;
mod web;
