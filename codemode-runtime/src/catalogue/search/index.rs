//! Ranked search over the tools: by the words of their names, docs and types, with room for other words and for typing
//! errors.
//!
//! BM25 over words, each weighted by where it stands. A word that is asked for also matches words that begin as it
//! does, words that people use instead, and, if nobody has it, such as it may have been meant to be; these are found
//! through the triples of letters that they share.

use std::collections::{BTreeMap, HashMap};

use serde_json::Value;

use super::deprecated::is_deprecated;
use super::synonyms;
use crate::catalogue::text::{sentence, words};
use crate::tool::info::ToolInfo;
use codemode_declarations::json_schema::{Step, for_each_subschema};

/// What a word counts for in each place.
mod weight {
    pub(super) const NAME: f32 = 6.0;
    pub(super) const NAMESPACE: f32 = 3.0;
    pub(super) const SUMMARY: f32 = 2.5;
    pub(super) const TYPE_NAME: f32 = 1.0;
    pub(super) const DOCS: f32 = 0.8;
    pub(super) const TYPE_DOCS: f32 = 0.4;
}

/// How near a word comes to one that is asked for, if it isn't that one.
mod likeness {
    /// At the least, if it begins so; the more of it is there, the nearer.
    pub(super) const BEGUN: f32 = 0.4;
    /// The same, if other functions have the very word.
    pub(super) const BEGUN_BESIDE: f32 = 0.2;
    pub(super) const SYNONYM: f32 = 0.5;
    pub(super) const ONE_ERROR: f32 = 0.6;
    pub(super) const TWO_ERRORS: f32 = 0.4;
}

/// How soon more of the same word counts for nothing more, and how much long texts are held against a tool: the
/// constants of BM25. The first is larger than usual, so that a name counts for more than a mention, and the second
/// smaller, since good docs are long.
const SATURATION: f32 = 3.0;
const LENGTH: f32 = 0.3;

/// How much more a tool counts whose name has nothing but what is asked for.
const WHOLE_NAME: f32 = 1.0;

/// What the functions count for that every script has: their names are plain words, and others are more often meant.
const OWN: f32 = 0.5;

/// What comes to less than this part of the best is no answer.
const CUT: f32 = 0.2;
const OWN_CUT: f32 = 0.5;

/// A word that is asked for stands for at most so many words of the index, the nearest ones.
const MAX_MEANINGS: usize = 48;

/// Longer queries are cut: nobody asks that much, and each word costs.
const MAX_QUERY_WORDS: usize = 24;

/// A tool's schema is read up to so many of its parts, so that one huge tool can't fill the index.
const MAX_SCHEMA_PARTS: usize = 2_000;

#[derive(Debug, Default)]
pub(in crate::catalogue) struct Index {
    /// All words, sorted.
    terms: Vec<Box<str>>,
    /// For each word, the tools that it stands in.
    postings: Vec<Vec<Posting>>,
    tools: Vec<Indexed>,
    /// The tools from here on aren't the host's.
    own: usize,
    trigrams: HashMap<[char; 3], Vec<u32>>,
}

#[derive(Debug)]
struct Posting {
    tool: u32,
    weight: f32,
    is_in_name: bool,
}

#[derive(Debug)]
struct Indexed {
    /// The sum of the weights of its words, as a part of the average.
    length: f32,
    name_words: f32,
    is_deprecated: bool,
}

/// What a query comes to for one tool.
#[derive(Clone, Copy, Default)]
struct Score {
    sum: f32,
    fitting: f32,
    in_name: f32,
    /// Of the word that is looked at.
    best: f32,
    likeness: f32,
    best_in_name: f32,
}

impl Index {
    /// Of tools that are the host's, and from the place `own` on such as every script has.
    pub(in crate::catalogue) fn new(tools: &[&ToolInfo], own: usize) -> Self {
        // Sorted by word, and so are the terms.
        let mut postings: BTreeMap<Box<str>, Vec<Posting>> = BTreeMap::new();
        let mut indexed = Vec::with_capacity(tools.len());
        let mut found: HashMap<Box<str>, f32> = HashMap::new();
        for (tool, number) in tools.iter().zip(0..) {
            read(tool, &mut found);
            let mut name = Vec::new();
            words::each(&tool.name, |word| name.push(word.to_owned()));
            indexed.push(Indexed {
                length: found.values().sum::<f32>(),
                name_words: count(name.len()),
                is_deprecated: is_deprecated(tool),
            });
            for (word, weight) in found.drain() {
                let is_in_name = name.iter().any(|part| **part == *word);
                let posting = Posting {
                    tool: number,
                    weight,
                    is_in_name,
                };
                postings.entry(word).or_default().push(posting);
            }
        }
        let sum: f32 = indexed.iter().map(|tool| tool.length).sum();
        let average = (sum / count(indexed.len().max(1))).max(1.0);
        for tool in &mut indexed {
            tool.length /= average;
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
            tools: indexed,
            own,
            trigrams,
        }
    }

