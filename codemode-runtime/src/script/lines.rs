//! Byte offsets to lines and columns, and back.

/// Where the lines of a text start. Lines end with `\n`, as editors count them.
#[derive(Clone, Debug)]
pub(super) struct Lines {
    starts: Vec<usize>,
}

impl Lines {
    pub(super) fn of(text: &str) -> Self {
        let after_newlines = text.match_indices('\n').map(|(position, _)| position + 1);
        Self {
            starts: std::iter::once(0).chain(after_newlines).collect(),
        }
    }

    /// Line and column of an offset, both from 0; the column in UTF-16 units.
    pub(super) fn position(&self, text: &str, offset: usize) -> (u32, u32) {
        let offset = text.floor_char_boundary(offset);
        let line = self.starts.partition_point(|start| *start <= offset) - 1;
        let column = text[self.starts[line]..offset].encode_utf16().count();
        (number(line), number(column))
    }

    /// The offset of a line and column, both from 0. A place outside of the text becomes the nearest one inside.
    pub(super) fn offset(&self, text: &str, line: u32, column: u32) -> usize {
        let Some(start) = self.starts.get(line as usize).copied() else {
            return text.len();
        };
        let mut units = column as usize;
        for (position, character) in text[start..].char_indices() {
            if units < character.len_utf16() || character == '\n' {
                return start + position;
            }
            units -= character.len_utf16();
        }
        text.len()
    }
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
}
