//! What a language model wrote, to one script that runs.
//!
//! # A tour
//!
//! [`Script::compile`] takes a text: bare TypeScript, or Markdown with blocks of it. What comes of it is the body of an async function
//! in JavaScript ([`Script::javascript`]), the same as a module that TypeScript's compiler can check ([`Script::module`]), and the way
//! back from each place in both to the text that was given.
//!
#![cfg_attr(feature = "compile", doc = "```")]
#![cfg_attr(not(feature = "compile"), doc = "```text")]
//! use codemode_script::Script;
//!
//! let script = Script::compile("Here it is:\n```ts\nconst sizes: number[] = await disk.sizes();\nsizes.length\n```").unwrap();
//! assert!(script.names().contains("disk"));
//! assert!(!script.javascript.contains("number[]"));
//!
//! // What is wrong is told with its place in the text as it was given.
//! let told = Script::compile("Here:\n```ts\nlet a = ;\n```").unwrap_err();
//! assert_eq!((told[0].line, told[0].column), (3, 9));
//! ```
//!
//! Why a script fails is a [`RunError`], whoever finds it out: this crate, a compiler, or the engine that runs it. [`absent`] has ways
//! out for names that a script doesn't have, and [`nearest()`] the name that was meant.
//!
//! # Features
//!
//! - `compile` (default): [`Script`]. Without it nothing here needs a parser, so the rest builds in a moment.

pub mod absent;
mod error;
mod nearest;
#[cfg(feature = "compile")]
mod script;

pub use self::error::{Diagnostic, ErrorKind, Frame, RunError};
pub use self::nearest::{may_mean, nearest};
#[cfg(feature = "compile")]
#[doc(hidden)]
pub use self::script::fuzz_script;
#[cfg(feature = "compile")]
pub use self::script::{
    Lines, MAX_DIAGNOSTICS, MAX_STACK_BYTES, SAVED, SCRIPT_NAME, SavedScript, Script, diagnostic,
    exports_something, stack_bytes, syntax_error,
};
