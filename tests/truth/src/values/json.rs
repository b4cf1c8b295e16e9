//! JSON values as JavaScript has them.

use serde_json::Value;

/// The value as a script sends it, whose numbers are all doubles: what `JSON.stringify` makes of it, read again.
pub fn as_a_script_sends(value: &Value) -> Value {
    serde_json::from_str(&text(value)).unwrap_or(Value::Null)
}

/// The text that `JSON.stringify` makes.
pub fn text(value: &Value) -> String {
    let mut text = String::new();
    write(value, &mut text, ["{", "}"], &|name| {
        Value::from(name).to_string()
    });
    text
}

/// The value as an expression of TypeScript on one line.
pub fn literal(value: &Value) -> String {
    expression(value, ["{", "}"])
}

/// The value as an expression whose objects may have properties that the type they are for doesn't have, as they may when they
/// come from elsewhere: TypeScript looks for those in literals only, and not at what is spread into one.
pub fn held(value: &Value) -> String {
    expression(value, ["{...{", "}}"])
}

fn expression(value: &Value, braces: [&str; 2]) -> String {
    let key = |name: &str| match name {
        // Written plainly this would set the object's prototype.
        "__proto__" => "[\"__proto__\"]".to_owned(),
        name => Value::from(name).to_string(),
    };
    let mut text = String::new();
    write(value, &mut text, braces, &key);
    // These two would end the line for TypeScript.
    text.replace('\u{2028}', "\\u2028")
        .replace('\u{2029}', "\\u2029")
}

fn write(value: &Value, text: &mut String, braces: [&str; 2], key: &impl Fn(&str) -> String) {
    match value {
        Value::Object(fields) => {
            text.push_str(braces[0]);
            for (position, (name, value)) in fields.iter().enumerate() {
                if position > 0 {
                    text.push(',');
                }
                text.push_str(&key(name));
                text.push(':');
                write(value, text, braces, key);
            }
            text.push_str(braces[1]);
        }
        Value::Array(values) => {
            text.push('[');
            for (position, value) in values.iter().enumerate() {
                if position > 0 {
                    text.push(',');
                }
                write(value, text, braces, key);
            }
            text.push(']');
        }
        Value::Number(number) => text.push_str(&double(number.as_f64().unwrap_or(0.0))),
        other => text.push_str(&other.to_string()),
    }
}

/// A double as JavaScript writes it: whole numbers below 10²¹ as digits, never with a point.
fn double(number: f64) -> String {
    if number.fract() != 0.0 || number.abs() >= 1e21 {
        return Value::from(number).to_string();
    }
    let shortest = format!("{:e}", number.abs());
    let (mantissa, exponent) = shortest.split_once('e').unwrap_or((&shortest, "0"));
    let mut digits = mantissa.replace('.', "");
    let exponent: usize = exponent.parse().unwrap_or(0);
    while digits.len() <= exponent {
        digits.push('0');
    }
    let sign = if number < 0.0 { "-" } else { "" };
    format!("{sign}{digits}")
}
