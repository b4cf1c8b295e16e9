//! Sentences that several comments of a namespace have are said once, at its top, and referred to by number.

use std::collections::{HashMap, HashSet};

use super::walk::for_each_docs;
use crate::model::{Declaration, Docs, Namespace};

/// What stands before the number of a note. Where somebody's docs use it already, nothing is shared.
pub(crate) const MARK: char = '§';

/// What the number costs at the note and at each reference to it, in characters.
const NUMBER: usize = 12;

/// Shorter ones stay: a reader would have to look up what costs nothing to read.
const MIN_LENGTH: usize = 32;

/// Moves sentences that several comments have into notes.
pub(super) fn share(namespace: &mut Namespace, declarations: &mut [Declaration]) {
    let mut comments: Vec<Vec<String>> = Vec::new();
    for_each_docs(namespace, declarations, &mut |docs| {
        comments.push(sentences(docs));
    });
    if comments
        .iter()
        .flatten()
        .any(|sentence| sentence.contains(MARK))
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
        let mut text = Vec::new();
        let mut position = 0;
        while let Some(sentence) = said.get(position) {
            if let Some(number) = by_first.get(sentence.as_str()) {
                text.push(format!("{MARK}{}", number + 1));
                position += runs[*number].len();
            } else {
                text.push(sentence.clone());
                position += 1;
            }
        }
        docs.text = text.join(" ");
    });
    namespace.notes = runs.into_iter().map(|run| run.join(" ")).collect();
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
            "declare namespace n {{\n// §1 {LONG} And more: there will be another server by then.\n"
        );
        assert!(text.starts_with(&note), "{text}");
        assert!(text.contains("\n// One. §1\nfunction f0("), "{text}");
        assert!(text.contains("\n// §1 Two.\nfunction f1("), "{text}");
    }

    #[test]
    fn what_is_short_or_said_once_stays() {
        for docs in [["Short. One.", "Short. Two."], [LONG, "Two."]] {
            let text = compact(tools(&docs));
            assert!(!text.contains('§'), "{text}");
        }
    }

    #[test]
    fn notes_are_told_from_what_the_docs_say_themselves() {
        let law = "See § 5 of the law.";
        let text = compact(tools(&[LONG, LONG, law]));
        assert_eq!(text.matches(LONG).count(), 2, "{text}");
        assert!(text.contains(law), "{text}");
    }
}
