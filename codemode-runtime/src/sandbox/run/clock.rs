//! How long a run has taken, and with what.

use std::sync::{Mutex, OnceLock};
use std::time::{Duration, Instant};

use crate::sandbox::lock::lock;
use crate::sandbox::options::limits::Limits;

/// The time of one run: all of it, and that in which the host is asked about calls.
pub(crate) struct Clock {
    started: Instant,
    questions: Mutex<Stretch>,
    /// When the script returned, in the run's own time.
    returned: OnceLock<Duration>,
}

/// Which of its time limits a run has reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Expired {
    Wall,
    Script,
    Grace,
}

impl Clock {
    pub(crate) fn start(started: Instant) -> Self {
        Self {
            started,
            questions: Mutex::new(Stretch::new(started)),
            returned: OnceLock::new(),
        }
    }

    /// The time since the start, as everybody's clock tells it.
    pub(crate) fn elapsed(&self) -> Duration {
        self.started.elapsed()
    }

    /// The script has returned, and only what it has left under way goes on.
    pub(crate) fn script_returned(&self, now: Instant) {
        let _ = self.returned.set(self.wall(now));
    }

    /// The time of the run, which stands still while the host thinks.
    fn wall(&self, now: Instant) -> Duration {
        let elapsed = now.saturating_duration_since(self.started);
        elapsed.saturating_sub(lock(&self.questions).total(now))
    }

    /// From now on the host thinks about a call, which isn't the script's time: until the returned value is dropped.
    pub(crate) fn ask(&self) -> Question<'_> {
        lock(&self.questions).begin(Instant::now());
        Question { clock: self }
    }

    /// The limit that is reached, or when one can be reached at the earliest: `None` for never. In `tools` of the time, a
    /// tool was under way.
    pub(crate) fn check(
        &self,
        limits: &Limits,
        tools: Duration,
        now: Instant,
    ) -> Result<Option<Instant>, Expired> {
        let elapsed = now.saturating_duration_since(self.started);
        let wall = self.wall(now);
        let script = elapsed.saturating_sub(tools);
        if wall >= limits.wall_time {
            return Err(Expired::Wall);
        }
        if script >= limits.script_time {
            return Err(Expired::Script);
        }
        let grace_left = match self.returned.get() {
            Some(returned) => limits
                .grace_time
                .saturating_sub(wall.saturating_sub(*returned)),
            None => Duration::MAX,
        };
        if grace_left.is_zero() {
            return Err(Expired::Grace);
        }
        let wall_left = limits.wall_time.saturating_sub(wall).min(grace_left);
        let left = wall_left.min(limits.script_time.saturating_sub(script));
        Ok(now.checked_add(left))
    }
}

/// Time in which something is going on, which may overlap with itself.
pub(crate) struct Stretch {
    open: usize,
    since: Instant,
    closed: Duration,
}

impl Stretch {
    pub(crate) fn new(now: Instant) -> Self {
        Self {
            open: 0,
            since: now,
            closed: Duration::ZERO,
        }
    }

    pub(crate) fn begin(&mut self, now: Instant) {
        if self.open == 0 {
            self.since = now;
        }
        self.open += 1;
    }

    pub(crate) fn end(&mut self, now: Instant) {
        self.open = self.open.saturating_sub(1);
        if self.open == 0 {
            self.closed += now.saturating_duration_since(self.since);
        }
    }

    /// How often it is going on now.
    pub(crate) fn open(&self) -> usize {
        self.open
    }

    pub(crate) fn total(&self, now: Instant) -> Duration {
        if self.open == 0 {
            self.closed
        } else {
            self.closed + now.saturating_duration_since(self.since)
        }
    }
}

/// The host thinks about a call.
pub(crate) struct Question<'a> {
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
        let start = Instant::now();
        let clock = Clock::start(start);
        let mut tools = Stretch::new(start);
        let at = |seconds: u32| start + SECOND * seconds;
        let check = |tools: &Stretch, wall, script, seconds| {
            clock.check(&limits(wall, script), tools.total(at(seconds)), at(seconds))
        };
        assert_eq!(check(&tools, 9, 5, 1), Ok(Some(at(5))));
        tools.begin(at(2));
        tools.begin(at(3));
        tools.end(at(4));
        assert_eq!(check(&tools, 9, 5, 5), Ok(Some(at(8))));
        tools.end(at(6));
        assert_eq!(check(&tools, 9, 5, 7), Ok(Some(at(9))));
        assert_eq!(check(&tools, 99, 5, 9), Err(Expired::Script));
        assert_eq!(check(&tools, 9, 99, 9), Err(Expired::Wall));
    }

    #[test]
    fn the_time_of_questions_is_neither() {
        let now = Instant::now();
        let clock = Clock::start(now);
        let mut tools = Stretch::new(now);
        lock(&clock.questions).begin(now);
        tools.begin(now);
        let late = now + SECOND * 100;
        assert_eq!(
            clock.check(&limits(9, 5), tools.total(late), late),
            Ok(Some(late + SECOND * 5))
        );
        lock(&clock.questions).end(late);
        let later = late + SECOND * 9;
        assert_eq!(
            clock.check(&limits(9, 99), tools.total(later), later),
            Err(Expired::Wall)
        );
    }

    #[test]
    fn a_limit_beyond_what_the_clock_can_tell_is_never_reached() {
        let now = Instant::now();
        let clock = Clock::start(now);
        let limits = Limits {
            wall_time: Duration::MAX,
            script_time: Duration::MAX,
            ..Limits::default()
        };
        assert_eq!(clock.check(&limits, Duration::ZERO, now), Ok(None));
    }

    #[test]
    fn what_is_left_under_way_has_the_grace_time_from_when_the_script_returned() {
        let start = Instant::now();
        let clock = Clock::start(start);
        let at = |seconds| start + SECOND * seconds;
        let limits = Limits {
            grace_time: SECOND * 3,
            ..limits(99, 99)
        };
        let check = |seconds| clock.check(&limits, Duration::ZERO, at(seconds));
        assert_eq!(check(2), Ok(Some(at(99))));
        clock.script_returned(at(2));
        assert_eq!(check(4), Ok(Some(at(5))));
        assert_eq!(check(5), Err(Expired::Grace));
    }

    #[test]
    fn a_question_is_open_until_it_is_dropped() {
        let clock = Clock::start(Instant::now());
        let open = || lock(&clock.questions).open();
        let questions = [clock.ask(), clock.ask()];
        assert_eq!(open(), 2);
        drop(questions);
        assert_eq!(open(), 0);
    }

    #[test]
    fn the_time_since_the_start_is_everybodys() {
        let started = Instant::now().checked_sub(SECOND).unwrap();
        let clock = Clock::start(started);
        let _question = clock.ask();
        assert!(clock.elapsed() >= SECOND);
    }
}
