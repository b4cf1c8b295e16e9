//! Forms with files.

use serde_json::Value;

use super::InputError;
use super::form::fields;
use super::given::{self, Kind};
use crate::model::{Body, Part};

/// One part of the body.
struct Field {
    name: String,
    media: Option<String>,
    is_file: bool,
    bytes: Vec<u8>,
}

/// Writes a form, and returns its media type, which says what is between the parts.
pub(super) fn write(body: &Body, value: &Value) -> Result<(String, Vec<u8>), InputError> {
    let mut parts = Vec::new();
    for (name, value) in fields(value)? {
        let said = body.parts.get(name);
        match value {
            Value::Array(values) => {
                for value in values {
                    parts.push(field(name, value, said)?);
                }
            }
            value => parts.push(field(name, value, said)?),
        }
    }
    let boundary = boundary(&parts);
    let mut written = Vec::new();
    for part in parts {
        let name = quoted(&part.name);
        let mut head = format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"");
        if part.is_file {
            head.push_str(&format!("; filename=\"{name}\""));
        }
        if let Some(media) = part.media {
            head.push_str(&format!("\r\nContent-Type: {media}"));
        }
        head.push_str("\r\n\r\n");
        written.extend(head.into_bytes());
        written.extend(part.bytes);
        written.extend(b"\r\n");
    }
    written.extend(format!("--{boundary}--\r\n").into_bytes());
    Ok((format!("multipart/form-data; boundary={boundary}"), written))
}

fn field(name: &str, value: &Value, said: Option<&Part>) -> Result<Field, InputError> {
    // Of several media types none is chosen here.
    let is_one = |media: &&str| !media.contains(['*', ',', '\r', '\n']);
    let media = said
        .and_then(|part| part.media.as_deref())
        .filter(is_one)
        .map(str::to_owned);
    let failed = |problem| InputError::unwritable(name, problem);
    let (media, is_file, bytes) = match given::kind(value).map_err(failed)? {
        Kind::Bytes(bytes) => (
            Some(media.unwrap_or_else(|| "application/octet-stream".to_owned())),
            true,
            bytes,
        ),
        Kind::Text(text) => (media, false, text.into_bytes()),
        Kind::List(_) | Kind::Object(_) | Kind::Null => {
            let text = given::plain(value).map_err(failed)?.to_string();
            (
                Some(media.unwrap_or_else(|| "application/json".to_owned())),
                false,
                text.into_bytes(),
            )
        }
    };
    Ok(Field {
        name: name.to_owned(),
        media,
        is_file,
        bytes,
    })
}

/// A name between quotes, as browsers write it.
fn quoted(name: &str) -> String {
    name.replace('"', "%22")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// What is between the parts, and in none of them.
fn boundary(parts: &[Field]) -> String {
    let is_in = |bytes: &[u8], boundary: &str| {
        bytes
            .windows(boundary.len())
            .any(|window| window == boundary.as_bytes())
    };
    let mut number = 0_u64;
    loop {
        let boundary = format!("codemode-part-{number}");
        if !parts.iter().any(|part| is_in(&part.bytes, &boundary)) {
            return boundary;
        }
        number += 1;
    }
}
