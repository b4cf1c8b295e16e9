//! Fields that may be absent

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};

#[derive(Deserialize, Serialize, JsonSchema)]
struct Optional {
    a: Option<String>,
    b: u8,
}

#[derive(Deserialize, Serialize, JsonSchema)]
struct AllOptional {
    a: Option<u8>,
    b: Option<bool>,
}

#[derive(Deserialize, Serialize, JsonSchema)]
struct TwiceOptional {
    a: Option<Option<u8>>,
}

#[derive(Deserialize, Serialize, JsonSchema)]
struct OptionalUnit {
    a: Option<()>,
}

#[derive(Deserialize, Serialize, JsonSchema)]
struct Defaults {
    #[serde(default)]
    a: u8,
    #[serde(default = "ten")]
    b: u8,
    #[serde(default)]
    c: Option<u8>,
    #[serde(default)]
    list: Vec<String>,
}

fn ten() -> u8 {
    10
}

#[derive(Deserialize, Serialize, JsonSchema)]
#[serde(default)]
struct ContainerDefault {
    a: u8,
    b: String,
}

impl Default for ContainerDefault {
    fn default() -> Self {
        Self { a: 3, b: "b".to_owned() }
    }
}

#[derive(Deserialize, Serialize, JsonSchema)]
struct SkippedIfNone {
    #[serde(skip_serializing_if = "Option::is_none")]
    a: Option<u8>,
    b: u8,
}

#[derive(Deserialize, Serialize, JsonSchema)]
struct SkippedIfEmpty {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    list: Vec<u8>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    a: Option<u8>,
}

#[derive(Deserialize, Serialize, JsonSchema)]
struct SkippedIfNoneAndWrittenAsNull {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    a: Option<Option<u8>>,
}

#[derive(Deserialize, Serialize, JsonSchema)]
struct Skipped {
    kept: u8,
    #[serde(skip)]
    skipped: u8,
}

#[derive(Deserialize, Serialize, JsonSchema)]
struct WriteOnly {
    kept: u8,
    #[serde(skip_serializing)]
    password: String,
}

#[derive(Deserialize, Serialize, JsonSchema)]
struct ReadOnly {
    kept: u8,
    #[serde(skip_deserializing)]
    created: String,
}

#[derive(Deserialize, Serialize, JsonSchema)]
struct DistinguishesNull {
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    a: Option<Option<u8>>,
}

fn present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<u8>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

#[derive(Deserialize, Serialize, JsonSchema)]
struct OptionalInside {
    list: Vec<Option<u8>>,
    pair: (u8, Option<String>),
    boxed: Option<Box<Optional>>,
}

#[derive(Deserialize, Serialize, JsonSchema)]
struct OptionalNewtype(Option<u8>);

#[derive(Deserialize, Serialize, JsonSchema)]
struct HoldsOptionalNewtype {
    inner: OptionalNewtype,
}

#[derive(Deserialize, Serialize, JsonSchema)]
struct TupleWithDefault(u8, #[serde(default)] u8);

#[derive(Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ExactAndOptional {
    a: Option<u8>,
    #[serde(default)]
    b: bool,
}

#[derive(Deserialize, Serialize, JsonSchema)]
struct RequiredThoughOptional {
    #[schemars(required)]
    a: Option<u8>,
}

super::entry::zoo! {
    both Optional: [Optional { a: None, b: 1 }, Optional { a: Some("a".to_owned()), b: 1 }];
    both AllOptional: [AllOptional { a: None, b: None }, AllOptional { a: Some(1), b: Some(true) }];
    both TwiceOptional: [TwiceOptional { a: None }, TwiceOptional { a: Some(Some(1)) }, TwiceOptional { a: Some(None) }];
    both OptionalUnit: [OptionalUnit { a: None }, OptionalUnit { a: Some(()) }];
    both Option<u8>: [None, Some(1)];
    both Option<Option<bool>>: [None, Some(None), Some(Some(true))];
    both Defaults: [Defaults { a: 1, b: 2, c: Some(3), list: vec!["a".to_owned()] }];
    both ContainerDefault: [ContainerDefault::default()];
    both SkippedIfNone: [SkippedIfNone { a: None, b: 1 }, SkippedIfNone { a: Some(1), b: 1 }];
    both SkippedIfEmpty: [SkippedIfEmpty { list: vec![], a: None }, SkippedIfEmpty { list: vec![1], a: Some(1) }];
    both SkippedIfNoneAndWrittenAsNull: [SkippedIfNoneAndWrittenAsNull { a: None }, SkippedIfNoneAndWrittenAsNull { a: Some(None) }];
    both Skipped: [Skipped { kept: 1, skipped: 2 }];
    both WriteOnly: [WriteOnly { kept: 1, password: "p".to_owned() }];
    input WriteOnly: [serde_json::json!({ "kept": 1, "password": "p" })];
    both ReadOnly: [ReadOnly { kept: 1, created: "c".to_owned() }];
    both DistinguishesNull: [DistinguishesNull { a: None }, DistinguishesNull { a: Some(None) }, DistinguishesNull { a: Some(Some(1)) }];
    both OptionalInside: [OptionalInside { list: vec![None, Some(1)], pair: (1, None), boxed: Some(Box::new(Optional { a: None, b: 1 })) }];
    both OptionalNewtype: [OptionalNewtype(None), OptionalNewtype(Some(1))];
    both HoldsOptionalNewtype: [HoldsOptionalNewtype { inner: OptionalNewtype(None) }];
    both TupleWithDefault: [TupleWithDefault(1, 2)];
    input TupleWithDefault: [serde_json::json!([1])];
    both ExactAndOptional: [ExactAndOptional { a: Some(1), b: true }];
    both RequiredThoughOptional: [RequiredThoughOptional { a: Some(1) }];
}
