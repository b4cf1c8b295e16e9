//! How long a run has taken, and with what.

use std::sync::Mutex;
use std::time::{Duration, Instant};

use super::{Limits, lock};

/// The time of one run: all of it, that in which tools are under way, and that in which the host is asked about calls.
pub(super) struct Clock {
    started: Instant,
    tools: Mutex<Stretch>,
    questions: Mutex<Stretch>,
}

/// Which of its time limits a run has reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Expired {
    Wall,
    Script,
}

impl Clock {
    pub(super) fn start() -> Self {
        let started = Instant::now();
        Self {
            started,
            tools: Mutex::new(Stretch::new(started)),
            questions: Mutex::new(Stretch::new(started)),
        }
    }

    /// The time since the start, as everybody's clock tells it.
    pub(super) fn elapsed(&self) -> Duration {
        self.started.elapsed()
    }

    pub(super) fn call_begins(&self, now: Instant) {
        lock(&self.tools).begin(now);
    }

    pub(super) fn call_ends(&self, now: Instant) {
        lock(&self.tools).end(now);
    }

    /// From now on the host thinks about a call, which isn't the script's time: until the returned value is dropped.
    pub(super) fn ask(&self) -> Question<'_> {
        lock(&self.questions).begin(Instant::now());
        Question { clock: self }
    }

    /// The limit that is reached, or when one can be reached at the earliest: `None` for never.
    pub(super) fn check(&self, limits: &Limits, now: Instant) -> Result<Option<Instant>, Expired> {
        let elapsed = now.saturating_duration_since(self.started);
        let wall = elapsed.saturating_sub(lock(&self.questions).total(now));
        let script = elapsed.saturating_sub(lock(&self.tools).total(now));
        if wall >= limits.wall_time {
            return Err(Expired::Wall);
        }
        if script >= limits.script_time {
            return Err(Expired::Script);
        }
        let wall_left = limits.wall_time.saturating_sub(wall);
        let left = wall_left.min(limits.script_time.saturating_sub(script));
        Ok(now.checked_add(left))
    }
}

/// Time in which something is going on, which may overlap with itself.
struct Stretch {
    open: usize,
    since: Instant,
    closed: Duration,
}

impl Stretch {
    fn new(now: Instant) -> Self {
        Self {
            open: 0,
            since: now,
            closed: Duration::ZERO,
        }
    }

    fn begin(&mut self, now: Instant) {
        if self.open == 0 {
            self.since = now;
        }
        self.open += 1;
    }

    fn end(&mut self, now: Instant) {
        self.open = self.open.saturating_sub(1);
        if self.open == 0 {
            self.closed += now.saturating_duration_since(self.since);
        }
    }

    fn total(&self, now: Instant) -> Duration {
        if self.open == 0 {
            self.closed
        } else {
            self.closed + now.saturating_duration_since(self.since)
        }
    }
}

/// The host thinks about a call.
pub(super) struct Question<'a> {
    clock: &'a Clock,
}

impl Drop for Question<'_> {
    fn drop(&mut self) {
        lock(&self.clock.questions).end(Instant::now());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    fn limits(wall: u32, script: u32) -> Limits {
        Limits {
            wall_time: SECOND * wall,
            script_time: SECOND * script,
            ..Limits::default()
        }
    }

    #[test]
    fn the_time_of_tools_is_the_runs_and_not_the_scripts() {
        let clock = Clock::start();
        let at = |seconds: u32| clock.started + SECOND * seconds;
        assert_eq!(clock.check(&limits(9, 5), at(1)), Ok(Some(at(5))));
        clock.call_begins(at(2));
        clock.call_begins(at(3));
        clock.call_ends(at(4));
        assert_eq!(clock.check(&limits(9, 5), at(5)), Ok(Some(at(8))));
        clock.call_ends(at(6));
        assert_eq!(clock.check(&limits(9, 5), at(7)), Ok(Some(at(9))));
        assert_eq!(clock.check(&limits(99, 5), at(9)), Err(Expired::Script));
        assert_eq!(clock.check(&limits(9, 99), at(9)), Err(Expired::Wall));
    }

    #[test]
    fn the_time_of_questions_is_neither() {
        let clock = Clock::start();
        let now = clock.started;
        lock(&clock.questions).begin(now);
        lock(&clock.tools).begin(now);
        let late = now + SECOND * 100;
        assert_eq!(
            clock.check(&limits(9, 5), late),
            Ok(Some(late + SECOND * 5))
        );
        lock(&clock.questions).end(late);
        assert_eq!(
            clock.check(&limits(9, 99), late + SECOND * 9),
            Err(Expired::Wall)
        );
    }

    #[test]
    fn a_limit_beyond_what_the_clock_can_tell_is_never_reached() {
        let clock = Clock::start();
        let limits = Limits {
            wall_time: Duration::MAX,
            script_time: Duration::MAX,
            ..Limits::default()
        };
        assert_eq!(clock.check(&limits, Instant::now()), Ok(None));
    }
}
