//! Ranked search over the tools: by the words of their names, docs and types, with room for typing errors.
//!
//! BM25 over words, each weighted by where it stands. A word that is asked for also matches words that begin as it does,
//! and such as it may have been meant to be; these are found through the triples of letters that they share.

use std::collections::{BTreeMap, HashMap};

use serde_json::Value;

use super::words;
use crate::tool::info::ToolInfo;
use codemode_declarations::json_schema::{Step, for_each_subschema};

/// What a word counts for in each place.
mod weight {
    pub(super) const NAME: f32 = 6.0;
    pub(super) const NAMESPACE: f32 = 3.0;
    pub(super) const SUMMARY: f32 = 2.5;
    pub(super) const TYPE_NAME: f32 = 1.0;
    pub(super) const DOCS: f32 = 1.0;
    pub(super) const TYPE_DOCS: f32 = 0.4;
}

/// How soon more of the same word counts for nothing more, and how much long texts are held against a tool: the constants of
/// BM25. The first is larger than usual, so that a name counts for more than a mention, and the second smaller, since good docs
/// are long.
const SATURATION: f32 = 3.0;
const LENGTH: f32 = 0.3;

/// A word that is asked for stands for at most so many words of the index, the nearest ones.
const MAX_MEANINGS: usize = 48;

/// Longer queries are cut: nobody asks that much, and each word costs.
const MAX_QUERY_WORDS: usize = 24;

/// A tool's schema is read up to so many of its parts, so that one huge tool can't fill the index.
const MAX_SCHEMA_PARTS: usize = 2_000;

#[derive(Debug, Default)]
pub(super) struct Index {
    /// All words, sorted.
    terms: Vec<Box<str>>,
    /// For each word, the tools that it stands in, with its weight there.
    postings: Vec<Vec<(u32, f32)>>,
    /// The sum of the weights of each tool's words, as a part of the average.
    lengths: Vec<f32>,
    trigrams: HashMap<[char; 3], Vec<u32>>,
}

impl Index {
    pub(super) fn new(tools: &[ToolInfo]) -> Self {
        // Sorted by word, and so are the terms.
        let mut postings: BTreeMap<Box<str>, Vec<(u32, f32)>> = BTreeMap::new();
        let mut lengths = Vec::with_capacity(tools.len());
        let mut found: HashMap<Box<str>, f32> = HashMap::new();
        for (tool, number) in tools.iter().zip(0..) {
            read(tool, &mut found);
            lengths.push(found.values().sum::<f32>());
            for (word, weight) in found.drain() {
                postings.entry(word).or_default().push((number, weight));
            }
        }
        #[allow(clippy::cast_precision_loss, reason = "a count of tools")]
        let average = (lengths.iter().sum::<f32>() / lengths.len().max(1) as f32).max(1.0);
        for length in &mut lengths {
            *length /= average;
        }
        let (terms, postings): (Vec<_>, Vec<_>) = postings.into_iter().unzip();
        let mut trigrams: HashMap<[char; 3], Vec<u32>> = HashMap::new();
        for (term, number) in terms.iter().zip(0..) {
            for trigram in trigrams_of(term) {
                trigrams.entry(trigram).or_default().push(number);
            }
        }
        Self {
            terms,
            postings,
            lengths,
            trigrams,
        }
    }

    /// The places of the tools that fit, the best first; of equals, the first in the catalogue.
    pub(super) fn search(&self, query: &str) -> Vec<usize> {
        let asked = asked_words(query);
        let mut scores = vec![0.0_f32; self.lengths.len()];
        let mut fitting = vec![0_u32; self.lengths.len()];
        let mut best = vec![0.0_f32; self.lengths.len()];
        for word in &asked {
            let mut touched = Vec::new();
            for (term, likeness) in self.meanings(word) {
                for &(tool, weight) in &self.postings[term] {
                    let tool = tool as usize;
                    let room = SATURATION * (1.0 - LENGTH + LENGTH * self.lengths[tool]);
                    let score = likeness * weight * (SATURATION + 1.0) / (weight + room);
                    if best[tool] == 0.0 {
                        touched.push(tool);
                    }
                    // One word of the query is one wish, however many words of the tool come near to it.
                    best[tool] = best[tool].max(score);
                }
            }
            // That of the word that is asked for: a word that merely begins as it does may be rare by accident.
            let rarity = self.rarity(touched.len());
            for tool in touched {
                scores[tool] += rarity * std::mem::take(&mut best[tool]);
                fitting[tool] += 1;
            }
        }
        #[allow(clippy::cast_precision_loss, reason = "at most a few words")]
        let share = |tool: usize| fitting[tool] as f32 / asked.len().max(1) as f32;
        let mut found: Vec<(usize, f32)> = (0..scores.len())
            .filter(|tool| fitting[*tool] > 0)
            // A tool that meets all wishes goes before one that meets a single one very well.
            .map(|tool| (tool, scores[tool] * share(tool)))
            .collect();
        found.sort_by(|(one, score), (other, than)| than.total_cmp(score).then(one.cmp(other)));
        found.into_iter().map(|(tool, _)| tool).collect()
    }

    /// How much it tells of a tool that it is among the `count` that a word fits.
    #[allow(clippy::cast_precision_loss, reason = "a count of tools")]
    fn rarity(&self, count: usize) -> f32 {
        let (all, count) = (self.lengths.len() as f32, count as f32);
        (1.0 + (all - count + 0.5) / (count + 0.5)).ln()
    }

