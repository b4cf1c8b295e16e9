//! Where the tools of a command come from, opened.

use std::collections::HashSet;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use codemode_runtime::{
    Catalogue, McpConfig, McpEvent, McpEventKind, McpServers, Sandbox, SandboxBuilder, ToolHost,
    ToolSet,
};

use crate::arguments::Sources;
use crate::error::CliError;
use crate::interrupt;
use crate::runner_crate;
use crate::runner_process::RunnerProcess;
use crate::tool_crates;

/// How long servers are waited for while others are there, or where a client waits in turn.
const COMMON_WAIT: Duration = Duration::from_secs(5);
const SHORT_WAIT: Duration = Duration::from_secs(2);

/// Which MCP servers are waited for, and how long.
#[derive(Clone, Copy)]
pub(crate) enum Wait<'a> {
    /// All for some seconds, and those that the script names as long as they may take to start.
    ForScript(&'a str),
    /// All for some seconds, and longer if none is there then.
    ForSome,
    /// All, but for a moment only: somebody waits who gives up soon.
    Shortly,
}

/// The runner of a crate, and MCP servers. They end with this value.
pub(crate) struct OpenSources {
    runner: Option<Arc<RunnerProcess>>,
    servers: Option<McpServers>,
    /// What was told, so that it is told once.
    told: Arc<Told>,
}

#[derive(Default)]
struct Told(Mutex<HashSet<String>>);

impl Told {
    fn warn(&self, warning: &str) {
        let mut told = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if told.insert(warning.to_owned()) {
            crate::commands::complain(&format!("warning: {warning}"));
        }
    }
}

impl OpenSources {
    /// Builds the crate, if one is wanted, and starts everything. What is wrong with an MCP server is told on standard error.
    pub(crate) async fn open(sources: &Sources, wait: Wait<'_>) -> Result<Self, CliError> {
        // Read first, since a mistake in it shows sooner than a crate is built.
        let config = config(sources)?;
        let runner = if sources.no_tools {
            None
        } else {
            let built = runner_crate::ready(&sources.target)?;
            let started = RunnerProcess::start(&built.program).await;
            let none = Catalogue::default();
            let tools = started.as_ref().map_or(&none, |runner| runner.catalogue());
            tool_crates::warn(&built.tool_crates, tools);
            Some(Arc::new(started?))
        };
        Self::start(runner, config, wait).await
    }

    /// Starts the MCP servers alone.
    pub(crate) async fn servers(sources: &Sources, wait: Wait<'_>) -> Result<Self, CliError> {
        Self::start(None, config(sources)?, wait).await
    }

    async fn start(
        runner: Option<Arc<RunnerProcess>>,
        config: Option<McpConfig>,
        wait: Wait<'_>,
    ) -> Result<Self, CliError> {
        let told = Arc::<Told>::default();
        let teller = Arc::clone(&told);
        let servers =
            config.map(|config| McpServers::begin(config, move |event| tell(event, &teller)));
        let opened = Self {
            runner,
            servers,
            told,
        };
        if let Err(error) = interrupt::or(opened.ready(wait)).await {
            opened.close().await;
            return Err(error);
        }
        opened.tell_problems();
        Ok(opened)
    }

    async fn ready(&self, wait: Wait<'_>) {
        let Some(servers) = &self.servers else {
            return;
        };
        servers
            .settle(match wait {
                Wait::Shortly => SHORT_WAIT,
                Wait::ForScript(_) | Wait::ForSome => COMMON_WAIT,
            })
            .await;
        match wait {
            Wait::Shortly => {}
            Wait::ForScript(script) => servers.named_in(script).await,
            Wait::ForSome => servers.some().await,
        }
    }

    /// Tells what is wrong with MCP servers now, as far as it is new.
    pub(crate) fn tell_problems(&self) {
        for problem in self.servers.iter().flat_map(McpServers::problems) {
            self.told.warn(&problem.to_string());
        }
    }

    /// A sandbox with the tools that there are now.
    pub(crate) fn sandbox(&self) -> SandboxBuilder {
        let runner = self
            .runner
            .iter()
            .map(|runner| Arc::clone(runner) as Arc<dyn ToolHost>);
        let servers = self.servers.iter().flat_map(McpServers::hosts);
        runner.chain(servers).fold(
            Sandbox::builder().tools(ToolSet::empty()),
            SandboxBuilder::host,
        )
    }

    /// Resolves when, from now on, there are other tools.
    pub(crate) fn changed(&self) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        match &self.servers {
            Some(servers) => Box::pin(servers.changed()),
            None => Box::pin(std::future::pending()),
        }
    }

    /// Ends what was started, and waits for it.
    pub(crate) async fn close(self) {
        if let Some(servers) = self.servers {
            servers.close().await;
        }
    }
}

/// Of what happens later, only what a person can mend is worth a line.
fn tell(event: &McpEvent, told: &Told) {
    let server = &event.server;
    match &event.kind {
        McpEventKind::NotKept(problem) => told.warn(&format!(
            "what was learned of the MCP server `{server}` isn't kept: {problem}"
        )),
        McpEventKind::Odd(oddity) => told.warn(&format!("the MCP server `{server}`: {oddity}")),
        _ => {}
    }
}

fn config(sources: &Sources) -> Result<Option<McpConfig>, CliError> {
    let Some(file) = &sources.mcp_config else {
        return Ok(None);
    };
    let config = McpConfig::read(file)?;
    Ok(Some(match &sources.learned {
        Some(learned) => config.learned_in(learned)?,
        None => config,
    }))
}
