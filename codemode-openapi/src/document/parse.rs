//! The text of a document as a value: JSON, or else YAML.

use serde_json::Value;

/// Reads the text.
///
/// # Errors
///
/// What is wrong with it, with the place.
pub(super) fn parse(text: &str) -> Result<Value, String> {
    let text = text.trim_start_matches('\u{feff}');
    let is_like_json = text.trim_start().starts_with('{');
    match serde_json::from_str(text) {
        Ok(value) => Ok(value),
        // JSON with a comma too many is YAML.
        Err(error) => yaml(text).map_err(|problem| {
            if is_like_json {
                error.to_string()
            } else {
                problem
            }
        }),
    }
}

fn yaml(text: &str) -> Result<Value, String> {
    let options = serde_saphyr::options! {
        // A list of countries has `NO` in it.
        strict_booleans: true,
        // Documents are generated, and large; their aliases stay bounded.
        budget: serde_saphyr::budget! {
            max_events: 20_000_000,
            max_nodes: 10_000_000,
            max_total_scalar_bytes: 1 << 28,
        },
    };
    serde_saphyr::from_str_with_options(text, options).map_err(|error| {
        // Behind the first line the place is drawn.
        let text = error.to_string();
        text.lines().next().unwrap_or_default().to_owned()
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn json_and_yaml_are_read_as_they_are_meant() {
        let cases = [
            (r#"{ "a": 1.0 }"#, json!({ "a": 1.0 })),
            ("\u{feff}{ \"a\": 1 }", json!({ "a": 1 })),
            ("{ \"a\": 1, }", json!({ "a": 1 })),
            (
                "a:\n  200: NO\n  '201': yes\n  b: true\n",
                json!({ "a": { "200": "NO", "201": "yes", "b": true } }),
            ),
            (
                "a: &x { b: 1 }\nc: *x\n",
                json!({ "a": { "b": 1 }, "c": { "b": 1 } }),
            ),
            (
                "a: 2020-01-01\nb: ~\n",
                json!({ "a": "2020-01-01", "b": null }),
            ),
            ("a: |\n  one\n  two\n", json!({ "a": "one\ntwo\n" })),
        ];
        for (text, expected) in cases {
            assert_eq!(parse(text), Ok(expected), "{text}");
        }
    }

    #[test]
    fn what_is_neither_says_where() {
        assert_eq!(
            parse("a: [\n").unwrap_err(),
            "error: line 1 column 4: unclosed bracket '['"
        );
        assert_eq!(
            parse("{ \"a\": ").unwrap_err(),
            "EOF while parsing a value at line 1 column 7"
        );
    }
}
