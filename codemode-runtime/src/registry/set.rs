//! The tools of this program, found without a list.

use std::any::TypeId;
use std::collections::BTreeMap;
use std::fmt;
use std::pin::pin;
use std::sync::Arc;

use futures_util::future::{Either, select};

use crate::call::contract::{self, Contract};
use crate::tool::context::{CallContext, SharedState, State};
use crate::tool::descriptor::{CallFuture, Location, StateType, Tool, ToolDescriptor};
use crate::tool::error::ToolError;

/// What `#[tool]` leaves behind for the program to find.
pub struct RegisteredTool {
    pub(crate) descriptor: &'static ToolDescriptor,
    call: fn(CallContext, String) -> CallFuture,
    /// What it holds can be written to, so it can't stand here itself.
    contract: &'static Contract,
    /// Only to be found in a compiled library.
    #[expect(dead_code, reason = "what looks for it reads the file")]
    mark: &'static str,
    /// An `OpDecl` holds raw pointers and isn't `Sync`, so the registry holds its maker.
    #[cfg(feature = "engine")]
    pub(crate) op: fn() -> deno_core::OpDecl,
}

impl RegisteredTool {
    /// The entry of `T`, with a contract of its own.
    #[must_use]
    pub const fn of<T: Tool>(contract: &'static Contract, mark: &'static str) -> Self {
        Self {
            descriptor: &T::DESCRIPTOR,
            call: |call, input| Box::pin(T::call(call, input)),
            contract,
            mark,
            #[cfg(feature = "engine")]
            op: super::op::tool_op::<T>,
        }
    }
}

impl RegisteredTool {
    /// Calls the tool, whatever the way to it. What it returns is what it declares.
    pub(crate) async fn guarded_call(
        &self,
        results: Results,
        context: CallContext,
        input: String,
    ) -> Result<String, ToolError> {
        let result = self
            .timed_call(context, input)
            .await
            .map_err(|error| contract::explained(error, self.descriptor))?;
        if results == Results::Compared {
            self.contract.check(self.descriptor, &result)?;
        }
        Ok(result)
    }

    /// Calls the tool as far as its time goes. A panic becomes an error.
    async fn timed_call(&self, context: CallContext, input: String) -> Result<String, ToolError> {
        let path = self.descriptor.path();
        let Some(timeout) = self.descriptor.timeout else {
            return guard_panics(path, (self.call)(context, input)).await;
        };
        let call = guard_panics(path, (self.call)(context.clone(), input));
        match select(pin!(call), codemode_timer::sleep(timeout)).await {
            Either::Left((result, _)) => result,
            Either::Right(_) => {
                context.cancellation().cancel();
                Err(ToolError::failed(format!(
                    "the tool took longer than its limit of {timeout:?}"
                )))
            }
        }
    }
}

inventory::collect!(RegisteredTool);

/// What `#[provide_state]` leaves behind.
pub struct StateProvider {
    /// The type it makes.
    pub provides: fn() -> StateType,
    /// Where the function is.
    pub location: Location,
    /// Makes the value, or says why it can't.
    pub make: fn() -> Result<ProvidedState, String>,
}

impl StateProvider {
    fn id(&self) -> TypeId {
        let [id, _] = (self.provides)().ids();
        id
    }
}

inventory::collect!(StateProvider);

/// A host value that a [`StateProvider`] made.
pub struct ProvidedState(SharedState);

/// The type behind a [`std::marker::PhantomData`], which is how generated code names it.
pub fn state_type_of<T: Send + Sync + 'static>(_: std::marker::PhantomData<T>) -> StateType {
    StateType::of::<T>()
}

/// Wraps what a `#[provide_state]` function returned.
///
/// # Errors
///
/// The function's own error as text.
pub fn provided<T: Send + Sync + 'static, E: fmt::Display>(
    made: Result<T, E>,
) -> Result<ProvidedState, String> {
    made.map(|value| ProvidedState(Arc::new(value)))
        .map_err(|error| error.to_string())
}

/// What is done with what a tool returns.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Results {
    /// It is compared with the tool's declaration.
    Compared,
    /// It is believed.
    Trusted,
}

/// A set of tools in which every name is unique, sorted by name.
#[derive(Clone)]
pub struct ToolSet {
    tools: Vec<&'static RegisteredTool>,
    results: Results,
}

/// Why the tools of a program don't make a set.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ToolSetError {
    /// The program has no tool.
    #[error(
        "no tools are registered in this program. Either no function has the attribute `#[tool]`, or the crate that has them \
         isn't linked: a crate that is named in Cargo.toml but nowhere in the program is left out by the compiler. \
         Write `use your_tools as _;` in the program"
    )]
    NoTools,
    /// Two tools have one name.
    #[error(
        "two tools are called `{name}`: one at {first} and one at {second}. Rename one with `#[tool(name = \"…\")]` or move it \
         to another namespace with `#[tool(namespace = \"…\")]`"
    )]
    DuplicateName {
        /// The name that scripts would use.
        name: String,
        /// One of them.
        first: Location,
        /// The other.
        second: Location,
    },
}

impl ToolSet {
    /// All tools that are linked into this program.
    ///
    /// # Errors
    ///
    /// If there is none, or if two have one name.
    pub fn registered() -> Result<Self, ToolSetError> {
        let mut by_name = BTreeMap::new();
        for tool in inventory::iter::<RegisteredTool> {
            let descriptor = tool.descriptor;
            let key = (descriptor.namespace, descriptor.name);
            if let Some(other) = by_name.insert(key, tool) {
                return Err(duplicate(other.descriptor, descriptor));
            }
        }
        if by_name.is_empty() {
            return Err(ToolSetError::NoTools);
        }
        Ok(Self {
            tools: by_name.into_values().collect(),
            results: Results::Compared,
        })
    }

