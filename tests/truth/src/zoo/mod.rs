//! The zoo: Rust types of all kinds that serde and schemars know, by feature.

// A doc comment on a type or a field would be printed in its declaration; only those that are to be printed are there.
#![allow(missing_docs, dead_code)]
// What the lints would have otherwise is what some of the types are there for.
#![allow(
    clippy::option_option,
    clippy::box_collection,
    clippy::enum_variant_names,
    clippy::single_range_in_vec_init,
    clippy::trivially_copy_pass_by_ref,
    clippy::zero_sized_map_values
)]

mod entry;

pub use self::entry::{Accepted, Entry, Input, SchemaFn};

/// The types of one file.
pub struct Topic {
    /// The file's name, which is the namespace of the tools that take the types.
    pub name: &'static str,
    /// What the file's types have in common: its first lines.
    pub title: &'static str,
    /// The text of the file.
    pub source: &'static str,
    /// The types, in the order of the file.
    pub entries: Vec<Entry>,
}

macro_rules! topics {
    ($($name:ident)*) => {
        $(mod $name;)*

        /// All types of the zoo.
        pub fn topics() -> Vec<Topic> {
            vec![$({
                let source = include_str!(concat!(stringify!($name), ".rs"));
                let title = source.lines().next().unwrap_or_default();
                Topic {
                    name: stringify!($name),
                    title: title.trim_start_matches("//! "),
                    source,
                    entries: $name::entries(),
                }
            }),*]
        }
    };
}

topics! {
    structs
    names
    optional
    enums
    tagging
    skipped
    flatten
    buffered
    conversions
    generics
    recursion
    maps
    sequences
    numbers
    scalars
    foreign
    constraints
    documented
}
