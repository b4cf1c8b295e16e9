//! Bodies of requests.

use serde_json::Value;

use super::given::{self, Kind};
use super::styles::{Writer, deep};
use super::written::escape;
use super::{InputError, Payload, multipart, unwritable};
use crate::media;
use crate::model::{Body, BodyForm, Given, Style};

/// Writes a body.
pub(super) fn write(body: &Body, value: &Value) -> Result<Payload, InputError> {
    let name = match &body.given {
        Given::Flat(_) => "body",
        Given::Under(name) => name,
    };
    let failed = |problem: String| unwritable(name, problem);
    let (media, bytes) = match body.form {
        BodyForm::Json => {
            let plain = given::plain(value).map_err(failed)?;
            (body.media.clone(), plain.to_string().into_bytes())
        }
        BodyForm::Form => (body.media.clone(), form(body, value)?.into_bytes()),
        BodyForm::Multipart => multipart::write(body, value)?,
        BodyForm::Text => match given::kind(value).map_err(failed)? {
            Kind::Text(text) => (with_charset(&body.media), text.into_bytes()),
            _ => return Err(unwritable(name, "should be a string")),
        },
        BodyForm::Bytes => match given::kind(value).map_err(failed)? {
            Kind::Bytes(bytes) => (body.media.clone(), bytes),
            _ => return Err(unwritable(name, "should be a `Uint8Array`")),
        },
    };
    Ok(Payload { media, bytes })
}

/// What isn't said to be in UTF-8 may be taken for something else.
fn with_charset(media: &str) -> String {
    if media::essence(media).starts_with("text/") && !media.contains("charset") {
        format!("{media}; charset=utf-8")
    } else {
        media.to_owned()
    }
}

/// The fields of a form, each with its name.
pub(super) fn fields(value: &Value) -> Result<impl Iterator<Item = (&String, &Value)>, InputError> {
    match given::kind(value).map_err(|problem| unwritable("body", problem))? {
        Kind::Object(fields) => Ok(fields.iter().filter(|(_, value)| !value.is_null())),
        _ => Err(unwritable("body", "should be an object")),
    }
}

fn form(body: &Body, value: &Value) -> Result<String, InputError> {
    let mut pieces = Vec::new();
    for (name, value) in fields(value)? {
        let part = body.parts.get(name);
        let failed = |problem| unwritable(name, problem);
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
pub(super) fn is_json(value: &Value, media: Option<&str>) -> bool {
    match (value, media) {
        (_, Some(media)) => media::is_json(media),
        (Value::Object(_), None) => true,
        (Value::Array(values), None) => values
            .iter()
            .any(|value| value.is_object() || value.is_array()),
        (_, None) => false,
    }
}
