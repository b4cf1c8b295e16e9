//! Addresses that a document names.

use serde_json::Value;

/// The first address among the `servers` of an object, with the default values of its variables.
pub(super) fn first(object: &Value) -> Option<String> {
    let server = object.get("servers")?.as_array()?.first()?;
    let mut address = server.get("url")?.as_str()?.to_owned();
    let variables = server.get("variables").and_then(Value::as_object);
    for (name, variable) in variables.into_iter().flatten() {
        let value = match variable.get("default") {
            Some(Value::String(value)) => value.clone(),
            Some(other) => other.to_string(),
            None => continue,
        };
        address = address.replace(&format!("{{{name}}}"), &value);
    }
    Some(address)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_first_address_has_its_variables_filled_in() {
        let object = json!({ "servers": [
            { "url": "https://{region}.example.com:{port}/v1", "variables": { "region": { "default": "eu" }, "port": { "default": 8443 } } },
            { "url": "https://other.example.com" },
        ] });
        assert_eq!(
            first(&object).as_deref(),
            Some("https://eu.example.com:8443/v1")
        );
        assert_eq!(first(&json!({ "servers": [] })), None);
        assert_eq!(first(&json!({})), None);
    }
}
