//! What a value looks like, in the words of TypeScript: for a reader who can't be shown all of it.

use std::fmt::Write as _;

use serde_json::Value;

/// How many items of a list are looked at, from its beginning.
const LOOKED_AT: usize = 200;

/// How many properties are named.
const NAMED: usize = 24;

/// How deep is looked.
const DEEP: usize = 5;

/// How long a description becomes, in bytes, about.
const LONG: usize = 800;

/// The shape of a value, such as `{ total: number, items: { id: number, name?: string }[] (20000) }`. Numbers behind lists are how
/// many items there are.
pub(crate) fn of(value: &Value) -> String {
    let mut text = String::new();
    Shape::of(value, DEEP).write(&mut text);
    text
}

/// What is known of some values.
#[derive(Debug, PartialEq)]
enum Shape {
    Word(&'static str),
    List {
        items: Vec<Shape>,
        count: usize,
    },
    /// How many objects there were, and the properties with how many had them.
    Object {
        objects: usize,
        properties: Vec<(String, usize, Vec<Shape>)>,
        /// How many properties aren't named.
        more: usize,
    },
}

impl Shape {
    fn of(value: &Value, depth: usize) -> Self {
        match value {
            Value::Null => Self::Word("null"),
            Value::Bool(_) => Self::Word("boolean"),
            Value::Number(_) => Self::Word("number"),
            Value::String(_) => Self::Word("string"),
            Value::Array(_) if depth == 0 => Self::Word("unknown[]"),
            Value::Object(_) if depth == 0 => Self::Word("object"),
            Value::Array(items) => {
                let mut shapes = Vec::new();
                for item in items.iter().take(LOOKED_AT) {
                    add(&mut shapes, Self::of(item, depth - 1));
                }
                Self::List {
                    items: shapes,
                    count: items.len(),
                }
            }
            Value::Object(properties) => Self::Object {
                objects: 1,
                properties: properties
                    .iter()
                    .take(NAMED)
                    .map(|(name, value)| (name.clone(), 1, vec![Self::of(value, depth - 1)]))
                    .collect(),
                more: properties.len().saturating_sub(NAMED),
            },
        }
    }

    /// Whether one more of the same doesn't change what is said of both, but for details that are taken over.
    fn takes(&mut self, other: Self) -> Option<Self> {
        match (self, other) {
            (Self::Word(one), Self::Word(other)) if *one == other => None,
            (
                Self::List { items, count },
                Self::List {
                    items: others,
                    count: of_other,
                },
            ) => {
                for other in others {
                    add(items, other);
                }
                *count = (*count).max(of_other);
                None
            }
            (
                Self::Object {
                    objects,
                    properties,
                    more,
                },
                Self::Object {
                    objects: other_objects,
                    properties: others,
                    more: other_more,
                },
            ) => {
                *objects += other_objects;
                *more = (*more).max(other_more);
                for (name, times, shapes) in others {
                    let has_room = properties.len() < NAMED;
                    match properties.iter_mut().find(|(known, ..)| *known == name) {
                        Some((_, seen, known)) => {
                            *seen += times;
                            for shape in shapes {
                                add(known, shape);
                            }
                        }
                        None if has_room => {
                            properties.push((name, times, shapes));
                        }
                        None => *more = (*more).max(1),
                    }
                }
                None
            }
            (_, other) => Some(other),
        }
    }

    fn write(&self, text: &mut String) {
        match self {
            Self::Word(word) => text.push_str(word),
            // Written inside of another one that is long already.
            Self::List { .. } if text.len() > LONG => text.push_str("unknown[]"),
            Self::Object { .. } if text.len() > LONG => text.push_str("object"),
            Self::List { items, count } => {
                if items.len() > 1 {
                    text.push('(');
                    either(items, text);
                    text.push(')');
                } else {
                    either(items, text);
                }
                // Writing to a string doesn't fail.
                let _ = write!(text, "[] ({count})");
            }
            Self::Object {
                objects,
                properties,
                more,
            } => {
                text.push_str("{ ");
                for (position, (name, seen, shapes)) in properties.iter().enumerate() {
                    if position > 0 {
                        text.push_str(", ");
                    }
                    let is_name = needs_no_quotes(name);
                    let written = if is_name {
                        name.clone()
                    } else {
                        Value::from(name.as_str()).to_string()
                    };
                    let optional = if seen < objects { "?" } else { "" };
                    let _ = write!(text, "{written}{optional}: ");
                    either(shapes, text);
                }
                if *more > 0 {
                    let _ = write!(text, ", … {more} more");
                }
                text.push_str(" }");
            }
        }
    }
}

/// Adds what is new.
fn add(shapes: &mut Vec<Shape>, shape: Shape) {
    let mut new = Some(shape);
    for known in shapes.iter_mut() {
        new = new.and_then(|shape| known.takes(shape));
    }
    shapes.extend(new);
}

fn either(shapes: &[Shape], text: &mut String) {
    if shapes.is_empty() {
        text.push_str("unknown");
    }
    for (position, shape) in shapes.iter().enumerate() {
        if position > 0 {
            text.push_str(" | ");
        }
        shape.write(text);
    }
}

/// Whether a property needs no quotes.
fn needs_no_quotes(name: &str) -> bool {
    let mut letters = name.chars();
    letters
        .next()
        .is_some_and(|first| first.is_alphabetic() || first == '_' || first == '$')
        && letters.all(|letter| letter.is_alphanumeric() || letter == '_' || letter == '$')
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn values_are_described_as_types() {
        let many: Vec<_> = (0..300).map(|n| json!({ "id": n, "name": "a" })).collect();
        for (value, expected) in [
            (json!(null), "null"),
            (json!("a"), "string"),
            (json!([]), "unknown[] (0)"),
            (json!([1, 2]), "number[] (2)"),
            (json!([1, "a", null, 2]), "(number | string | null)[] (4)"),
            (
                json!({ "a": 1, "b-c": [true] }),
                r#"{ a: number, "b-c": boolean[] (1) }"#,
            ),
            (json!(many), "{ id: number, name: string }[] (300)"),
            (
                json!([{ "a": 1 }, { "a": null, "b": [1] }, { "a": 2, "b": ["x"] }]),
                "{ a: number | null, b?: (number | string)[] (1) }[] (3)",
            ),
            (
                json!([[[[[[1]]]]]]),
                "unknown[][] (1)[] (1)[] (1)[] (1)[] (1)",
            ),
        ] {
            assert_eq!(of(&value), expected);
        }
    }

    #[test]
    fn a_description_stays_short_whatever_the_value() {
        let mut wide = serde_json::Map::new();
        for number in 0..1_000 {
            wide.insert(
                format!("property_number_{number}"),
                json!([{ "a": { "b": { "c": [1] } } }]),
            );
        }
        let wide = json!([wide.clone(), wide]);
        let text = of(&wide);
        assert!(text.len() < 2 * LONG, "{}", text.len());
        assert!(text.ends_with(", … 976 more }[] (2)"), "{text}");
    }
}
