//! `codemode-cli run`: a script against a crate's tools.

use std::path::Path;
use std::process::ExitCode;

use codemode_runtime::{Checker, Limits, RunOptions};

use super::ask::Ask;
use super::{attachments, isolation, script, session};
use crate::arguments::Run;
use crate::error::CliError;
use crate::saved;
use crate::sources::{OpenSources, Wait};
use crate::terminal::complain;

pub(crate) fn main(arguments: &Run) -> Result<ExitCode, CliError> {
    if arguments.ask && arguments.script == Path::new("-") {
        return Err(CliError::AskWithoutInput);
    }
    let text = script::read(&arguments.script)?;
    let mut options = RunOptions::default();
    // Where the script has come from standard input, no answer can.
    if arguments.script != Path::new("-") {
        options = options.questions(Ask::default());
    }
    if let Some(name) = &arguments.session {
        options = options.store(session::open(name)?);
    }
    let event_loop = super::tools::event_loop()?;
    let called = saved::with_called(&arguments.sources, &text)?;
    let wait = Wait::ForScript(&called);
    let running = OpenSources::with(&arguments.sources, wait, async |sources| {
        let checker = checker(arguments);
        let saved = saved::of(
            &arguments.sources,
            || sources.catalogue(),
            checker.as_ref(),
            |warning| sources.warn(warning),
        )
        .await?;
        let sandbox = sources.sandbox().limits(limits(arguments));
        let sandbox = sandbox.discovery().saved(saved);
        let mut sandbox = isolation::set(sandbox, arguments.isolation, arguments.lock_down);
        if arguments.ask {
            sandbox = sandbox.policy(Ask::default());
        }
        if let Some(checker) = checker {
            sandbox = sandbox.checker(checker);
        }
        let sandbox = sandbox.build()?;
        let outcome = sandbox.run_with(text.as_str(), options).await;
        Ok((outcome, sandbox.catalogue().clone()))
    });
    let done = event_loop.block_on(running);
    // A question may still be open, and nobody has to answer it any more.
    event_loop.shutdown_background();
    let (outcome, catalogue) = done?;
    if !arguments.json {
        attachments::save(&arguments.files, &outcome.attachments)?;
        isolation::tell_missing(&outcome);
        session::tell_kept(&outcome);
    }
    script::report(
        &arguments.script,
        arguments.json,
        &text,
        &outcome,
        &catalogue,
    )
}

/// What checks the script before it runs. Without a compiler it runs all the same.
fn checker(arguments: &Run) -> Option<Checker> {
    if arguments.no_check {
        return None;
    }
    match Checker::find() {
        Ok(checker) => Some(checker),
        Err(error) => {
            if !arguments.json {
                complain(&format!("note: the script's types aren't checked: {error}"));
            }
            None
        }
    }
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
