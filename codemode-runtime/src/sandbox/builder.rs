//! What a sandbox is made of.

use std::sync::{Arc, OnceLock};

#[cfg(feature = "check")]
use super::checked::Check;
use super::options::isolation::{Isolation, WorkerProgram, Workers};
use super::options::limits::Limits;
use super::options::policy::Policy;
#[cfg(unix)]
use super::process;
use super::saved::SavedScripts;
use super::start::{Sandbox, Shared, declared, seen, union};
use super::tools::discovery::ScriptDiscovery;
use super::tools::host::ToolHost;
use super::tools::table::{DuplicateName, Tools};
use super::tools::{output, store};
use crate::catalogue::Discovery;
use crate::registry::set::{StateError, ToolSet, ToolSetError};
use crate::tool::context::State;

/// Why a sandbox can't be built.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BuildError {
    /// The program's tools don't make a set.
    #[error(transparent)]
    Tools(#[from] ToolSetError),
    /// A tool lacks a host value.
    #[error(transparent)]
    State(#[from] StateError),
    /// A hosted tool has the name of another tool.
    #[error("two tools are called `{0}`: leave one of them out, or give one another namespace")]
    DuplicateName(String),
    /// A namespace has the name by which saved scripts are called.
    #[error(
        "the tools have a namespace `scripts`, by which saved scripts are called: give it another name"
    )]
    SavedNamespace,
    /// Scripts are to run in processes of their own, and this program can't be started as one.
    #[error(
        "`Isolation::Process` starts this program again, which has to know that: call `codemode_runtime::run_if_worker()` \
         at the very start of `main`, or name another program with `WorkerProgram::At`"
    )]
    NoWorker,
    /// Scripts are to run in processes of their own, and this system isn't one where they can.
    #[error("`Isolation::Process` is there on Unix only")]
    NoProcesses,
}

/// Collects what a [`Sandbox`] needs.
#[derive(Default)]
pub struct SandboxBuilder {
    tools: Option<ToolSet>,
    hosts: Vec<Arc<dyn ToolHost>>,
    state: State,
    limits: Limits,
    #[cfg(feature = "check")]
    checker: Option<codemode_check::Checker>,
    policy: Option<Arc<dyn Policy>>,
    discovery: bool,
    saved: SavedScripts,
    isolation: Isolation,
    workers: Workers,
}

impl SandboxBuilder {
    /// Offers these tools, instead of all that are linked into the program.
    #[must_use]
    pub fn tools(mut self, tools: ToolSet) -> Self {
        self.tools = Some(tools);
        self
    }

    /// Offers the tools of a host, too.
    #[must_use]
    pub fn host(mut self, host: Arc<dyn ToolHost>) -> Self {
        self.hosts.push(host);
        self
    }

    /// Hands a value to the tools that ask for `#[state] &T`.
    #[must_use]
    pub fn state<T: Send + Sync + 'static>(mut self, value: T) -> Self {
        self.state.insert(value);
        self
    }

    /// Sets what a run may use.
    #[must_use]
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Checks the types of every script before it runs. A script whose types don't fit isn't run.
    ///
    /// Without a checker, and where the compiler can't be started, scripts run unchecked, and the outcome says so.
    #[cfg(feature = "check")]
    #[must_use]
    pub fn checker(mut self, checker: codemode_check::Checker) -> Self {
        self.checker = Some(checker);
        self
    }

    /// Lets scripts look for tools themselves: with the namespace `$tools`, whose `search`, `list`, `namespaces` and `describe`
    /// cover all others. For catalogues that don't fit into a prompt.
    #[must_use]
    pub fn discovery(mut self) -> Self {
        self.discovery = true;
        self
    }

    /// Lets scripts call saved ones, as `await scripts.name({ … })`.
    #[must_use]
    pub fn saved(mut self, saved: SavedScripts) -> Self {
        self.saved = saved;
        self
    }

    /// Sets where scripts run.
    #[must_use]
    pub fn isolation(mut self, isolation: Isolation) -> Self {
        self.isolation = isolation;
        self
    }

    /// Sets how [`Isolation::Process`] starts its workers, and how many.
    #[must_use]
    pub fn workers(mut self, workers: Workers) -> Self {
        self.workers = workers;
        self
    }

    /// Asks this before each call, and declares what it lets be declared. Without a policy, every call is allowed.
    #[must_use]
    pub fn policy(mut self, policy: impl Policy) -> Self {
        self.policy = Some(Arc::new(policy));
        self
    }

    /// Checks that every tool has what it needs, and makes the sandbox.
    ///
    /// # Errors
    ///
    /// If two tools have one name, or if a tool asks for state that nobody provides. If [`SandboxBuilder::tools`] wasn't
    /// used and there is no [`ToolHost`], a program without tools is an error, too. So is [`Isolation::Process`] where there
    /// is no worker for it.
    pub fn build(self) -> Result<Sandbox, BuildError> {
        let tools = match self.tools {
            Some(tools) => tools,
            None if self.hosts.is_empty() => ToolSet::registered()?,
            None => ToolSet::empty(),
        };
        let mut hosts = self.hosts;
        if self.discovery {
            let found = union(&tools, &hosts, &self.saved);
            let found = declared(self.policy.as_ref(), found);
            let asked = hosts.clone();
            let found = Discovery::beside(found, ScriptDiscovery::functions())
                .with_seen(move |tool| seen(&asked, tool));
            hosts.push(Arc::new(ScriptDiscovery::over(found)));
        }
        // In the catalogue there are only tools; these are part of a script's world.
        let world: [Arc<dyn ToolHost>; 2] = [Arc::new(output::Output), Arc::new(store::Store)];
        let table = Tools::new(&tools, &[hosts.as_slice(), &world].concat())?;
        if !self.saved.is_empty() && table.has_namespace(codemode_script::SAVED) {
            return Err(BuildError::SavedNamespace);
        }
        let state = tools.complete_state(self.state)?;
        Ok(Sandbox {
            shared: Arc::new(Shared {
                tools: Arc::new(table),
                own: tools,
                hosts,
                saved: self.saved,
                state,
                #[cfg(unix)]
                workers: workers(self.isolation, self.workers, &self.limits)?,
                limits: self.limits,
                #[cfg(feature = "check")]
                check: self.checker.map(Check::new),
                policy: self.policy,
                catalogue: OnceLock::new(),
            }),
        })
    }
}

/// The pool of a sandbox that needs one.
#[cfg(unix)]
fn workers(
    isolation: Isolation,
    workers: Workers,
    limits: &Limits,
) -> Result<Option<process::Pool>, BuildError> {
    match isolation {
        Isolation::InProcess => Ok(None),
        Isolation::Process if workers.program == WorkerProgram::This && !process::is_host() => {
            Err(BuildError::NoWorker)
        }
        Isolation::Process => Ok(Some(process::Pool::new(workers, limits.clone()))),
    }
}

impl Sandbox {
    /// Starts a sandbox with all tools that are linked into the program and default [`Limits`].
    #[must_use]
    pub fn builder() -> SandboxBuilder {
        SandboxBuilder::default()
    }
}

impl From<DuplicateName> for BuildError {
    fn from(DuplicateName(name): DuplicateName) -> Self {
        Self::DuplicateName(name)
    }
}
