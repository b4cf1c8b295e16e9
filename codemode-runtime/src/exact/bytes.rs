use std::borrow::Cow;
use std::fmt;
use std::ops::{Deref, DerefMut};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{self, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::read::json::Json;
use super::read::marked;

/// Bytes that are a `Uint8Array` in TypeScript, and cross as base64.
///
/// A plain `Vec<u8>` is an array of numbers, which takes several times the room. With other serializers than codemode's
/// it is base64 text where the format is one for people, and bytes elsewhere.
///
/// ```
/// use codemode_runtime::{Bytes, tool};
///
/// /// The bytes in the opposite order.
/// #[tool]
/// fn reverse(mut data: Bytes) -> Bytes {
///     data.reverse();
///     data
/// }
///
/// # fn main() -> Result<(), codemode_runtime::CatalogueError> {
/// let declarations = codemode_runtime::declarations()?;
/// assert!(declarations.contains("Promise<Uint8Array>"));
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Bytes(pub Vec<u8>);

impl fmt::Debug for Bytes {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Bytes({} bytes)", self.0.len())
    }
}

impl Deref for Bytes {
    type Target = Vec<u8>;

    fn deref(&self) -> &Vec<u8> {
        &self.0
    }
}

impl DerefMut for Bytes {
    fn deref_mut(&mut self) -> &mut Vec<u8> {
        &mut self.0
    }
}

impl From<Vec<u8>> for Bytes {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }
}

impl Serialize for Bytes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            let text = BASE64_STANDARD.encode(&self.0);
            serializer.serialize_newtype_struct(super::wrapped::BYTES_NAME, &text)
        } else {
            serializer.serialize_bytes(&self.0)
        }
    }
}

impl<'de> Deserialize<'de> for Bytes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(BytesVisitor).map(Self)
    }
}

struct BytesVisitor;

impl<'de> Visitor<'de> for BytesVisitor {
    type Value = Vec<u8>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("bytes: a Uint8Array")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Vec<u8>, E> {
        BASE64_STANDARD
            .decode(text)
            .map_err(|_| E::custom("a string that isn't base64, expected a Uint8Array"))
    }

    fn visit_bytes<E: de::Error>(self, bytes: &[u8]) -> Result<Vec<u8>, E> {
        Ok(bytes.to_vec())
    }

    /// What a script's `Uint8Array` has become by now.
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Vec<u8>, A::Error> {
        match marked::read(&mut map)
            .ok()
            .as_deref()
            .map(Json::marked_parts)
        {
            Some((codemode_declarations::exact::BYTES, text)) => self.visit_str(text),
            _ => Err(de::Error::invalid_type(de::Unexpected::Map, &self)),
        }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Vec<u8>, A::Error> {
        let mut bytes = Vec::new();
        while let Some(byte) = sequence.next_element()? {
            bytes.push(byte);
        }
        Ok(bytes)
    }
}

impl JsonSchema for Bytes {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Bytes".into()
    }

    fn schema_id() -> Cow<'static, str> {
        "codemode_runtime::Bytes".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let mut schema = json_schema!({ "type": "string", "contentEncoding": "base64" });
        schema.insert(
            codemode_declarations::exact::TYPE_KEYWORD.to_owned(),
            "bytes".into(),
        );
        schema
    }
}
