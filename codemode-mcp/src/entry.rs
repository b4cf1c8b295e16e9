//! An entry of a list of tools, with its fields where they belong.

use serde_json::{Map, Value};

/// Sees to it that the schema of a tool's input is one. Returns what is odd about it.
///
/// # Errors
///
/// Why it can't be known what the tool takes.
pub(super) fn input(entry: &mut Map<String, Value>) -> Result<Option<String>, String> {
    const NAME: &str = "inputSchema";
    let names = [NAME, "input_schema", "parameters"];
    let given = names
        .iter()
        .find(|name| entry.get(**name).is_some_and(|schema| !schema.is_null()));
    let Some(given) = given else {
        entry.remove(NAME);
        return Ok(None);
    };
    let in_text = entry[*given].as_str().map(serde_json::from_str::<Value>);
    let note = match (&entry[*given], in_text) {
        (Value::Object(_) | Value::Bool(_), _) => (*given != NAME)
            .then(|| format!("its input is described in `{given}`, and should be in `{NAME}`")),
        (_, Some(Ok(schema @ Value::Object(_)))) => {
            entry.insert((*given).to_owned(), schema);
            Some(format!("its `{given}` is a text; the JSON in it is taken"))
        }
        (other, _) => {
            return Err(format!("its `{given}` is {}, and no schema", kind(other)));
        }
    };
    let schema = entry.remove(*given).unwrap_or_default();
    entry.insert(NAME.to_owned(), schema);
    Ok(note)
}

/// Joins a description that is a list of lines.
pub(super) fn description(entry: &mut Map<String, Value>) {
    if let Some(Value::Array(parts)) = entry.get("description") {
        let parts: Vec<_> = parts.iter().filter_map(Value::as_str).collect();
        let joined = parts.join("\n");
        entry.insert("description".to_owned(), joined.into());
    }
}

/// Leaves of the hints those that are hints: one that is of another kind says nothing that could be relied on.
pub(super) fn annotations(entry: &mut Map<String, Value>) {
    if let Some(Value::Object(hints)) = entry.get_mut("annotations") {
        hints.retain(|name, hint| match name.as_str() {
            "title" => hint.is_string(),
            _ => hint.is_boolean(),
        });
    } else {
        entry.remove("annotations");
    }
}

/// What a value is, in words.
pub(super) fn kind(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(value) => format!("`{value}`"),
        Value::Number(_) => "a number".to_owned(),
        Value::String(_) => "a text".to_owned(),
        Value::Array(_) => "a list".to_owned(),
        Value::Object(_) => "an object".to_owned(),
    }
}
