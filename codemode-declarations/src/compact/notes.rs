//! Sentences that several comments of a namespace have are said once, at its top, and referred to by a letter.

use std::collections::{HashMap, HashSet};

use super::walk::for_each_docs;
use crate::model::{Declaration, Docs, Namespace};

/// What the letter costs at the note and at each reference to it, in characters.
const NUMBER: usize = 14;

/// Shorter ones stay: a reader would have to look up what costs nothing to read.
const MIN_LENGTH: usize = 28;

/// Moves sentences that several comments have into notes.
pub(super) fn share(namespace: &mut Namespace, declarations: &mut [Declaration]) {
    let mut comments: Vec<Vec<String>> = Vec::new();
    for_each_docs(namespace, declarations, &mut |docs| {
        comments.push(sentences(docs));
    });
    // A reader couldn't tell which ones are meant.
    if comments
        .iter()
        .flatten()
        .any(|sentence| speaks_of_notes(sentence))
    {
        return;
    }
    let runs = repeated_runs(&comments);
    if runs.is_empty() {
        return;
    }
    let by_first: HashMap<&str, usize> = runs
        .iter()
        .enumerate()
        .map(|(number, run)| (run[0].as_str(), number))
        .collect();
    let mut comments = comments.iter();
    for_each_docs(namespace, declarations, &mut |docs| {
        let said = comments.next().map(Vec::as_slice).unwrap_or_default();
        let mut text = Text::default();
        let mut position = 0;
        while let Some(sentence) = said.get(position) {
            if let Some(number) = by_first.get(sentence.as_str()) {
                text.refer(*number);
                position += runs[*number].len();
            } else {
                text.say(sentence);
                position += 1;
            }
        }
        text.end();
        docs.text = text.said;
    });
    namespace.notes = runs.into_iter().map(|run| run.join(" ")).collect();
}

/// What the note at a position is called: `A` to `Z`, then `AA`. A letter takes fewer tokens than a number.
pub(crate) fn label(position: usize) -> String {
    let letter = char::from(b'A' + u8::try_from(position % LETTERS).unwrap_or_default());
    match position / LETTERS {
        0 => letter.to_string(),
        before => format!("{}{letter}", label(before - 1)),
    }
}

const LETTERS: usize = 26;

fn speaks_of_notes(sentence: &str) -> bool {
    let words: Vec<&str> = sentence
        .split(|letter: char| !letter.is_alphanumeric())
        .collect();
    words.windows(2).any(|pair| {
        let is_label = |letter: char| letter.is_ascii_uppercase();
        matches!(pair[0].to_lowercase().as_str(), "note" | "notes")
            && pair[1].len() <= 2
            && pair[1].starts_with(is_label)
            && pair[1].ends_with(is_label)
    })
}

/// A comment that is put together.
#[derive(Default)]
struct Text {
    said: String,
    /// Notes that it refers to next: the first and the last of each row.
    notes: Vec<(usize, usize)>,
}

impl Text {
    fn say(&mut self, sentence: &str) {
        if self.end() {
            self.said.push('.');
        }
        self.space();
        self.said.push_str(sentence);
    }

    fn refer(&mut self, number: usize) {
        match self.notes.last_mut() {
            Some((_, last)) if *last + 1 == number => *last = number,
            _ => self.notes.push((number, number)),
        }
    }

    /// Writes down which notes have been referred to, if there are any.
    fn end(&mut self) -> bool {
        let notes = std::mem::take(&mut self.notes);
        let [(first, last), ..] = notes.as_slice() else {
            return false;
        };
        self.space();
        let is_one = notes.len() == 1 && first == last;
        self.said
            .push_str(if is_one { "see note " } else { "see notes " });
        let rows = notes.iter().map(|(first, last)| {
            let (from, to) = (label(*first), label(*last));
            match last - first {
                0 => from,
                1 => format!("{from},{to}"),
                _ => format!("{from}–{to}"),
            }
        });
        self.said.push_str(&rows.collect::<Vec<_>>().join(","));
        true
    }

    fn space(&mut self) {
        if !self.said.is_empty() {
            self.said.push(' ');
        }
    }
}

