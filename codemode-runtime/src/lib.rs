//! Tools for scripts that a language model writes: Rust functions on one side, TypeScript on the other, and a sealed
//! isolate between them.
//!
//! # A tour
//!
//! A tool is a function with [`#[tool]`](macro@tool) above it:
//!
//! ```standalone_crate
//! use codemode_runtime::tool;
//!
//! /// Counts the words of a text.
//! #[tool(namespace = "text")]
//! fn count_words(
//!     /// Any text; words are separated by white space.
//!     text: String,
//!     /// Words with fewer letters don't count.
//!     #[tool(default = 1)]
//!     min_letters: usize,
//! ) -> usize {
//!     text.split_whitespace().filter(|word| word.chars().count() >= min_letters).count()
//! }
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! // Every tool that is linked into the program is found without a list.
//! let declarations = codemode_runtime::declarations()?;
//! assert!(declarations.contains("function countWords(input: CountWordsInput): Promise<number>;"));
//! # Ok(())
//! # }
//! ```
//!
//! The declarations go into the model's prompt. What the model writes back goes into a [`Sandbox`], and what comes of it
//! is an [`Outcome`]:
//!
#![cfg_attr(feature = "engine", doc = "```standalone_crate")]
#![cfg_attr(not(feature = "engine"), doc = "```text")]
//! use codemode_runtime::{Sandbox, provide_state, tool};
//!
//! /// What tools need from their host. Scripts never see it.
//! struct Dictionary(Vec<&'static str>);
//!
//! /// Called when a sandbox is built and nobody has handed it a `Dictionary`.
//! #[provide_state]
//! fn open_dictionary() -> Dictionary {
//!     Dictionary(vec!["isolate", "script", "tool"])
//! }
//!
//! /// Looks a word up.
//! #[tool(namespace = "dictionary")]
//! async fn find(#[state] dictionary: &Dictionary, word: String) -> Result<usize, String> {
//!     dictionary
//!         .0
//!         .iter()
//!         .position(|known| *known == word)
//!         .ok_or_else(|| format!("there is no {word:?} in the dictionary"))
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let sandbox = Sandbox::builder().build()?;
//! let outcome = sandbox
//!     .run(
//!         r#"
//!         const places: number[] = [];
//!         for (const word of ["tool", "script"]) {
//!             places.push(await dictionary.find({ word }));
//!         }
//!         return places;
//!         "#,
//!     )
//!     .await;
//! assert_eq!(outcome.value(), Some(&serde_json::json!([2, 1])));
//!
//! // An error is part of the outcome, with its place in the script.
//! let outcome = sandbox.run("await dictionary.find({ word: \"goto\" })").await;
//! let error = outcome.error().expect("there is no such word");
//! assert_eq!(error.message, "dictionary.find: there is no \"goto\" in the dictionary");
//! assert_eq!(error.frames[0].line, 1);
//! # Ok(())
//! # }
//! ```
//!
//! # What is true of a call
//!
//! - Input and result cross as JSON text, so serde's rules and nothing else decide what a call accepts and returns, and
//!   the declarations, which schemars derives from the same attributes, say just that.
//! - Every tool is a promise in TypeScript, whether its Rust function is async or not.
//! - A result is compared with its declaration before a script gets it, since a `Serialize` or a `JsonSchema` that is written
//!   by hand may say something else; [`ToolSet::trusting_results`] turns that off.
//! - An error of the tool is a `ToolError` in the script, with the error's `Display` text and those of its sources. Wrong
//!   input is a `TypeError` that names the place. A panic is one failed call.
//!
//! # Features
//!
//! - `v8` (default): the sandbox on V8, the engine to ship.
//! - `quickjs`: the sandbox on QuickJS, for places where V8's prebuilt library can't be had.
//! - `check` (default): the check of scripts' types before they run, by `codemode-check`.
//! - `policy` (default): [`PolicyFile`], a file that says what scripts may call.
//! - `prompt` (default): [`Catalogue::prompt`], the system prompt for a model.
//! - No engine: tools, schemas and declarations. A library of tools depends on this crate with `default-features = false`,
//!   so it builds in seconds; the program that hosts it picks the engine. The two can't be combined.

// The attributes' own examples name this crate as users do.
extern crate self as codemode_runtime;

mod call;
mod catalogue;
mod exact;
mod outcome;
#[cfg(feature = "policy")]
mod policy;
mod registry;
mod report;
#[cfg(feature = "engine")]
mod sandbox;
mod tool;

