//! What a server answers, as the script gets it.
//!
//! Whatever comes is handed out: the call was made, and what isn't handed out is lost for good.

mod base64;
mod content;
mod received;

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::Serialize;
use serde_json::Value;

use self::content::Part;
use self::received::Received;
use super::secrets::Secrets;
use codemode_declarations::ResultType;
use codemode_runtime::__own as exact;
use codemode_runtime::__own::shortened;
use codemode_runtime::ToolError;

/// How much of a result that can't be handed out is in the error, in characters.
pub(super) const MAX_SHOWN: usize = 2_000;

/// The answer of a tool that doesn't describe its result.
#[derive(Debug, PartialEq, Serialize, JsonSchema)]
#[serde(untagged)]
pub(super) enum Answer {
    // No doc comments: they would stand in the declaration of each such tool.
    Text(String),
    Parts(Vec<McpContent>),
}

/// A part of a result.
#[derive(Debug, PartialEq, Serialize, JsonSchema)]
#[serde(transparent)]
pub(super) struct McpContent(Part);

impl McpContent {
    /// What kind of part it is.
    pub(super) fn kind(&self) -> &'static str {
        self.0.kind()
    }
}

/// The result of a tool that describes it.
#[derive(Debug, PartialEq)]
pub(super) struct Described {
    /// As JSON text.
    pub(super) value: String,
    /// Why some of the result isn't in it.
    pub(super) note: Option<String>,
}

/// The schema of an answer that the server doesn't describe.
pub(super) fn schema() -> Value {
    SchemaSettings::draft2020_12()
        .for_serialize()
        .into_generator()
        .into_root_schema_for::<Answer>()
        .to_value()
}

/// The result of a call to a tool that describes it; `None` stands for a type that can't be declared.
///
/// # Errors
///
/// If the tool failed, or if the result isn't what the server has declared.
pub(super) fn described(
    result: Value,
    ty: Option<&ResultType>,
    secrets: &Secrets,
) -> Result<Described, ToolError> {
    let received = accept(result, secrets)?;
    let (data, null): (Vec<Value>, Vec<Value>) = received
        .structured
        .into_iter()
        .partition(|value| !value.is_null());
    let parts = parts(received.content, secrets);
    let candidates = data.into_iter().chain(in_texts(&parts)).chain(null);
    let mut misfit = None;
    for mut value in candidates {
        secrets.scrub_value(&mut value);
        match ty.map_or(Ok(()), |ty| ty.check(&value)) {
            Ok(()) => {
                return Ok(Described {
                    value: exact::to_text(&value)
                        .map_err(|problem| inexact(problem, &value.to_string()))?,
                    note: left_out(&parts),
                });
            }
            Err(found) if misfit.is_none() && !value.is_null() => {
                misfit = Some((found.to_string(), value.to_string()));
            }
            Err(_) => {}
        }
    }
    let (problem, shown) = match misfit {
        Some((misfit, shown)) => (
            format!("the server's result isn't what the server has declared: {misfit}"),
            shown,
        ),
        None => (
            "the server has promised a structured result and sent none".to_owned(),
            words(&parts),
        ),
    };
    Err(ToolError::failed(format!(
        "{problem}; this is a fault of the server{}",
        shown_as(&shown)
    )))
}

/// The result of a call to any other tool.
///
/// # Errors
///
/// If the tool failed.
pub(super) fn undescribed(result: Value, secrets: &Secrets) -> Result<Answer, ToolError> {
    accept(result, secrets).map(|received| answer(received, secrets))
}

/// A value as JSON text.
///
/// # Errors
///
/// If a script can't have it exactly.
pub(super) fn to_text(value: &impl Serialize) -> Result<String, ToolError> {
    exact::to_text(value)
        .map_err(|problem| inexact(problem, &serde_json::to_string(value).unwrap_or_default()))
}

fn inexact(problem: impl std::fmt::Display, shown: &str) -> ToolError {
    ToolError::failed(format!(
        "the server's result can't be handed to a script: {problem}{}",
        shown_as(shown)
    ))
}

/// What came, at the end of an error: there is no other record of it.
fn shown_as(shown: &str) -> String {
    match shortened(shown.trim(), MAX_SHOWN) {
        nothing if nothing.is_empty() => String::new(),
        shown => format!(". The call was made, and this came: {shown}"),
    }
}

/// The result, unless it is a failure.
fn accept(result: Value, secrets: &Secrets) -> Result<Received, ToolError> {
    let received = Received::of(result);
    if received.asks {
        return Err(ToolError::failed(
            "the tool asks a person for something, which isn't possible from a script",
        ));
    }
    if received.failed {
        return Err(ToolError::failed(failure(received, secrets)));
    }
    Ok(received)
}

fn parts(content: Vec<Value>, secrets: &Secrets) -> Vec<Part> {
    let entries = content.into_iter();
    entries.map(|entry| Part::of(entry, secrets)).collect()
}

/// The values that stand as JSON in texts: some servers have no other place for them.
fn in_texts(parts: &[Part]) -> impl Iterator<Item = Value> {
    let texts = parts.iter().filter_map(Part::text);
    texts.filter_map(|text| serde_json::from_str(text).ok())
}

/// What of a described result its type has no place for. Texts are the same for people, as the protocol has it.
fn left_out(parts: &[Part]) -> Option<String> {
    let kinds: Vec<&str> = parts
        .iter()
        .filter(|part| part.text().is_none())
        .map(Part::kind)
        .collect();
    (!kinds.is_empty()).then(|| {
        format!(
            "the result has more than what the tool declares, and a script can't have it: {}",
            kinds.join(", ")
        )
    })
}

fn answer(received: Received, secrets: &Secrets) -> Answer {
    let data = received.data().cloned();
    let mut parts = parts(received.content, secrets);
    if let Some(data) = data
        && !is_said(&data, &parts)
    {
        let part = Part::structured(data, secrets);
        if words(&parts).trim().is_empty() {
            // As servers are to say it in a text.
            return Answer::Text(match part {
                Part::Structured {
                    value: Value::String(text),
                } => text,
                part => part.words(),
            });
        }
        parts.push(part);
    }
    let texts: Option<Vec<&str>> = parts.iter().map(Part::text).collect();
    match texts {
        Some(texts) => Answer::Text(texts.join("\n")),
        None => Answer::Parts(parts.into_iter().map(McpContent).collect()),
    }
}

/// Whether a text says what the structured content does.
fn is_said(data: &Value, parts: &[Part]) -> bool {
    let mut texts = parts.iter().filter_map(Part::text);
    let wrapped = data
        .as_object()
        .filter(|fields| fields.len() == 1)
        // Some servers wrap what isn't an object.
        .and_then(|fields| fields.get("result"));
    texts.any(|text| {
        let json: Option<Value> = serde_json::from_str(text).ok();
        [Some(data), wrapped]
            .into_iter()
            .flatten()
            .any(|value| json.as_ref() == Some(value) || value.as_str() == Some(text))
    })
}

fn words(parts: &[Part]) -> String {
    parts.iter().map(Part::words).collect::<Vec<_>>().join("\n")
}

/// What a failed call says about itself.
fn failure(received: Received, secrets: &Secrets) -> String {
    let data = received.data().cloned();
    let mut parts = parts(received.content, secrets);
    if let Some(data) = data
        && !is_said(&data, &parts)
    {
        parts.push(Part::structured(data, secrets));
    }
    match words(&parts) {
        nothing if nothing.trim().is_empty() => {
            "the tool failed, and the server doesn't say why".to_owned()
        }
        words => words,
    }
}

#[cfg(test)]
mod tests;
