//! Byte offsets to lines and columns, and back.

/// Where the lines of a text start.
#[derive(Clone, Debug)]
pub struct Lines {
    starts: Vec<usize>,
}

impl Lines {
    /// Lines as editors count them, which end with `\n`. All that is told to anybody counts them like this.
    pub fn of(text: &str) -> Self {
        Self::ending(text.match_indices('\n').map(|(position, _)| position + 1))
    }

    /// Lines as the language counts them, and with it the compiler and the engine: `\r` alone ends one as well, and so do
    /// two separators of Unicode.
    pub fn of_language(text: &str) -> Self {
        let ends = text.match_indices(['\n', '\r', '\u{2028}', '\u{2029}']);
        Self::ending(ends.filter_map(|(position, end)| {
            let behind = position + end.len();
            let goes_on = end == "\r" && text[behind..].starts_with('\n');
            (!goes_on).then_some(behind)
        }))
    }

    fn ending(ends: impl Iterator<Item = usize>) -> Self {
        Self {
            starts: std::iter::once(0).chain(ends).collect(),
        }
    }

    /// Line and column of an offset, both from 0; the column in UTF-16 units.
    pub fn position(&self, text: &str, offset: usize) -> (u32, u32) {
        let offset = text.floor_char_boundary(offset);
        let line = self.starts.partition_point(|start| *start <= offset) - 1;
        let column = text[self.starts[line]..offset].encode_utf16().count();
        (number(line), number(column))
    }

    /// The offset of a line and column, both from 0. A place outside of the text becomes the nearest one inside.
    pub fn offset(&self, text: &str, line: u32, column: u32) -> usize {
        let Some(start) = self.starts.get(line as usize).copied() else {
            return text.len();
        };
        let end = self.starts.get(line as usize + 1);
        let line = &text[start..end.copied().unwrap_or(text.len())];
        let last = line.char_indices().next_back();
        let ended = last.filter(|(_, last)| end.is_some() && is_end(*last));
        let within = ended.map_or(line, |(position, _)| &line[..position]);
        let mut units = column as usize;
        for (position, character) in within.char_indices() {
            if units < character.len_utf16() {
                return start + position;
            }
            units -= character.len_utf16();
        }
        start + within.len()
    }
}

fn is_end(character: char) -> bool {
    matches!(character, '\n' | '\r' | '\u{2028}' | '\u{2029}')
}

/// No text that is read here has more lines or columns than fit.
fn number(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_and_positions_are_each_others_inverse() {
        let text = "a😀b\r\n\nöü\n";
        let lines = Lines::of(text);
        for (offset, _) in text.char_indices() {
            let (line, column) = lines.position(text, offset);
            assert_eq!(lines.offset(text, line, column), offset, "{line}:{column}");
        }
        assert_eq!(lines.position(text, text.find('b').unwrap()), (0, 3));
        assert_eq!(lines.position(text, text.len()), (3, 0));
        assert_eq!(lines.offset(text, 0, 99), text.find('\n').unwrap());
        assert_eq!(lines.offset(text, 99, 0), text.len());
    }

    #[test]
    fn the_language_ends_lines_where_editors_do_not() {
        let text = "a\rb\r\nc\u{2028}d\u{2029}e\n\rf";
        let lines = Lines::of_language(text);
        for (line, letter) in [(0, 'a'), (1, 'b'), (2, 'c'), (3, 'd'), (4, 'e'), (6, 'f')] {
            let offset = text.find(letter).unwrap();
            assert_eq!(lines.offset(text, line, 0), offset, "{letter}");
            assert_eq!(lines.position(text, offset), (line, 0), "{letter}");
        }
        assert_eq!(
            Lines::of(text).position(text, text.find('e').unwrap()),
            (1, 4)
        );
        assert_eq!(lines.offset(text, 2, 9), text.find('\u{2028}').unwrap());
    }
}
