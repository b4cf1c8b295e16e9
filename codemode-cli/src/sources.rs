//! Where the tools of a command come from, opened.

use std::pin::Pin;
use std::sync::Arc;

use codemode_runtime::{
    McpConfig, McpEvent, McpEventKind, McpServers, Sandbox, SandboxBuilder, ToolHost, ToolSet,
};

use crate::arguments::Sources;
use crate::error::CliError;
use crate::runner_crate;
use crate::runner_process::RunnerProcess;

/// The runner of a crate, and MCP servers. They end with this value.
pub(crate) struct OpenSources {
    runner: Option<Arc<RunnerProcess>>,
    servers: Option<McpServers>,
}

impl OpenSources {
    /// Builds the crate, if one is wanted, and starts everything. What is wrong with an MCP server is told on standard error.
    pub(crate) async fn open(sources: &Sources) -> Result<Self, CliError> {
        // Read first, since a mistake in it shows sooner than a crate is built.
        let config = config(sources)?;
        let runner = if sources.no_tools {
            None
        } else {
            let program = runner_crate::ready(&sources.target)?;
            Some(Arc::new(RunnerProcess::start(&program).await?))
        };
        Ok(Self {
            runner,
            ..Self::start(config).await
        })
    }

    /// Starts the MCP servers alone.
    pub(crate) async fn servers(sources: &Sources) -> Result<Self, CliError> {
        Ok(Self::start(config(sources)?).await)
    }

    async fn start(config: Option<McpConfig>) -> Self {
        let servers = match config {
            None => None,
            Some(config) => Some(McpServers::start_with_events(config, tell).await),
        };
        for problem in servers.iter().flat_map(McpServers::problems) {
            crate::commands::complain(&format!("warning: {problem}"));
        }
        Self {
            runner: None,
            servers,
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
fn tell(event: &McpEvent) {
    if let McpEventKind::NotKept(problem) = &event.kind {
        crate::commands::complain(&format!(
            "warning: what was learned of the MCP server `{}` isn't kept: {problem}",
            event.server
        ));
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