pub use catalogue::{
    Catalogue, CatalogueError, Contradiction, Discovery, DiscoveryError, NamespacePage,
    NamespaceSummary, Paging, SearchPage, ToolPage, ToolSummary, declarations, estimate_tokens,
};
#[cfg(feature = "prompt")]
pub use catalogue::{LookUp, PromptError, PromptForm, PromptOptions};
#[cfg(feature = "check")]
pub use codemode_check::{CatalogueTypes, CheckError, CheckLimits, Checker};
pub use codemode_declarations::{DeclarationError, Misfit, ResultType, SchemaNotes, visible};
pub use codemode_macros::{provide_state, tool};
pub use exact::{BigInt, Bytes};
pub use outcome::{
    Attachment, CallRecord, Diagnostic, ErrorKind, Frame, Kept, KeptKind, LogLevel, LogLine,
    Outcome, RunError, RunResult, Stats,
};
#[cfg(feature = "policy")]
pub use policy::{Mistake, PolicyFile, PolicyFileError, PolicyQuestion};
#[cfg(feature = "engine")]
pub use registry::deno_extension::deno_extension;
pub use registry::set::{RegisteredTool, StateError, StateProvider, ToolSet, ToolSetError};
pub use report::{Place, Problem, Report, TimeSpent};
#[cfg(all(feature = "engine", feature = "check"))]
pub use sandbox::ScriptSaver;
#[cfg(feature = "engine")]
pub use sandbox::{
    BuildError, CallRequest, Decision, HostedCall, Isolation, Limits, LockDown, Policy, PolicyRun,
    Question, Questions, RunEvent, RunOptions, Sandbox, SandboxBuilder, SavedScripts, ScriptClock,
    Session, Store, StoreError, StoreLimits, ToolHost, WorkerProgram, Workers, run_if_worker,
};
pub use tool::annotations::Annotations;
pub use tool::context::{CallContext, State};
pub use tool::descriptor::{Location, SchemaFn, StateType, Tool, ToolDescriptor};
pub use tool::error::{ToolError, ToolErrorKind};
pub use tool::info::ToolInfo;
pub use tool::source::ToolSource;

/// What the code that `#[tool]` generates needs. Not an interface: it changes without notice.
#[doc(hidden)]
pub mod __private {
    pub use inventory;
    pub use schemars;
    pub use serde;

    pub use crate::call::contract::Contract;
    pub use crate::call::properties::{Properties, closed};
    pub use crate::call::values::{
        PlainReturn, Returns, accept, finish, output_schema, parse_flattened_input, parse_input,
        parse_no_input, present, state, unsized_state,
    };
    pub use crate::registry::set::{RegisteredTool, StateProvider, provided, state_type_of};
    #[cfg(all(unix, feature = "engine"))]
    pub use crate::sandbox::fuzz_frames;
    pub use crate::tool::annotations::Annotations;
    pub use crate::tool::context::CallContext;
    pub use crate::tool::descriptor::{Location, StateType, Tool, ToolDescriptor};
    pub use crate::tool::error::ToolError;
    pub use crate::tool::failure::{ByDisplay, ByError, ByPointer, Cause};
    pub use crate::tool::root_schema::root_schema;
    #[cfg(feature = "script")]
    pub use codemode_script::fuzz_script;
}

/// What codemode's own crates need beside the interface. Not an interface: it changes without notice.
#[doc(hidden)]
pub mod __own {
    pub use crate::catalogue::shortened;
    pub use crate::exact::{from_text, to_text};
    #[cfg(feature = "engine")]
    pub use crate::sandbox::{DescribeInput, ScriptDiscovery, SearchInput};
}

/// Puts a tool where [`ToolSet::registered`] finds it.
///
/// A macro of this crate, so that this crate's features decide whether there is an op to register, and not those of the
/// crate that the tool is in.
#[doc(hidden)]
#[macro_export]
macro_rules! __register_tool {
    ($tool:ty, $mark:literal) => {
        $crate::__private::inventory::submit! {{
            static CONTRACT: $crate::__private::Contract = $crate::__private::Contract::new();
            $crate::__private::RegisteredTool::of::<$tool>(&CONTRACT, $mark)
        }}
    };
}

/// Puts a state provider where [`ToolSet::complete_state`] finds it.
#[doc(hidden)]
#[macro_export]
macro_rules! __register_state {
    ($provider:expr) => {
        $crate::__private::inventory::submit! { $provider }
    };
}

/// The code of the README is run like all other examples.
#[cfg(all(doctest, feature = "engine"))]
#[doc = include_str!("../../README.md")]
struct Readme;

/// So is that of the guide to tools.
#[cfg(all(doctest, feature = "engine"))]
#[doc = include_str!("../../docs/tools.md")]
struct Tools;

/// That of the guide to policies.
#[cfg(all(doctest, feature = "policy", feature = "engine"))]
#[doc = include_str!("../../docs/policy.md")]
struct Policies;

/// And that of the guide to processes.
#[cfg(all(doctest, unix, feature = "engine"))]
#[doc = include_str!("../../docs/processes.md")]
struct Processes;
