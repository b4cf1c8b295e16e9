//! The commands.

#[cfg(feature = "engine")]
mod ask;
#[cfg(feature = "engine")]
mod attachments;
#[cfg(feature = "engine")]
mod check;
mod emit_dts;
mod emit_schema;
mod init;
#[cfg(feature = "engine")]
mod isolation;
mod list;
mod output;
mod policy;
mod prompt;
#[cfg(feature = "engine")]
mod run;
#[cfg(feature = "engine")]
mod script;
#[cfg(feature = "engine")]
mod serve;
#[cfg(feature = "engine")]
mod session;
mod tools;

use std::process::ExitCode;

use clap::Parser as _;

use crate::arguments::{Arguments, Command};
#[cfg(feature = "engine")]
use crate::error::CliError;
use crate::terminal::complain;

/// The `main` of `codemode-cli`: does what the arguments of the process say.
///
/// The exit status is 0 if all went well, 1 if a script failed or a checked file is out of date, and 2 for wrong usage or
/// a failure that is no script's fault.
pub fn main() -> ExitCode {
    // On wrong usage this ends the process with status 2.
    let arguments = Arguments::parse();
    #[cfg(feature = "engine")]
    let wants_json = match &arguments.command {
        Command::Check(arguments) => arguments.json,
        Command::Run(arguments) => arguments.json,
        _ => false,
    };
    let done = match arguments.command {
        Command::EmitDts(arguments) => emit_dts::main(&arguments),
        Command::EmitSchema(arguments) => emit_schema::main(&arguments),
        Command::List(arguments) => list::main(&arguments),
        Command::Init(arguments) => init::main(&arguments),
        Command::Policy(arguments) => policy::main(&arguments),
        Command::Prompt(arguments) => prompt::main(&arguments),
        #[cfg(feature = "engine")]
        Command::Check(arguments) => check::main(&arguments),
        #[cfg(feature = "engine")]
        Command::Run(arguments) => run::main(&arguments),
        #[cfg(feature = "engine")]
        Command::Serve(arguments) => serve::main(&arguments),
    };
    done.unwrap_or_else(|error| {
        #[cfg(feature = "engine")]
        if let CliError::Interrupted(interrupt) = &error {
            return interrupt.status();
        }
        #[cfg(feature = "engine")]
        if wants_json {
            // Whoever reads it gets an object whatever happens, and if not, nothing can be told there.
            let _ = script::report_failure(&error);
        }
        complain(&format!("error: {error}"));
        ExitCode::from(2)
    })
}
