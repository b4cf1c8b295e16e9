//! Why a call isn't made.

/// Why a call isn't made: what the script passed can't be sent.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum InputError {
    /// It isn't the text of an object.
    #[error("the input should be one object")]
    NotAnObject,
    /// Something is missing that no request goes without.
    #[error("`input.{0}` is missing")]
    Missing(String),
    /// Something is there that the operation doesn't take.
    #[error("the input has `{name}`, which isn't a parameter; there are {known}")]
    Unknown {
        /// Its name.
        name: String,
        /// What the operation takes.
        known: String,
    },
    /// It can't be written where it should stand.
    #[error("`input.{name}` {problem}")]
    Unwritable {
        /// Its name.
        name: String,
        /// Why.
        problem: String,
    },
}

impl InputError {
    pub(super) fn unwritable(name: &str, problem: impl Into<String>) -> Self {
        Self::Unwritable {
            name: name.to_owned(),
            problem: problem.into(),
        }
    }
}
