//! The call that a place in a script is in.

/// The path of what is called at a place, such as `weather.getForecast`. Line and column count from 1, the column in UTF-16
/// units.
pub(super) fn at(script: &str, line: u32, column: u32) -> Option<&str> {
    let word = path_at(script, offset(script, line, column)?);
    let is_path = word.contains('.') && is_called(&script[end_of(script, word)..]);
    is_path.then_some(word)
}

/// The same where a place belongs to the arguments of a call. What is called at the place itself is one of them.
///
/// Only brackets, texts and comments are looked at, so that code which can't be read has calls, too.
pub(super) fn around(script: &str, line: u32, column: u32) -> Option<&str> {
    let target = offset(script, line, column)?;
    let mut open: Vec<Open<'_>> = Vec::new();
    let mut reader = Reader {
        script,
        at: 0,
        last: ' ',
        begins_line: true,
    };
    while reader.at < target {
        let start = reader.at;
        match reader.next(&mut open)? {
            '(' => open.push(Open::Call(path_before(script, start))),
            '[' | '{' => open.push(Open::Other),
            // A bracket too many is no reason to forget the ones around it.
            ')' | ']' | '}' => drop(open.pop()),
            _ => {}
        }
    }
    let innermost = open.iter().rev().find_map(|open| match open {
        // Brackets around a value aren't a call.
        Open::Call("") | Open::Other | Open::Template => None,
        Open::Call(path) => Some(*path),
    });
    innermost.filter(|path| path.contains('.'))
}

enum Open<'s> {
    Call(&'s str),
    Template,
    Other,
}

struct Reader<'s> {
    script: &'s str,
    at: usize,
    /// What came before, but for spaces: it tells a regular expression from a division.
    last: char,
    /// Whether only spaces stand before it in its line.
    begins_line: bool,
}

impl Reader<'_> {
    /// Whether a slash begins a regular expression and divides nothing.
    fn is_regular_expression(&self) -> bool {
        let before = path_before(self.script, self.script[..self.at].trim_end().len());
        "(,=:[!&|?{};+-*~^<>%\n".contains(self.last)
            || matches!(before, "return" | "case" | "of" | "in" | "typeof" | "await")
    }

    /// Takes the next letter, or a text or comment as a whole, for which it returns a space.
    fn next(&mut self, open: &mut Vec<Open<'_>>) -> Option<char> {
        let rest = &self.script[self.at..];
        let letter = rest.chars().next()?;
        let taken = match letter {
            // Fences around code aren't its texts.
            '`' if self.begins_line && rest.starts_with("```") => line(rest),
            '/' if rest.starts_with("//") => line(rest),
            '/' if rest.starts_with("/*") => rest.find("*/").map_or(rest.len(), |end| end + 2),
            '/' if self.is_regular_expression() => in_quotes(rest, '/', true),
            '"' | '\'' => in_quotes(rest, letter, true),
            '`' => template(&rest[1..], open) + 1,
            '}' if matches!(open.last(), Some(Open::Template)) => {
                open.pop();
                template(&rest[1..], open) + 1
            }
            _ => {
                self.at += letter.len_utf8();
                if letter == '\n' {
                    self.begins_line = true;
                } else if !letter.is_whitespace() {
                    self.begins_line = false;
                    self.last = letter;
                }
                return Some(letter);
            }
        };
        self.at += taken;
        self.begins_line = false;
        if !rest.starts_with("//") && !rest.starts_with("/*") {
            self.last = '"';
        }
        Some(' ')
    }
}

/// How long the line is, in bytes.
fn line(rest: &str) -> usize {
    rest.find('\n').unwrap_or(rest.len())
}

/// How long something in quotes is. What isn't closed in its line is no text.
fn in_quotes(rest: &str, quote: char, in_line: bool) -> usize {
    let mut escaped = false;
    for (position, letter) in rest.char_indices().skip(1) {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '\n' if in_line => return 1,
            _ if letter == quote => return position + 1,
            _ => {}
        }
    }
    1
}

/// How long a part of a template is, up to its end or to an expression in it.
fn template(rest: &str, open: &mut Vec<Open<'_>>) -> usize {
    let mut escaped = false;
    for (position, letter) in rest.char_indices() {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '`' => return position + 1,
            '$' if rest[position..].starts_with("${") => {
                open.push(Open::Template);
                return position + 2;
            }
            _ => {}
        }
    }
    rest.len()
}

