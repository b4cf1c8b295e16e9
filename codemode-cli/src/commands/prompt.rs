//! `codemode-cli prompt`: what a model is told about the tools.

use std::fs;
use std::process::ExitCode;

use codemode_runtime::PromptOptions;

use super::output;
use crate::arguments::Prompt;
use crate::error::CliError;

pub(crate) fn main(arguments: &Prompt) -> Result<ExitCode, CliError> {
    let mut options = if arguments.discovery {
        PromptOptions::listing()
    } else {
        PromptOptions::default()
    };
    if let Some(budget) = arguments.budget {
        options.budget = budget;
    }
    if let Some(path) = &arguments.template {
        let template = fs::read_to_string(path).map_err(|error| CliError::Read {
            path: path.clone(),
            error,
        })?;
        options.template = Some(template);
    }
    let prompt = super::tools::all_tools(&arguments.sources)?.prompt(&options)?;
    output::put(&prompt, &arguments.destination)
}
