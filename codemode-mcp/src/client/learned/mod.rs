//! Shapes of results, learned from results: for tools whose server says nothing of what comes back.
//!
//! Where a configuration asks for it, a sandbox declares what was known when it was built, and its calls honour that: a result
//! that doesn't fit is an error, with the result in it, and widens what the next sandbox declares. Elsewhere what was learned is
//! told beside the declarations, and changes no type and no result.

mod example;
mod shape;
mod store;
mod written;

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use self::shape::Shape;
pub use self::store::Remembered;
pub(super) use self::store::{Learning, Store};
use super::answer::{Answer, MAX_SHOWN, to_text};
use codemode_declarations::ResultType;
use codemode_runtime::__own as exact;
use codemode_runtime::__own::shortened;
use codemode_runtime::ToolError;

/// What is known of a tool's results.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Learned {
    /// How many results it was learned from.
    results: u64,
    /// What texts that are JSON look like.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    json: Option<Shape>,
    /// Whether there were other texts.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    text: bool,
    /// Whether there was more than text.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    parts: bool,
}

impl Learned {
    /// What one answer tells, which is this value if it is a text with one in it.
    fn of(answer: &Answer, value: Option<&Value>) -> Self {
        let mut learned = Self {
            results: 1,
            ..Self::default()
        };
        match (answer, value) {
            (Answer::Parts(_), _) => learned.parts = true,
            (Answer::Text(_), Some(value)) => learned.json = Some(Shape::of(value)),
            (Answer::Text(_), None) => learned.text = true,
        }
        learned
    }

    /// Adds what another one knows. Returns whether there is more to declare now.
    fn widen(&mut self, other: Self) -> bool {
        let shape_changed = match (&mut self.json, other.json) {
            (Some(mine), Some(theirs)) => mine.widen(theirs),
            (mine @ None, Some(theirs)) => {
                *mine = Some(theirs);
                true
            }
            (_, None) => false,
        };
        let changed = shape_changed || other.text && !self.text || other.parts && !self.parts;
        self.text |= other.text;
        self.parts |= other.parts;
        changed
    }

    /// The schema of results, beside that of an answer of which nothing is known; `None` if there is nothing to declare.
    pub(super) fn schema(&self, undescribed: &Value) -> Option<Value> {
        let mut alternatives = vec![self.json.as_ref()?.schema()];
        // The root's definitions have to stay at the root.
        let mut schema = undescribed.clone();
        let members = schema.get_mut("anyOf")?.as_array_mut()?;
        let [text, parts] = members.as_slice() else {
            return None;
        };
        if self.text {
            alternatives.push(text.clone());
        }
        if self.parts {
            alternatives.push(parts.clone());
        }
        if alternatives.len() == 1 {
            return alternatives.pop();
        }
        *members = alternatives;
        Some(schema)
    }

    /// What the declaration says about itself.
    pub(super) fn note(&self) -> String {
        let results = self.counted();
        format!("What it returns was learned from {results}; the server doesn't promise it.")
    }

    fn counted(&self) -> String {
        match self.results {
            1 => "1 result".to_owned(),
            results => format!("{results} results"),
        }
    }

    /// What results have been like, in one line. Where the type says it already, the shape isn't said again.
    fn told(&self, path: &str, declares: bool) -> String {
        let text = if self.json.is_some() {
            "other text"
        } else {
            "text"
        };
        let kinds = [
            self.json.as_ref().map(|_| "JSON in text"),
            self.text.then_some(text),
            self.parts.then_some("more than text"),
        ];
        let kinds: Vec<&str> = kinds.into_iter().flatten().collect();
        let (results, kinds) = (self.counted(), kinds.join(" or "));
        match &self.json {
            Some(shape) if !declares => format!(
                "{path}, {results} so far and no promise: {kinds}; `$json(result)` reads the JSON as {}",
                written::shape(shape)
            ),
            _ => format!("{path}, {results} so far and no promise: {kinds}"),
        }
    }

    /// An answer as the script gets it that has this declared, as `ty`.
    ///
    /// # Errors
    ///
    /// If the answer isn't of that type. The error has the answer in it, since the call has been made.
    pub(super) fn honour(
        &self,
        answer: &Answer,
        ty: Option<&ResultType>,
    ) -> Result<String, ToolError> {
        let misfit = match answer {
            Answer::Parts(_) if self.parts => return to_text(answer),
            Answer::Parts(_) => "it has more than text in it".to_owned(),
            Answer::Text(text) => match structured(text) {
                Some(value) => match ty.map_or(Ok(()), |ty| ty.check(&value)) {
                    Ok(()) => return to_text(&value),
                    // A text is of the declared type, too.
                    Err(_) if self.text => return to_text(answer),
                    Err(misfit) => misfit.to_string(),
                },
                None if self.text => return to_text(answer),
                None => "it is a text that isn't JSON".to_owned(),
            },
        };
        let shown = match answer {
            Answer::Text(text) => Cow::Borrowed(text.as_str()),
            parts @ Answer::Parts(_) => serde_json::to_string(parts).unwrap_or_default().into(),
        };
        let shown = shortened(&shown, MAX_SHOWN);
        Err(ToolError::failed(format!(
            "the result isn't of the shape that was learned from earlier ones: {misfit}. The next script has a wider shape declared. \
             This call was made; call again only if that does no harm. Its result: {shown}"
        )))
    }
}

/// The value that an answer is as JSON in a text.
fn structured_in(answer: &Answer) -> Option<Value> {
    match answer {
        Answer::Text(text) => structured(text),
        Answer::Parts(_) => None,
    }
}

/// The object or list that a text is, if a script can have it exactly.
fn structured(text: &str) -> Option<Value> {
    if !text.trim_start().starts_with(['{', '[']) {
        return None;
    }
    let value: Value = serde_json::from_str(text).ok()?;
    exact::to_text(&value).is_ok().then_some(value)
}

#[cfg(test)]
mod tests;
