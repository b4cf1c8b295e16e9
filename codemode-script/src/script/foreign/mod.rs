//! What models send as a script that is written in another language.

pub(super) mod python;
pub(super) mod shell;
