//! The code in a text as a model wrote it: all of it, or what stands in Markdown fences.

use super::lines::Lines;

/// Code that was found in a text. Its lines are those of the text: what isn't code is an empty line.
#[derive(Clone, Debug)]
pub(super) struct Source {
    pub(super) code: String,
    lines: Lines,
    /// For each line, how many columns of the text stand before it.
    removed: Vec<u32>,
}

impl Source {
    /// A text that is code from its first line to its last.
    pub(super) fn whole(text: &str) -> Self {
        Self::of_lines(text.split('\n').map(|line| (0, line)).collect())
    }

    fn of_lines(lines: Vec<(u32, &str)>) -> Self {
        let (removed, lines): (Vec<u32>, Vec<&str>) = lines.into_iter().unzip();
        let code = lines.join("\n");
        Self {
            lines: Lines::of(&code),
            code,
            removed,
        }
    }

    /// The same code, of a text in which more stands before each line.
    pub(super) fn behind(mut self, removed: &[u32]) -> Self {
        for (own, more) in self.removed.iter_mut().zip(removed) {
            *own += more;
        }
        self
    }

    /// Line and column in the text, from 1, of an offset in the code.
    pub(super) fn position(&self, offset: usize) -> (u32, u32) {
        let (line, column) = self.lines.position(&self.code, offset);
        let removed = self.removed.get(line as usize).copied();
        (line + 1, column + removed.unwrap_or_default() + 1)
    }
}

/// A text with fences.
#[derive(Debug)]
pub(super) struct Markdown<'a> {
    lines: Vec<&'a str>,
    blocks: Vec<Block<'a>>,
}

/// What stands between two fences.
#[derive(Debug)]
struct Block<'a> {
    /// The line of the opening fence, from 0.
    fence: usize,
    /// One past its last line.
    end: usize,
    indent: usize,
    tag: &'a str,
    /// Whether there is a closing fence.
    closed: bool,
}

/// A block that is in a text without a script.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct NoScript {
    /// Its line, from 1.
    pub(super) line: u32,
    pub(super) tag: String,
    pub(super) text: String,
}

/// Languages whose code is a script. An untagged block counts where no block has one of these.
const TAGS: [&str; 14] = [
    "ts",
    "typescript",
    "js",
    "javascript",
    "tsx",
    "jsx",
    "mts",
    "cts",
    "mjs",
    "cjs",
    "ecmascript",
    "node",
    "nodejs",
    "deno",
];

fn is_script(tag: &str) -> bool {
    TAGS.iter().any(|known| tag.eq_ignore_ascii_case(known))
}

impl<'a> Markdown<'a> {
    /// Reads the fences of a text; `None` if it has none.
    pub(super) fn read(text: &'a str) -> Option<Self> {
        let lines: Vec<&str> = text.split('\n').collect();
        let mut blocks: Vec<Block<'a>> = Vec::new();
        let mut open: Option<(Block<'a>, &str)> = None;
        for (number, line) in lines.iter().enumerate() {
            let found = fence(line);
            match (&mut open, found) {
                (None, Some((indent, marks, tag))) => {
                    let block = Block {
                        fence: number,
                        end: lines.len(),
                        indent,
                        tag,
                        closed: false,
                    };
                    open = Some((block, marks));
                }
                // A closing fence is at least as long as the one that it closes, and has nothing behind it.
                (Some((block, opening)), Some((_, marks, ""))) if marks.starts_with(*opening) => {
                    block.end = number;
                    block.closed = true;
                    blocks.extend(open.take().map(|(block, _)| block));
                }
                _ => {}
            }
        }
        // A text that was cut off, or whose author forgot the end.
        blocks.extend(open.map(|(block, _)| block));
        (!blocks.is_empty()).then_some(Self { lines, blocks })
    }

    /// Where the fences start, as offsets.
    pub(super) fn fences(&self) -> impl Iterator<Item = usize> + '_ {
        let starts: Vec<usize> = self
            .lines
            .iter()
            .scan(0, |next, line| {
                let start = *next;
                *next += line.len() + 1;
                Some(start)
            })
            .collect();
        self.blocks.iter().map(move |block| {
            let line = self.lines[block.fence];
            starts[block.fence] + (line.len() - line.trim_start().len())
        })
    }

