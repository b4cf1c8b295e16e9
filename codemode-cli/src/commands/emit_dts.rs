//! `codemode-cli emit-dts`: the declarations of a crate's tools, or of those that an MCP server has listed.

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use codemode_mcp::McpCatalogue as _;
use codemode_runtime::Catalogue;

use super::output;
use crate::arguments::EmitDts;
use crate::error::CliError;
use crate::terminal::complain;

pub(crate) fn main(arguments: &EmitDts) -> Result<ExitCode, CliError> {
    let catalogue = match &arguments.mcp_tools {
        None => super::tools::catalogue(&arguments.target)?,
        Some(path) => listed(path)?,
    };
    if arguments.mcp_tools.is_none() {
        for contradiction in catalogue.contradictions() {
            complain(&format!("warning: {contradiction}"));
        }
    }
    let notes: Vec<_> = catalogue.schema_notes().collect();
    let (declarations, left_out) = if arguments.compact {
        catalogue.compact()
    } else {
        catalogue.declarable()
    };
    // The process is about to end, and to free every part of a large catalogue would take as long as to read it.
    std::mem::forget(catalogue);
    match &arguments.mcp_tools {
        // Who has the tools listed can't mend them, and the others are of use without them.
        Some(path) => {
            for note in notes {
                complain(&format!("warning: {note}"));
            }
            for error in left_out {
                complain(&format!("warning: left out: {error}"));
            }
            if declarations.is_empty() {
                return Err(CliError::NothingToDeclare(path.clone()));
            }
        }
        None => {
            if let Some(error) = left_out.into_iter().next() {
                return Err(error.into());
            }
        }
    }
    output::put(&declarations, &arguments.destination)
}

/// The tools of an MCP `tools/list` result, in a namespace that is called as the file is.
fn listed(path: &Path) -> Result<Catalogue, CliError> {
    let text = fs::read_to_string(path).map_err(|error| CliError::Read {
        path: path.to_owned(),
        error,
    })?;
    let tools = codemode_mcp::read_mcp_list(&text).map_err(|error| CliError::Json {
        path: path.to_owned(),
        error,
    })?;
    let namespace = path.file_stem().unwrap_or_default().to_string_lossy();
    let (catalogue, refused) =
        Catalogue::from_mcp_as_far_as_readable(&namespace, tools).map_err(|error| {
            CliError::ToolList {
                path: path.to_owned(),
                error,
            }
        })?;
    for error in refused {
        complain(&format!("warning: left out: {error}"));
    }
    Ok(catalogue)
}
