//! Names of fields and variants

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

#[derive(Deserialize, Serialize, JsonSchema)]
struct Renamed {
    #[serde(rename = "displayName")]
    name: String,
    r#type: u8,
}

#[derive(Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct CamelFields {
    first_name: String,
    id2: u8,
}

#[derive(Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
struct PascalFields {
    first_name: String,
    id2: u8,
}

#[derive(Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
struct KebabFields {
    first_name: String,
    id2: u8,
}

#[derive(Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
struct ScreamingFields {
    first_name: String,
    id2: u8,
}

#[derive(Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "SCREAMING-KEBAB-CASE")]
struct ScreamingKebabFields {
    first_name: String,
    id2: u8,
}

#[derive(Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
struct LowerFields {
    first_name: String,
    id2: u8,
}

#[derive(Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
struct UpperFields {
    first_name: String,
    id2: u8,
}

#[derive(Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
struct SnakeFields {
    first_name: String,
    id2: u8,
}

#[derive(Deserialize, Serialize, JsonSchema)]
struct SplitRename {
    #[serde(rename(serialize = "writtenAs", deserialize = "readAs"))]
    name: String,
}

#[derive(Deserialize, Serialize, JsonSchema)]
#[serde(rename_all(serialize = "camelCase", deserialize = "kebab-case"))]
struct SplitRenameAll {
    first_name: String,
}

#[derive(Deserialize, Serialize, JsonSchema)]
struct Aliased {
    #[serde(alias = "colour", alias = "farbe")]
    color: String,
    #[serde(default, alias = "anzahl")]
    count: u8,
}

#[derive(Deserialize, Serialize, JsonSchema)]
struct OddKeys {
    #[serde(rename = "with-dash")]
    dash: u8,
    #[serde(rename = "has\"quote")]
    quote: u8,
    #[serde(rename = "back\\slash\nand newline")]
    newline: u8,
    #[serde(rename = "0")]
    number: u8,
    #[serde(rename = "-1")]
    negative: u8,
    #[serde(rename = "")]
    empty: u8,
    #[serde(rename = "Größe 日本 🙂")]
    unicode: u8,
    #[serde(rename = "class")]
    keyword: u8,
    #[serde(rename = "*/")]
    comment: u8,
}

#[derive(Deserialize, Serialize, JsonSchema)]
struct HostileKeys {
    #[serde(rename = "__proto__")]
    proto: u8,
    constructor: String,
    #[serde(rename = "toString")]
    to_string: bool,
    #[serde(rename = "hasOwnProperty")]
    has_own_property: Option<bool>,
}

#[derive(Deserialize, Serialize, JsonSchema)]
#[serde(rename = "Promise")]
struct CalledPromise {
    value: u8,
}

#[derive(Deserialize, Serialize, JsonSchema)]
#[serde(rename = "string")]
struct CalledLikeAKeyword {
    value: u8,
}

#[derive(Deserialize, Serialize, JsonSchema)]
#[serde(rename = "2D größe-日本")]
struct CalledOddly {
    value: Vec<CalledPromise>,
}

mod other {
    use schemars::JsonSchema;
    use serde::{Deserialize, Serialize};

    #[derive(Deserialize, Serialize, JsonSchema)]
    pub(super) struct Renamed {
        pub(super) different: bool,
    }
}

#[derive(Deserialize, Serialize, JsonSchema)]
struct TwoOfOneName {
    here: Renamed,
    there: other::Renamed,
}

#[derive(Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case", rename_all_fields = "camelCase")]
enum RenamedVariants {
    FirstOne { some_field: u8 },
    #[serde(rename = "2nd")]
    Second { #[serde(rename = "other-field")] other_field: u8 },
    ThirdOne,
}

#[derive(Deserialize, Serialize, JsonSchema)]
enum AliasedVariants {
    #[serde(alias = "grey")]
    Gray,
    #[serde(alias = "rot")]
    Red,
}

#[derive(Deserialize, Serialize, JsonSchema)]
enum SplitVariants {
    #[serde(rename(serialize = "out", deserialize = "in"))]
    Direction,
    Plain,
}

fn renamed() -> Renamed {
    Renamed { name: "n".to_owned(), r#type: 1 }
}

fn first_name() -> String {
    "Ada".to_owned()
}

super::entry::zoo! {
    both Renamed: [renamed()];
    both CamelFields: [CamelFields { first_name: first_name(), id2: 1 }];
    both PascalFields: [PascalFields { first_name: first_name(), id2: 1 }];
    both KebabFields: [KebabFields { first_name: first_name(), id2: 1 }];
    both ScreamingFields: [ScreamingFields { first_name: first_name(), id2: 1 }];
    both ScreamingKebabFields: [ScreamingKebabFields { first_name: first_name(), id2: 1 }];
    both LowerFields: [LowerFields { first_name: first_name(), id2: 1 }];
    both UpperFields: [UpperFields { first_name: first_name(), id2: 1 }];
    both SnakeFields: [SnakeFields { first_name: first_name(), id2: 1 }];
    both SplitRename: [SplitRename { name: first_name() }];
    both SplitRenameAll: [SplitRenameAll { first_name: first_name() }];
    both Aliased: [Aliased { color: "red".to_owned(), count: 2 }];
    input Aliased: [serde_json::json!({ "colour": "red" }), serde_json::json!({ "farbe": "red" }), serde_json::json!({ "color": "red", "anzahl": 1 })];
    both OddKeys: [OddKeys { dash: 1, quote: 2, newline: 3, number: 4, negative: 5, empty: 6, unicode: 7, keyword: 8, comment: 9 }];
    both HostileKeys: [HostileKeys { proto: 1, constructor: "c".to_owned(), to_string: true, has_own_property: None }];
    both CalledPromise: [CalledPromise { value: 1 }];
    both CalledLikeAKeyword: [CalledLikeAKeyword { value: 1 }];
    both CalledOddly: [CalledOddly { value: vec![CalledPromise { value: 1 }] }];
    both TwoOfOneName: [TwoOfOneName { here: renamed(), there: other::Renamed { different: true } }];
    both RenamedVariants: [RenamedVariants::FirstOne { some_field: 1 }, RenamedVariants::Second { other_field: 2 }, RenamedVariants::ThirdOne];
    both AliasedVariants: [AliasedVariants::Gray, AliasedVariants::Red];
    input AliasedVariants: [serde_json::json!("grey"), serde_json::json!("rot")];
    both SplitVariants: [SplitVariants::Plain, SplitVariants::Direction];
}
