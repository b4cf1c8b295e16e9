//! `codemode-cli emit-schema`: a crate's tools as an MCP server lists them.

use std::process::ExitCode;

use codemode_mcp::McpCatalogue as _;

use super::output;
use crate::arguments::EmitSchema;
use crate::error::CliError;

pub(crate) fn main(arguments: &EmitSchema) -> Result<ExitCode, CliError> {
    let listed = super::tools::catalogue(&arguments.target)?.to_mcp();
    let text = format!("{}\n", serde_json::to_string_pretty(&listed)?);
    output::put(&text, &arguments.destination)
}
