//! A policy file that has been read.

use std::fmt;
use std::path::Path;
use std::sync::Arc;

use serde_json::Value;

use super::decide::Call;
use super::explain;
use super::mistake::PolicyFileError;
use super::model::Rules;
use super::read::file;
use super::read::tree::Format;
#[cfg(feature = "engine")]
use super::tally::Tallies;
use crate::tool::annotations::Annotations;
use crate::tool::source::ToolSource;

/// What scripts may call, with which arguments, and what a person is asked about, as a file says it in TOML or JSON.
///
/// ```
/// use codemode_runtime::{PolicyFile, PolicyQuestion};
///
/// let policy = PolicyFile::parse(
///     "policy.toml",
///     r#"
///     default = "ask-changes"
///
///     [[rules]]
///     tools = "mail.send"
///     where = { to = { suffix = "@example.com" } }
///     allow = true
///
///     [[rules]]
///     tools = "mail.*"
///     deny = "mail goes to our own people only"
///     "#,
/// )?;
/// let call = PolicyQuestion::new("mail.send", r#"{ "to": "eve@example.org" }"#);
/// assert_eq!(policy.explain(&call).lines().next(), Some("denied by rule 2: mail goes to our own people only"));
/// # Ok::<_, codemode_runtime::PolicyFileError>(())
/// ```
///
/// With an engine, it is a policy for a sandbox. Clones are the same policy, with the same counts.
#[derive(Clone)]
pub struct PolicyFile(Arc<Inner>);

struct Inner {
    rules: Rules,
    /// What is counted where nobody tells runs apart.
    #[cfg(feature = "engine")]
    tallies: Tallies,
}

/// A call that might be made, for [`PolicyFile::explain`].
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct PolicyQuestion<'a> {
    /// `namespace.name`.
    pub tool: &'a str,
    /// The argument as JSON; empty for none.
    pub arguments: &'a str,
    /// What the function says about how it behaves.
    pub annotations: Annotations,
    /// Where it comes from.
    pub source: ToolSource,
}

impl<'a> PolicyQuestion<'a> {
    /// A call of a function in Rust that says nothing of itself.
    #[must_use]
    pub fn new(tool: &'a str, arguments: &'a str) -> Self {
        Self {
            tool,
            arguments,
            annotations: Annotations::NONE,
            source: ToolSource::Rust,
        }
    }
}

/// How large a file may be, in bytes: more is no policy.
const MOST_BYTES: u64 = 1 << 20;

impl PolicyFile {
    /// Reads a file: JSON if its name ends with `.json`, TOML if not.
    ///
    /// # Errors
    ///
    /// If it can't be read, and all mistakes in it.
    pub fn read(path: &Path) -> Result<Self, PolicyFileError> {
        let wrong = |error| PolicyFileError::Read {
            path: path.to_owned(),
            error,
        };
        let size = std::fs::metadata(path).map_err(wrong)?.len();
        if size > MOST_BYTES {
            return Err(wrong(std::io::Error::other(format!(
                "it has {size} bytes, more than the {MOST_BYTES} of a policy"
            ))));
        }
        Self::parse(path, &std::fs::read_to_string(path).map_err(wrong)?)
    }

    /// The same with a text, which its errors call by this name.
    ///
    /// # Errors
    ///
    /// All mistakes in it.
    pub fn parse(name: impl AsRef<Path>, text: &str) -> Result<Self, PolicyFileError> {
        let name = name.as_ref();
        let is_json = name
            .extension()
            .is_some_and(|extension| extension.eq_ignore_ascii_case("json"));
        let format = if is_json { Format::Json } else { Format::Toml };
        let rules = file::read(text, format).map_err(|mistakes| PolicyFileError::Mistakes {
            path: name.to_owned(),
            mistakes,
        })?;
        Ok(Self(Arc::new(Inner {
            rules,
            #[cfg(feature = "engine")]
            tallies: Tallies::of_new_policy(),
        })))
    }

    pub(crate) fn rules(&self) -> &Rules {
        &self.0.rules
    }

    #[cfg(feature = "engine")]
    pub(crate) fn own_tallies(&self) -> &Tallies {
        &self.0.tallies
    }

    /// What is counted for a run of a session.
    #[cfg(feature = "engine")]
    pub(crate) fn tallies_for_run(&self, session: Arc<super::tally::Tally>) -> Tallies {
        self.0.tallies.for_run(session)
    }

    /// How many rules it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rules().rules.len()
    }

    /// Whether it has no rule but its default.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rules().rules.is_empty()
    }

    /// What becomes of a call and which rule says so, in the first line; then why each rule before it doesn't.
    #[must_use]
    pub fn explain(&self, call: &PolicyQuestion<'_>) -> String {
        let arguments = arguments(call.arguments);
        let call = Call {
            tool: call.tool,
            annotations: call.annotations,
            source: call.source,
            arguments: arguments.as_ref(),
        };
        explain::explain(self.rules(), &call)
    }
}

/// The argument of a call as a value, `null` if there is none; `None` if it can't be read.
pub(crate) fn arguments(json: &str) -> Option<Value> {
    if json.is_empty() {
        return Some(Value::Null);
    }
    serde_json::from_str(json).ok()
}

impl fmt::Debug for PolicyFile {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("PolicyFile")
            .field("rules", &self.rules())
            .finish()
    }
}
