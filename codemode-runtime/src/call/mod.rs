//! One call of a tool: its input is read, its result is written, and both are held to what is declared.

pub(crate) mod contract;
pub(crate) mod properties;
pub(crate) mod values;
