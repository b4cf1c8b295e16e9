//! `codemode-cli list`: one line a tool.

use std::process::ExitCode;

use crate::arguments::List;
use crate::error::CliError;
use crate::terminal::print;

pub(crate) fn main(arguments: &List) -> Result<ExitCode, CliError> {
    let catalogue = super::tools::all_tools(&arguments.sources)?;
    let width = catalogue
        .tools()
        .iter()
        .map(|tool| tool.path().chars().count())
        .max()
        .unwrap_or_default();
    let mut lines = String::new();
    for tool in catalogue.tools() {
        let summary = codemode_runtime::visible(tool.summary());
        let line = format!("{:width$}  {summary}", tool.path());
        lines.push_str(line.trim_end());
        lines.push('\n');
    }
    print(&lines)?;
    Ok(ExitCode::SUCCESS)
}
