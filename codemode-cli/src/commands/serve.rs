//! `codemode-cli serve`: scripts for an MCP client.

use std::process::ExitCode;

use codemode_mcp::{Approval, HttpOptions, McpServer, Profile, Remembered};
use codemode_runtime::{Checker, Limits, Sandbox};
use tokio::net::TcpListener;

use super::isolation;
use crate::arguments::{self, Serve};
use crate::error::CliError;
use crate::sources::{OpenSources, Wait};
use crate::terminal::complain;

/// Not an option, since everybody on a machine can read a program's arguments.
const TOKEN: &str = "CODEMODE_HTTP_TOKEN";

pub(crate) fn main(arguments: &Serve) -> Result<ExitCode, CliError> {
    // No client is to see what another one was told.
    let remembered = match arguments.http {
        Some(_) => Remembered::Shapes,
        None => Remembered::ShapesAndExamples,
    };
    let work = async |sources: &OpenSources| {
        let checker = checker(arguments);
        let changed = sources.changed();
        let first = sandbox(arguments, sources, checker.as_ref())?;
        let server = server(arguments, first.clone());
        tell_unmet(&server, sources);
        tokio::select! {
            done = serve(arguments, &server) => done,
            never = tried_out(&first) => match never {},
            never = follow(changed, || sources.changed(), || {
                sources.tell_problems();
                match sandbox(arguments, sources, checker.as_ref()) {
                    Ok(sandbox) => server.replace(sandbox),
                    Err(error) => complain(&format!("warning: the old tools stay: {error}")),
                }
                tell_unmet(&server, sources);
            }) => match never {},
        }
    };
    let serving =
        OpenSources::remembering(&arguments.sources, Wait::Shortly, Some(remembered), work);
    let event_loop = super::tools::event_loop()?;
    let served = event_loop.block_on(serving);
    // A read of the standard input may go on as long as somebody holds its other end.
    event_loop.shutdown_background();
    served.map(|()| ExitCode::SUCCESS)
}

fn server(arguments: &Serve, sandbox: Sandbox) -> McpServer {
    let approval = match arguments.ask {
        arguments::Approval::Never => Approval::Never,
        arguments::Approval::Changes => Approval::Changes,
        arguments::Approval::Always => Approval::Always,
    };
    match arguments.profile {
        arguments::Profile::Scripts => {
            McpServer::with_direct(sandbox, approval, arguments.direct.clone())
        }
        arguments::Profile::Direct => McpServer::with(sandbox, Profile::Direct, approval),
    }
}

/// Tells of patterns that fit no tool, once all are there: whoever mistyped one would wait for it in vain.
fn tell_unmet(server: &McpServer, sources: &OpenSources) {
    if sources.is_starting() {
        return;
    }
    for pattern in server.unmet() {
        sources.warn(&format!(
            "no tool fits `--direct {pattern}`; a pattern is a `namespace.tool` as `search` names it, and `*` is any letters"
        ));
    }
}

/// What scripts' types are checked with. Without a compiler they run unchecked, which their outcomes say, too.
fn checker(arguments: &Serve) -> Option<Checker> {
    if arguments.no_check {
        return None;
    }
    Checker::find()
        .map_err(|error| complain(&format!("warning: scripts run unchecked: {error}")))
        .ok()
}

fn sandbox(
    arguments: &Serve,
    sources: &OpenSources,
    checker: Option<&Checker>,
) -> Result<Sandbox, CliError> {
    let default = Limits::default();
    let sandbox = sources.sandbox().discovery().limits(Limits {
        wall_time: arguments.timeout.unwrap_or(default.wall_time),
        ..default
    });
    let sandbox = match checker {
        Some(checker) => sandbox.checker(checker.clone()),
        None => sandbox,
    };
    let sandbox = isolation::set_for_many(sandbox, arguments.isolation, arguments.lock_down);
    Ok(sandbox.build()?)
}

async fn serve(arguments: &Serve, server: &McpServer) -> Result<(), CliError> {
    let Some(address) = arguments.http else {
        return Ok(server.serve_stdio().await?);
    };
    let listener = TcpListener::bind(address)
        .await
        .map_err(|error| CliError::Listen { address, error })?;
    // With port 0 only this tells where the server is.
    if let Ok(address) = listener.local_addr() {
        complain(&format!("listening at http://{address}/mcp"));
    }
    let options = HttpOptions {
        token: std::env::var(TOKEN).ok(),
        hosts: arguments.host.clone(),
        origins: arguments.origin.clone(),
    };
    Ok(server.serve_http(listener, options).await?)
}

/// Beside what is served, so that no client waits for it.
async fn tried_out(sandbox: &Sandbox) -> std::convert::Infallible {
    isolation::try_out(sandbox).await;
    std::future::pending().await
}

/// Offers what the MCP servers have now whenever that changes.
async fn follow<F: Future<Output = ()>>(
    first: F,
    changed: impl Fn() -> F,
    offer: impl Fn(),
) -> std::convert::Infallible {
    first.await;
    loop {
        // Asked for before the tools are, so that a change in between is one of the next round.
        let next = changed();
        offer();
        next.await;
    }
}
