//! The clock that a script can't stop: a thread that ends runs whose time is up.
//!
//! A timer on the isolate's own thread wouldn't fire while the script keeps that thread busy, and one on the host's
//! runtime wouldn't while the host does.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::sync::{Arc, Condvar, LazyLock, Mutex, PoisonError, Weak};
use std::thread;
use std::time::{Duration, Instant};

use super::run::Run;
use crate::outcome::{ErrorKind, RunResult};

/// How long a script has to stop after it was told to, before the host stops waiting for it. Some functions of the
/// language never look whether they should stop.
const GRACE: Duration = Duration::from_millis(150);

/// How often a script that should have stopped is told again.
const REPEAT: Duration = Duration::from_millis(20);

static WATCHDOG: LazyLock<Option<Arc<Watchdog>>> = LazyLock::new(|| {
    let watchdog = Arc::new(Watchdog::default());
    let watching = Arc::clone(&watchdog);
    let started = thread::Builder::new()
        .name("codemode-watchdog".to_owned())
        .spawn(move || watching.work());
    started.is_ok().then_some(watchdog)
});

/// Ends the run when its wall time is up, and right away if nobody could do that.
pub(super) fn watch(run: &Arc<Run>) {
    // A limit beyond what the clock can tell is none.
    if let Some(end) = run.started.checked_add(run.limits.wall_time)
        && !set_alarm(run, end)
    {
        run.stop(
            ErrorKind::Host,
            "no thread could be started to watch the script's time",
        );
    }
}

/// Gives a run that was stopped for another reason than the time as long to stop as one whose time is up.
pub(super) fn watch_end(run: &Arc<Run>) {
    set_alarm(run, Instant::now() + GRACE);
}

/// Whether there is somebody to hear it.
fn set_alarm(run: &Arc<Run>, at: Instant) -> bool {
    WATCHDOG
        .as_ref()
        .map(|watchdog| watchdog.add(at, Arc::downgrade(run)))
        .is_some()
}

#[derive(Default)]
struct Watchdog {
    alarms: Mutex<BinaryHeap<Reverse<Alarm>>>,
    changed: Condvar,
}

impl Watchdog {
    fn add(&self, at: Instant, run: Weak<Run>) {
        self.alarms
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(Reverse(Alarm { at, run }));
        self.changed.notify_one();
    }

    fn work(&self) {
        let mut alarms = self.alarms.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            let now = Instant::now();
            let next = alarms.peek().map(|Reverse(alarm)| alarm.at);
            alarms = match next {
                None => self
                    .changed
                    .wait(alarms)
                    .unwrap_or_else(PoisonError::into_inner),
                Some(at) if at > now => {
                    self.changed
                        .wait_timeout(alarms, at - now)
                        .unwrap_or_else(PoisonError::into_inner)
                        .0
                }
                Some(_) => {
                    if let Some(Reverse(alarm)) = alarms.pop()
                        && let Some(run) = alarm.run.upgrade()
                        && !run.has_ended()
                    {
                        expire(&run, now);
                        alarms.push(Reverse(Alarm {
                            at: now + REPEAT,
                            run: alarm.run,
                        }));
                    }
                    alarms
                }
            };
        }
    }
}

/// Stops a run whose time is up, and gives it up when it hasn't stopped for too long.
fn expire(run: &Run, now: Instant) {
    let limit = run.limits.wall_time;
    run.stop(ErrorKind::Timeout, timeout_message(limit));
    if let Some((reason, since)) = run.stopped_since()
        && now >= *since + GRACE
    {
        run.finish(RunResult::Error {
            error: reason.clone(),
        });
    }
}

fn timeout_message(limit: Duration) -> String {
    format!("the script ran longer than its limit of {limit:?}")
}

struct Alarm {
    at: Instant,
    run: Weak<Run>,
}

impl PartialEq for Alarm {
    fn eq(&self, other: &Self) -> bool {
        self.at == other.at
    }
}

impl Eq for Alarm {}

impl PartialOrd for Alarm {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Alarm {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.at.cmp(&other.at)
    }
}
