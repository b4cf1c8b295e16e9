//! Why a service refused a request, in its own words.

use std::fmt;

use serde_json::{Map, Value};

use super::Answer;
use crate::media;

/// How much of what a service says is in the error, in characters.
const MAX_SHOWN: usize = 1_000;

/// A service's refusal: its status, and the fields of its problem (RFC 9457), as far as it has any.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Problem {
    /// The status of the answer.
    pub status: u16,
    /// Which kind of problem it is: an address.
    pub kind: Option<String>,
    /// What kind of problem it is, in words.
    pub title: Option<String>,
    /// What went wrong this time.
    pub detail: Option<String>,
    /// Which occurrence it is: an address.
    pub instance: Option<String>,
    /// What else the service says.
    pub more: Map<String, Value>,
    /// When to try again: seconds, or a date.
    pub retry_after: Option<String>,
}

impl Problem {
    /// Reads an answer whose status isn't one of success.
    pub(super) fn of(answer: &Answer) -> Self {
        let mut problem = Self {
            status: answer.status,
            retry_after: answer.retry_after.clone(),
            ..Self::default()
        };
        let text = String::from_utf8_lossy(&answer.body);
        match serde_json::from_slice(&answer.body) {
            Ok(Value::Object(fields)) => problem.take(fields),
            Ok(Value::String(detail)) => problem.detail = Some(detail),
            Ok(other) => problem.detail = Some(shortened(&other.to_string())),
            Err(_) => {
                let essence = answer
                    .media
                    .as_deref()
                    .map(media::essence)
                    .unwrap_or_default();
                // A page for people says nothing in few words.
                let is_said = media::is_text(&essence) && essence != "text/html";
                problem.detail = Some(text.trim())
                    .filter(|text| is_said && !text.is_empty())
                    .map(shortened);
            }
        }
        problem
    }

    fn take(&mut self, mut fields: Map<String, Value>) {
        let mut text = |name: &str| match fields.get(name) {
            Some(Value::String(_)) => match fields.shift_remove(name) {
                Some(Value::String(text)) => Some(text),
                _ => None,
            },
            _ => None,
        };
        self.kind = text("type").filter(|kind| kind != "about:blank");
        self.title = text("title");
        self.instance = text("instance");
        // Services that know nothing of the standard have words of their own.
        self.detail = ["detail", "message", "error_description", "error"]
            .iter()
            .find_map(|name| text(name));
        if fields.get("status").and_then(Value::as_u64) == Some(u64::from(self.status)) {
            fields.shift_remove("status");
        }
        self.more = fields;
    }
}

fn shortened(text: &str) -> String {
    codemode_runtime::__own::shortened(text, MAX_SHOWN)
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "the service answered {}", self.status)?;
        let reason = ::http::StatusCode::from_u16(self.status).ok();
        let reason = reason.and_then(|status| status.canonical_reason());
        if let Some(reason) = reason {
            write!(formatter, " {reason}")?;
        }
        let title = self.title.as_deref().filter(|title| Some(*title) != reason);
        for text in [title, self.detail.as_deref()].into_iter().flatten() {
            write!(formatter, ": {}", text.trim_end_matches('.'))?;
        }
        for (name, text) in [("type", &self.kind), ("instance", &self.instance)] {
            if let Some(text) = text {
                write!(formatter, "; {name} {text}")?;
            }
        }
        if !self.more.is_empty() {
            let more = Value::Object(self.more.clone()).to_string();
            write!(formatter, "; {}", shortened(&more))?;
        }
        match self.retry_after.as_deref() {
            Some(seconds) if seconds.bytes().all(|digit| digit.is_ascii_digit()) => {
                write!(formatter, "; try again in {seconds} s")
            }
            Some(date) => write!(formatter, "; try again after {date}"),
            None => Ok(()),
        }
    }
}
