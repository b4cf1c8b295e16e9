//! Changes to a text, and the way back from the changed text.

use oxc::span::Span;

/// Replacements in a text, none of which touches another.
#[derive(Clone, Debug, Default)]
pub(super) struct Edits {
    edits: Vec<Edit>,
}

#[derive(Clone, Debug)]
struct Edit {
    start: usize,
    end: usize,
    owner: usize,
    text: String,
}

impl Edits {
    pub(super) fn insert(&mut self, at: u32, text: impl Into<String>) {
        self.insert_for(at, at, text);
    }

    /// Inserts a text that belongs to another place than the one where it is inserted.
    pub(super) fn insert_for(&mut self, owner: u32, at: u32, text: impl Into<String>) {
        self.edits.push(Edit {
            start: at as usize,
            end: at as usize,
            owner: owner as usize,
            text: text.into(),
        });
    }

    pub(super) fn replace(&mut self, span: Span, text: impl Into<String>) {
        self.edits.push(Edit {
            start: span.start as usize,
            end: span.end as usize,
            owner: span.start as usize,
            text: text.into(),
        });
    }

    /// The text with all changes.
    pub(super) fn apply(mut self, original: &str) -> Edited {
        // Two insertions at one place stay in the order in which they were asked for.
        self.edits.sort_by_key(|edit| (edit.start, edit.end));
        let mut text = String::with_capacity(original.len() + 64);
        let mut pieces = Vec::with_capacity(2 * self.edits.len() + 1);
        let mut copied = 0;
        for edit in self.edits {
            pieces.push(Piece::new(&text, copied, true));
            text.push_str(&original[copied..edit.start]);
            pieces.push(Piece::new(&text, edit.owner, false));
            text.push_str(&edit.text);
            copied = edit.end;
        }
        pieces.push(Piece::new(&text, copied, true));
        text.push_str(&original[copied..]);
        Edited { text, pieces }
    }
}

/// A text that was made of another one.
#[derive(Clone, Debug)]
pub(super) struct Edited {
    pub(super) text: String,
    pieces: Vec<Piece>,
}

#[derive(Clone, Copy, Debug)]
struct Piece {
    start: usize,
    original: usize,
    copied: bool,
}

impl Piece {
    fn new(so_far: &str, original: usize, copied: bool) -> Self {
        Self {
            start: so_far.len(),
            original,
            copied,
        }
    }
}

impl Edited {
    /// The offset in the original text; for what was inserted, that of the place that it belongs to.
    pub(super) fn original(&self, offset: usize) -> usize {
        let next = self.pieces.partition_point(|piece| piece.start <= offset);
        let piece = self.pieces[next.saturating_sub(1)];
        if piece.copied {
            piece.original + (offset - piece.start)
        } else {
            piece.original
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_copied_leads_back_to_where_it_stood() {
        let mut edits = Edits::default();
        edits.insert(6, "return ");
        edits.replace(Span::new(0, 5), ";");
        let edited = edits.apply("aaaaa bbb ccc");
        assert_eq!(edited.text, "; return bbb ccc");
        for (text, original) in [("bbb", 6), ("ccc", 10), ("return", 6), (";", 0)] {
            let offset = edited.text.find(text).unwrap();
            assert_eq!(edited.original(offset), original, "{text}");
        }
        assert_eq!(edited.original(edited.text.len()), 13);
    }
}
