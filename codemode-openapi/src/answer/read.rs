//! The body of an answer as JSON text.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use codemode_declarations::exact::{BYTES, FLAG, MARK};
use serde_json::Value;

use super::{Answer, AnswerError, Problem};
use crate::media;
use crate::model::{Method, Operation, ResponseForm};

/// How much of an answer is in an error, in characters.
const MAX_SHOWN: usize = 300;

/// What a script gets.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Received {
    /// A JSON value.
    Value(Value),
    /// Bytes.
    Bytes(Vec<u8>),
}

impl Received {
    /// As a sandbox takes results: JSON text, in which bytes are marked.
    pub fn to_text(&self) -> String {
        match self {
            Self::Value(value) => value.to_string(),
            Self::Bytes(bytes) => {
                let marked = Value::String(format!("{MARK}{BYTES}{}", STANDARD.encode(bytes)));
                format!("{FLAG}{marked}")
            }
        }
    }
}

impl Operation {
    /// What a script gets of an answer.
    ///
    /// # Errors
    ///
    /// If the service refused the request, or answered what its document doesn't say.
    pub fn receive(&self, answer: Answer) -> Result<Received, AnswerError> {
        if !(200..300).contains(&answer.status) {
            return Err(AnswerError::Refused(Box::new(Problem::of(&answer))));
        }
        if answer.body.is_empty() || self.method == Method::Head {
            let wants = |form| self.responses.iter().any(|response| response.form == form);
            // An empty text and an empty file are there, unless there may be none.
            return Ok(
                match (
                    wants(ResponseForm::None),
                    wants(ResponseForm::Text),
                    wants(ResponseForm::Bytes),
                ) {
                    (false, true, _) => Received::Value(Value::String(String::new())),
                    (false, _, true) => Received::Bytes(Vec::new()),
                    _ => Received::Value(Value::Null),
                },
            );
        }
        let essence = answer
            .media
            .as_deref()
            .map(media::essence)
            .unwrap_or_default();
        match self.form(&essence) {
            ResponseForm::Bytes => Ok(Received::Bytes(answer.body)),
            ResponseForm::Text => Ok(Received::Value(text(&answer.body).into())),
            ResponseForm::None | ResponseForm::Json => self.json(&answer, &essence),
        }
    }

    /// What the body of this media type is.
    fn form(&self, essence: &str) -> ResponseForm {
        let mut bodies = self
            .responses
            .iter()
            .filter(|response| response.form != ResponseForm::None);
        let is_it = |media: &Option<String>| {
            media
                .as_deref()
                .map(media::essence)
                .is_some_and(|media| media == essence)
        };
        if let Some(response) = bodies.clone().find(|response| is_it(&response.media)) {
            return response.form;
        }
        let by_itself = if media::is_json(essence) {
            ResponseForm::Json
        } else if media::is_text(essence) || essence.is_empty() {
            ResponseForm::Text
        } else {
            ResponseForm::Bytes
        };
        if bodies.clone().next().is_none() || bodies.any(|response| response.form == by_itself) {
            return by_itself;
        }
        // Whatever it calls itself, it is what is declared.
        let declared = self.responses.iter().map(|response| response.form);
        declared
            .max_by_key(|form| match form {
                ResponseForm::None => 0,
                ResponseForm::Json => 1,
                ResponseForm::Text => 2,
                ResponseForm::Bytes => 3,
            })
            .unwrap_or(by_itself)
    }

    fn json(&self, answer: &Answer, essence: &str) -> Result<Received, AnswerError> {
        let read = serde_json::from_slice(&answer.body);
        let beginning = || codemode_runtime::__own::shortened(&text(&answer.body), MAX_SHOWN);
        // Some call JSON a text, and some call it nothing.
        let may_be_json = media::is_json(essence) || matches!(essence, "text/plain" | "");
        match read {
            Ok(value) if may_be_json => Ok(Received::Value(value)),
            Err(error) if media::is_json(essence) => Err(AnswerError::NoJson {
                problem: error.to_string(),
                beginning: beginning(),
            }),
            _ => {
                let declared = self
                    .responses
                    .iter()
                    .find_map(|response| response.media.clone());
                Err(AnswerError::OtherMedia {
                    found: if essence.is_empty() {
                        "no media type".to_owned()
                    } else {
                        essence.to_owned()
                    },
                    declared: declared.unwrap_or_else(|| "no body".to_owned()),
                    beginning: beginning(),
                })
            }
        }
    }
}

fn text(body: &[u8]) -> String {
    let text = String::from_utf8_lossy(body);
    text.strip_prefix('\u{feff}').unwrap_or(&text).to_owned()
}
