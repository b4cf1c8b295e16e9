//! A shape as a type, in words short enough for a comment.

use super::shape::{Fields, Kind, Shape};

/// How long a type may be, in characters. What lies deeper than fits is `unknown`.
const MAX_TYPE: usize = 400;

/// So many levels are tried first.
const LEVELS: usize = 8;

/// The TypeScript type of values that look like this, as deep as it can be said shortly.
pub(super) fn shape(shape: &Shape) -> String {
    let mut tries = (1..=LEVELS).rev().map(|levels| ty(shape, levels));
    tries
        .find(|ty| ty.chars().count() <= MAX_TYPE)
        .unwrap_or_else(|| "unknown".to_owned())
}

fn ty(shape: &Shape, levels: usize) -> String {
    let alternatives = alternatives(shape, levels);
    if alternatives.is_empty() {
        return "unknown".to_owned();
    }
    alternatives.join(" | ")
}

fn alternatives(shape: &Shape, levels: usize) -> Vec<String> {
    let is_simple = shape.object.is_none() && shape.items.is_none();
    if shape.anything || levels == 0 && !is_simple {
        return Vec::new();
    }
    let inner = levels.saturating_sub(1);
    let object = shape.object.iter().map(|fields| object(fields, inner));
    let list = shape.items.iter().map(|items| list(items, inner));
    let simple = shape.types.iter().map(|kind| {
        match kind {
            Kind::Boolean => "boolean",
            Kind::Null => "null",
            Kind::Number => "number",
            Kind::String => "string",
        }
        .to_owned()
    });
    object.chain(list).chain(simple).collect()
}

fn list(items: &Shape, levels: usize) -> String {
    match alternatives(items, levels).as_slice() {
        [] => "unknown[]".to_owned(),
        [one] => format!("{one}[]"),
        several => format!("({})[]", several.join(" | ")),
    }
}

fn object(fields: &Fields, levels: usize) -> String {
    match fields {
        Fields::Map(values) => format!("Record<string, {}>", ty(values, levels)),
        Fields::Named(fields) if fields.is_empty() => "{}".to_owned(),
        Fields::Named(fields) => {
            let fields: Vec<String> = fields
                .iter()
                .map(|(name, field)| {
                    let is_identifier = name.chars().all(|letter| {
                        letter.is_ascii_alphanumeric() || matches!(letter, '_' | '$')
                    });
                    let name = if is_identifier {
                        name.clone()
                    } else {
                        serde_json::Value::from(name.as_str()).to_string()
                    };
                    let optional = if field.optional { "?" } else { "" };
                    format!("{name}{optional}: {}", ty(&field.shape, levels))
                })
                .collect();
            format!("{{ {} }}", fields.join("; "))
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn written(values: &[Value]) -> String {
        let mut all = Shape::of(&values[0]);
        for value in &values[1..] {
            all.widen(Shape::of(value));
        }
        shape(&all)
    }

    #[test]
    fn a_shape_is_written_as_a_type() {
        for (values, expected) in [
            (vec![json!([])], "unknown[]"),
            (vec![json!([1, "a"])], "(number | string)[]"),
            (
                vec![json!([{ "id": 1, "name": "a" }, { "id": 2 }])],
                "{ id: number; name?: string }[]",
            ),
            (
                vec![json!({ "content-type": null })],
                r#"{ "content-type": null }"#,
            ),
            (
                vec![json!({ "2026-11-22": [true] })],
                "Record<string, boolean[]>",
            ),
            (vec![json!({}), json!([1])], "{} | number[]"),
        ] {
            assert_eq!(written(&values), expected, "{values:?}");
        }
    }

    #[test]
    fn what_would_be_long_is_said_less_deep() {
        let deep = (0..7).fold(
            json!(1),
            |inner, _| json!({ "a_rather_long_name": inner, "b": 1 }),
        );
        let row = |inner: Value| {
            let fields = (b'a'..=b'z')
                .map(|letter| (format!("field_{}", char::from(letter)), inner.clone()));
            Value::Object(fields.collect())
        };
        assert!(written(&[deep]).contains("a_rather_long_name: { a_rather_long_name"));
        // Not even one level of it fits.
        assert_eq!(written(&[row(row(json!("x")))]), "unknown");
        let list = json!([{ "a": row(json!(1)), "n": 1 }]);
        assert_eq!(written(&[list]), "{ a: unknown; n: number }[]");
    }
}