fn offset(script: &str, line: u32, column: u32) -> Option<usize> {
    let script_line = script.split('\n').nth(line.saturating_sub(1) as usize)?;
    let start = script_line.as_ptr().addr() - script.as_ptr().addr();
    let mut units = column.saturating_sub(1) as usize;
    let reached = script_line.char_indices().find(|(_, letter)| {
        let reached = units < letter.len_utf16();
        units = units.saturating_sub(letter.len_utf16());
        reached
    });
    Some(start + reached.map_or(script_line.len(), |(position, _)| position))
}

fn is_part(letter: char) -> bool {
    matches!(letter, '.' | '$' | '_') || unicode_ident::is_xid_continue(letter)
}

/// The path that ends before an offset.
fn path_before(script: &str, end: usize) -> &str {
    let before = &script[..end];
    &before[before.trim_end_matches(is_part).len()..]
}

/// The path around an offset.
fn path_at(script: &str, offset: usize) -> &str {
    let rest = &script[offset..];
    let start = offset - path_before(script, offset).len();
    let end = offset + (rest.len() - rest.trim_start_matches(is_part).len());
    &script[start..end]
}

fn end_of(script: &str, part: &str) -> usize {
    part.as_ptr().addr() - script.as_ptr().addr() + part.len()
}

fn is_called(rest: &str) -> bool {
    rest.trim_start().starts_with('(')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is around a place, before which a bar stands.
    fn call(marked: &str) -> Option<String> {
        let (script, line, column) = place(marked);
        around(&script, line, column).map(str::to_owned)
    }

    fn place(marked: &str) -> (String, u32, u32) {
        let place = marked.find('|').unwrap();
        let script = marked.replacen('|', "", 1);
        let line = marked[..place].matches('\n').count() + 1;
        let column = marked[..place]
            .rsplit('\n')
            .next()
            .unwrap()
            .encode_utf16()
            .count()
            + 1;
        (script, line.try_into().unwrap(), column.try_into().unwrap())
    }

    #[test]
    fn a_place_is_in_the_innermost_call_around_it() {
        for (marked, path) in [
            ("await s.echo(|5)", Some("s.echo")),
            ("await s.|echo()", None),
            ("f(|s.echo())", None),
            ("s.a({ x: |s.b({ y: 1 }) })", Some("s.a")),
            ("s.a({ r: () => { return /[(]/ }, x: |2 })", Some("s.a")),
            ("const f = (t) => { return /s.a\\(/.test(t) }; f(|1)", None),
            (
                "s.a(); s.echo({\n  list: [1, |2],\n}); s.b()",
                Some("s.echo"),
            ),
            ("s.a({ text: JSON.parse(|x) })", Some("JSON.parse")),
            ("await s.a(); const x: number = |'a'", None),
            (
                "await Promise.all([s.a({ x: 1 }), s.b({ x: |2 })])",
                Some("s.b"),
            ),
            ("s.a({ text: \")(\", x: |2 })", Some("s.a")),
            ("s.a({ text: `)${s.b()} ) ${`)`}`, x: |2 })", Some("s.a")),
            ("s.a({ /* ) */ x: |2 // )\n})", Some("s.a")),
            ("s.a({ // )\n x: |2 })", Some("s.a")),
            ("s.a({ r: /[)]\\//g, x: |2 })", Some("s.a")),
            ("const n = 4 / 2; s.a({ x: |2 }) / 1", Some("s.a")),
            ("It's this:\n```ts\ns.a({ x: |2 })\n```", Some("s.a")),
            ("s.a((|{ x: 2 }))", Some("s.a")),
            ("f(|1)", None),
            ("s.a`${|x}`", None),
            ("))) s.a(|1", Some("s.a")),
            ("😀; s.a(|1)", Some("s.a")),
        ] {
            assert_eq!(call(marked).as_deref(), path, "{marked}");
        }
    }

    #[test]
    fn a_place_in_a_path_is_in_what_the_path_calls() {
        for (marked, path) in [
            ("await s.|echo()", Some("s.echo")),
            ("await |s.echo ()", Some("s.echo")),
            ("f(|s.echo(1))", Some("s.echo")),
            ("s.echo(|5)", None),
            ("s.|echo", None),
            ("|f(1)", None),
        ] {
            let (script, line, column) = place(marked);
            assert_eq!(at(&script, line, column), path, "{marked}");
        }
    }
}
