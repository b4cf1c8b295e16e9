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

#[derive(Default)]
struct Figures {
    cases: usize,
    passed: usize,
    left_out: usize,
    slowest: Option<(Duration, String)>,
}

impl Summary {
    pub(crate) fn count(&self, tier: Tier, passed: bool) {
        let mut figures = self.0.lock().unwrap();
        let figures = figures.entry(tier).or_default();
        figures.cases += 1;
        figures.passed += usize::from(passed);
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
            if figures.left_out > 0 {
                write!(formatter, ", {} left out", figures.left_out)?;
            }
            match &figures.slowest {
                Some((late, title)) => writeln!(
                    formatter,
                    "; slowest return {} ms past its limit ({title})",
                    late.as_millis()
                )?,
                None => writeln!(formatter)?,
            }
        }
        Ok(())
    }
}
