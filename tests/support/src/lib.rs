//! What the tests of several packages need. Standard library only, so that `xtask` can use it and still start in a second.

pub mod golden;
pub mod program;
pub mod project;
pub mod typescript;
