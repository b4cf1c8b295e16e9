//! Constraints, which serde doesn't look at

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

#[derive(Deserialize, Serialize, JsonSchema)]
struct Ranges {
    #[schemars(range(min = 1, max = 10))]
    rank: u8,
    #[schemars(range(min = 0.0, max = 1.0))]
    share: f64,
    #[schemars(range(min = 1))]
    maybe: Option<u32>,
}

#[derive(Deserialize, Serialize, JsonSchema)]
struct Lengths {
    #[schemars(length(min = 1, max = 5))]
    name: String,
    #[schemars(length(equal = 2))]
    pair: Vec<u8>,
    #[schemars(length(min = 1))]
    some: Vec<String>,
    #[schemars(length(max = 3))]
    labels: BTreeMap<String, u8>,
}

#[derive(Deserialize, Serialize, JsonSchema)]
struct Formats {
    #[schemars(regex(pattern = r"^\d+/\*/$"))]
    pattern: String,
    #[schemars(email)]
    mail: String,
    #[schemars(url)]
    link: String,
    #[schemars(contains(pattern = "x"))]
    holds: String,
}

#[derive(Deserialize, Serialize, JsonSchema)]
struct Inner {
    #[schemars(inner(range(min = 1, max = 9)))]
    digits: Vec<u8>,
    #[schemars(inner(length(min = 1)), length(min = 1))]
    words: Vec<String>,
}

#[derive(Deserialize, Serialize, JsonSchema)]
struct Validated {
    #[validate(range(min = 1, max = 100))]
    percent: u8,
    #[validate(email)]
    mail: String,
}

#[derive(Deserialize, Serialize, JsonSchema)]
struct Extended {
    #[schemars(extend("multipleOf" = 5))]
    step: u32,
    #[schemars(extend("contentEncoding" = "base64"))]
    data: String,
    #[schemars(extend("uniqueItems" = true))]
    once: Vec<u8>,
}

super::entry::zoo! {
    both Ranges: [Ranges { rank: 1, share: 0.5, maybe: None }];
    both Lengths: [Lengths { name: "a".to_owned(), pair: vec![1, 2], some: vec!["a".to_owned()], labels: BTreeMap::new() }];
    input Lengths: [serde_json::json!({ "name": "a", "pair": [1], "some": [], "labels": {} })];
    both Formats: [Formats { pattern: "1/*/".to_owned(), mail: "a@example.org".to_owned(), link: "https://example.org".to_owned(), holds: "x".to_owned() }];
    both Inner: [Inner { digits: vec![1], words: vec!["a".to_owned()] }];
    both Validated: [Validated { percent: 1, mail: "a@example.org".to_owned() }];
    both Extended: [Extended { step: 5, data: "YQ==".to_owned(), once: vec![1] }];
}
