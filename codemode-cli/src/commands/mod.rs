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
mod prompt;
#[cfg(feature = "engine")]
mod run;
#[cfg(feature = "engine")]
mod script;
#[cfg(feature = "engine")]
mod serve;

use std::io::{self, Write as _};
use std::process::{Command as Process, ExitCode, Stdio};

use clap::Parser as _;
use codemode_runtime::Catalogue;

use crate::arguments::{Arguments, Command, Sources, Target};
use crate::error::CliError;
use crate::runner_crate::Runner;
#[cfg(feature = "engine")]
use crate::sources::{OpenSources, Wait};
use crate::{runner, runner_crate, tool_crates};

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

/// Writes to standard output, whose reader may have gone: an error then, and no panic.
fn print(text: &str) -> Result<(), CliError> {
    io::stdout()
        .write_all(text.as_bytes())
        .map_err(|error| CliError::Write {
            path: "standard output".into(),
            error,
        })
}

/// Writes a line to standard error. Where nobody reads that, nothing can be told. What a script or a server has put into it
/// isn't obeyed by a terminal.
pub(crate) fn complain(text: &str) {
    let _ = writeln!(io::stderr(), "{}", codemode_runtime::visible(text));
}

/// The tools of a crate, from its runner.
fn catalogue(target: &Target) -> Result<Catalogue, CliError> {
    let Runner {
        program,
        tool_crates: crates,
    } = runner_crate::ready(target)?;
    let output = Process::new(&program)
        .arg(runner::CATALOGUE)
        .stdin(Stdio::null())
        .output()
        .map_err(|error| CliError::Start {
            program: program.display().to_string(),
            error,
        })?;
    if !output.status.success() {
        tool_crates::warn(&crates, &Catalogue::default());
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(CliError::Runner(said.trim_end().to_owned()));
    }
    let catalogue = serde_json::from_slice(&output.stdout)?;
    tool_crates::warn(&crates, &catalogue);
    Ok(catalogue)
}

/// The tools of a crate and of MCP servers.
#[cfg(feature = "engine")]
fn all_tools(sources: &Sources) -> Result<Catalogue, CliError> {
    // A crate's tools can be told without what they need to work.
    let mut tools = if sources.no_tools {
        Vec::new()
    } else {
        catalogue(&sources.target)?.tools().to_vec()
    };
    if sources.mcp_config.is_some() {
        let listing = OpenSources::with_servers(sources, Wait::ForSome, async |servers| {
            Ok(servers.sandbox().build()?.catalogue().clone())
        });
        let listed = event_loop()?.block_on(listing)?;
        tools.extend_from_slice(listed.tools());
    }
    Ok(Catalogue::from_tools(tools))
}

/// The tools of a crate, which is all there is without an engine.
#[cfg(not(feature = "engine"))]
fn all_tools(sources: &Sources) -> Result<Catalogue, CliError> {
    if sources.no_tools {
        return Ok(Catalogue::default());
    }
    catalogue(&sources.target)
}

#[cfg(feature = "engine")]
fn event_loop() -> Result<tokio::runtime::Runtime, CliError> {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .map_err(CliError::EventLoop)
}
