//! What scripts can call: the program's own tools, those of hosts, and what every script's world has.

pub(crate) mod discovery;
pub(crate) mod host;
pub(crate) mod output;
pub(crate) mod store;
pub(crate) mod table;
pub(crate) mod words;
