//! The figures of the whole suite, printed at its end.

use std::collections::BTreeMap;
use std::fmt::{self, Display, Formatter};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use crate::engine::Engine;
use crate::tier::Tier;

/// Counts what was run, from all threads.
#[derive(Clone, Default)]
pub(crate) struct Summary(Arc<Mutex<BTreeMap<Tier, Figures>>>);

/// How a script came to what it should.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Passed {
    AtOnce,
    /// It was late before, or the next run had too little time.
    Again,
    /// The engine ended its host, which is known of it and no success.
    EndedTheHost,
}

#[derive(Default)]
struct Figures {
    cases: usize,
    passed: usize,
    ended_the_host: usize,
    left_out: usize,
    /// Of all tries, not only those that counted.
    slowest: Option<(Duration, String)>,
    tried_again: Vec<String>,
}

impl Summary {
    pub(crate) fn count(&self, tier: Tier, result: &Result<Passed, String>) {
        let mut figures = self.0.lock().unwrap();
        let figures = figures.entry(tier).or_default();
        figures.cases += 1;
        match result {
            Ok(Passed::AtOnce | Passed::Again) => figures.passed += 1,
            Ok(Passed::EndedTheHost) => figures.ended_the_host += 1,
            Err(_) => {}
        }
    }

    /// Notes that a script, or the next one after it, had to be tried again.
    pub(crate) fn tried_again(&self, tier: Tier, title: &str) {
        let mut figures = self.0.lock().unwrap();
        let figures = figures.entry(tier).or_default();
        figures.tried_again.push(title.to_owned());
    }

    /// Counts a script that has nothing to ask of this engine.
    pub(crate) fn left_out(&self, tier: Tier) {
        self.0.lock().unwrap().entry(tier).or_default().left_out += 1;
    }

    /// Notes that a script came back so long after its limit.
    pub(crate) fn came_back(&self, tier: Tier, title: &str, late: Duration) {
        let mut figures = self.0.lock().unwrap();
        let slowest = &mut figures.entry(tier).or_default().slowest;
        if slowest.as_ref().is_none_or(|(before, _)| *before < late) {
            *slowest = Some((late, title.to_owned()));
        }
    }
}

impl Display for Summary {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        for (tier, figures) in self.0.lock().unwrap().iter() {
            write!(
                formatter,
                "hostile, {}, {}: {} of {} passed",
                Engine::THIS.name(),
                tier.name(),
                figures.passed,
                figures.cases
            )?;
            if figures.ended_the_host > 0 {
                write!(formatter, ", {} ended the host", figures.ended_the_host)?;
            }
            if figures.left_out > 0 {
                write!(formatter, ", {} left out", figures.left_out)?;
            }
            if let Some((late, title)) = &figures.slowest {
                let late = late.as_millis();
                write!(
                    formatter,
                    "; slowest return {late} ms past its limit ({title})"
                )?;
            }
            if !figures.tried_again.is_empty() {
                let (count, titles) = (figures.tried_again.len(), figures.tried_again.join("; "));
                write!(formatter, "; {count} tried again ({titles})")?;
            }
            writeln!(formatter)?;
        }
        Ok(())
    }
}
