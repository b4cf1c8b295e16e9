//! Forms.

use serde_json::Value;

use super::InputError;
use super::given::{self, Kind};
use super::styles::{Writer, deep};
use super::written::escape;
use crate::media;
use crate::model::{Body, Style};

/// The fields of a form, each with its name.
pub(super) fn fields(value: &Value) -> Result<impl Iterator<Item = (&String, &Value)>, InputError> {
    match given::kind(value).map_err(|problem| InputError::unwritable("body", problem))? {
        Kind::Object(fields) => Ok(fields.iter().filter(|(_, value)| !value.is_null())),
        _ => Err(InputError::unwritable("body", "should be an object")),
    }
}

/// Writes a form without files.
pub(super) fn write(body: &Body, value: &Value) -> Result<String, InputError> {
    let mut pieces = Vec::new();
    for (name, value) in fields(value)? {
        let part = body.parts.get(name);
        let failed = |problem| InputError::unwritable(name, problem);
        let style = part.and_then(|part| part.style);
        let media = part
            .and_then(|part| part.media.as_deref())
            .map(media::essence);
        if style.is_none() && is_json(value, media.as_deref()) {
            let text = given::plain(value).map_err(failed)?.to_string();
            pieces.push(format!("{}={}", escape(name), escape(&text)));
        } else {
            let (style, explode) = style.unwrap_or((Style::Form, true));
            if style == Style::DeepObject {
                deep(&escape(name), value, escape, &mut pieces).map_err(failed)?;
            } else {
                pieces.extend(
                    Writer {
                        name,
                        style,
                        explode,
                        escape,
                    }
                    .write(value)
                    .map_err(failed)?,
                );
            }
        }
    }
    Ok(pieces.join("&"))
}

/// Whether a field is written as JSON: what has parts, unless it is a list of what has none.
fn is_json(value: &Value, media: Option<&str>) -> bool {
    match (value, media) {
        (_, Some(media)) => media::is_json(media),
        (Value::Object(_), None) => true,
        (Value::Array(values), None) => values
            .iter()
            .any(|value| value.is_object() || value.is_array()),
        (_, None) => false,
    }
}
