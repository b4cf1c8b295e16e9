//! Values with less in them.

use serde_json::Value;

/// What is left of a value when one thing in it is taken away or made simpler; the largest steps first.
pub fn smaller(value: &Value) -> Vec<Value> {
    let mut found = Vec::new();
    match value {
        Value::Null => {}
        Value::Bool(flag) => found.extend(flag.then_some(Value::Bool(false))),
        Value::Number(number) => {
            let simpler = [0.0, 1.0, -1.0, 0.5].map(Value::from);
            let position = simpler
                .iter()
                .position(|simple| simple.as_f64() == number.as_f64());
            found.extend(simpler.into_iter().take(position.unwrap_or(4)));
        }
        Value::String(text) => {
            if !text.is_empty() {
                found.push("".into());
                let half: String = text.chars().take(text.chars().count() / 2).collect();
                found.push(half.into());
            }
        }
        Value::Array(values) => {
            for position in 0..values.len() {
                let mut fewer = values.clone();
                fewer.remove(position);
                found.push(fewer.into());
            }
            for (position, inner) in values.iter().enumerate() {
                for smaller in smaller(inner) {
                    let mut changed = values.clone();
                    changed[position] = smaller;
                    found.push(changed.into());
                }
            }
        }
        Value::Object(fields) => {
            for name in fields.keys() {
                let mut fewer = fields.clone();
                fewer.shift_remove(name);
                found.push(fewer.into());
            }
            for (name, inner) in fields {
                for smaller in smaller(inner) {
                    let mut changed = fields.clone();
                    changed.insert(name.clone(), smaller);
                    found.push(changed.into());
                }
            }
        }
    }
    found
}
