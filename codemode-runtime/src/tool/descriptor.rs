//! What a tool is: the trait that `#[tool]` implements and the facts it states.

use std::any::TypeId;
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use schemars::{Schema, SchemaGenerator};

use super::annotations::Annotations;
use super::context::CallContext;
use super::error::ToolError;

/// A call under way.
pub(crate) type CallFuture = Pin<Box<dyn Future<Output = Result<String, ToolError>> + Send>>;

/// A Rust function that scripts can call.
///
/// `#[tool]` writes the implementation; there is seldom a reason to write one by hand. Both directions are JSON text,
/// so serde's rules, and nothing else, decide what a call accepts and returns.
pub trait Tool: 'static {
    /// Everything about the tool but the call itself.
    const DESCRIPTOR: ToolDescriptor;

    /// Calls the tool with the script's argument as JSON text, and returns the result as JSON text.
    ///
    /// An empty `input` stands for a call without an argument.
    ///
    /// # Errors
    ///
    /// A [`ToolError`] when the input isn't what the tool takes, or when the tool itself fails.
    fn call(
        call: CallContext,
        input: String,
    ) -> impl Future<Output = Result<String, ToolError>> + Send;
}

/// What keeps the names of tools' ops apart from those of `deno_core`'s own: V8 aborts the process at the start when two
/// ops have one name.
const OP_PREFIX: &str = "codemode:";

/// Adds the schema of one type to a generator and returns a reference to it, or the schema itself if it is inline.
pub type SchemaFn = fn(&mut SchemaGenerator) -> Schema;

/// The facts of a tool that are known when it is compiled.
#[derive(Clone, Copy, Debug)]
pub struct ToolDescriptor {
    /// The TypeScript namespace that the tool belongs to.
    pub namespace: &'static str,
    /// The name of the function within the namespace.
    pub name: &'static str,
    /// The name of the `deno_core` op, unique among all tools: `codemode:<namespace>.<name>`.
    pub op_name: &'static str,
    /// The doc comment of the Rust function, without indentation; empty if there is none.
    pub docs: &'static str,
    /// The note of a `#[deprecated]` attribute; empty if it has none.
    pub deprecated: Option<&'static str>,
    /// What its author says about how it behaves.
    pub annotations: Annotations,
    /// How long one call may take; `None` for as long as the run.
    pub timeout: Option<Duration>,
    /// Where the Rust function is.
    pub location: Location,
    /// The schema of the one object that a script passes, in serde's Deserialize direction; `None` if it passes nothing.
    pub input: Option<SchemaFn>,
    /// The schema of what comes back, in serde's Serialize direction.
    pub output: SchemaFn,
    /// The types of the host values that the tool asks for with `#[state]`.
    pub state: &'static [StateType],
}

impl ToolDescriptor {
    /// The name that scripts use: `namespace.name`.
    pub fn path(&self) -> &'static str {
        self.op_name.strip_prefix(OP_PREFIX).unwrap_or(self.op_name)
    }
}

/// A position in Rust source code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Location {
    /// The file as the compiler was given it.
    pub file: &'static str,
    /// The line, from 1.
    pub line: u32,
    /// The column, from 1.
    pub column: u32,
}

impl fmt::Display for Location {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}:{}", self.file, self.line, self.column)
    }
}

/// A type that some tool wants as `#[state]`, or that some `#[provide_state]` function makes.
#[derive(Clone, Copy)]
pub struct StateType {
    ids: fn() -> [TypeId; 2],
    name: fn() -> &'static str,
}

impl StateType {
    /// Describes `T`.
    #[must_use]
    pub const fn of<T: Send + Sync + 'static>() -> Self {
        Self {
            ids: || [TypeId::of::<T>(); 2],
            name: std::any::type_name::<T>,
        }
    }

    /// Describes a type that only a pointer can hold, such as a trait object: state of the type `Box<T>` or `Arc<T>`.
    #[must_use]
    pub const fn of_unsized<T: ?Sized + Send + Sync + 'static>() -> Self {
        Self {
            ids: || [TypeId::of::<Box<T>>(), TypeId::of::<Arc<T>>()],
            name: std::any::type_name::<T>,
        }
    }

    /// The identities by which state is looked up, the first that is found.
    pub fn ids(&self) -> [TypeId; 2] {
        (self.ids)()
    }

    /// The type's path, for error messages.
    pub fn name(&self) -> &'static str {
        (self.name)()
    }
}

impl fmt::Debug for StateType {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}
