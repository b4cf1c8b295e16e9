//! The messages in what the other side has written.

use serde_json::Value;

use super::mend::{Mender, Unreadable};

/// The largest message that is read.
pub(crate) const MAX_MESSAGE: usize = 16 * 1024 * 1024;

/// How many places of a line are looked at for the beginning of a message.
const MAX_BEGINNINGS: usize = 16;

/// What was found.
pub(crate) enum Found {
    /// A message.
    Message(Value),
    /// A message that can't be read.
    Unreadable(Unreadable),
    /// A message whose end is still to come.
    Open(Box<Mender>),
}

/// A message that is too large to be read, of which the beginning is there.
pub(crate) fn too_long(beginning: &[u8], size: usize) -> Unreadable {
    let mut mender = Mender::default();
    mender.feed(String::from_utf8_lossy(beginning).trim_start());
    mender.unreadable(format!(
        "it is larger than {} MiB, with {size} bytes",
        MAX_MESSAGE / 1024 / 1024
    ))
}

/// Looks for messages in a text, which has no end of a line if it is a line.
///
/// Programs write all kinds of things around them: a prompt without an end of the line, colours, a line of a log. None at all
/// are found in what is no message.
pub(crate) fn find(bytes: &[u8]) -> Vec<Found> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if let Ok(value) = serde_json::from_slice::<Value>(bytes) {
        return messages(value);
    }
    let text = String::from_utf8_lossy(bytes);
    let mut found = Vec::new();
    let mut rest = text.trim_start();
    let mut is_first = true;
    for _ in 0..MAX_BEGINNINGS {
        let Some(at) = beginning(rest, is_first) else {
            break;
        };
        is_first &= at == 0;
        rest = &rest[at..];
        let mut mender = Mender::default();
        let Some(end) = mender.feed(rest) else {
            if is_first || mender.is_of_message() {
                found.push(Found::Open(Box::new(mender)));
                break;
            }
            rest = &rest[1..];
            continue;
        };
        rest = &rest[end..];
        is_first = false;
        found.extend(whole(mender));
    }
    found
}

/// Where the next message may begin. A list of messages has nothing before it.
fn beginning(text: &str, is_first: bool) -> Option<usize> {
    let is_list = is_first
        && text
            .strip_prefix('[')
            .is_some_and(|inside| inside.trim_start().starts_with('{'));
    if is_list { Some(0) } else { text.find('{') }
}

/// What a value is that has come to its end.
pub(super) fn whole(mender: Mender) -> Vec<Found> {
    // Made before it is known whether it is needed, since reading the value takes what it is made of.
    let unreadable = mender
        .is_of_message()
        .then(|| mender.unreadable(String::new()));
    match (mender.value(), unreadable) {
        (Ok(value), _) => messages(value),
        (Err(wrong), Some(unreadable)) => vec![Found::Unreadable(Unreadable {
            problem: wrong.problem,
            rest: wrong.rest,
            ..unreadable
        })],
        (Err(_), None) => Vec::new(),
    }
}

fn messages(value: Value) -> Vec<Found> {
    match value {
        Value::Array(values) => values.into_iter().flat_map(messages).collect(),
        Value::Object(fields) if is_message(&fields) => vec![Found::Message(fields.into())],
        _ => Vec::new(),
    }
}

/// Lines of logs are objects as well. Those that say nothing of JSON-RPC are messages if they could be nothing else.
fn is_message(fields: &serde_json::Map<String, Value>) -> bool {
    let has = |name: &str| fields.contains_key(name);
    let says_something = has("method") || has("result") || has("error") || has("id");
    (has("jsonrpc") && says_something) || (has("id") && (has("result") || has("error")))
}

/// All that look like the number of a message, as a last resort.
pub(crate) fn numbers(bytes: &[u8]) -> Vec<Value> {
    let text = String::from_utf8_lossy(bytes);
    let written = text.match_indices("\"id\"").filter_map(|(at, name)| {
        let value = text[at + name.len()..]
            .trim_start()
            .strip_prefix(':')?
            .trim_start();
        let end = match value.strip_prefix('"') {
            Some(inside) => inside.find('"')? + 2,
            None => value.find(|letter: char| !letter.is_ascii_digit() && letter != '-')?,
        };
        serde_json::from_str(&value[..end]).ok()
    });
    written.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn kinds(text: &str) -> Vec<String> {
        let kind = |found| match found {
            Found::Message(value) => format!("{}", value["id"]),
            Found::Unreadable(Unreadable { id, problem, .. }) => {
                format!("{}: {problem}", id.unwrap_or_default())
            }
            Found::Open(_) => "open".to_owned(),
        };
        find(text.as_bytes()).into_iter().map(kind).collect()
    }

    #[test]
    fn noise_is_nothing() {
        let lines = [
            "",
            " ",
            "Server running on stdio",
            "[info] {not json}",
            "\u{1b}[32mready\u{1b}[0m",
            "\"a text\"",
            "42",
            "null",
            "[]",
            "{}",
            r#"{"jsonrpc":"2.0"}"#,
            r#"{"level":30,"time":1,"msg":"started"}"#,
            r#"{"id":1,"msg":"an order"}"#,
            "NaN",
            r#"[1, {"a":1}]"#,
            "} done",
            "a { b } c",
        ];
        for line in lines {
            assert_eq!(kinds(line), [""; 0], "{line}");
        }
    }

    #[test]
    fn messages_are_found_wherever_they_stand() {
        let one = r#"{"jsonrpc":"2.0","id":1,"result":{}}"#;
        let two = r#"{"id":"2","error":"no"}"#;
        let cases = [
            (one.to_owned(), vec!["1"]),
            (format!("\u{feff}{one}\r"), vec!["1"]),
            (format!("{one}{two}"), vec!["1", "\"2\""]),
            (format!("[{one},{two}]"), vec!["1", "\"2\""]),
            (format!("> {one} done"), vec!["1"]),
            (format!("[12:30:01] {{x}} \u{1b}[0m{one}"), vec!["1"]),
            // The last one counts, as in JavaScript.
            (one.replace("{}", r#"{},"id":3"#), vec!["3"]),
            (
                one.replace("{}", "NaN"),
                vec!["1: it has `NaN`, which JSON doesn't have"],
            ),
            ("{".to_owned(), vec!["open"]),
            (one[..30].to_owned(), vec!["open"]),
            (format!("ready {}", &one[..30]), vec!["open"]),
        ];
        for (line, expected) in cases {
            assert_eq!(kinds(&line), expected, "{line}");
        }
    }

    #[test]
    fn numbers_are_found_in_anything() {
        let text = br#"..."id": 7, "text": ""quoted"", "id":"x" "id" : -"#;
        assert_eq!(numbers(text), [json!(7), json!("x")]);
    }
}
