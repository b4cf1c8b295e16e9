//! The parts of a result.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value};

use super::base64::decode;
use crate::client::secrets::Secrets;
use codemode_runtime::{__own as exact, Bytes};

/// A part of an answer.
#[derive(Debug, PartialEq, Serialize, JsonSchema)]
#[serde(
    tag = "type",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
#[schemars(inline)]
pub(super) enum Part {
    Text {
        text: String,
    },
    Image {
        media_type: String,
        bytes: Bytes,
    },
    Audio {
        media_type: String,
        bytes: Bytes,
    },
    Resource {
        uri: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schemars(with = "String", default)]
        media_type: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schemars(with = "String", default)]
        text: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Bytes", default)]
        bytes: Option<Bytes>,
    },
    Link {
        uri: String,
        name: String,
    },
    // What the server has sent as data, where its texts don't say it.
    Structured {
        value: Value,
    },
    // What isn't known here, as it came.
    Unknown {
        value: Value,
    },
}

impl Part {
    /// An entry of a result's content. What can't be read is shown as it came.
    pub(super) fn of(entry: Value, secrets: &Secrets) -> Self {
        let known = match &entry {
            Value::String(text) => Some(Self::Text {
                text: secrets.scrub(text).into_owned(),
            }),
            Value::Object(fields) => known(&Fields { fields, secrets }),
            _ => None,
        };
        known.unwrap_or_else(|| Self::exactly(entry, secrets, |value| Self::Unknown { value }))
    }

    /// The structured content of a result.
    pub(super) fn structured(value: Value, secrets: &Secrets) -> Self {
        Self::exactly(value, secrets, |value| Self::Structured { value })
    }

    /// A value, or its text where a script couldn't have it exactly.
    fn exactly(mut value: Value, secrets: &Secrets, part: fn(Value) -> Self) -> Self {
        secrets.scrub_value(&mut value);
        match exact::to_text(&value) {
            Ok(_) => part(value),
            Err(_) => Self::Text {
                text: value.to_string(),
            },
        }
    }

    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Self::Text { text } => Some(text),
            _ => None,
        }
    }

    /// What it says, for an error.
    pub(super) fn words(&self) -> String {
        match self {
            Self::Text { text } => text.clone(),
            Self::Image { media_type, bytes } | Self::Audio { media_type, bytes } => {
                format!("({} bytes of {media_type})", bytes.0.len())
            }
            Self::Resource {
                uri,
                text,
                bytes,
                media_type: _,
            } => match (text, bytes) {
                (Some(text), _) => text.clone(),
                (None, Some(bytes)) => format!("({} bytes of {uri})", bytes.0.len()),
                (None, None) => uri.clone(),
            },
            Self::Link { uri, name } if uri == name => uri.clone(),
            Self::Link { uri, name } => format!("{name}: {uri}"),
            Self::Structured { value } | Self::Unknown { value } => value.to_string(),
        }
    }

    /// What kind of part it is, in a list of several.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::Text { .. } => "a text",
            Self::Image { .. } => "an image",
            Self::Audio { .. } => "a sound",
            Self::Resource { .. } => "a resource",
            Self::Link { .. } => "a link",
            Self::Structured { .. } => "structured content",
            Self::Unknown { .. } => "content of an unknown kind",
        }
    }
}

/// An entry with the fields of the kind that it names. `None` if there is one that can't be done without.
fn known(entry: &Fields<'_>) -> Option<Part> {
    let kind = match entry.get("type") {
        Some(Value::String(kind)) => kind.as_str(),
        Some(_) => return None,
        None if entry.get("resource").is_some() => "resource",
        None => "text",
    };
    Some(match kind {
        "text" => Part::Text {
            text: entry.text("text")?,
        },
        "image" => {
            let (media_type, bytes) = entry.bytes("data")?;
            let media_type = media_type?;
            Part::Image { media_type, bytes }
        }
        "audio" => {
            let (media_type, bytes) = entry.bytes("data")?;
            let media_type = media_type?;
            Part::Audio { media_type, bytes }
        }
        "resource" => match entry.get("resource") {
            Some(Value::Object(fields)) => Fields { fields, ..*entry }.resource()?,
            Some(_) => return None,
            None => entry.resource()?,
        },
        "resource_link" => {
            entry.get("uri")?;
            let uri = entry.text("uri")?;
            let name = entry.get("name").and_then(|_| entry.text("name"));
            let name = name.unwrap_or_else(|| uri.clone());
            Part::Link { uri, name }
        }
        _ => return None,
    })
}

/// The fields of an entry, read without its credentials.
#[derive(Clone, Copy)]
struct Fields<'a> {
    fields: &'a Map<String, Value>,
    secrets: &'a Secrets,
}

impl Fields<'_> {
    /// What isn't there, and what is there without a value, is the same.
    fn get(&self, name: &str) -> Option<&Value> {
        self.fields.get(name).filter(|value| !value.is_null())
    }

    /// A text, or the JSON of something else that stands in its place. `null` is an empty one.
    fn text(&self, name: &str) -> Option<String> {
        Some(match self.fields.get(name)? {
            Value::Null => String::new(),
            Value::String(text) => self.secrets.scrub(text).into_owned(),
            other => {
                let mut other = other.clone();
                self.secrets.scrub_value(&mut other);
                other.to_string()
            }
        })
    }

    fn media_type(&self) -> Option<String> {
        let name = ["mimeType", "mime_type", "mediaType"]
            .into_iter()
            .find(|name| self.get(name).is_some_and(Value::is_string))?;
        self.text(name)
    }

    /// Bytes, and what they are.
    fn bytes(&self, name: &str) -> Option<(Option<String>, Bytes)> {
        let decoded = decode(self.get(name)?.as_str()?)?;
        let bytes = Bytes(self.secrets.scrub_bytes(decoded.bytes));
        Some((self.media_type().or(decoded.media_type), bytes))
    }

    fn resource(&self) -> Option<Part> {
        let mut media_type = self.media_type();
        let mut bytes = None;
        if self.get("blob").is_some() {
            let (of_bytes, blob) = self.bytes("blob")?;
            media_type = of_bytes;
            bytes = Some(blob);
        }
        let text = self.get("text").and_then(|_| self.text("text"));
        let uri = self.get("uri").and_then(|_| self.text("uri"));
        if uri.is_none() && text.is_none() && bytes.is_none() {
            return None;
        }
        Some(Part::Resource {
            uri: uri.unwrap_or_default(),
            media_type,
            text,
            bytes,
        })
    }
}
