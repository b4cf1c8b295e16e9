//! Code that was changed on its way, told from code that is wrong.
//!
//! Only what can't be read as it stands is looked at, or what would do nothing: a script that can be read is never changed,
//! whatever its texts have in them.

use std::borrow::Cow;

use oxc::allocator::Allocator;
use oxc::ast::ast::Program;
use serde_json::Value;

use super::parse::{self, Parsed, Problem};

/// What a text stands in where it was handed over inside of something else.
const NAMES: [&str; 9] = [
    "script",
    "code",
    "typescript",
    "javascript",
    "ts",
    "js",
    "source",
    "program",
    "input",
];

const ALL_COMMENT: &str =
    "all of this is a comment, so nothing would be run: the code has to stand in lines of its own";
const COMMENT_BY_ESCAPES: &str = "all of this is a comment, since `\\n` stands in place of the ends of its lines: the text was \
                                  escaped once too often on its way. Hand the script over as it is";

/// How deep a script may lie in JSON.
const MAX_DEPTH: usize = 4;

const ENTITIES: [(&str, &str); 10] = [
    ("&lt;", "<"),
    ("&gt;", ">"),
    ("&quot;", "\""),
    ("&apos;", "'"),
    ("&#39;", "'"),
    ("&#x27;", "'"),
    ("&#34;", "\""),
    ("&#60;", "<"),
    ("&#62;", ">"),
    // Last, or what was escaped twice would be taken for what was escaped once.
    ("&amp;", "&"),
];

const ESCAPES: [(&str, &str); 6] = [
    ("\\n", "\n"),
    ("\\r", "\r"),
    ("\\t", "\t"),
    ("\\\"", "\""),
    ("\\'", "'"),
    ("\\`", "`"),
];

/// Characters that only look like those of code.
const ALIKE: (&str, &str) = (
    "“”„‟«»＂‘’‚‛＇（）［］｛｝；，：。–—−＝＋＊／＜＞",
    "\"\"\"\"\"\"\"'''''()[]{};,:.---=+*/<>",
);

/// Why code can't be read, if that comes from how it got here. `offset` is where the parser gave up.
pub(super) fn unreadable(code: &str, offset: usize) -> Option<Problem> {
    in_json_text(code)
        .or_else(|| replaced(code, offset, &ENTITIES, |entity, character| {
            format!("the text was escaped for HTML on its way: `{entity}` stands here in place of `{character}`. Hand the script over as it is")
        }))
        .or_else(|| replaced(code, offset, &ESCAPES, |escape, character| {
            let stands_for = match character {
                "\n" | "\r" => "the end of a line".to_owned(),
                "\t" => "a tab".to_owned(),
                other => format!("`{other}`"),
            };
            format!("the text was escaped once too often on its way: `{escape}` stands here in place of {stands_for}. Hand the script over as it is")
        }))
        .or_else(|| look_alike(code, offset))
        .or_else(|| numbered(code))
        .or_else(|| patch(code))
        .or_else(|| added(code))
}

/// Why code that can be read does nothing, where its author can't have meant that.
pub(super) fn pointless(code: &str, parsed: &Parsed<'_>) -> Option<Problem> {
    if let Parsed::Statements(program) = parsed {
        if let Some((start, text)) = only_comments(code, program) {
            if text.contains("\\n") {
                return Some(problem(start, COMMENT_BY_ESCAPES));
            }
            if has_code(&text) {
                return Some(problem(start, ALL_COMMENT));
            }
        }
        if let [text] = program.directives.as_slice()
            && program.body.is_empty()
            && is_code(&text.expression.value)
        {
            return Some(problem(
                text.span.start as usize,
                "all of this is one text in quotes, and the script is inside of it: hand over the text itself",
            ));
        }
    }
    let start = code.len() - code.trim_start().len();
    let json = code.trim();
    if !json.starts_with('{') {
        return None;
    }
    let name = name_in(&serde_json::from_str(json).ok()?, 0)?;
    Some(problem(start, in_json(&name)))
}

/// The name that a script has in a text that is JSON.
pub(super) fn name_in_json(text: &str) -> Option<String> {
    name_in(&serde_json::from_str(text.trim()).ok()?, 0)
}

fn problem(offset: usize, message: impl Into<String>) -> Problem {
    Problem {
        offset,
        message: message.into(),
    }
}

fn in_json(name: &str) -> String {
    format!(
        "this is JSON, and the script is inside of it as `{name}`: hand over the text of `{name}` itself"
    )
}

/// The same where it isn't quite JSON, as where its ends of lines weren't escaped.
fn in_json_text(code: &str) -> Option<Problem> {
    let start = code.len() - code.trim_start().len();
    let rest = code
        .trim_start()
        .strip_prefix('{')?
        .trim_start()
        .strip_prefix('"')?;
    let (name, rest) = rest.split_once('"')?;
    let rest = rest.trim_start().strip_prefix(':')?.trim_start();
    let is_text = rest.starts_with(['"', '`', '\'']);
    (is_text && NAMES.contains(&name)).then(|| problem(start, in_json(name)))
}

