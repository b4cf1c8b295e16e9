//! What came of all claims, counted.

use std::collections::BTreeMap;
use std::fmt;

use codemode_truth::exceptions::{Narrower, Wider};
use codemode_truth::lost::{LOST, Property};

use crate::judge::Verdict;

#[derive(Default)]
pub(crate) struct Tally {
    properties: BTreeMap<Property, usize>,
    wider: BTreeMap<Wider, usize>,
    narrower: BTreeMap<Narrower, usize>,
    lost: BTreeMap<usize, usize>,
    unexplained: usize,
}

impl Tally {
    pub(crate) fn count(&mut self, property: Property, verdict: &Verdict) {
        *self.properties.entry(property).or_default() += 1;
        match verdict {
            Verdict::Holds => {}
            Verdict::Wider(why) => why
                .iter()
                .for_each(|why| *self.wider.entry(*why).or_default() += 1),
            Verdict::Narrower(why) => why
                .iter()
                .for_each(|why| *self.narrower.entry(*why).or_default() += 1),
            Verdict::Lost(number) => *self.lost.entry(*number).or_default() += 1,
            Verdict::Unexplained(_) => self.unexplained += 1,
        }
    }

    pub(crate) fn pairs(&self) -> usize {
        self.properties.values().sum()
    }

    /// Every exception, with how often it came up.
    fn exceptions(&self) -> Vec<(String, usize)> {
        let wider = Wider::ALL.iter().map(|(exception, _)| {
            let count = self.wider.get(exception).copied().unwrap_or_default();
            (format!("Wider::{exception:?}"), count)
        });
        let narrower = Narrower::ALL.iter().map(|(exception, _)| {
            let count = self.narrower.get(exception).copied().unwrap_or_default();
            (format!("Narrower::{exception:?}"), count)
        });
        let lost = LOST.iter().enumerate().map(|(number, lost)| {
            let count = self.lost.get(&number).copied().unwrap_or_default();
            (format!("Lost: {}", lost.what), count)
        });
        wider.chain(narrower).chain(lost).collect()
    }

    /// The exceptions that never came up: they may be true no longer, or the generators don't get to them.
    pub(crate) fn never_reached(&self) -> Vec<String> {
        let mut exceptions = self.exceptions();
        exceptions.retain(|(_, count)| *count == 0);
        exceptions.into_iter().map(|(name, _)| name).collect()
    }

    /// The excuses that were made more often than their few values can come up: such a one hides something else.
    pub(crate) fn too_often(&self) -> Vec<String> {
        let inherited = self.narrower.get(&Narrower::InheritedKey);
        let inherited = inherited.copied().unwrap_or_default();
        let lost: usize = self.lost.values().sum();
        [("lost", lost, 50), ("InheritedKey", inherited, 500)]
            .into_iter()
            .filter(|(_, count, one_of)| count * one_of > self.pairs())
            .map(|(what, count, _)| format!("{what}: {count} of {}", self.pairs()))
            .collect()
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, count) in self.exceptions() {
            writeln!(formatter, "{count:>6} {name}")?;
        }
        let counts: Vec<_> = self
            .properties
            .iter()
            .map(|(property, count)| format!("{count} {property:?}"))
            .collect();
        write!(
            formatter,
            "{} pairs: {}, {} unexplained",
            self.pairs(),
            counts.join(", "),
            self.unexplained
        )
    }
}
