//! Looks after runs from outside: a script can keep its own thread busy, and a tool that of the host.

use std::sync::{Arc, Weak};
use std::time::{Duration, Instant};

use super::run::Run;
use crate::outcome::{ErrorKind, RunResult};

/// How long a script has to stop after it was told to, before the host stops waiting for it. Some functions of the
/// language never look whether they should stop.
const GRACE: Duration = Duration::from_millis(150);

/// How often a script that should have stopped is told again.
const REPEAT: Duration = Duration::from_millis(20);

/// Looks after the run's time.
pub(super) fn watch(run: &Arc<Run>) {
    if let Some(time) = run.check_time(Instant::now())
        && !look_at(time, Arc::downgrade(run))
    {
        run.stop(
            ErrorKind::Host,
            "no thread could be started to watch the script's time",
        );
    }
}

/// Repeats to a run that was stopped that it was, and gives it up when it doesn't listen.
pub(super) fn watch_end(run: &Arc<Run>) {
    look_at(Instant::now() + REPEAT, Arc::downgrade(run));
}

/// Whether there is somebody to look.
fn look_at(time: Instant, run: Weak<Run>) -> bool {
    codemode_timer::at(time, move || {
        if let Some(alive) = run.upgrade().filter(|run| !run.has_ended())
            && let Some(next) = look(&alive)
        {
            look_at(next, run);
        }
    })
}

/// Stops a run whose time is up, or gives one up that hasn't stopped for too long. Returns when to look again.
fn look(run: &Run) -> Option<Instant> {
    let now = Instant::now();
    let Some((reason, since)) = run.stopped_since() else {
        return run.check_time(now);
    };
    run.terminate();
    if now >= *since + GRACE {
        run.finish(RunResult::Error {
            error: reason.clone(),
        });
    }
    Some(now + REPEAT)
}
