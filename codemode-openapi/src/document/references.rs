//! References to parts of a document that aren't schemas.

use serde_json::Value;

/// References that lead to references, at most.
const MAX_STEPS: usize = 16;

/// What stands at a place, or at the end of the references that stand there.
///
/// # Errors
///
/// Why there is nothing.
pub(super) fn follow<'a>(root: &'a Value, value: &'a Value) -> Result<&'a Value, String> {
    let mut value = value;
    for _ in 0..MAX_STEPS {
        let Some(reference) = value.get("$ref").and_then(Value::as_str) else {
            return Ok(value);
        };
        value = resolve(root, reference)?;
    }
    Err("has a reference that leads to itself".to_owned())
}

/// What a reference leads to.
fn resolve<'a>(root: &'a Value, reference: &str) -> Result<&'a Value, String> {
    let Some(fragment) = reference.strip_prefix('#') else {
        return Err(format!(
            "refers to `{reference}`, which isn't in this document; bundle the document into one file"
        ));
    };
    let pointer = codemode_declarations::json_schema::percent_decode(fragment);
    pointer
        .and_then(|pointer| root.pointer(&pointer))
        .ok_or_else(|| format!("refers to `{reference}`, and there is nothing"))
}