    /// The text of a block that is Markdown itself, with all other lines empty, where no block is a script.
    pub(super) fn inner(&self) -> Option<String> {
        let is_markdown = |block: &&Block<'_>| {
            ["md", "markdown", "mdx"]
                .iter()
                .any(|tag| block.tag.eq_ignore_ascii_case(tag))
        };
        if self.blocks.iter().any(|block| is_script(block.tag)) {
            return None;
        }
        let block = self.blocks.iter().rfind(is_markdown)?;
        let inside = block.fence + 1..block.end;
        let lines = self.lines.iter().enumerate();
        let kept: Vec<&str> = lines
            .map(|(number, line)| if inside.contains(&number) { *line } else { "" })
            .collect();
        Some(kept.join("\n"))
    }

    /// The blocks that are the script, all of them together and the last one alone. `Err` has a block where there is none.
    pub(super) fn sources(&self) -> Result<(Source, Option<Source>), NoScript> {
        if let Some(before) = self.only_closed() {
            return Ok((before, None));
        }
        let of_tag = |wanted: fn(&str) -> bool| {
            let blocks = self.blocks.iter().filter(move |block| wanted(block.tag));
            blocks.collect::<Vec<_>>()
        };
        let mut chosen = of_tag(is_script);
        if chosen.is_empty() {
            chosen = of_tag(str::is_empty);
        }
        let Some(last) = chosen.last() else {
            let first = &self.blocks[0];
            let line = u32::try_from(first.fence).unwrap_or(u32::MAX);
            return Err(NoScript {
                line: line + 1,
                tag: first.tag.to_owned(),
                text: self.lines[first.fence + 1..first.end].join("\n"),
            });
        };
        let last_alone = (chosen.len() > 1).then(|| self.source(&[last]));
        Ok((self.source(&chosen), last_alone))
    }

    /// What stands before a fence that ends the text, where there is no other: an answer whose opening fence was put into
    /// the model's mouth.
    fn only_closed(&self) -> Option<Source> {
        let [block] = self.blocks.as_slice() else {
            return None;
        };
        let after = self.lines.get(block.fence + 1..).unwrap_or_default();
        let before = &self.lines[..block.fence];
        let blank = |lines: &[&str]| lines.iter().all(|line| line.trim().is_empty());
        if block.closed || !block.tag.is_empty() || !blank(after) || blank(before) {
            return None;
        }
        Some(Source::of_lines(
            before.iter().map(|line| (0, *line)).collect(),
        ))
    }

    fn source(&self, blocks: &[&Block<'_>]) -> Source {
        let line = |(number, line): (usize, &&'a str)| {
            // They are in the order of their lines, so it is in the last that starts before it, or in none.
            let before = blocks.partition_point(|block| block.fence < number);
            let Some(block) = blocks[..before].last().filter(|block| number < block.end) else {
                return (0, "");
            };
            // The code of an indented block is indented by as much as its fence.
            let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
            let removed = indent.min(block.indent);
            (u32::try_from(removed).unwrap_or_default(), &line[removed..])
        };
        let lines = self.lines.iter().enumerate().map(line).collect();
        Source::of_lines(lines)
    }
}

/// The indentation, the marks and the tag of a line that is a fence.
fn fence(line: &str) -> Option<(usize, &str, &str)> {
    let line = line.trim_end();
    let marked = without_bullet(line.trim_start_matches([' ', '\t']));
    // Some write the quotes of another language.
    let mark = marked
        .chars()
        .next()
        .filter(|mark| "`~'\"".contains(*mark))?;
    let rest = marked.trim_start_matches(mark);
    let marks = &marked[..marked.len() - rest.len()];
    if marks.len() < 3 || (mark != '~' && rest.contains(mark)) {
        return None;
    }
    // `{.ts}` is another dialect's way to write the same.
    let rest = rest.trim_start_matches([' ', '{', '.']);
    let end = rest.find(|character: char| {
        !character.is_alphanumeric() && character != '+' && character != '#'
    });
    let tag = if rest.is_empty() {
        ""
    } else {
        match &rest[..end.unwrap_or(rest.len())] {
            // Something that isn't the name of a language, such as `#example`.
            "" => "?",
            tag => tag,
        }
    };
    Some((line.len() - marked.len(), marks, tag))
}

/// A line of a list without the mark of its entry.
fn without_bullet(line: &str) -> &str {
    let numbered = line.trim_start_matches(|digit: char| digit.is_ascii_digit());
    let marks: &[char] = if numbered.len() < line.len() {
        &['.', ')']
    } else {
        &['-', '*', '+']
    };
    match numbered.strip_prefix(marks) {
        Some(rest) if rest.starts_with(' ') => rest.trim_start(),
        _ => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> String {
        let markdown = Markdown::read(text).unwrap();
        markdown.sources().unwrap().0.code.trim().to_owned()
    }

    #[test]
    fn tagged_blocks_go_before_untagged_ones() {
        assert_eq!(
            code("```\noutput\n```\n```ts\n1\n```\n```js\n2\n```"),
            "1\n```".replace("\n```", "\n\n\n2")
        );
        assert_eq!(code("```\n1\n```\n```json\n{}\n```"), "1");
        assert_eq!(code("~~~typescript title=\"a.ts\"\n1\n~~~"), "1");
        assert_eq!(code("````ts\n1\n```\n2\n````"), "1\n```\n2");
        assert_eq!(code("```ts\n1\n2"), "1\n2");
        assert_eq!(code("1\n2\n```\n"), "1\n2");
        assert_eq!(code("'''ts\n1\n'''"), "1");
        assert_eq!(
            code("- ```ts\n  1\n  ```\n2. ~~~js\n   2\n   ~~~"),
            "1\n\n\n2"
        );
    }

    #[test]
    fn lines_and_columns_are_those_of_the_text() {
        let text = "Look:\n\n  - so:\n\n    ```ts\n    a;\n      b;\n    ```\n";
        let markdown = Markdown::read(text).unwrap();
        let (source, last) = markdown.sources().unwrap();
        assert!(last.is_none());
        for (found, position) in [("a;", (6, 5)), ("b;", (7, 7))] {
            assert_eq!(source.position(source.code.find(found).unwrap()), position);
        }
        assert_eq!(markdown.fences().next(), text.find("```"));
    }

    #[test]
    fn a_text_without_a_block_of_code_names_what_it_has() {
        let markdown = Markdown::read("```python\n1\n```").unwrap();
        let expected = NoScript {
            line: 1,
            tag: "python".to_owned(),
            text: "1".to_owned(),
        };
        assert_eq!(markdown.sources().unwrap_err(), expected);
    }
}
