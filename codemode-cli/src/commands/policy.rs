//! `codemode-cli policy`: what a policy file says of a call, and the form of such files.

use std::process::ExitCode;

use codemode_runtime::{PolicyFile, PolicyQuestion};

use super::output;
use crate::arguments::{Policy, PolicyCheck};
use crate::error::CliError;
use crate::terminal::print;

pub(crate) fn main(arguments: &Policy) -> Result<ExitCode, CliError> {
    match arguments {
        Policy::Check(arguments) => {
            print(&check(arguments)?)?;
            Ok(ExitCode::SUCCESS)
        }
        Policy::Schema(arguments) => {
            let schema = PolicyFile::schema().to_value();
            output::put(&format!("{schema:#}\n"), &arguments.destination)
        }
    }
}

fn check(arguments: &PolicyCheck) -> Result<String, CliError> {
    let policy = PolicyFile::read(&arguments.file)?;
    let Some(tool) = &arguments.call else {
        let rules = match policy.len() {
            1 => "1 rule".to_owned(),
            count => format!("{count} rules"),
        };
        return Ok(format!(
            "{}: {rules}, no mistakes\n",
            arguments.file.display()
        ));
    };
    let mut question = PolicyQuestion::new(tool, arguments.input.as_deref().unwrap_or_default());
    question.source = arguments.source;
    for (name, said) in &arguments.annotation {
        let said = Some(*said);
        match *name {
            "read_only" => question.annotations.read_only = said,
            "destructive" => question.annotations.destructive = said,
            "idempotent" => question.annotations.idempotent = said,
            _ => question.annotations.open_world = said,
        }
    }
    Ok(policy.explain(&question))
}
