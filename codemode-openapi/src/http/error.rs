//! What goes wrong on the way to a service and back.

use std::time::Duration;

use crate::answer::{AnswerError, Problem};
use crate::document::DocumentError;
use crate::request::InputError;
use crate::security::{BaseError, CredentialError, Secrets};

/// Why a service can't be used.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum OpenError {
    /// The document can't be had.
    #[error("the OpenAPI document at `{place}` can't be read: {problem}")]
    NoDocument {
        /// Where it should be.
        place: String,
        /// Why it can't be had.
        problem: String,
    },
    /// What is there isn't a document.
    #[error("at `{place}`: {problem}")]
    Document {
        /// Where it is.
        place: String,
        /// What is wrong with it.
        problem: DocumentError,
    },
    /// It isn't known where the service is.
    #[error(transparent)]
    Base(#[from] BaseError),
    /// Credentials can't be sent.
    #[error(transparent)]
    Credentials(#[from] CredentialError),
    /// This program can't speak HTTP here.
    #[error("no HTTP can be spoken: {0}")]
    NoHttp(String),
}

/// Why a request has no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SendError {
    /// The address is one that only a configuration may name.
    #[error(
        "`{0}` is an address of a private network, which only the configuration of the service may name; nothing was sent there"
    )]
    Private(String),
    /// A request that changes something was sent on to another host.
    #[error(
        "the service sends the request on to `{0}`, which is another host; what the request says wasn't sent there"
    )]
    OtherHost(String),
    /// It is sent on without end.
    #[error("the service sends the request on more than {0} times")]
    TooOften(usize),
    /// Nobody answers there.
    #[error("the service can't be reached: {0}")]
    Unreachable(String),
    /// The connection ended.
    #[error(
        "the connection to the service was lost: {0}; whether the call took effect isn't known"
    )]
    Lost(String),
    /// It takes too long.
    #[error("the service didn't answer within {0:?}; whether the call took effect isn't known")]
    Timeout(Duration),
    /// It is too long.
    #[error("the service's answer has more than {0} bytes")]
    TooLarge(usize),
    /// A header can't be sent.
    #[error("the header `{0}` can't be sent")]
    Header(String),
}

/// Why a call has no result.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum CallError {
    /// There is no such operation.
    #[error("there is no such operation")]
    NoOperation,
    /// What the script passed can't be sent.
    #[error(transparent)]
    Input(#[from] InputError),
    /// The operation is at an address that the configuration doesn't name.
    #[error(transparent)]
    Base(#[from] BaseError),
    /// There is no answer.
    #[error(transparent)]
    Send(#[from] SendError),
    /// The answer isn't a result.
    #[error(transparent)]
    Answer(#[from] AnswerError),
    /// The answer has another type than is declared.
    #[error(
        "the service's answer isn't what its document declares: {misfit}; this is a fault of the service or of its document. The call \
         was made, and this came: {shown}"
    )]
    Misfit {
        /// What is wrong, and where.
        misfit: String,
        /// What came.
        shown: String,
    },
    /// Something in the answer would be another value in JavaScript.
    #[error(
        "the service's answer can't be handed to a script exactly: {problem}. The call was made, and this came: {shown}"
    )]
    Inexact {
        /// What, and where.
        problem: String,
        /// What came.
        shown: String,
    },
}

/// The error without credentials that the service has sent back.
pub(super) fn scrubbed(error: AnswerError, secrets: &Secrets) -> AnswerError {
    match error {
        AnswerError::Refused(mut problem) => {
            let Problem {
                kind,
                title,
                detail,
                instance,
                more,
                retry_after,
                ..
            } = &mut *problem;
            for text in [kind, title, detail, instance, retry_after]
                .into_iter()
                .flatten()
            {
                *text = secrets.scrub(text);
            }
            let mut value = std::mem::take(more).into();
            secrets.scrub_value(&mut value);
            if let serde_json::Value::Object(fields) = value {
                *more = fields;
            }
            AnswerError::Refused(problem)
        }
        AnswerError::OtherMedia {
            found,
            declared,
            beginning,
        } => AnswerError::OtherMedia {
            found,
            declared,
            beginning: secrets.scrub(&beginning),
        },
        AnswerError::NoJson { problem, beginning } => AnswerError::NoJson {
            problem,
            beginning: secrets.scrub(&beginning),
        },
    }
}
