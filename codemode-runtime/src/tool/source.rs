//! Where a tool comes from.

use serde::{Deserialize, Serialize};

/// Where a tool comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum ToolSource {
    /// A function in Rust, of this program or of a crate.
    #[default]
    Rust,
    /// An MCP server.
    Mcp,
    /// An HTTP interface that an `OpenAPI` document describes.
    OpenApi,
    /// The script's own world, such as `$tools`, `$store` and `output`: it reaches nothing outside.
    World,
}

impl ToolSource {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Rust, Self::Mcp, Self::OpenApi, Self::World];

    /// The source as it stands in JSON and in policy files.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Rust => "rust",
            Self::Mcp => "mcp",
            Self::OpenApi => "openapi",
            Self::World => "world",
        }
    }

    #[allow(
        clippy::trivially_copy_pass_by_ref,
        reason = "serde hands out references"
    )]
    pub(crate) fn is_rust(&self) -> bool {
        *self == Self::Rust
    }
}
