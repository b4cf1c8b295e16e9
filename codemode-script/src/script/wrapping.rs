//! What stands around a script without being a part of it: thoughts, tags, marks of a quotation.
//!
//! It is only looked for where a text can't be read as it stands. All of it becomes spaces, so that places stay what they are.

use std::ops::Range;

/// What a model thinks before it writes.
const THOUGHTS: [&str; 9] = [
    "think",
    "thinking",
    "thought",
    "thoughts",
    "reasoning",
    "reflection",
    "scratchpad",
    "analysis",
    "antthinking",
];

/// Parts of the names of tags that stand around a script.
const AROUND: [&str; 10] = [
    "code",
    "script",
    "execute",
    "run",
    "tool",
    "invoke",
    "parameter",
    "function",
    "answer",
    "output",
];

/// How many tags may stand around each other.
const MAX_TAGS: usize = 5;

/// How many lines are looked at that begin with a tag which nothing closes.
const MAX_OPEN_TAGS: usize = 20;

/// A text without what stands around the script in it. For each line there is how many columns of it are left out at its
/// start.
#[derive(Debug)]
pub(super) struct Unwrapped {
    pub(super) text: String,
    pub(super) removed: Vec<u32>,
}

/// Removes what stands around a script; `None` where there is nothing of the kind.
pub(super) fn unwrap(text: &str) -> Option<Unwrapped> {
    let quoted = unquoted(text);
    let mut unwrapped = quoted.unwrap_or_else(|| Unwrapped {
        text: text.to_owned(),
        removed: vec![0; text.split('\n').count()],
    });
    let is_quoted = unwrapped.text.len() < text.len();
    let mut blanks = thoughts(&unwrapped.text);
    blanks.extend(tokens(&unwrapped.text));
    let mut is_wrapped = !blanks.is_empty();
    unwrapped.text = blanked(&unwrapped.text, &blanks);
    for _ in 0..MAX_TAGS {
        let Some(outside) = tags(&unwrapped.text) else {
            break;
        };
        unwrapped.text = blanked(&unwrapped.text, &outside);
        is_wrapped = true;
    }
    (is_wrapped || is_quoted).then_some(unwrapped)
}

/// The text without the marks of a quotation, where all of it is quoted, or the fences in it are.
fn unquoted(text: &str) -> Option<Unwrapped> {
    let mark = |line: &str| {
        let rest = line.trim_start_matches([' ', '\t']).strip_prefix('>')?;
        let rest = rest.strip_prefix(' ').unwrap_or(rest);
        Some(line.len() - rest.len())
    };
    let mut lines = text
        .split('\n')
        .filter(|line| !line.trim().is_empty())
        .peekable();
    lines.peek()?;
    let fenced = text
        .split('\n')
        .any(|line| mark(line).is_some_and(|mark| is_fence(&line[mark..])));
    if !fenced && !lines.all(|line| mark(line).is_some()) {
        return None;
    }
    let marks: Vec<usize> = text
        .split('\n')
        .map(|line| mark(line).unwrap_or(0))
        .collect();
    let kept: Vec<&str> = text
        .split('\n')
        .zip(&marks)
        .map(|(line, mark)| &line[*mark..])
        .collect();
    Some(Unwrapped {
        text: kept.join("\n"),
        // Marks and what stands before them are single units.
        removed: marks
            .iter()
            .map(|mark| u32::try_from(*mark).unwrap_or(u32::MAX))
            .collect(),
    })
}

fn is_fence(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with("```") || line.starts_with("~~~")
}

/// Whether a text begins with thoughts. There can be drafts in them.
pub(super) fn begins_with_thoughts(text: &str) -> bool {
    let start = text.len() - text.trim_start().len();
    thoughts(text).iter().any(|thought| thought.start <= start)
}

/// The thoughts in a text. Where only their end is there, they began before it.
fn thoughts(text: &str) -> Vec<Range<usize>> {
    let lower = text.to_ascii_lowercase();
    let mut found = Vec::new();
    for name in THOUGHTS {
        let (open, close) = (format!("<{name}>"), format!("</{name}>"));
        let mut from = 0;
        while let Some(end) = lower[from..].find(&close) {
            let end = from + end;
            let start = lower[from..end].find(&open).map(|start| from + start);
            if let Some(start) = start.or((from == 0).then_some(0)) {
                found.push(start..end + close.len());
            }
            from = end + close.len();
        }
    }
    found
}