    /// The places of the tools that fit, the best first and those that nobody should use any more last; of equals, the
    /// first in the catalogue. Each comes with how well it fits, as a part of how the best does. What fits much less is
    /// left out.
    pub(super) fn search(&self, query: &str) -> Vec<(usize, f32)> {
        let asked = asked_words(query);
        let mut scores = vec![Score::default(); self.tools.len()];
        for word in &asked {
            self.add(word, &mut scores);
        }
        let asked = count(asked.len().max(1));
        let mut found: Vec<(usize, f32)> = (0..scores.len())
            .filter(|tool| scores[*tool].fitting > 0.0)
            .map(|tool| {
                let Score {
                    sum,
                    fitting,
                    in_name,
                    ..
                } = scores[tool];
                let whole = (in_name / self.tools[tool].name_words.max(1.0)).min(1.0);
                let sum = if tool < self.own { sum } else { sum * OWN };
                // A tool that meets all wishes goes before one that meets a single one very well.
                (tool, sum * (fitting / asked) * (1.0 + WHOLE_NAME * whole))
            })
            .collect();
        let best = found.iter().map(|(_, score)| *score).fold(0.0, f32::max);
        found.retain(|(tool, score)| *score >= best * if *tool < self.own { CUT } else { OWN_CUT });
        let is_deprecated = |tool: usize| self.tools[tool].is_deprecated;
        found.sort_by(|(one, score), (other, than)| {
            let by_score = than.total_cmp(score).then(one.cmp(other));
            is_deprecated(*one)
                .cmp(&is_deprecated(*other))
                .then(by_score)
        });
        let parts = found.into_iter().map(|(tool, score)| (tool, score / best));
        parts.collect()
    }

    /// Adds what one word of a query comes to.
    fn add(&self, word: &str, scores: &mut [Score]) {
        let mut touched = Vec::new();
        for (term, likeness) in self.meanings(word) {
            for posting in &self.postings[term] {
                let tool = posting.tool as usize;
                let room = SATURATION * (1.0 - LENGTH + LENGTH * self.tools[tool].length);
                let worth =
                    likeness * posting.weight * (SATURATION + 1.0) / (posting.weight + room);
                let score = &mut scores[tool];
                if score.best == 0.0 {
                    touched.push(tool);
                }
                // One word of the query is one wish, however many words of the tool come near to it.
                score.best = score.best.max(worth);
                score.likeness = score.likeness.max(likeness);
                if posting.is_in_name {
                    score.best_in_name = score.best_in_name.max(likeness);
                }
            }
        }
        // Not that of each word that is near: one that merely begins so may be rare by accident.
        let rarity = self.rarity(touched.iter().map(|tool| scores[*tool].likeness).sum());
        for tool in touched {
            let score = &mut scores[tool];
            score.sum += rarity * score.best;
            score.fitting += 1.0;
            score.in_name += score.best_in_name;
            (score.best, score.likeness, score.best_in_name) = (0.0, 0.0, 0.0);
        }
    }

    /// How much it tells of a tool that it is among the `fitting` ones that a word fits.
    fn rarity(&self, fitting: f32) -> f32 {
        (1.0 + (count(self.tools.len()) - fitting + 0.5) / (fitting + 0.5)).ln()
    }

    /// The words of the index that a word of the query may stand for, each with how near it is, up to 1.
    fn meanings(&self, word: &str) -> Vec<(usize, f32)> {
        let mut found: BTreeMap<usize, f32> = BTreeMap::new();
        let mut add = |term: usize, likeness: f32| {
            let known = found.entry(term).or_default();
            *known = known.max(likeness);
        };
        let length = word.chars().count();
        let position = |word: &str| self.terms.binary_search_by(|term| (**term).cmp(word)).ok();
        let exact = position(word);
        if let Some(term) = exact {
            add(term, 1.0);
        }
        if length >= 3 {
            let least = if exact.is_some() {
                likeness::BEGUN_BESIDE
            } else {
                likeness::BEGUN
            };
            let start = self.terms.partition_point(|term| **term < *word);
            let begun = self.terms[start..]
                .iter()
                .take_while(|term| term.starts_with(word));
            for (term, number) in begun.zip(start..) {
                add(number, least + (1.0 - least) * part(length, term));
            }
        }
        for synonym in synonyms::of(word) {
            if let Some(term) = position(synonym) {
                add(term, likeness::SYNONYM);
            }
        }
        // `documentation` is asked for, and `document` is there.
        for (end, _) in word.char_indices().skip(4) {
            if let Some(term) = position(&word[..end]) {
                add(term, 0.3 + 0.5 * part(word[..end].chars().count(), word));
            }
        }
        let errors = match length {
            _ if exact.is_some() => 0,
            0..=3 => 0,
            4..=7 => 1,
            _ => 2,
        };
        if errors > 0 {
            // A short word keeps its `e`, which the one that was meant may have lost.
            let bare = word.strip_suffix('e').unwrap_or(word);
            let distance =
                |term: &str| strsim::osa_distance(word, term).min(strsim::osa_distance(bare, term));
            for term in self.similar(word, errors) {
                match distance(&self.terms[term]) {
                    0 | 1 => add(term, likeness::ONE_ERROR),
                    distance if distance <= errors => add(term, likeness::TWO_ERRORS),
                    _ => {}
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
fn part(letters: usize, word: &str) -> f32 {
    count(letters) / count(word.chars().count().max(1))
}

#[allow(clippy::cast_precision_loss, reason = "a count of words or tools")]
fn count(number: usize) -> f32 {
    number as f32
}

/// The words of a query that mean something.
fn asked_words(query: &str) -> Vec<String> {
    let mut asked: Vec<String> = Vec::new();
    words::split(query, |word| {
        if asked.len() < MAX_QUERY_WORDS && !words::EMPTY.contains(&word.as_str()) {
            let stem = words::stem(word);
            if !asked.contains(&stem) {
                asked.push(stem);
            }
        }
    });
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
    let (summary, docs) = sentence::split_first(&tool.docs);
    add(summary, weight::SUMMARY);
    add(docs, weight::DOCS);
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
