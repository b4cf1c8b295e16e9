//! Whether a run has ended when it had to, by the clock that it was ended by.

use std::time::Duration;

use codemode_runtime::{ErrorKind, Limits, Outcome};

use crate::engine::Engine;
use crate::host::Report;

/// How long after its limit a script may come back.
pub(crate) const ON_TIME: Duration = Duration::from_millis(500);

/// How much processor time a script may use that no clock ends: the slowest fill their memory, or have the engine read a text.
const WORK: Duration = Duration::from_secs(10);

/// How long such a script may take beside its work. It has nothing to wait for.
const REST: Duration = Duration::from_secs(5);

/// How often as long work takes on a machine that does other things at the same time.
const BUSY: u32 = 10;

/// How much too little the system may tell of the processor time: one of its steps at either end.
const STEPS: Duration = Duration::from_millis(20);

/// A limit of time, each with a clock of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Clock {
    Wall,
    Script,
    Processor,
}

impl Clock {
    const ALL: [Self; 3] = [Self::Wall, Self::Script, Self::Processor];

    fn limit(self, limits: &Limits) -> Duration {
        match self {
            Self::Wall => limits.wall_time,
            Self::Script => limits.script_time,
            Self::Processor => limits.cpu_time,
        }
    }

    /// What an outcome says of a run that this clock has ended.
    fn words(self, limits: &Limits) -> String {
        let limit = self.limit(limits);
        match self {
            Self::Wall => format!("the script ran longer than its limit of {limit:?}"),
            Self::Script => {
                format!(
                    "the script ran longer than its limit of {limit:?}, not counting the time of tools"
                )
            }
            Self::Processor => {
                format!("the script used more than its limit of {limit:?} of processor time")
            }
        }
    }

    /// The time that the run took by this clock. The time of tools is in that of the script, which makes a run look later than
    /// it is and never earlier.
    fn time(self, report: &Report) -> Duration {
        match self {
            Self::Wall | Self::Script => wall_time(report),
            Self::Processor => {
                let own = milliseconds(report.outcome.stats.cpu_ms);
                report.processor.map_or(own, |system| system.max(own))
            }
        }
    }
}

/// The clock that has ended a run, if one has.
///
/// # Errors
///
/// If it ran out of time, and the outcome doesn't say of which.
pub(crate) fn ended_by(limits: &Limits, outcome: &Outcome) -> Result<Option<Clock>, String> {
    let Some(error) = outcome
        .error()
        .filter(|error| error.kind == ErrorKind::Timeout)
    else {
        return Ok(None);
    };
    Clock::ALL
        .into_iter()
        .find(|clock| error.message == clock.words(limits))
        .map(Some)
        .ok_or_else(|| format!("it is out of time and doesn't say of which: {error:?}"))
}

/// Fails if a run was ended before its time was up.
pub(crate) fn is_not_early(limits: &Limits, report: &Report) -> Result<(), String> {
    let Some(clock) = ended_by(limits, &report.outcome)? else {
        return Ok(());
    };
    let (limit, time) = (clock.limit(limits), clock.time(report));
    // Without a system that tells, or on a worker's last steps, there is only the sandbox's own figure.
    let tolerance = if clock == Clock::Processor {
        STEPS
    } else {
        Duration::ZERO
    };
    if time + tolerance < limit {
        return Err(format!(
            "it was ended after {time:?} by the clock {clock:?}"
        ));
    }
    Ok(())
}

/// How long after the limit that ended it a run came back, by the clock of that limit. `None` if it wasn't ended by one.
pub(crate) fn lateness(limits: &Limits, report: &Report) -> Result<Option<Duration>, String> {
    let Some(clock) = ended_by(limits, &report.outcome)? else {
        return Ok(None);
    };
    Ok(Some(clock.time(report).saturating_sub(clock.limit(limits))))
}

/// How much longer a run took than one may that no clock has ended.
pub(crate) fn too_slow(limits: &Limits, report: &Report) -> Option<Duration> {
    let (time, work) = (wall_time(report), Clock::Processor.time(report));
    [
        work.checked_sub(WORK),
        time.checked_sub(work * BUSY + REST),
        time.checked_sub(limits.wall_time + ON_TIME),
    ]
    .into_iter()
    .flatten()
    .max()
}

/// How long the host waited for it.
fn wall_time(report: &Report) -> Duration {
    match Engine::THIS {
        Engine::V8 => report.took,
        // There is no snapshot. Making an isolate takes so long that the wait for a worker would be all that is measured.
        Engine::QuickJs => milliseconds(report.outcome.stats.wall_ms),
    }
}

fn milliseconds(time: f64) -> Duration {
    Duration::from_secs_f64(time / 1e3)
}
