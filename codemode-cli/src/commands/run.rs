//! `codemode-cli run`: a script against a crate's tools.

use std::io::{Read as _, Write as _};
use std::path::Path;
use std::process::ExitCode;
use std::{fs, io};

use codemode_runtime::{ErrorKind, Limits, Outcome};

use super::ask::Ask;
use super::isolation;
use crate::arguments::Run;
use crate::error::CliError;
use crate::render;
use crate::sources::OpenSources;

pub(crate) fn main(arguments: &Run) -> Result<ExitCode, CliError> {
    if arguments.ask && arguments.script == Path::new("-") {
        return Err(CliError::AskWithoutInput);
    }
    let script = read(&arguments.script)?;
    let outcome = super::event_loop()?.block_on(async {
        let sources = OpenSources::open(&arguments.sources).await?;
        let sandbox = sources.sandbox().limits(limits(arguments)).discovery();
        let mut sandbox = isolation::set(sandbox, arguments.isolation, arguments.lock_down);
        if arguments.ask {
            sandbox = sandbox.policy(Ask::default());
        }
        let outcome = sandbox.build()?.run(script.as_str()).await;
        sources.close().await;
        Ok::<_, CliError>(outcome)
    })?;
    report(arguments, &script, &outcome)?;
    Ok(status(&outcome))
}

fn read(path: &Path) -> Result<String, CliError> {
    let mut script = String::new();
    let read = if path == Path::new("-") {
        io::stdin().read_to_string(&mut script).map(|_| script)
    } else {
        fs::read_to_string(path)
    };
    read.map_err(|error| CliError::Read {
        path: path.to_owned(),
        error,
    })
}

fn limits(arguments: &Run) -> Limits {
    let default = Limits::default();
    let bytes = |given: Option<bytesize::ByteSize>, default: usize| {
        given.map_or(default, |given| {
            usize::try_from(given.as_u64()).unwrap_or(usize::MAX)
        })
    };
    Limits {
        wall_time: arguments.timeout.unwrap_or(default.wall_time),
        heap_bytes: bytes(arguments.heap, default.heap_bytes),
        tool_calls: arguments.max_tool_calls.unwrap_or(default.tool_calls),
        output_bytes: bytes(arguments.max_output, default.output_bytes),
        log_bytes: bytes(arguments.max_output, default.log_bytes),
        ..default
    }
}

fn report(arguments: &Run, script: &str, outcome: &Outcome) -> Result<(), CliError> {
    let name = arguments.script.display().to_string();
    let written = if arguments.json {
        let json = serde_json::to_string_pretty(outcome)?;
        writeln!(io::stdout(), "{json}")
    } else {
        render::outcome(&name, script, outcome)
    };
    written.map_err(|error| CliError::Write {
        path: "standard output".into(),
        error,
    })
}

fn status(outcome: &Outcome) -> ExitCode {
    match outcome.error().map(|error| error.kind) {
        None => ExitCode::SUCCESS,
        Some(ErrorKind::Host | ErrorKind::Busy) => ExitCode::from(2),
        Some(_) => ExitCode::FAILURE,
    }
}
