//! Looks after runs from outside: a script can keep its own thread busy, and a tool that of the host.

use std::sync::{Arc, Weak};
use std::time::{Duration, Instant};

/// What is looked after.
pub(crate) trait Watched: Send + Sync + 'static {
    /// Whether nothing is left to look after.
    fn has_ended(&self) -> bool;

    /// Stops it if its time is up. Returns when to look again, if ever.
    fn check_time(&self, now: Instant) -> Option<Instant>;

    /// When it was stopped, if it was.
    fn stopped_at(&self) -> Option<Instant>;

    /// Interrupts it once more.
    fn terminate(&self);

    /// It doesn't stop: nobody waits for it any longer.
    fn give_up(&self);

    /// Nobody can look after it.
    fn unwatched(&self);
}

/// How long a script has to stop after it was told to, before the host stops waiting for it. Some functions of the
/// language never look whether they should stop.
pub(crate) const GRACE: Duration = Duration::from_millis(150);

/// How often a script that should have stopped is told again.
const REPEAT: Duration = Duration::from_millis(20);

/// Looks after the run's time.
pub(crate) fn watch<T: Watched>(run: &Arc<T>) {
    if let Some(time) = run.check_time(Instant::now())
        && !look_at(time, Arc::downgrade(run))
    {
        run.unwatched();
    }
}

/// Repeats to a run that was stopped that it was, and gives it up when it doesn't listen.
pub(crate) fn watch_end<T: Watched>(run: &Arc<T>) {
    look_at(Instant::now() + REPEAT, Arc::downgrade(run));
}

/// Whether there is somebody to look.
fn look_at<T: Watched>(time: Instant, run: Weak<T>) -> bool {
    codemode_timer::at(time, move || {
        if let Some(alive) = run.upgrade().filter(|run| !run.has_ended())
            && let Some(next) = look(&*alive)
        {
            look_at(next, run);
        }
    })
}

/// Stops a run whose time is up, or gives one up that hasn't stopped for too long. Returns when to look again.
fn look<T: Watched>(run: &T) -> Option<Instant> {
    let now = Instant::now();
    let Some(since) = run.stopped_at() else {
        return run.check_time(now);
    };
    run.terminate();
    if now >= since + GRACE {
        run.give_up();
    }
    Some(now + REPEAT)
}
