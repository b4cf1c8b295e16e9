//! Variants with nothing in them

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

#[derive(Deserialize, Serialize, JsonSchema)]
enum Empty {
    Unit,
    EmptyStruct {},
    EmptyTuple(),
    SkippedPair(#[serde(skip)] u8, #[serde(skip)] u8),
    SkippedStruct {
        #[serde(skip)]
        hidden: u8,
    },
    Half(u8, #[serde(skip)] u8),
}

#[derive(Deserialize, Serialize, JsonSchema)]
#[serde(tag = "t", content = "c")]
enum AdjacentEmpty {
    Unit,
    EmptyStruct {},
    EmptyTuple(),
    SkippedPair(#[serde(skip)] u8, #[serde(skip)] u8),
    SkippedStruct {
        #[serde(skip)]
        hidden: u8,
    },
    Half(u8, #[serde(skip)] u8),
}

#[derive(Deserialize, Serialize, JsonSchema)]
enum SkippedNewtypes {
    One(#[serde(skip)] u8),
    Text(String),
}

#[derive(Deserialize, Serialize, JsonSchema)]
#[serde(tag = "t", content = "c")]
enum AdjacentSkippedNewtype {
    One(#[serde(skip)] u8),
    Text(String),
}

#[derive(Deserialize, Serialize, JsonSchema)]
#[serde(untagged)]
enum UntaggedSkippedNewtype {
    One(#[serde(skip)] u8),
    Text(String),
}

super::entry::zoo! {
    both Empty: [Empty::Unit, Empty::EmptyStruct {}, Empty::EmptyTuple(), Empty::SkippedPair(1, 2), Empty::SkippedStruct { hidden: 1 }, Empty::Half(1, 2)];
    both AdjacentEmpty: [AdjacentEmpty::Unit, AdjacentEmpty::EmptyStruct {}, AdjacentEmpty::EmptyTuple(), AdjacentEmpty::SkippedPair(1, 2), AdjacentEmpty::SkippedStruct { hidden: 1 }, AdjacentEmpty::Half(1, 2)];
    both SkippedNewtypes: [SkippedNewtypes::One(1), SkippedNewtypes::Text("a".to_owned())];
    both AdjacentSkippedNewtype: [AdjacentSkippedNewtype::One(1), AdjacentSkippedNewtype::Text("a".to_owned())];
    both UntaggedSkippedNewtype: [UntaggedSkippedNewtype::One(1), UntaggedSkippedNewtype::Text("a".to_owned())];
}
