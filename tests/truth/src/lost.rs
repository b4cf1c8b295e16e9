//! What schemars doesn't know, or what an author says instead of it.
//!
//! None of this can be mended here: the schema is all that is known of a type. Each entry is of types of the zoo and of those
//! of their values that show it, and a test shows that it is still needed.

use std::net::SocketAddr;

use serde_json::Value;

/// What is claimed of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Property {
    /// What serde accepts as an argument, `tsc` accepts.
    Complete,
    /// What `tsc` accepts as an argument, serde accepts.
    Sound,
    /// What serde writes as a result, `tsc` accepts.
    Output,
}

/// A claim that doesn't hold for some values of some types.
pub struct Lost {
    /// What it is, as a sentence.
    pub what: &'static str,
    /// The claims that fail.
    pub properties: &'static [Property],
    /// The types that have it.
    pub types: &'static [&'static str],
    /// Whether a value has what it is about. For any other value the claim holds.
    pub is_about: fn(&Value) -> bool,
}

use Property::{Complete, Output, Sound};

/// All of them.
pub const LOST: &[Lost] = &[
    Lost {
        what: "The tag that `#[serde(tag = \"…\")]` puts on a struct isn't in its schema, so a result has a property more than its type.",
        properties: &[Output],
        types: &["Tagged"],
        is_about: |value| value["type"] == "Tagged",
    },
    Lost {
        what: "A `#[serde(alias = \"…\")]` isn't in the schema: the other names are read and not declared.",
        properties: &[Complete],
        types: &["Aliased", "AliasedVariants"],
        is_about: |value| {
            let aliases = ["colour", "farbe", "anzahl", "grey", "rot"];
            aliases.iter().any(|alias| mentions(value, alias))
        },
    },
    Lost {
        what: "`#[serde(other)]` reads every other name as that variant; the type has the known names only.",
        properties: &[Complete],
        types: &["WithOther", "InternalOther"],
        is_about: |value| !mentions(value, "Known") && !mentions(value, "Unknown"),
    },
    Lost {
        what: "A flattened `Option<Enum>` is lost as a whole.",
        properties: &[Complete, Output],
        types: &["FlattenedOptionalEnum"],
        is_about: |value| value.get("kind").is_some(),
    },
    Lost {
        what: "A flattened `Option` is read as `None` when what is there doesn't fit; the type refuses it.",
        properties: &[Complete],
        types: &["FlattenedOption"],
        is_about: |value| {
            !(is_u32(&value["page"]) && (value["per_page"].is_null() || is_u32(&value["per_page"])))
        },
    },
    Lost {
        what: "`#[serde(default)]` on the last places of a tuple struct: the type has all places.",
        properties: &[Complete],
        types: &["TupleWithDefault"],
        is_about: |value| value.as_array().is_some_and(|places| places.len() < 2),
    },
    Lost {
        what: "The content of an adjacently tagged variant may be left out if it is an `Option`; the type wants it.",
        properties: &[Complete],
        types: &["Adjacent"],
        is_about: |value| mentions(value, "Maybe") && value.get("c").is_none(),
    },
    Lost {
        what: "The bounds of an integer as the key of a map.",
        properties: &[Sound],
        types: &[
            "BTreeMap<u32, String>",
            "BTreeMap<i64, String>",
            "BTreeMap<u8, u8>",
            "BTreeMap<UserId, u8>",
            "Vec<BTreeMap<u32, Labels>>",
            "Flat<BTreeMap<u32, String>>",
            "Tagged<BTreeMap<i64, bool>>",
            "Untagged<BTreeMap<u16, Option<f64>>>",
            "Tagged<BTreeMap<RowId, u8>>",
            "Adjacent<BTreeMap<u8, u8>>",
            "Tagged<Vec<BTreeMap<u8, BTreeMap<u8, String>>>>",
            "Flat<Tagged<Adjacent<BTreeMap<u8, u8>>>>",
            "FlattenedNumbers",
            "TaggedNumbers",
            "NumbersOrFlags",
            "Tree",
        ],
        // Each of the types has the numbers up to 127.
        is_about: |value| {
            has_key(value, &|key| {
                !key.parse::<i8>().is_ok_and(|number| number >= 0)
            })
        },
    },
    Lost {
        what: "That a `bool` is the key of a map: the type takes any name.",
        properties: &[Sound],
        types: &["BTreeMap<bool, u8>", "Flat<BTreeMap<bool, u8>>"],
        is_about: |value| has_key(value, &|key| !["true", "false"].contains(&key)),
    },
    Lost {
        what: "That serde reads no integer of 128 bits behind `flatten`, `tag` or `untagged`: such an argument is always refused. A `codemode_runtime::BigInt` of it is read.",
        properties: &[Sound],
        types: &["Tagged<u128>", "Flat<Option<i128>>"],
        is_about: |value| has(value, &Value::is_number),
    },
    Lost {
        what: "That the only field of a newtype variant is skipped: the type has it. Write the variant without a field, or give the field a name.",
        properties: &[Complete, Sound, Output],
        types: &["SkippedNewtypes", "AdjacentSkippedNewtype"],
        is_about: |value| mentions(value, "One"),
    },
    Lost {
        what: "That the only field of a newtype variant of an untagged enum is skipped.",
        properties: &[Complete, Sound, Output],
        types: &["UntaggedSkippedNewtype"],
        is_about: |value| value.is_null() || value.is_number(),
    },
    Lost {
        what: "The names of an enum with docs on its variants, where they are the key of a map.",
        properties: &[Sound],
        types: &["BTreeMap<DocumentedColor, u8>"],
        is_about: |value| has_key(value, &|key| !["Red", "Green"].contains(&key)),
    },
    Lost {
        what: "The length of a `char`, where it is the key of a map.",
        properties: &[Sound],
        types: &["BTreeMap<char, u8>", "Untagged<BTreeMap<char, u8>>"],
        is_about: |value| has_key(value, &|key| key.chars().count() != 1),
    },
    Lost {
        what: "The format of a string, where it is the key of a map.",
        properties: &[Sound],
        types: &["BTreeMap<Uuid, u8>"],
        is_about: |value| has_key(value, &|key| key.parse::<uuid::Uuid>().is_err()),
    },
    Lost {
        what: "The form of a `SocketAddr`.",
        properties: &[Sound],
        types: &["SocketAddr"],
        is_about: |value| {
            value
                .as_str()
                .is_some_and(|text| text.parse::<SocketAddr>().is_err())
        },
    },
    Lost {
        what: "That a `Decimal` has 28 digits.",
        properties: &[Sound],
        types: &["Decimal"],
        is_about: |value| value.as_f64().is_some_and(|number| number.abs() >= 1e28),
    },
    Lost {
        what: "Which `OsString` the system has.",
        properties: &[Sound],
        types: &["OsString"],
        is_about: |value| value.get("Windows").is_some(),
    },
    Lost {
        what: "A `Weekday` is read in capital letters and as a full name, too.",
        properties: &[Complete],
        types: &["Weekday"],
        is_about: |value| {
            value.as_str().is_some_and(|day| {
                !["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].contains(&day)
            })
        },
    },
    Lost {
        what: "What `#[schemars(required)]` says is believed, though serde doesn't look at it.",
        properties: &[Complete, Output],
        types: &["RequiredThoughOptional"],
        is_about: |value| value["a"].is_null(),
    },
    Lost {
        what: "What `#[schemars(length(equal = …))]` says is believed, though serde doesn't look at it.",
        properties: &[Complete, Output],
        types: &["Lengths"],
        is_about: |value| value["pair"].as_array().is_some_and(|pair| pair.len() != 2),
    },
];

/// What is known to be lost for a value of a type.
pub fn lost(rust: &str, property: Property, value: &Value) -> Option<usize> {
    LOST.iter().position(|lost| {
        lost.properties.contains(&property) && lost.types.contains(&rust) && (lost.is_about)(value)
    })
}

/// Whether a value, or one inside of it, is such a one.
fn has(value: &Value, is_such: &dyn Fn(&Value) -> bool) -> bool {
    is_such(value)
        || match value {
            Value::Array(values) => values.iter().any(|value| has(value, is_such)),
            Value::Object(fields) => fields.values().any(|value| has(value, is_such)),
            _ => false,
        }
}

/// Whether an object in the value has such a key.
fn has_key(value: &Value, is_such: &dyn Fn(&str) -> bool) -> bool {
    has(value, &|inner| {
        inner
            .as_object()
            .is_some_and(|fields| fields.keys().any(|key| is_such(key)))
    })
}

/// Whether a text or a key in the value is this.
fn mentions(value: &Value, name: &str) -> bool {
    has(value, &|inner| inner == name) || has_key(value, &|key| key == name)
}

fn is_u32(value: &Value) -> bool {
    value
        .as_u64()
        .is_some_and(|number| u32::try_from(number).is_ok())
}
