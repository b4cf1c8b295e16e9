//! What users write.

use serde_json::json;

use super::*;
use crate::Document;

fn read(entry: Value) -> Result<Config, String> {
    let variable = |name: &str| (name == "TOKEN").then(|| "s3cret".to_owned());
    Config::read(entry, &variable).map_err(|error| error.to_string())
}

#[test]
fn an_entry_that_cannot_be_read_says_why() {
    let unknown = "the configuration of the service can't be read: unknown field `url`, expected one of `openapi`, `baseUrl`, \
                   `headers`, `auth`, `include`, `exclude`, `namespace`, `timeout`";
    let timeout =
        "the `timeout` of the service's configuration should be a number of seconds above 0";
    let cases = [
        (json!({ "openapi": "a", "url": "b" }), unknown),
        (
            json!({}),
            "the configuration of the service can't be read: missing field `openapi`",
        ),
        (
            json!({ "openapi": "${GONE}" }),
            "the configuration of the service names the environment variable `GONE`, which isn't set",
        ),
        (
            json!({ "openapi": "${GONE" }),
            "the configuration of the service has `${` without `}`",
        ),
        (json!({ "openapi": "a", "timeout": 0 }), timeout),
        (json!({ "openapi": "a", "timeout": -1 }), timeout),
        (json!({ "openapi": "a", "timeout": 1e300 }), timeout),
    ];
    for (entry, expected) in cases {
        assert_eq!(read(entry.clone()).unwrap_err(), expected, "{entry}");
    }
}

#[test]
fn credentials_are_read_and_never_printed() {
    let config = read(json!({
        "openapi": "a",
        "headers": { "X-Key": "${TOKEN}-1" },
        "auth": { "type": "apiKey", "name": "key", "in": "query", "value": "${TOKEN}" },
    }))
    .unwrap();
    assert_eq!(config.headers["X-Key"].expose(), "s3cret-1");
    assert!(
        matches!(&config.auth, Some(Auth::ApiKey { value, place: KeyPlace::Query, .. }) if value.expose() == "s3cret")
    );
    let printed = format!("{config:?}");
    assert!(
        printed.contains("Secret(…)") && !printed.contains("s3cret"),
        "{printed}"
    );
}

#[test]
fn a_choice_names_operations_by_whatever_name_they_have() {
    let operation = |id: &str| json!({ "operationId": id, "tags": ["pets"] });
    let document = json!({ "openapi": "3.1.0", "paths": {
        "/pets": { "get": operation("pets/list"), "post": operation("pets/create") },
        "/pets/{id}": { "delete": operation("pets/remove") },
    } });
    let cases = [
        (json!({}), vec!["create", "list", "remove"], vec![]),
        (json!({ "include": ["pets.list"] }), vec!["list"], vec![]),
        (
            json!({ "include": ["pets/*"], "exclude": ["DELETE *"] }),
            vec!["create", "list"],
            vec![],
        ),
        (
            json!({ "exclude": ["POST /pets", "cats.*"] }),
            vec!["list", "remove"],
            vec!["cats.*"],
        ),
    ];
    for (entry, expected, expected_unmet) in cases {
        let mut entry = entry;
        entry["openapi"] = "a".into();
        let mut document = Document::read(&document.to_string()).unwrap();
        let unmet = read(entry.clone()).unwrap().choose(&mut document);
        let names: Vec<_> = document
            .operations()
            .iter()
            .map(|found| found.name.as_str())
            .collect();
        assert_eq!(
            (names, unmet),
            (
                expected,
                expected_unmet.into_iter().map(str::to_owned).collect()
            ),
            "{entry}"
        );
    }
}