fn name_in(value: &Value, depth: usize) -> Option<String> {
    let members = value.as_object().filter(|_| depth < MAX_DEPTH)?;
    members.iter().find_map(|(name, value)| match value {
        Value::String(text) => {
            (NAMES.contains(&name.as_str()) && is_code(text)).then(|| name.clone())
        }
        inner => name_in(inner, depth + 1),
    })
}

/// Whether a text is surely code: it can be read, and says more than a word or a sentence would.
fn is_code(text: &str) -> bool {
    let marks = ["return ", "await ", "=> ", "const ", "let ", ");"];
    marks.iter().any(|mark| text.contains(mark)) && reads(text)
}

fn reads(code: &str) -> bool {
    parse::parse(&Allocator::default(), code).is_ok()
}

/// Where something stands in place of the character that it is made of, if that is what is wrong.
fn replaced(
    code: &str,
    offset: usize,
    pairs: &[(&'static str, &'static str)],
    message: impl Fn(&str, &str) -> String,
) -> Option<Problem> {
    let mut places: Vec<(usize, &str, &str)> = pairs
        .iter()
        .flat_map(|(from, to)| {
            code.match_indices(from)
                .map(move |(at, _)| (at, *from, *to))
        })
        .collect();
    places.sort_unstable();
    // The parser may take the start of it for an operator, or the character before it for the start of something.
    let touches = |(at, from, _): &&(usize, &str, &str)| {
        (at.saturating_sub(1)..=at + from.len()).contains(&offset)
    };
    let here = places.iter().find(touches);
    let found = here.or_else(|| {
        let before = places.iter().rev().find(|(at, ..)| *at <= offset);
        let near = before.or_else(|| places.first())?;
        let mut restored = Cow::Borrowed(code);
        for (from, to) in pairs {
            restored = Cow::Owned(restored.replace(from, to));
        }
        reads(&restored).then_some(near)
    });
    found.map(|(at, from, to)| problem(*at, message(from, to)))
}

fn look_alike(code: &str, offset: usize) -> Option<Problem> {
    let letter = code.get(offset..)?.chars().next()?;
    let mut pairs = ALIKE.0.chars().zip(ALIKE.1.chars());
    let (_, meant) = pairs.find(|(like, _)| *like == letter)?;
    let message =
        format!("`{letter}` is no character of code, though it looks like one: write `{meant}`");
    Some(problem(offset, message))
}

/// A listing, whose lines begin with their numbers.
fn numbered(code: &str) -> Option<Problem> {
    let lines = || code.lines().filter(|line| !line.trim().is_empty());
    lines().next()?;
    let numbers = lines().map(|line| {
        let rest = line.trim_start();
        let digits = rest.find(|other: char| !other.is_ascii_digit());
        let (number, behind) = rest.split_at(digits.unwrap_or(rest.len()));
        Some((number.parse::<u32>().ok()?, behind))
    });
    let numbers: Vec<(u32, &str)> = numbers.collect::<Option<_>>()?;
    let is_marked =
        |(_, behind): &(u32, &str)| behind.trim_start().starts_with([':', '|', '→', '│', ')']);
    // With nothing but space between, a line of code may begin with a number, but hardly each one with the next, nor with a tab
    // behind it.
    let is_listing = || {
        let is_code = numbers.len() == 1 && !numbers[0].1.starts_with('\t');
        let follow = numbers
            .windows(2)
            .all(|pair| pair[1].0 == pair[0].0.saturating_add(1));
        let is_apart =
            |(_, behind): &(u32, &str)| behind.is_empty() || behind.starts_with([' ', '\t']);
        !is_code && follow && numbers.iter().all(is_apart)
    };
    (numbers.iter().all(is_marked) || is_listing()).then(|| {
        problem(
            0,
            "each line begins with its number: hand the script over without the numbers",
        )
    })
}

/// The lines that a patch adds.
fn added(code: &str) -> Option<Problem> {
    let mut lines = code
        .lines()
        .filter(|line| !line.trim().is_empty())
        .peekable();
    lines.peek()?;
    lines.all(|line| line.starts_with('+')).then(|| {
        problem(
            0,
            "each line begins with `+`, as those that a patch adds: hand the script over without them",
        )
    })
}

fn patch(code: &str) -> Option<Problem> {
    const MARKS: [&str; 5] = ["@@ ", "+++ ", "*** Begin Patch", "<<<<<<< ", "diff --git "];
    let mut start = 0;
    for line in code.split('\n') {
        if MARKS.iter().any(|mark| line.starts_with(mark)) {
            return Some(problem(
                start,
                "this is a patch: a script is handed over whole, as it is to be run",
            ));
        }
        start += line.len() + 1;
    }
    None
}

