//! What a value may be beyond its type, in few words.

use crate::model::Docs;

/// What the tags of docs say: `integer 1–366, default 30; items: max 40 chars`.
pub(super) fn facts(docs: &Docs) -> String {
    let mut places: Vec<Place<'_>> = vec![Place::default()];
    for (tag, value) in &docs.tags {
        let (path, tag) = tag.rsplit_once('.').unwrap_or(("", tag));
        let known = places.iter().position(|place| place.path == path);
        let known = known.unwrap_or_else(|| {
            places.push(Place {
                path,
                ..Place::default()
            });
            places.len() - 1
        });
        places[known].tags.push((tag, value));
    }
    let said = places.iter().filter(|place| !place.tags.is_empty());
    said.map(Place::said).collect::<Vec<_>>().join("; ")
}

/// What is said of one place in a value, such as its items.
#[derive(Default)]
struct Place<'a> {
    path: &'a str,
    tags: Vec<(&'a str, &'a str)>,
}

impl Place<'_> {
    fn said(&self) -> String {
        let mut said: Vec<String> = Vec::new();
        let number = self.number();
        said.extend((!number.is_empty()).then_some(number));
        for (min, max, unit) in [
            ("minLength", "maxLength", "char"),
            ("minItems", "maxItems", "item"),
            ("minProperties", "maxProperties", "key"),
        ] {
            said.extend(range(self.get(min), self.get(max), Some(unit)));
        }
        said.extend(
            self.tags
                .iter()
                .filter_map(|(tag, value)| other(tag, value)),
        );
        let examples = self.tags.iter().filter(|(tag, _)| *tag == "example");
        let examples: Vec<&str> = examples.map(|(_, value)| *value).collect();
        if !examples.is_empty() {
            said.push(format!("e.g. {}", examples.join(", ")));
        }
        said.extend(self.get("default").map(|value| format!("default {value}")));
        let said = said.join(", ");
        match self.path {
            "" => said,
            path => format!("{path}: {said}"),
        }
    }

    fn get(&self, wanted: &str) -> Option<&str> {
        let found = self.tags.iter().find(|(tag, _)| *tag == wanted);
        found.map(|(_, value)| *value)
    }

    /// The format, and the bounds of a number.
    fn number(&self) -> String {
        let format = self.get("format").unwrap_or_default();
        let (format, least, greatest) = match format {
            "uint8" => ("integer", Some("0"), Some("255")),
            "uint16" => ("integer", Some("0"), Some("65535")),
            "int8" => ("integer", Some("-128"), Some("127")),
            "int16" => ("integer", Some("-32768"), Some("32767")),
            "uint" | "uint32" | "uint64" | "uint128" => ("integer", Some("0"), None),
            "int" | "int32" | "int64" | "int128" => ("integer", None, None),
            format => (format, None, None),
        };
        let above = self
            .get("exclusiveMinimum")
            .map(|bound| format!(">{bound}"));
        let below = self
            .get("exclusiveMaximum")
            .map(|bound| format!("<{bound}"));
        let least = self.get("minimum").or(least.filter(|_| above.is_none()));
        let greatest = self.get("maximum").or(greatest.filter(|_| below.is_none()));
        let words = [range(least, greatest, None), above, below];
        let bounds: Vec<String> = words.into_iter().flatten().collect();
        let space = if format.is_empty() || bounds.is_empty() {
            ""
        } else {
            " "
        };
        format!("{format}{space}{}", bounds.join(" and "))
    }
}

