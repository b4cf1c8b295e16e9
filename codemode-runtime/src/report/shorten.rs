//! Values and texts cut to a size, with a mark wherever something is missing.

use std::fmt::Write as _;
use std::io;

use serde::Serialize;
use serde_json::Value;

/// JSON of at most `budget` bytes, or few more: arrays, objects and strings are cut inside, so that what is left of a large
/// value shows its shape. With a mark in it, it is no JSON any more.
pub(super) fn json(value: &Value, budget: usize) -> String {
    let mut out = String::new();
    write(value, budget, &mut out);
    out
}

/// JSON of a value that has at most `budget` bytes of it.
pub(super) fn whole(value: &Value, budget: usize) -> Option<String> {
    (size(value) <= budget).then(|| value.to_string())
}

/// A text of at most `budget` bytes and a mark.
pub(super) fn text(text: &str, budget: usize) -> String {
    if text.len() <= budget {
        return text.to_owned();
    }
    let kept = &text[..text.floor_char_boundary(budget)];
    format!("{kept}… ({} bytes more)", text.len() - kept.len())
}

/// What a mark takes, about.
const MARK: usize = 24;

/// Less than this is no use to anybody.
const LEAST: usize = 16;

fn write(value: &Value, budget: usize, out: &mut String) {
    // Nothing here fails: it writes to a string.
    if size(value) <= budget {
        out.push_str(&serde_json::to_string(value).unwrap_or_default());
        return;
    }
    match value {
        Value::String(string) => {
            let kept = &string[..string.floor_char_boundary(budget.saturating_sub(MARK))];
            let json = serde_json::to_string(kept).unwrap_or_default();
            out.push_str(json.strip_suffix('"').unwrap_or(&json));
            let missing = string.len() - kept.len();
            let _ = write!(out, "… ({missing} bytes more)\"");
        }
        Value::Array(items) => {
            out.push('[');
            let shown = members(items.iter().map(|item| (None, item)), budget, out);
            let missing = items.len() - shown;
            let _ = write!(out, "… {missing} more of {}]", items.len());
        }
        Value::Object(members_of) => {
            out.push('{');
            let named = members_of.iter().map(|(name, value)| (Some(name), value));
            let shown = members(named, budget, out);
            match members_of.len() - shown {
                // The cut is inside of a member.
                0 => {
                    out.truncate(out.trim_end_matches(',').len());
                    out.push('}');
                }
                missing => {
                    let _ = write!(out, "… {missing} more}}");
                }
            }
        }
        // Numbers and words are shorter than any mark.
        other => out.push_str(&other.to_string()),
    }
}

/// Writes as many members as there is room for, and returns how many. Where one takes more than its share, it is cut.
fn members<'a>(
    members: impl Iterator<Item = (Option<&'a String>, &'a Value)>,
    budget: usize,
    out: &mut String,
) -> usize {
    let start = out.len();
    let mut shown = 0;
    for (name, value) in members {
        let left = budget.saturating_sub(MARK + out.len() - start);
        let name = name.map(|name| serde_json::to_string(name).unwrap_or_default() + ":");
        let name = name.unwrap_or_default();
        if left < LEAST + name.len() {
            break;
        }
        out.push_str(&name);
        // The first members tell most, but one alone must not take the room of all others.
        write(value, ((left - name.len()) / 2).max(LEAST), out);
        out.push(',');
        shown += 1;
    }
    shown
}

/// How many bytes the JSON text of a value has.
fn size(value: &impl Serialize) -> usize {
    struct Counter(usize);
    impl io::Write for Counter {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0 += bytes.len();
            Ok(bytes.len())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let mut counter = Counter(0);
    match serde_json::to_writer(&mut counter, value) {
        Ok(()) => counter.0,
        Err(_) => usize::MAX,
    }
}