/// Where the first comment starts of a text that has nothing else, and what its comments say.
fn only_comments(code: &str, program: &Program<'_>) -> Option<(usize, String)> {
    let first = program.comments.first()?;
    if !program.body.is_empty() || !program.directives.is_empty() {
        return None;
    }
    let contents = program
        .comments
        .iter()
        .map(|comment| comment.content_span().source_text(code));
    let contents: Vec<&str> = contents.collect();
    Some((first.span.start as usize, contents.join("\n")))
}

/// Whether there is code in a comment, behind words or not.
fn has_code(comment: &str) -> bool {
    let starts = [
        "const ", "let ", "var ", "return ", "await ", "for (", "if (", "async ", "import ",
    ];
    let first = starts.iter().filter_map(|start| comment.find(start)).min();
    first.is_some_and(|first| {
        let code = &comment[first..];
        code.contains([';', '(', '=']) && reads(code)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(code: &str) -> Option<(usize, String)> {
        let allocator = Allocator::default();
        let found = match parse::parse(&allocator, code) {
            Ok(parsed) => pointless(code, &parsed),
            Err(problems) => unreadable(code, problems[0].offset),
        };
        found.map(|problem| (problem.offset, problem.message))
    }

    #[test]
    fn what_happened_to_a_text_is_told_at_its_first_trace() {
        for (code, trace, words) in [
            (
                "const a = [1].filter((n) =&gt; n &lt; 3);\nreturn a",
                "&gt;",
                "`&gt;` stands here in place of `>`",
            ),
            ("if (a &amp;&amp; b) return 1", "&amp;", "in place of `&`"),
            ("const q = &quot;a&quot;;", "&quot;", "in place of `\"`"),
            (
                "const a = 1;\\nreturn a",
                "\\n",
                "in place of the end of a line",
            ),
            ("return f({ text: \\\"a\\\" })", "\\\"", "in place of `\"`"),
            (
                "// Add.\\nconst a = 1;\\nreturn a",
                "//",
                "`\\n` stands in place of the ends",
            ),
            (
                "// Add. const a = 1; return a",
                "//",
                "all of this is a comment",
            ),
            ("/* const a = 1; */", "/*", "all of this is a comment"),
            (
                "// const a = f();\n// return a;",
                "//",
                "all of this is a comment",
            ),
            (
                "{\"code\": \"const a = 1;\\nreturn a\"}",
                "{",
                "inside of it as `code`",
            ),
            (
                "{\"name\": \"run\", \"arguments\": {\"script\": \"return 1\"}}",
                "{",
                "as `script`",
            ),
            (
                "{\"script\": \"const a = 1;\nreturn a\"}",
                "{",
                "as `script`",
            ),
            ("\"const a = 1;\\nreturn a\"", "\"", "one text in quotes"),
            ("const a = “b”;", "“", "`“` is no character of code"),
            ("f（1）", "（", "`（`"),
            ("1: const a = 1;\n2: return a", "1", "number"),
            (" 1 | const a = 1;\n 2 | return a", " ", "number"),
            (
                "     1\tconst a = 1;\n     2\t\n     3\treturn a",
                " ",
                "number",
            ),
            ("   1  const a = 1;\n\n   2  return a", " ", "number"),
            ("9 const a = 1;\n10 return a", "9", "number"),
            ("@@ -1 +1 @@\n-a\n+b", "@@", "patch"),
            ("+const a = 1;\n+\n+return a", "+", "begins with `+`"),
        ] {
            let (offset, message) = told(code).unwrap_or_else(|| panic!("{code}"));
            assert!(
                code[offset..].starts_with(trace),
                "{code}: {}",
                &code[offset..]
            );
            assert!(message.contains(words), "{code}: {message}");
        }
    }

    #[test]
    fn a_text_that_means_what_it_says_is_left_alone() {
        for code in [
            "",
            "\"a text\"",
            "'return to sender'",
            "return '&lt;b&gt; &amp;&amp; =&gt;'",
            "return 'a\\nb'",
            "{ code: \"abc\" }",
            "{\"code\": \"abc\", \"city\": \"Oslo\"}",
            "{\"text\": \"return 1\"}",
            "// nothing to do",
            "// let it be (as it is)\n// return nothing",
            "const a = ;",
            // Each of these is wrong in another way.
            "1 const a = 1;\n1 return a",
            "1 const a = 1;\nreturn a",
            "1const a = 1;\n2const b = 2",
            "+const a = 1;\nreturn a",
            "return 1 // done",
            "return f(\"a)",
        ] {
            assert_eq!(told(code), None, "{code}");
        }
    }
}