    /// The words of the index that a word of the query may stand for, each with how near it is, up to 1.
    fn meanings(&self, word: &str) -> Vec<(usize, f32)> {
        let mut found: BTreeMap<usize, f32> = BTreeMap::new();
        let mut add = |term: usize, likeness: f32| {
            let known = found.entry(term).or_default();
            *known = known.max(likeness);
        };
        let length = word.chars().count();
        let start = self.terms.partition_point(|term| **term < *word);
        for (position, term) in self.terms[start..].iter().enumerate() {
            if !term.starts_with(word) {
                break;
            }
            add(start + position, 0.4 + 0.6 * part(length, term));
        }
        // `listing` is asked for, and `list` is there.
        for (end, _) in word.char_indices().skip(4) {
            if let Ok(term) = self
                .terms
                .binary_search_by(|term| (**term).cmp(&word[..end]))
            {
                add(term, 0.3 + 0.5 * part(word[..end].chars().count(), word));
            }
        }
        let errors = match length {
            0..=3 => 0,
            4..=7 => 1,
            _ => 2,
        };
        if errors > 0 {
            for term in self.similar(word, errors) {
                let distance = strsim::osa_distance(word, &self.terms[term]);
                if distance <= errors {
                    add(term, if distance <= 1 { 0.6 } else { 0.4 });
                }
            }
        }
        let mut found: Vec<_> = found.into_iter().collect();
        found.sort_by(|(_, one), (_, other)| other.total_cmp(one));
        found.truncate(MAX_MEANINGS);
        found
    }

    /// Words of the index with enough triples of letters in common that so few errors may lie between.
    fn similar(&self, word: &str, errors: usize) -> Vec<usize> {
        let trigrams = trigrams_of(word);
        let mut shared: HashMap<u32, usize> = HashMap::new();
        for trigram in &trigrams {
            for term in self.trigrams.get(trigram).into_iter().flatten() {
                *shared.entry(*term).or_default() += 1;
            }
        }
        // One error spoils three triples, two letters that have changed places four.
        let least = trigrams.len().saturating_sub(4 * errors).max(1);
        shared
            .into_iter()
            .filter(|(_, count)| *count >= least)
            .map(|(term, _)| term as usize)
            .collect()
    }
}

/// How much of a word its first letters are.
#[allow(clippy::cast_precision_loss, reason = "a word's length")]
fn part(letters: usize, word: &str) -> f32 {
    letters as f32 / word.chars().count().max(1) as f32
}

/// The words of a query that mean something; all of them, if none does.
fn asked_words(query: &str) -> Vec<String> {
    let mut asked: Vec<String> = Vec::new();
    words::each(query, |word| {
        if asked.len() < MAX_QUERY_WORDS && !asked.iter().any(|known| known == word) {
            asked.push(word.to_owned());
        }
    });
    if asked.iter().any(|word| !words::EMPTY.contains(&&**word)) {
        asked.retain(|word| !words::EMPTY.contains(&&**word));
    }
    asked
}

/// The triples of letters of a word, with its start and its end marked.
fn trigrams_of(word: &str) -> Vec<[char; 3]> {
    let letters: Vec<char> = std::iter::once('^')
        .chain(word.chars())
        .chain(std::iter::once('$'))
        .collect();
    letters
        .windows(3)
        .map(|three| [three[0], three[1], three[2]])
        .collect()
}

/// Collects the words of a tool.
fn read(tool: &ToolInfo, found: &mut HashMap<Box<str>, f32>) {
    let mut add = |text: &str, weight: f32| {
        words::each(text, |word| match found.get_mut(word) {
            Some(sum) => *sum += weight,
            None => {
                found.insert(word.into(), weight);
            }
        });
    };
    add(&tool.name, weight::NAME);
    // A name asked for without its capitals is one word.
    add(&tool.name.to_lowercase(), weight::NAME / 2.0);
    add(&tool.namespace, weight::NAMESPACE);
    add(&tool.title, weight::SUMMARY);
    add(tool.summary(), weight::SUMMARY);
    for line in tool.docs.lines().skip(1) {
        add(line, weight::DOCS);
    }
    for line in tool.declaration.iter().flat_map(|written| written.lines()) {
        add(line, weight::TYPE_DOCS);
    }
    for schema in tool.input.iter().chain([&tool.output]) {
        read_schema(schema, &mut add);
    }
}

/// Collects the words of a type: what its properties are called, what may stand there, and what is said about it.
fn read_schema(root: &Value, add: &mut impl FnMut(&str, f32)) {
    let mut open = vec![root];
    let mut parts = 0;
    while let Some(schema) = open.pop() {
        parts += 1;
        if parts > MAX_SCHEMA_PARTS {
            return;
        }
        for keyword in ["title", "description"] {
            if let Some(text) = schema.get(keyword).and_then(Value::as_str) {
                add(text, weight::TYPE_DOCS);
            }
        }
        let choices = schema.get("enum").and_then(Value::as_array);
        for choice in choices.into_iter().flatten().chain(schema.get("const")) {
            if let Some(text) = choice.as_str() {
                add(text, weight::TYPE_DOCS);
            }
        }
        for_each_subschema(schema, |step, inner| {
            if let Step::Name(_, name) = step {
                add(name, weight::TYPE_NAME);
            }
            open.push(inner);
        });
    }
}
