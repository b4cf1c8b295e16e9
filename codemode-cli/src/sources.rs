//! Where the tools of a command come from, opened.

use std::collections::HashSet;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use codemode_mcp::{McpConfig, McpEvent, McpEventKind, McpServers, Remembered};
use codemode_runtime::{Catalogue, PolicyFile, Sandbox, SandboxBuilder, ToolHost, ToolSet};

use super::crates::runner_crate;
use super::crates::runner_process::RunnerProcess;
use super::crates::tool_crates;
use crate::arguments::Sources;
use crate::error::CliError;
use crate::interrupt::Interrupts;
use crate::policy;
use crate::terminal::complain;

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

/// The runner of a crate, MCP servers, and what may be called of both.
pub(crate) struct OpenSources {
    runner: Option<Arc<RunnerProcess>>,
    servers: Option<McpServers>,
    policy: Option<PolicyFile>,
    /// What was told, so that it is told once.
    told: Arc<Told>,
}

#[derive(Default)]
struct Told(Mutex<HashSet<String>>);

impl Told {
    fn warn(&self, warning: &str) {
        let mut told = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if told.insert(warning.to_owned()) {
            complain(&format!("warning: {warning}"));
        }
    }
}

impl OpenSources {
    /// Builds the crate, if one is wanted, starts everything, does some work with it, and ends everything, whatever has come of
    /// the work. What is wrong with an MCP server is told on standard error.
    ///
    /// # Errors
    ///
    /// The work's own, and if a signal came meanwhile.
    pub(crate) async fn with<T>(
        sources: &Sources,
        wait: Wait<'_>,
        work: impl AsyncFnOnce(&Self) -> Result<T, CliError>,
    ) -> Result<T, CliError> {
        Self::remembering(sources, wait, None, work).await
    }

    /// The same, and so much is remembered of what servers answer.
    pub(crate) async fn remembering<T>(
        sources: &Sources,
        wait: Wait<'_>,
        remembered: Option<Remembered>,
        work: impl AsyncFnOnce(&Self) -> Result<T, CliError>,
    ) -> Result<T, CliError> {
        // Read first, since a mistake in it shows sooner than a crate is built.
        let mut config = config(sources)?;
        if let Some(remembered) = remembered {
            config = config.map(|config| config.remembering(remembered));
        }
        let policy = policy::of(sources)?;
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
        Self::start(runner, config, policy, wait, work).await
    }

    /// The same with the MCP servers alone.
    pub(crate) async fn with_servers<T>(
        sources: &Sources,
        wait: Wait<'_>,
        work: impl AsyncFnOnce(&Self) -> Result<T, CliError>,
    ) -> Result<T, CliError> {
        Self::start(None, config(sources)?, policy::of(sources)?, wait, work).await
    }

    async fn start<T>(
        runner: Option<Arc<RunnerProcess>>,
        config: Option<McpConfig>,
        policy: Option<PolicyFile>,
        wait: Wait<'_>,
        work: impl AsyncFnOnce(&Self) -> Result<T, CliError>,
    ) -> Result<T, CliError> {
        let told = Arc::<Told>::default();
        let teller = Arc::clone(&told);
        // Before anything is started that a signal would leave behind.
        let mut interrupts = Interrupts::listen();
        let servers =
            config.map(|config| McpServers::begin(config, move |event| tell(event, &teller)));
        let opened = Self {
            runner,
            servers,
            policy,
            told,
        };
        let done = interrupts
            .or(async {
                opened.ready(wait).await;
                opened.tell_problems();
                work(&opened).await
            })
            .await;
        if let Some(servers) = opened.servers {
            servers.close().await;
        }
        done?
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

    /// Whether tools may come that aren't there yet.
    pub(crate) fn is_starting(&self) -> bool {
        self.servers.as_ref().is_some_and(McpServers::is_starting)
    }

    /// Tells something that is wrong, if it is new.
    pub(crate) fn warn(&self, warning: &str) {
        self.told.warn(warning);
    }

    /// Tells what is wrong with MCP servers now, as far as it is new.
    pub(crate) fn tell_problems(&self) {
        for problem in self.servers.iter().flat_map(McpServers::problems) {
            self.told.warn(&problem.to_string());
        }
    }

    /// A sandbox with the tools that there are now, and with the policy, whose counts go on from one sandbox to the next.
    pub(crate) fn sandbox(&self) -> SandboxBuilder {
        let runner = self
            .runner
            .iter()
            .map(|runner| Arc::clone(runner) as Arc<dyn ToolHost>);
        let servers = self.servers.iter().flat_map(McpServers::hosts);
        let sandbox = runner.chain(servers).fold(
            Sandbox::builder().tools(ToolSet::empty()),
            SandboxBuilder::host,
        );
        match &self.policy {
            Some(policy) => sandbox.policy(policy.clone()),
            None => sandbox,
        }
    }

    /// The tools that there are now, with those by which scripts look for them.
    pub(crate) fn catalogue(&self) -> Result<Catalogue, CliError> {
        Ok(self.sandbox().discovery().build()?.catalogue().clone())
    }

    /// Resolves when, from now on, there are other tools.
    pub(crate) fn changed(&self) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        match &self.servers {
            Some(servers) => Box::pin(servers.changed()),
            None => Box::pin(std::future::pending()),
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
