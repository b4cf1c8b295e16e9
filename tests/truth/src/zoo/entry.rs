//! What is known of one type of the zoo, and the table by which a type gets into it.

use std::convert::Infallible;

use codemode_runtime::__private::{finish, parse_input, root_schema};
use schemars::generate::{SchemaGenerator, SchemaSettings};
use schemars::{JsonSchema, Schema};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Adds a type's schema to a generator.
pub type SchemaFn = fn(&mut SchemaGenerator) -> Schema;

/// What serde says of an input: what comes out when the value that it read is written again, if it can be.
pub type Accepted = Result<Option<Value>, String>;

// The object that a script passes to a tool with one parameter, as `#[tool]` defines it.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Input<T> {
    value: T,
}

/// One type of the zoo.
pub struct Entry {
    /// The type as it is written in Rust.
    pub rust: String,
    /// The schema of `Input<T>` for what is read.
    pub input: Option<SchemaFn>,
    /// The schema of `T` for what is written.
    pub output: Option<SchemaFn>,
    /// Reads the text of an `Input<T>`.
    pub accepts: Option<fn(&str) -> Accepted>,
    /// Values of the type, written by serde, or for a type that is only read by hand.
    pub samples: fn() -> Vec<Value>,
}

impl Entry {
    /// The input's schema on its own.
    pub fn input_schema(&self) -> Option<Value> {
        let settings = SchemaSettings::draft2020_12().for_deserialize();
        self.input.map(|schema| root_schema(settings, schema))
    }

    /// The output's schema on its own.
    pub fn output_schema(&self) -> Option<Value> {
        let settings = SchemaSettings::draft2020_12().for_serialize();
        self.output.map(|schema| root_schema(settings, schema))
    }
}

pub(super) fn read<T: DeserializeOwned>(text: &str) -> Accepted {
    match parse_input::<Input<T>>(text) {
        Ok(_) => Ok(None),
        Err(error) => Err(error.to_string()),
    }
}

pub(super) fn read_and_write<T: DeserializeOwned + Serialize + JsonSchema>(text: &str) -> Accepted {
    match parse_input::<Input<T>>(text) {
        // Some values can be read and not written, as an absolute time before 1970.
        Ok(input) => Ok(written(&input.value).ok()),
        Err(error) => Err(error.to_string()),
    }
}

/// The JSON that reaches the script.
pub(super) fn written<T: Serialize + JsonSchema>(value: &T) -> Result<Value, String> {
    let text = finish::<_, Infallible>(Ok(value), |_| None).map_err(|error| error.to_string())?;
    serde_json::from_str(&text).map_err(|error| error.to_string())
}

/// The types of a file: each with the directions that it has and values of it.
macro_rules! zoo {
    ($($direction:ident $ty:ty : $samples:expr;)*) => {
        pub(super) fn entries() -> Vec<super::Entry> {
            vec![$(crate::zoo::entry::entry!($direction $ty : $samples)),*]
        }
    };
}

macro_rules! entry {
    (both $ty:ty : $samples:expr) => {
        super::Entry {
            input: Some(<super::Input<$ty> as schemars::JsonSchema>::json_schema),
            output: Some(|generator| generator.subschema_for::<$ty>()),
            accepts: Some(crate::zoo::entry::read_and_write::<$ty>),
            ..crate::zoo::entry::entry!(written $ty : $samples)
        }
    };
    (input $ty:ty : $samples:expr) => {
        super::Entry {
            rust: crate::zoo::entry::rust(stringify!($ty)),
            input: Some(<super::Input<$ty> as schemars::JsonSchema>::json_schema),
            output: None,
            accepts: Some(crate::zoo::entry::read::<$ty>),
            samples: || Vec::from($samples),
        }
    };
    (output $ty:ty : $samples:expr) => {
        super::Entry {
            output: Some(|generator| generator.subschema_for::<$ty>()),
            ..crate::zoo::entry::entry!(written $ty : $samples)
        }
    };
    (written $ty:ty : $samples:expr) => {
        super::Entry {
            rust: crate::zoo::entry::rust(stringify!($ty)),
            input: None,
            output: None,
            accepts: None,
            samples: || {
                let samples: Vec<$ty> = Vec::from($samples);
                let written = samples.iter().map(crate::zoo::entry::written);
                written.collect::<Result<_, _>>().expect("a sample can be written")
            },
        }
    };
}

pub(super) use {entry, zoo};

/// A type as a person writes it: the compiler puts spaces between tokens as it likes.
pub(super) fn rust(tokens: &str) -> String {
    let mut text = tokens.split_whitespace().collect::<Vec<_>>().join(" ");
    for (spaced, dense) in [
        (" :: ", "::"),
        (" < ", "<"),
        ("< ", "<"),
        (" <", "<"),
        (" >", ">"),
        (" ,", ","),
    ] {
        text = text.replace(spaced, dense);
    }
    text
}
