//! Types that are read or written as another type

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

#[derive(Deserialize, Serialize, JsonSchema)]
#[serde(transparent)]
struct Transparent {
    inner: u32,
}

#[derive(Deserialize, Serialize, JsonSchema)]
#[serde(transparent)]
struct TransparentOption {
    inner: Option<String>,
}

#[derive(Deserialize, Serialize, JsonSchema)]
struct Pair {
    left: u8,
    right: u8,
}

#[derive(Clone, Deserialize, Serialize, JsonSchema)]
#[serde(from = "String", into = "Vec<String>")]
struct FromAndInto {
    words: Vec<String>,
}

impl From<String> for FromAndInto {
    fn from(text: String) -> Self {
        Self { words: text.split(' ').map(str::to_owned).collect() }
    }
}

impl From<FromAndInto> for Vec<String> {
    fn from(value: FromAndInto) -> Self {
        value.words
    }
}

#[derive(Clone, Deserialize, Serialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
struct Parsed {
    #[schemars(skip)]
    length: usize,
}

impl TryFrom<String> for Parsed {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Ok(Self { length: text.len() })
    }
}

impl From<Parsed> for String {
    fn from(value: Parsed) -> Self {
        "x".repeat(value.length)
    }
}

#[derive(Deserialize, Serialize, JsonSchema)]
struct HoldsConverted {
    words: FromAndInto,
    all: Vec<Parsed>,
}

mod as_text {
    use super::{Deserialize, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(value: &u64, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(value)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
        let text = String::deserialize(deserializer)?;
        Ok(text.len() as u64)
    }
}

#[derive(Deserialize, Serialize, JsonSchema)]
struct WithModule {
    #[serde(with = "as_text")]
    #[schemars(with = "String")]
    id: u64,
    plain: u8,
}

fn one_as_flag<S: Serializer>(value: &u8, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_bool(*value == 1)
}

#[derive(Serialize, JsonSchema)]
struct SerializeWith {
    #[serde(serialize_with = "one_as_flag")]
    #[schemars(with = "bool")]
    flag: u8,
}

fn number_or_text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    NumberOrText::deserialize(deserializer).map(|value| value.to_string())
}

#[derive(Deserialize, JsonSchema)]
#[serde(untagged)]
enum NumberOrText {
    Number(f64),
    Text(String),
}

impl fmt::Display for NumberOrText {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => number.fmt(formatter),
            Self::Text(text) => text.fmt(formatter),
        }
    }
}

#[derive(Deserialize, JsonSchema)]
struct DeserializeWith {
    #[serde(deserialize_with = "number_or_text")]
    #[schemars(with = "NumberOrText")]
    text: String,
}

/// Written as `#rrggbb`.
#[derive(JsonSchema)]
#[schemars(with = "String")]
struct HexColor(u32);

impl Serialize for HexColor {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("#{:06x}", self.0))
    }
}

#[derive(JsonSchema)]
#[schemars(transparent)]
struct Name(String);

impl FromStr for Name {
    type Err = fmt::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(Self(text.to_owned()))
    }
}

impl<'de> Deserialize<'de> for Name {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[derive(Deserialize, Serialize, JsonSchema)]
#[serde(remote = "Foreign")]
struct ForeignDefinition {
    value: u8,
}

struct Foreign {
    value: u8,
}

#[derive(Deserialize, Serialize, JsonSchema)]
struct HoldsRemote {
    #[serde(with = "ForeignDefinition")]
    foreign: Foreign,
}

fn odd(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
    schemars::json_schema!({ "enum": [1, 3, 5] })
}

#[derive(Serialize, JsonSchema)]
struct OwnSchema {
    #[schemars(schema_with = "odd")]
    number: u8,
    #[schemars(extend("const" = 7))]
    seven: u8,
}

fn words() -> FromAndInto {
    FromAndInto { words: vec!["a".to_owned(), "b".to_owned()] }
}

super::entry::zoo! {
    both Transparent: [Transparent { inner: 1 }];
    both TransparentOption: [TransparentOption { inner: None }, TransparentOption { inner: Some("a".to_owned()) }];
    both Pair: [Pair { left: 1, right: 2 }];
    both FromAndInto: [words()];
    input FromAndInto: [serde_json::json!("a b")];
    both Parsed: [Parsed { length: 2 }];
    both HoldsConverted: [HoldsConverted { words: words(), all: vec![Parsed { length: 1 }] }];
    input HoldsConverted: [serde_json::json!({ "words": "a b", "all": ["c"] })];
    both WithModule: [WithModule { id: 1, plain: 1 }];
    output SerializeWith: [SerializeWith { flag: 1 }];
    input DeserializeWith: [serde_json::json!({ "text": 1 }), serde_json::json!({ "text": "a" })];
    output HexColor: [HexColor(0xff_00_00)];
    input Name: [serde_json::json!("a")];
    both HoldsRemote: [HoldsRemote { foreign: Foreign { value: 1 } }];
    output OwnSchema: [OwnSchema { number: 3, seven: 7 }];
}
