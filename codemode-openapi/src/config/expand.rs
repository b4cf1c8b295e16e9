//! `${NAME}` in a configuration.

use serde_json::Value;

use super::ConfigError;

/// Puts the values of environment variables in the place of their names, in all texts of a value.
pub(super) fn all(
    value: &mut Value,
    variable: &dyn Fn(&str) -> Option<String>,
) -> Result<(), ConfigError> {
    match value {
        Value::String(text) => *text = one(text, variable)?,
        Value::Array(values) => values
            .iter_mut()
            .try_for_each(|value| all(value, variable))?,
        Value::Object(fields) => fields
            .values_mut()
            .try_for_each(|value| all(value, variable))?,
        _ => {}
    }
    Ok(())
}

fn one(text: &str, variable: &dyn Fn(&str) -> Option<String>) -> Result<String, ConfigError> {
    let mut expanded = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("${") {
        let (name, after) = after.split_once('}').ok_or(ConfigError::Unclosed)?;
        expanded.push_str(before);
        expanded.push_str(&variable(name).ok_or_else(|| ConfigError::NoVariable(name.to_owned()))?);
        rest = after;
    }
    expanded.push_str(rest);
    Ok(expanded)
}
