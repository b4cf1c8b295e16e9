//! A place in a script, to be shown.

use std::collections::BTreeSet;

use codemode_declarations::visible;

/// How much of a line is shown, in characters: a line can be as long as the script.
const MAX_WIDTH: usize = 160;

/// A place in a script, with the line that it is in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The file of the saved script that it is in; `None` for the script itself.
    pub file: Option<String>,
    /// The line, from 1.
    pub line: u32,
    /// The column, from 1, in UTF-16 units.
    pub column: u32,
    /// The line, or the part of it around the column; `None` if the script has no such line.
    pub text: Option<String>,
    /// What to put before a mark under the column, so that it stands where it should.
    pub margin: String,
}

impl Place {
    pub(super) fn new(script: &str, line: u32, column: u32) -> Self {
        let script = script.strip_prefix('\u{FEFF}').unwrap_or(script);
        let whole = script.lines().nth(line.saturating_sub(1) as usize);
        let (text, margin) = whole.map_or_else(Default::default, |whole| excerpt(whole, column));
        Self {
            file: None,
            line,
            column,
            text: whole.map(|_| text),
            margin,
        }
    }

    /// A place in a saved script, whose text isn't there.
    pub(super) fn in_file(file: &str, line: u32, column: u32) -> Self {
        Self {
            file: Some(file.to_owned()),
            line,
            column,
            text: None,
            margin: String::new(),
        }
    }

    /// The line and the mark, each behind its margin; empty if there is no line.
    pub(super) fn shown(&self, message: &str) -> String {
        let Some(text) = &self.text else {
            return String::new();
        };
        let number = self.line.to_string();
        let indent = " ".repeat(number.len());
        let margin = &self.margin;
        format!("  {number} | {text}\n  {indent} | {margin}^{message}\n")
    }
}

/// The lines that were shown, so that none is shown twice.
#[derive(Default)]
pub(super) struct Shown<'p>(BTreeSet<(u32, Option<&'p str>)>);

impl<'p> Shown<'p> {
    /// As [`Place::shown`], but empty where the line has been shown.
    pub(super) fn once(&mut self, place: &'p Place) -> String {
        if self.0.insert((place.line, place.text.as_deref())) {
            place.shown("")
        } else {
            String::new()
        }
    }
}

/// The part of a line around a column, and the margin of the column in it.
fn excerpt(line: &str, column: u32) -> (String, String) {
    let mut units = column.saturating_sub(1) as usize;
    let position = line.chars().position(|character| {
        let reached = units < character.len_utf16();
        units = units.saturating_sub(character.len_utf16());
        reached
    });
    let characters: Vec<char> = line.chars().collect();
    let position = position.unwrap_or(characters.len());
    let start = if characters.len() <= MAX_WIDTH {
        0
    } else {
        position.saturating_sub(MAX_WIDTH / 2)
    };
    let end = (start + MAX_WIDTH).min(characters.len());
    let shown = |characters: &[char]| visible(&characters.iter().collect::<String>());
    let mut text = shown(&characters[start..end]);
    // Tabs stay tabs, or the mark would stand elsewhere than what it marks.
    let mut margin: String = shown(&characters[start..position.min(end)])
        .chars()
        .map(|character| if character == '\t' { '\t' } else { ' ' })
        .collect();
    if start > 0 {
        text.insert_str(0, "… ");
        margin.insert_str(0, "  ");
    }
    if end < characters.len() {
        text.push_str(" …");
    }
    (text, margin)
}