/// Marks that belong to a model's own format, such as `<|im_end|>`, and to XML.
fn tokens(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(start) = text[from..].find("<|") {
        let start = from + start;
        from = start + 2;
        if let Some(end) = text[from..].find("|>")
            && !text[from..from + end].contains([' ', '\n', '"'])
        {
            from += end + 2;
            found.push(start..from);
        }
    }
    for mark in ["<![CDATA[", "]]>"] {
        let places = text.match_indices(mark);
        found.extend(places.map(|(at, _)| at..at + mark.len()));
    }
    // Without the start there is no end, but the same letters in code.
    if !text.contains("<![CDATA[") {
        found.retain(|range| &text[range.clone()] != "]]>");
    }
    found
}

/// All that stands outside of the outermost tags that can be those around a script.
fn tags(text: &str) -> Option<Vec<Range<usize>>> {
    let mut start = 0;
    let mut open = 0;
    for line in text.split('\n') {
        let at = start + (line.len() - line.trim_start().len());
        start += line.len() + 1;
        if is_fence(line) {
            return None;
        }
        let Some(name) = tag(&text[at..]) else {
            continue;
        };
        let opened = at + text[at..].find('>')? + 1;
        let close = format!("</{name}>");
        if let Some(end) = text[opened..].rfind(&close) {
            return Some(vec![0..opened, opened + end..text.len()]);
        }
        open += 1;
        if open > MAX_OPEN_TAGS {
            return None;
        }
    }
    None
}

/// The name of a tag that text begins with and that can stand around a script.
fn tag(text: &str) -> Option<&str> {
    let rest = text.strip_prefix('<')?;
    let end = rest.find(|letter: char| {
        !(letter.is_ascii_lowercase() || letter.is_ascii_digit() || "_-:".contains(letter))
    })?;
    let name = &rest[..end];
    let is_short = ["ts", "js", "typescript", "javascript"].contains(&name);
    let is_around = is_short || AROUND.iter().any(|part| name.contains(part));
    (is_around && rest[end..].starts_with(['>', ' ', '\n'])).then_some(name)
}

/// The text with spaces in these places, whatever their order.
fn blanked(text: &str, places: &[Range<usize>]) -> String {
    let mut places = places.to_vec();
    places.sort_unstable_by_key(|place| place.start);
    let mut places = places.into_iter().peekable();
    let mut blank_to = 0;
    text.char_indices()
        .flat_map(|(at, letter)| {
            while let Some(place) = places.next_if(|place| place.start <= at) {
                blank_to = blank_to.max(place.end);
            }
            // As many units as before.
            let is_blank = at < blank_to && letter != '\n';
            let (shown, times) = if is_blank {
                (' ', letter.len_utf16())
            } else {
                (letter, 1)
            };
            std::iter::repeat_n(shown, times)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_around_a_script_becomes_spaces() {
        for (text, kept) in [
            ("<think>Hm. 😀</think>\nreturn 1", "return 1"),
            ("Hm.</think>return 1", "return 1"),
            ("<Thinking>\na\n</Thinking>\n\nreturn 1", "return 1"),
            (
                "<execute_typescript>\nreturn 1\n</execute_typescript>",
                "return 1",
            ),
            (
                "So:\n<tool_call>\n<code lang=\"ts\">return 1</code>\n</tool_call>\nDone.",
                "return 1",
            ),
            (
                "<script><![CDATA[return a[b[1]]]]></script>",
                "return a[b[1]]",
            ),
            ("<|python_tag|>return 1<|eom_id|>", "return 1"),
            ("> return 1", "return 1"),
        ] {
            let unwrapped = unwrap(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(unwrapped.text.trim(), kept, "{text}");
        }
        let unwrapped = unwrap("Look:\n> ```ts\n>   a\n> ```").unwrap();
        assert_eq!(unwrapped.text, "Look:\n```ts\n  a\n```");
        assert_eq!(unwrapped.removed, [0, 2, 2, 2]);
    }

    #[test]
    fn other_tags_and_comparisons_stay() {
        for text in [
            "<div>a</div>",
            "return a\n> b",
            "const a = <T,>(b: T) => b;",
            "<Tool>a</Tool>",
            "a ]]> b",
        ] {
            assert!(unwrap(text).is_none(), "{text}");
        }
    }
}
