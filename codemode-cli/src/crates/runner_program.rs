//! A program with a crate's tools, as it was built.

use std::path::PathBuf;

use super::tool_crates::ToolCrate;

/// A program with a crate's tools.
#[derive(Debug, PartialEq)]
pub(crate) struct Runner {
    pub(crate) program: PathBuf,
    /// The crates with tools that the crate depends on.
    pub(crate) tool_crates: Vec<ToolCrate>,
}
