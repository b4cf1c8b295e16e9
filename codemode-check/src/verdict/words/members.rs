//! Types as the compiler prints them, taken apart.

use std::str::CharIndices;

/// The letters of a type that are in no quotes, each with how many brackets are around it.
struct Letters<'t> {
    rest: CharIndices<'t>,
    depth: usize,
    last: char,
}

impl<'t> Letters<'t> {
    fn of(text: &'t str) -> Self {
        Self {
            rest: text.char_indices(),
            depth: 0,
            last: ' ',
        }
    }

    fn skip_quoted(&mut self, quote: char) {
        let mut is_escaped = false;
        for (_, letter) in self.rest.by_ref() {
            if letter == quote && !is_escaped {
                return;
            }
            is_escaped = letter == '\\' && !is_escaped;
        }
    }
}

impl Iterator for Letters<'_> {
    type Item = (usize, char, usize);

    fn next(&mut self) -> Option<Self::Item> {
        let (at, letter) = self.rest.next()?;
        let mut depth = self.depth;
        match letter {
            '"' | '`' => self.skip_quoted(letter),
            '(' | '[' | '{' | '<' => self.depth += 1,
            // The end of an arrow is no bracket.
            '>' if self.last == '=' => {}
            ')' | ']' | '}' | '>' => {
                self.depth = self.depth.saturating_sub(1);
                depth = self.depth;
            }
            _ => {}
        }
        self.last = letter;
        Some((at, letter, depth))
    }
}

/// The parts of a text between separators that are in no brackets and in no quotes.
pub(in crate::verdict) fn split(text: &str, separator: char) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0;
    let ends = Letters::of(text)
        .filter(|(_, letter, depth)| *letter == separator && *depth == 0)
        .map(|(at, ..)| at);
    for end in ends.chain([text.len()]) {
        parts.push(text[start..end].trim());
        start = (end + separator.len_utf8()).min(text.len());
    }
    parts.retain(|part| !part.is_empty());
    parts
}

/// The length of what begins with a bracket, up to the bracket that closes it.
pub(in crate::verdict) fn bracketed(text: &str) -> usize {
    Letters::of(text)
        .find(|(at, letter, depth)| *at > 0 && *depth == 0 && ")]}>".contains(*letter))
        .map_or(text.len(), |(at, ..)| at + 1)
}

/// What is in the braces of an object type, if a text is nothing else.
pub(in crate::verdict) fn in_braces(ty: &str) -> Option<&str> {
    let is_one = ty.starts_with('{') && bracketed(ty) == ty.len();
    ty.strip_prefix('{')?.strip_suffix('}').filter(|_| is_one)
}

/// The name of a field and its type, from `name?: type` and its like.
pub(in crate::verdict) fn field(member: &str) -> Option<(&str, &str)> {
    let member = member.strip_prefix("readonly ").unwrap_or(member);
    let end = match member.strip_prefix('"') {
        Some(quoted) => quoted.find('"')? + 2,
        None => member.find([':', '?', '(', '<', '[', ' '])?,
    };
    let (name, rest) = member.split_at(end);
    let ty = rest.trim_start_matches(['?', ':']).trim_start();
    let is_field = !name.is_empty() && rest.starts_with([':', '?', '(', '<']);
    is_field.then_some((name, ty))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_in_brackets_and_quotes_separates_nothing() {
        let body = " a: string; b?: { c: 1; }[]; d(x: 1; y: 2): M<A; B>; e: (a: 1) => void; \"f;\": \"\\\";\"; ";
        assert_eq!(
            split(body, ';'),
            [
                "a: string",
                "b?: { c: 1; }[]",
                "d(x: 1; y: 2): M<A; B>",
                "e: (a: 1) => void",
                "\"f;\": \"\\\";\"",
            ]
        );
        let forms = split("{ a: 1 | 2; } | B<C | D>", '|');
        assert_eq!(forms, ["{ a: 1 | 2; }", "B<C | D>"]);
    }

    #[test]
    fn a_field_has_a_name_and_a_type() {
        for (member, expected) in [
            ("a: string", Some(("a", "string"))),
            ("readonly a?: 1 | undefined", Some(("a", "1 | undefined"))),
            ("\"a:b\": 1", Some(("\"a:b\"", "1"))),
            ("f(x: 1): 2", Some(("f", "(x: 1): 2"))),
            ("[key: string]: 1", None),
            ("... 5 more ...", None),
        ] {
            assert_eq!(field(member), expected, "{member}");
        }
    }

    #[test]
    fn braces_are_those_of_the_whole_type() {
        assert_eq!(in_braces("{ a: { b: 1; }; }"), Some(" a: { b: 1; }; "));
        for other in [
            "{ a: 1; } | { b: 2; }",
            "{ a: 1; } & { b: 2; }",
            "{ a: 1; }[]",
            "A",
            "{ a: \"}\"",
        ] {
            assert_eq!(in_braces(other), None, "{other}");
        }
    }
}
