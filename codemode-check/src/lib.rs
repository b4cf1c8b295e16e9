//! TypeScript's own compiler in front of a run: it looks at a script before anything has happened.
//!
//! # A tour
//!
//! [`CatalogueTypes`] are the declarations of what scripts may call, printed once. A [`Checker`] keeps compilers alive, the native `tsc`
//! of `typescript@7`, and [`Checker::check`] tells in milliseconds what is wrong with a script, in words for whoever wrote it and with
//! positions in the text as it was given.
//!
//! ```no_run
//! use codemode_check::{CatalogueTypes, Checker, Namespaces};
//! use codemode_declarations::FunctionSchema;
//! use serde_json::json;
//!
//! # async fn example() -> Result<(), codemode_check::CheckError> {
//! let number = json!({ "type": "number" });
//! let functions = vec![FunctionSchema::new("weather", "temperature", &number)];
//! let types = CatalogueTypes::new(Namespaces { functions, ..Namespaces::default() });
//!
//! let checker = Checker::find()?;
//! let wrong = checker.check("return weather.temperature().toFixed(1)", &types).await?;
//! assert!(wrong.unwrap().message.contains("`await` is missing"));
//! # Ok(())
//! # }
//! ```
//!
//! # What an answer means
//!
//! Whatever isn't a clear yes is a no. A file with a known mistake is checked beside each script, and a compiler that doesn't report it
//! hasn't looked: that, a compiler that ends early, and one that needs more than [`CheckLimits`] are a [`CheckError`].
//!
//! # How it is made
//!
//! `project` is what the compiler is given: its options, the declarations and the script. `compiler` starts one, speaks with it and ends
//! it; it sees a disk that isn't there and nothing else. What it finds is a `verdict`, which is put into words there.

mod checker;
mod compiler;
mod error;
mod limits;
mod project;
mod types;
mod verdict;

pub use self::checker::Checker;
pub use self::error::CheckError;
pub use self::limits::CheckLimits;
pub use self::types::{CatalogueTypes, Namespaces, Written};
