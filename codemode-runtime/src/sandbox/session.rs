//! Scripts that belong together.

use super::options::run::RunOptions;
use super::start::Sandbox;
use super::store::Store;
use crate::outcome::Outcome;

/// Scripts that belong together, such as those of one conversation: what one of them keeps in `$store`, the next ones can read.
///
/// What doesn't fit into an outcome is kept there, too, and so is what the calls of a script that failed had returned:
/// [`Outcome::kept`] has the names.
///
/// ```
/// # use codemode_runtime::{Sandbox, ToolSet};
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let sandbox = Sandbox::builder().tools(ToolSet::empty()).build()?;
/// let session = sandbox.session();
/// session.run("await $store.set('found', [1, 2, 3])").await;
/// let outcome = session.run("return (await $store.get<number[]>('found'))?.length").await;
/// assert_eq!(outcome.value(), Some(&3.into()));
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Session {
    sandbox: Sandbox,
    store: Store,
}

impl Sandbox {
    /// A session: scripts that can read what earlier ones have kept.
    #[must_use]
    pub fn session(&self) -> Session {
        Session::new(self.clone(), Store::new())
    }
}

impl Session {
    /// Scripts in a sandbox, with a store that may have something in it already.
    #[must_use]
    pub fn new(sandbox: Sandbox, store: Store) -> Self {
        Self { sandbox, store }
    }

    /// What the scripts keep for each other.
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Runs a script, as [`Sandbox::run`] does.
    pub async fn run(&self, script: impl Into<String>) -> Outcome {
        self.run_with(script, RunOptions::default()).await
    }

    /// The same, with a policy or an observer for this run alone.
    pub async fn run_with(&self, script: impl Into<String>, options: RunOptions) -> Outcome {
        let options = options.store(self.store.clone());
        self.sandbox.run_with(script, options).await
    }
}
