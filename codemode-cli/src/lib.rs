//! The library behind `codemode-cli`: the [`runner`] that its generated programs call, and the command line itself.
//!
//! `codemode-cli` works on any crate with tools, without a change to it. It generates a small program next to the crate's
//! other build results, the *runner*, whose whole source is
//!
//! ```text
//! use tools as _;
//!
//! fn main() -> std::process::ExitCode {
//!     codemode_cli::runner::main()
//! }
//! ```
//!
//! and asks it for the catalogue, or to make the calls of a script. The tools and everything that they know stay in the
//! runner's process; the script's isolate is in the process of `codemode-cli`, which has no tools.
//!
//! A crate that has only a binary can't be linked by a runner. Its program prints the declarations itself:
//!
//! ```no_run
//! // At the start of `main`:
//! if std::env::args().nth(1).as_deref() == Some("emit-dts") {
//!     print!("{}", codemode_runtime::declarations().expect("every tool can be declared"));
//!     std::process::exit(0);
//! }
//! ```

pub mod protocol;
pub mod runner;

#[cfg(feature = "cli")]
mod arguments;
#[cfg(feature = "cli")]
mod commands;
#[cfg(feature = "cli")]
mod crates;
#[cfg(feature = "cli")]
mod error;
#[cfg(feature = "cli")]
mod policy;
#[cfg(feature = "cli")]
mod terminal;

#[cfg(feature = "engine")]
mod interrupt;
#[cfg(feature = "engine")]
mod render;
#[cfg(feature = "engine")]
mod saved;
#[cfg(feature = "engine")]
mod sources;

#[cfg(feature = "cli")]
pub use commands::main;
