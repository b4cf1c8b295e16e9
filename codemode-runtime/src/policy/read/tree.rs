//! A file in TOML or JSON as one kind of tree, in which everything has its line.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::{MapAccess, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;
use toml::de::{DeTable, DeValue};

use crate::policy::mistake::Mistake;

/// How deep tables and lists may be within each other: rules need less, and each level takes stack.
const MAX_DEPTH: usize = 32;

/// Something in a file.
#[derive(Debug)]
pub(in crate::policy) struct Node {
    pub(in crate::policy) line: usize,
    pub(in crate::policy) kind: Kind,
}

/// What it is.
#[derive(Debug)]
pub(in crate::policy) enum Kind {
    /// A text, a number, a boolean, or `null`.
    Plain(Value),
    List(Vec<Node>),
    Table(Vec<Field>),
    /// What only TOML has, such as a date.
    Odd(&'static str),
}

/// A field of a table.
#[derive(Debug)]
pub(in crate::policy) struct Field {
    pub(in crate::policy) name: String,
    pub(in crate::policy) line: usize,
    pub(in crate::policy) node: Node,
}

/// How a file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::policy) enum Format {
    Toml,
    Json,
}

/// Reads a file.
pub(in crate::policy) fn read(text: &str, format: Format) -> Result<Node, Mistake> {
    let text = &Lines::of(text);
    match format {
        Format::Toml => {
            let table = DeTable::parse(text.text).map_err(|error| {
                let start = error.span().map_or(0, |span| span.start);
                Mistake::new(
                    text.line(start),
                    format!("this isn't TOML: {}", error.message()),
                )
            })?;
            let start = table.span().start;
            of_toml(text, start, DeValue::Table(table.into_inner()), MAX_DEPTH)
        }
        Format::Json => {
            let raw: &RawValue =
                serde_json::from_str(text.text).map_err(|error| not_json(&error, 1))?;
            of_json(text, raw, MAX_DEPTH)
        }
    }
}

/// A text, and where its lines end.
struct Lines<'t> {
    text: &'t str,
    ends: Vec<usize>,
}

impl<'t> Lines<'t> {
    fn of(text: &'t str) -> Self {
        let ends = text.match_indices('\n').map(|(end, _)| end).collect();
        Self { text, ends }
    }

    /// The number of the line in which this place is.
    fn line(&self, offset: usize) -> usize {
        1 + self.ends.partition_point(|end| *end < offset)
    }
}

fn too_deep(line: usize) -> Mistake {
    Mistake::new(
        line,
        format!("this is nested deeper than {MAX_DEPTH} levels"),
    )
}

fn of_toml(
    text: &Lines<'_>,
    start: usize,
    value: DeValue<'_>,
    depth: usize,
) -> Result<Node, Mistake> {
    let line = text.line(start);
    let Some(depth) = depth.checked_sub(1) else {
        return Err(too_deep(line));
    };
    let kind = match value {
        DeValue::String(text) => Kind::Plain(text.into_owned().into()),
        DeValue::Boolean(value) => Kind::Plain(value.into()),
        DeValue::Integer(integer) => match i64::from_str_radix(integer.as_str(), integer.radix()) {
            Ok(integer) => Kind::Plain(integer.into()),
            Err(_) => Kind::Odd("an integer of more than 64 bits"),
        },
        DeValue::Float(float) => match float.as_str().parse::<f64>().map(Value::from) {
            Ok(number @ Value::Number(_)) => Kind::Plain(number),
            _ => Kind::Odd("no finite number"),
        },
        DeValue::Datetime(_) => Kind::Odd("a date"),
        DeValue::Array(items) => {
            let items = items.into_iter().map(|item| {
                let start = item.span().start;
                of_toml(text, start, item.into_inner(), depth)
            });
            Kind::List(items.collect::<Result<_, _>>()?)
        }
        DeValue::Table(fields) => {
            let mut fields: Vec<_> = fields.into_iter().collect();
            // In the order of the file, whatever that of the table is.
            fields.sort_by_key(|(name, _)| name.span().start);
            let fields = fields.into_iter().map(|(name, value)| {
                let (name_at, value_at) = (name.span().start, value.span().start);
                Ok(Field {
                    name: name.into_inner().into_owned(),
                    line: text.line(name_at),
                    node: of_toml(text, value_at, value.into_inner(), depth)?,
                })
            });
            Kind::Table(fields.collect::<Result<_, _>>()?)
        }
    };
    Ok(Node { line, kind })
}

fn not_json(error: &serde_json::Error, first_line: usize) -> Mistake {
    let text = error.to_string();
    // The line is said in another place.
    let reason = text
        .rsplit_once(" at line ")
        .map_or(&*text, |(reason, _)| reason);
    Mistake::new(
        first_line + error.line().saturating_sub(1),
        format!("this isn't JSON: {reason}"),
    )
}

fn of_json(text: &Lines<'_>, raw: &RawValue, depth: usize) -> Result<Node, Mistake> {
    let json = raw.get();
    // A raw value is a piece of the text that it was read from.
    let line = text.line(
        json.as_ptr()
            .addr()
            .saturating_sub(text.text.as_ptr().addr()),
    );
    let Some(depth) = depth.checked_sub(1) else {
        return Err(too_deep(line));
    };
    let wrong = |error| not_json(&error, line);
    let kind = match json.as_bytes().first() {
        Some(b'[') => {
            let items: Vec<&RawValue> = serde_json::from_str(json).map_err(wrong)?;
            let items = items.into_iter().map(|item| of_json(text, item, depth));
            Kind::List(items.collect::<Result<_, _>>()?)
        }
        Some(b'{') => {
            let RawFields(fields) = serde_json::from_str(json).map_err(wrong)?;
            let mut table = Vec::<Field>::new();
            for (name, value) in fields {
                let node = of_json(text, value, depth)?;
                if table.iter().any(|field| field.name == name) {
                    return Err(Mistake::new(
                        node.line,
                        format!("`{name}` is given twice: leave one out"),
                    ));
                }
                table.push(Field {
                    name: name.into_owned(),
                    line: node.line,
                    node,
                });
            }
            Kind::Table(table)
        }
        _ => Kind::Plain(serde_json::from_str(json).map_err(wrong)?),
    };
    Ok(Node { line, kind })
}

/// The fields of an object in their order, each as often as it stands there.
struct RawFields<'t>(Vec<(Cow<'t, str>, &'t RawValue)>);

impl<'de> Deserialize<'de> for RawFields<'de> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Fields;
        impl<'de> Visitor<'de> for Fields {
            type Value = RawFields<'de>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut fields = Vec::new();
                while let Some(field) = map.next_entry()? {
                    fields.push(field);
                }
                Ok(RawFields(fields))
            }
        }
        deserializer.deserialize_map(Fields)
    }
}