    /// A set without tools.
    #[must_use]
    pub fn empty() -> Self {
        Self {
            tools: Vec::new(),
            results: Results::Compared,
        }
    }

    /// The same tools, whose results are handed to scripts without a look at their declarations.
    ///
    /// A result is otherwise compared with what the tool declares, since a `Serialize` or a `JsonSchema` that is written by
    /// hand may say something else, and a script that was checked against the declaration would go on with a value that it
    /// can't have. The comparison is a small part of what a call costs; this is for who has measured that it is too much.
    ///
    /// ```
    /// use codemode_runtime::{ToolSet, tool};
    ///
    /// #[tool]
    /// fn half(of: f64) -> f64 {
    ///     of / 2.0
    /// }
    ///
    /// let tools = ToolSet::registered()?.trusting_results();
    /// # Ok::<_, codemode_runtime::ToolSetError>(())
    /// ```
    #[must_use]
    pub fn trusting_results(self) -> Self {
        Self {
            results: Results::Trusted,
            ..self
        }
    }

    /// The facts of each tool, sorted by namespace and name.
    pub fn descriptors(&self) -> impl Iterator<Item = &'static ToolDescriptor> + '_ {
        self.tools.iter().map(|tool| tool.descriptor)
    }

    #[cfg(feature = "engine")]
    pub(crate) fn tools(&self) -> &[&'static RegisteredTool] {
        &self.tools
    }

    #[cfg(feature = "engine")]
    pub(crate) fn results(&self) -> Results {
        self.results
    }

    /// Completes `state` with what the tools ask for and `#[provide_state]` functions make.
    ///
    /// # Errors
    ///
    /// If nothing makes a type that a tool asks for, or if making it fails.
    pub fn complete_state(&self, mut state: State) -> Result<State, StateError> {
        for tool in &self.tools {
            for wanted in tool.descriptor.state {
                let ids = wanted.ids();
                if ids.iter().any(|id| state.contains(*id)) {
                    continue;
                }
                let provider = inventory::iter::<StateProvider>
                    .into_iter()
                    .find(|provider| ids.contains(&provider.id()))
                    .ok_or_else(|| StateError::Missing {
                        tool: tool.descriptor.path().to_owned(),
                        location: tool.descriptor.location,
                        state: wanted.name(),
                    })?;
                let made = (provider.make)().map_err(|reason| StateError::Failed {
                    state: wanted.name(),
                    location: provider.location,
                    reason,
                })?;
                state.insert_shared(provider.id(), made.0);
            }
        }
        Ok(state)
    }

    /// Calls one tool, without a sandbox: for programs that host tools and leave the script to another process.
    ///
    /// `input` is JSON text; empty stands for no argument. A panic of the tool becomes an error.
    ///
    /// # Errors
    ///
    /// As the tool decides, or if there is no tool of that name.
    pub async fn call(
        &self,
        namespace: &str,
        name: &str,
        call: CallContext,
        input: String,
    ) -> Result<String, ToolError> {
        let position = self
            .tools
            .binary_search_by_key(&(namespace, name), |tool| {
                (tool.descriptor.namespace, tool.descriptor.name)
            })
            .map_err(|_| ToolError::failed(format!("there is no tool `{namespace}.{name}`")))?;
        self.tools[position]
            .guarded_call(self.results, call, input)
            .await
    }
}

/// Turns the panic of a tool into a failed call, so that it never reaches the engine's frames, where it would abort the process.
pub(crate) async fn guard_panics(
    path: &str,
    call: impl Future<Output = Result<String, ToolError>>,
) -> Result<String, ToolError> {
    use futures_util::FutureExt as _;
    std::panic::AssertUnwindSafe(call)
        .catch_unwind()
        .await
        .unwrap_or_else(|panic| {
            tracing::error!(tool = path, message = text_of(&*panic), "a tool panicked");
            Err(ToolError::failed(
                "the tool stopped unexpectedly (it panicked); this is a fault of the tool, not of the script",
            ))
        })
}

/// What a panic said, as far as it is text.
fn text_of(panic: &(dyn std::any::Any + Send)) -> &str {
    panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("(no text)")
}

/// Two tools of one name; the message is the same whichever was found first.
fn duplicate(one: &ToolDescriptor, other: &ToolDescriptor) -> ToolSetError {
    let place = |tool: &ToolDescriptor| (tool.location.file, tool.location.line);
    let (first, second) = if place(one) <= place(other) {
        (one, other)
    } else {
        (other, one)
    };
    ToolSetError::DuplicateName {
        name: one.path().to_owned(),
        first: first.location,
        second: second.location,
    }
}

fn pointer(state: &str) -> String {
    if state.starts_with("dyn ") || state.starts_with('[') {
        format!(", as `Box<{state}>` or `Arc<{state}>`")
    } else {
        String::new()
    }
}

/// Why a sandbox can't be built: a tool lacks a host value.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StateError {
    /// Nothing makes the type.
    #[error(
        "the tool `{tool}` ({location}) asks for `#[state] &{state}`, but nobody provides one. Hand it to the sandbox with \
         `.state(value)`, or write a function with `#[provide_state]` that returns it{}",
        pointer(state)
    )]
    Missing {
        /// Who asks.
        tool: String,
        /// Where it is.
        location: Location,
        /// For what type.
        state: &'static str,
    },
    /// The `#[provide_state]` function failed.
    #[error("can't provide `{state}` ({location}): {reason}")]
    Failed {
        /// The type.
        state: &'static str,
        /// Where the function is.
        location: Location,
        /// Its error.
        reason: String,
    },
}
