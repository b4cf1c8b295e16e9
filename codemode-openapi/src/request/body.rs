//! Bodies of requests.

use serde_json::Value;

use super::given::{self, Kind};
use super::{InputError, Payload, form, multipart};
use crate::media;
use crate::model::{Body, BodyForm, Given};

/// Writes a body.
pub(super) fn write(body: &Body, value: &Value) -> Result<Payload, InputError> {
    let name = match &body.given {
        Given::Flat(_) => "body",
        Given::Under(name) => name,
    };
    let failed = |problem: String| InputError::unwritable(name, problem);
    let (media, bytes) = match body.form {
        BodyForm::Json => {
            let plain = given::plain(value).map_err(failed)?;
            (body.media.clone(), plain.to_string().into_bytes())
        }
        BodyForm::Form => (body.media.clone(), form::write(body, value)?.into_bytes()),
        BodyForm::Multipart => multipart::write(body, value)?,
        BodyForm::Text => match given::kind(value).map_err(failed)? {
            Kind::Text(text) => (with_charset(&body.media), text.into_bytes()),
            _ => return Err(InputError::unwritable(name, "should be a string")),
        },
        BodyForm::Bytes => match given::kind(value).map_err(failed)? {
            Kind::Bytes(bytes) => (body.media.clone(), bytes),
            _ => return Err(InputError::unwritable(name, "should be a `Uint8Array`")),
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
