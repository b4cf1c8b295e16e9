//! The tools that a command is about.

use std::process::{Command as Process, Stdio};

use codemode_runtime::Catalogue;
#[cfg(feature = "engine")]
use codemode_runtime::Checker;

use crate::arguments::{Sources, Target};
use crate::crates::runner_program::Runner;
use crate::crates::{runner_crate, tool_crates};
use crate::error::CliError;
use crate::policy;
use crate::runner;
#[cfg(feature = "engine")]
use crate::saved;
#[cfg(feature = "engine")]
use crate::sources::{OpenSources, Wait};
#[cfg(feature = "engine")]
use crate::terminal::complain;

/// The tools of a crate, from its runner.
pub(super) fn catalogue(target: &Target) -> Result<Catalogue, CliError> {
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
pub(super) fn all_tools(sources: &Sources) -> Result<Catalogue, CliError> {
    // A crate's tools can be told without what they need to work.
    let mut tools = permitted_of_crate(sources)?.tools().to_vec();
    if sources.mcp_config.is_some() {
        let listing = OpenSources::with_servers(sources, Wait::ForSome, async |servers| {
            Ok(servers.sandbox().build()?.catalogue().clone())
        });
        let listed = event_loop()?.block_on(listing)?;
        tools.extend_from_slice(listed.tools());
    }
    let tools = Catalogue::from_tools(tools);
    let checker = Checker::find().ok();
    let saved = saved::of(
        sources,
        || Ok(tools.clone()),
        checker.as_ref(),
        |warning| complain(&format!("warning: {warning}")),
    );
    Ok(event_loop()?.block_on(saved)?.added_to(&tools))
}

/// The tools of a crate, which is all there is without an engine.
#[cfg(not(feature = "engine"))]
pub(super) fn all_tools(sources: &Sources) -> Result<Catalogue, CliError> {
    permitted_of_crate(sources)
}

/// The tools of a crate, if one is wanted, that a policy lets scripts call.
fn permitted_of_crate(sources: &Sources) -> Result<Catalogue, CliError> {
    // Read first, since a mistake in it shows sooner than a crate is built.
    let policy = policy::of(sources)?;
    if sources.no_tools {
        return Ok(Catalogue::default());
    }
    let tools = catalogue(&sources.target)?;
    Ok(match &policy {
        Some(policy) => tools.permitted(policy),
        None => tools,
    })
}

#[cfg(feature = "engine")]
pub(super) fn event_loop() -> Result<tokio::runtime::Runtime, CliError> {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .map_err(CliError::EventLoop)
}
