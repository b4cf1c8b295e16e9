//! What a service answers, as a script gets it.

mod problem;
mod read;

pub use self::problem::Problem;
pub use self::read::Received;

/// An answer as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(clippy::exhaustive_structs, reason = "whoever sends requests makes it")]
pub struct Answer {
    /// Its status, such as 200.
    pub status: u16,
    /// What its header `Content-Type` says.
    pub media: Option<String>,
    /// What its header `Retry-After` says.
    pub retry_after: Option<String>,
    /// Its body.
    pub body: Vec<u8>,
}

/// Why a call has no result although the service has answered.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum AnswerError {
    /// The service refused the request.
    #[error("{0}")]
    Refused(Box<Problem>),
    /// The answer is something else than its document says.
    #[error(
        "the service answered `{found}`, and its document declares `{declared}`; whether the call took effect isn't known. \
         The answer begins: {beginning}"
    )]
    OtherMedia {
        /// What came.
        found: String,
        /// What the document says.
        declared: String,
        /// How the answer begins.
        beginning: String,
    },
    /// The answer says that it is JSON, and isn't.
    #[error("the service's answer isn't the JSON that it says: {problem}. It begins: {beginning}")]
    NoJson {
        /// What is wrong with it.
        problem: String,
        /// How the answer begins.
        beginning: String,
    },
}

#[cfg(test)]
mod tests;