fn sentences(docs: &Docs) -> Vec<String> {
    let sentences = docs
        .text
        .lines()
        .flat_map(|line| line.split_inclusive(". "));
    let sentences = sentences.map(str::trim);
    sentences
        .filter(|sentence| !sentence.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Sentences that always follow each other, in several comments, in the order in which they are found; where it is worth a note.
fn repeated_runs(comments: &[Vec<String>]) -> Vec<Vec<String>> {
    #[derive(Default)]
    struct Sentence<'a> {
        comments: HashSet<usize>,
        uses: usize,
        before: HashSet<Option<&'a str>>,
        after: HashSet<Option<&'a str>>,
    }
    let mut known: HashMap<&str, Sentence<'_>> = HashMap::new();
    for (number, comment) in comments.iter().enumerate() {
        for (position, text) in comment.iter().enumerate() {
            let sentence = known.entry(text).or_default();
            let before = position
                .checked_sub(1)
                .and_then(|before| comment.get(before));
            sentence.comments.insert(number);
            sentence.uses += 1;
            sentence.before.insert(before.map(String::as_str));
            sentence
                .after
                .insert(comment.get(position + 1).map(String::as_str));
        }
    }
    let only = |neighbours: &HashSet<Option<&str>>| match neighbours.len() {
        1 => neighbours
            .iter()
            .next()
            .copied()
            .flatten()
            .map(str::to_owned),
        _ => None,
    };
    // The sentence that every use of this one is followed by, and that follows nothing else.
    let next = |sentence: &Sentence<'_>, text: &str| {
        let next = only(&sentence.after)?;
        let back = only(&known.get(next.as_str())?.before)?;
        (back == text && next != text).then_some(next)
    };
    let mut runs = Vec::new();
    let mut done: HashSet<String> = HashSet::new();
    for text in comments.iter().flatten() {
        let Some(sentence) = known
            .get(text.as_str())
            .filter(|sentence| sentence.comments.len() > 1)
        else {
            continue;
        };
        // In the middle of a run: its first sentence comes first in every comment.
        if !done.insert(text.clone()) {
            continue;
        }
        let mut run = vec![text.clone()];
        let mut last = sentence;
        while let Some(text) = next(last, run.last().map_or("", String::as_str))
            && let Some(sentence) = known.get(text.as_str())
            && done.insert(text.clone())
        {
            run.push(text);
            last = sentence;
        }
        let length: usize = run.iter().map(|sentence| sentence.len() + 1).sum();
        if length >= MIN_LENGTH && length * (sentence.uses - 1) > NUMBER * (sentence.uses + 1) {
            runs.push(run);
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::Style;
    use crate::listed::Listed;

    fn compact(tools: Value) -> String {
        let (text, left_out) = Listed::of(tools).declare(Style::Compact);
        assert_eq!(left_out, []);
        text
    }

    const LONG: &str = "This server is about to be switched off, tell so whoever asks.";

    fn tools(docs: &[&str]) -> Value {
        let tools = docs.iter().enumerate();
        tools
            .map(|(number, docs)| json!({ "name": format!("f{number}"), "description": docs }))
            .collect()
    }

    #[test]
    fn what_several_comments_say_is_a_note() {
        let one = format!("One.\n{LONG} And more: there will be another server by then.");
        let two = format!("{LONG} And more: there will be another server by then. Two.");
        let text = compact(tools(&[&one, &two]));
        let note = format!(
            "declare namespace n {{\n// note A: {LONG} And more: there will be another server by then.\n"
        );
        assert!(text.starts_with(&note), "{text}");
        assert!(
            text.contains("\n// One. see note A\nfunction f0("),
            "{text}"
        );
        assert!(
            text.contains("\n// see note A. Two.\nfunction f1("),
            "{text}"
        );
    }

    #[test]
    fn several_notes_are_referred_to_together() {
        let sentences =
            ["a", "b", "c", "d"].map(|word| format!("{LONG} Say {word}, and {word} it is."));
        let sentences = sentences.map(|text| text.replace(". Say", ", say"));
        let docs = |numbers: &[usize]| {
            let said = numbers.iter().map(|number| sentences[*number].as_str());
            said.collect::<Vec<_>>().join(" ")
        };
        let all = [
            [0, 1, 2, 3].as_slice(),
            &[0, 2],
            &[1, 0, 3],
            &[2, 3, 1],
            &[0],
            &[1],
        ];
        let text = compact(tools(&all.map(docs).each_ref().map(String::as_str)));
        for (function, said) in ["A–D", "A,C", "B,A,D", "C,D,B"].iter().enumerate() {
            let comment = format!("\n// see notes {said}\nfunction f{function}(");
            assert!(text.contains(&comment), "{comment}: {text}");
        }
    }

    #[test]
    fn each_note_has_a_letter_of_its_own() {
        for (position, expected) in [
            (0, "A"),
            (25, "Z"),
            (26, "AA"),
            (51, "AZ"),
            (52, "BA"),
            (702, "AAA"),
        ] {
            assert_eq!(super::label(position), expected);
        }
    }

    #[test]
    fn what_is_short_or_said_once_stays() {
        for docs in [["Short. One.", "Short. Two."], [LONG, "Two."]] {
            let text = compact(tools(&docs));
            assert!(!text.contains("note"), "{text}");
        }
    }

    #[test]
    fn notes_are_told_from_what_the_docs_say_themselves() {
        for own in ["See note B of the law.", "As in Notes AC and D."] {
            let text = compact(tools(&[LONG, LONG, own]));
            assert_eq!(text.matches(LONG).count(), 2, "{text}");
            assert!(text.contains(own), "{text}");
        }
        let text = compact(tools(&[
            LONG,
            LONG,
            "Take note: A is none, and note 5 of § 5 is another one.",
        ]));
        assert_eq!(text.matches(LONG).count(), 1, "{text}");
    }
}
