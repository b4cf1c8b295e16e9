//! What schemars doesn't know, or what an author says instead of it.
//!
//! None of this can be mended here: the schema is all that is known of a type. Each entry is of types of the zoo, and a test
//! shows that it is still needed.

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

/// A claim that doesn't hold for some types.
pub struct Lost {
    /// What it is, as a sentence.
    pub what: &'static str,
    /// The claims that fail.
    pub properties: &'static [Property],
    /// The types that have it.
    pub types: &'static [&'static str],
}

use Property::{Complete, Output, Sound};

/// All of them.
pub const LOST: &[Lost] = &[
    Lost {
        what: "The tag that `#[serde(tag = \"…\")]` puts on a struct isn't in its schema, so a result has a property more than its type.",
        properties: &[Output],
        types: &["Tagged"],
    },
    Lost {
        what: "A `#[serde(alias = \"…\")]` isn't in the schema: the other names are read and not declared.",
        properties: &[Complete],
        types: &["Aliased", "AliasedVariants"],
    },
    Lost {
        what: "`#[serde(other)]` reads every other name as that variant; the type has the known names only.",
        properties: &[Complete],
        types: &["WithOther", "InternalOther"],
    },
    Lost {
        what: "A flattened `Option<Enum>` is lost as a whole.",
        properties: &[Complete, Output],
        types: &["FlattenedOptionalEnum"],
    },
    Lost {
        what: "A flattened `Option` is read as `None` when what is there doesn't fit; the type refuses it.",
        properties: &[Complete],
        types: &["FlattenedOption"],
    },
    Lost {
        what: "`#[serde(default)]` on the last places of a tuple struct: the type has all places.",
        properties: &[Complete],
        types: &["TupleWithDefault"],
    },
    Lost {
        what: "The content of an adjacently tagged variant may be left out if it is an `Option`; the type wants it.",
        properties: &[Complete],
        types: &["Adjacent"],
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
    },
    Lost {
        what: "That a `bool` is the key of a map: the type takes any name.",
        properties: &[Sound],
        types: &["BTreeMap<bool, u8>", "Flat<BTreeMap<bool, u8>>"],
    },
    Lost {
        what: "That serde reads no integer of 128 bits behind `flatten`, `tag` or `untagged`: such an argument is always refused. A `codemode_runtime::BigInt` of it is read.",
        properties: &[Sound],
        types: &["Tagged<u128>", "Flat<Option<i128>>"],
    },
    Lost {
        what: "That the only field of a newtype variant is skipped: the type has it. Write the variant without a field, or give the field a name.",
        properties: &[Complete, Sound, Output],
        types: &[
            "SkippedNewtypes",
            "AdjacentSkippedNewtype",
            "UntaggedSkippedNewtype",
        ],
    },
    Lost {
        what: "The names of an enum with docs on its variants, the length of a `char` and the format of a string, where they are the key of a map.",
        properties: &[Sound],
        types: &[
            "BTreeMap<DocumentedColor, u8>",
            "BTreeMap<char, u8>",
            "BTreeMap<Uuid, u8>",
            "Untagged<BTreeMap<char, u8>>",
        ],
    },
    Lost {
        what: "The form of a `SocketAddr`, that a `Decimal` has 28 digits, that a `SystemTime` ends, and which `OsString` the system has.",
        properties: &[Sound],
        types: &["SocketAddr", "Decimal", "SystemTime", "OsString"],
    },
    Lost {
        what: "A `Result` and a `Bound` may have only one of their properties.",
        properties: &[Sound],
        types: &["Result<u8, String>", "Bound<u8>"],
    },
    Lost {
        what: "A `Weekday` is read in capital letters and as a full name, too.",
        properties: &[Complete],
        types: &["Weekday"],
    },
    Lost {
        what: "What `#[schemars(required)]` and `#[schemars(length(equal = …))]` say is believed, though serde doesn't look at it.",
        properties: &[Complete, Output],
        types: &["RequiredThoughOptional", "Lengths"],
    },
];

/// What is known to be lost for a type.
pub fn lost(rust: &str, property: Property) -> Option<usize> {
    LOST.iter()
        .position(|lost| lost.properties.contains(&property) && lost.types.contains(&rust))
}