/// Bounds that belong to what is allowed.
fn range(min: Option<&str>, max: Option<&str>, unit: Option<&str>) -> Option<String> {
    let (said, last) = match (min, max) {
        (Some("1"), None) if unit.is_some() => return Some("not empty".to_owned()),
        (Some(min), Some(max)) if min == max => (min.to_owned(), max),
        // A dash would stand before a sign.
        (Some(min), Some(max)) if max.starts_with('-') || min.starts_with('-') => {
            (format!("{min} to {max}"), max)
        }
        (Some(min), Some(max)) => (format!("{min}–{max}"), max),
        (Some(min), None) if unit.is_some() => (format!("min {min}"), min),
        (None, Some(max)) if unit.is_some() => (format!("max {max}"), max),
        (Some(min), None) => return Some(format!(">={min}")),
        (None, Some(max)) => return Some(format!("<={max}")),
        (None, None) => return None,
    };
    Some(match unit {
        Some(unit) if last == "1" => format!("{said} {unit}"),
        Some(unit) => format!("{said} {unit}s"),
        None => said,
    })
}

/// What is said of a tag that stands for itself; nothing of those that are said together.
fn other(tag: &str, value: &str) -> Option<String> {
    Some(match tag {
        "default" | "example" | "exclusiveMaximum" | "exclusiveMinimum" | "format" | "maxItems"
        | "maxLength" | "maxProperties" | "maximum" | "minItems" | "minLength"
        | "minProperties" | "minimum" => return None,
        "contentEncoding" | "contentMediaType" => value.to_owned(),
        "multipleOf" => format!("multiple of {value}"),
        "pattern" => format!("/{value}/"),
        "schema" => format!("its schema says {value}"),
        "uniqueItems" => "unique".to_owned(),
        "values" => format!("one of {value}"),
        _ if value.is_empty() => tag.to_owned(),
        _ => format!("{tag} {value}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_and_defaults_read_as_one_would_say_them() {
        let cases: [(&[(&str, &str)], &str); 19] = [
            (
                &[
                    ("default", "30"),
                    ("format", "uint32"),
                    ("maximum", "366"),
                    ("minimum", "1"),
                ],
                "integer 1–366, default 30",
            ),
            (&[("format", "uint32")], "integer >=0"),
            (&[("format", "uint8")], "integer 0–255"),
            (&[("format", "int64")], "integer"),
            (
                &[("format", "integer"), ("exclusiveMinimum", "0")],
                "integer >0",
            ),
            (
                &[("format", "uint16"), ("exclusiveMinimum", "0")],
                "integer <=65535 and >0",
            ),
            (&[("minimum", "0"), ("exclusiveMaximum", "1")], ">=0 and <1"),
            (&[("minimum", "-90"), ("maximum", "90")], "-90 to 90"),
            (
                &[("format", "uuid"), ("default", "\"a\"")],
                "uuid, default \"a\"",
            ),
            (&[("minItems", "1")], "not empty"),
            (
                &[
                    ("maxItems", "20"),
                    ("minItems", "1"),
                    ("uniqueItems", "true"),
                ],
                "1–20 items, unique",
            ),
            (&[("maxLength", "5"), ("minLength", "5")], "5 chars"),
            (
                &[("minProperties", "2"), ("keys.pattern", "^a")],
                "min 2 keys; keys: /^a/",
            ),
            (
                &[("example", "1"), ("example", "2"), ("multipleOf", "0.5")],
                "multiple of 0.5, e.g. 1, 2",
            ),
            (
                &[
                    ("items.maxLength", "5"),
                    ("default", "[]"),
                    ("items.format", "date"),
                ],
                "default []; items: date, max 5 chars",
            ),
            (
                &[("items.1.format", "uint32"), ("items.2.pattern", "^a")],
                "items.1: integer >=0; items.2: /^a/",
            ),
            (&[("deprecated", "")], "deprecated"),
            (&[("deprecated", "use `b`")], "deprecated use `b`"),
            (
                &[("values.schema", "\"type\": \"date\""), ("not", "0")],
                "not 0; values: its schema says \"type\": \"date\"",
            ),
        ];
        for (tags, expected) in cases {
            let tags = tags
                .iter()
                .map(|(tag, value)| ((*tag).to_owned(), (*value).to_owned()));
            let docs = Docs {
                text: String::new(),
                tags: tags.collect(),
            };
            assert_eq!(facts(&docs), expected);
        }
    }
}
