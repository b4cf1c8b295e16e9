//! `codemode-cli serve`: scripts for an MCP client.

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use codemode_mcp::{Approval, HttpOptions, McpServer, Profile, Remembered};
use codemode_runtime::{Catalogue, Checker, Limits, Sandbox, ScriptSaver};
use tokio::net::TcpListener;
use tokio::sync::{mpsc, oneshot};

use super::isolation;
use crate::arguments::{self, Serve};
use crate::error::CliError;
use crate::saved;
use crate::sources::{OpenSources, Wait};
use crate::terminal::complain;

/// Not an option, since everybody on a machine can read a program's arguments.
const TOKEN: &str = "CODEMODE_HTTP_TOKEN";

pub(crate) fn main(arguments: &Serve) -> Result<ExitCode, CliError> {
    if let Some(folder) = &arguments.sources.scripts
        && arguments.save_scripts
    {
        std::fs::create_dir_all(folder).map_err(|error| CliError::Write {
            path: folder.clone(),
            error,
        })?;
    }
    // No client is to see what another one was told.
    let remembered = match arguments.http {
        Some(_) => Remembered::Shapes,
        None => Remembered::ShapesAndExamples,
    };
    let work = async |sources: &OpenSources| {
        let checker = checker(arguments);
        let changed = sources.changed();
        let (saving, saved) = mpsc::unbounded_channel();
        let sandbox = async || sandbox(arguments, sources, checker.as_ref(), &saving).await;
        let first = sandbox().await?;
        let server = server(arguments, first.clone());
        tell_unmet(&server, sources);
        tokio::select! {
            done = serve(arguments, &server) => done,
            never = tried_out(&first) => match never {},
            never = follow(changed, || sources.changed(), saved, async || {
                sources.tell_problems();
                match sandbox().await {
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

async fn sandbox(
    arguments: &Serve,
    sources: &OpenSources,
    checker: Option<&Checker>,
    saving: &mpsc::UnboundedSender<Saved>,
) -> Result<Sandbox, CliError> {
    let default = Limits::default();
    let saved = saved::of(
        &arguments.sources,
        || sources.catalogue(),
        checker,
        |warning| sources.warn(warning),
    )
    .await?;
    let sandbox = sources.sandbox().discovery().saved(saved).limits(Limits {
        wall_time: arguments.timeout.unwrap_or(default.wall_time),
        ..default
    });
    let sandbox = match &arguments.sources.scripts {
        Some(folder) if arguments.save_scripts => {
            let host = saver(folder, &sources.catalogue()?, checker, saving.clone());
            sandbox.host(Arc::new(host))
        }
        _ => sandbox,
    };
    let sandbox = match checker {
        Some(checker) => sandbox.checker(checker.clone()),
        None => sandbox,
    };
    let sandbox = isolation::set_for_many(sandbox, arguments.isolation, arguments.lock_down);
    Ok(sandbox.build()?)
}

/// A script was saved, and somebody waits until it can be called.
type Saved = oneshot::Sender<()>;

fn saver(
    folder: &Path,
    tools: &Catalogue,
    checker: Option<&Checker>,
    saving: mpsc::UnboundedSender<Saved>,
) -> ScriptSaver {
    ScriptSaver::new(folder.to_owned(), tools, checker.cloned(), move || {
        let (done, offered) = oneshot::channel();
        let asked = saving.send(done);
        Box::pin(async move {
            if asked.is_ok() {
                let _ = offered.await;
            }
        })
    })
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

/// Offers what the MCP servers have now whenever that changes, and what was saved.
async fn follow<F: Future<Output = ()> + Unpin>(
    first: F,
    changed: impl Fn() -> F,
    mut saved: mpsc::UnboundedReceiver<Saved>,
    offer: impl AsyncFn(),
) -> std::convert::Infallible {
    let mut next = first;
    loop {
        let waiting = tokio::select! {
            () = &mut next => {
                // Asked for before the tools are, so that a change in between is one of the next round.
                next = changed();
                None
            }
            Some(waiting) = saved.recv() => Some(waiting),
        };
        offer().await;
        if let Some(waiting) = waiting {
            let _ = waiting.send(());
        }
    }
}
