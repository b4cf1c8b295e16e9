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
const GRACE: Duration = Duration::from_millis(150);

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

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;
    use crate::RunOptions;
    use crate::context::State;
    use crate::sandbox::Limits;
    use crate::sandbox::run::RunningScript;

    const TIME: Duration = Duration::from_millis(30);

    /// A script that doesn't listen, and counts how often it was told to end.
    struct Deaf(Arc<AtomicUsize>);

    impl RunningScript for Deaf {
        fn terminate(&self) {
            self.0.fetch_add(1, Ordering::Relaxed);
        }

        fn measure(&self) {}
    }

    fn short() -> Limits {
        Limits {
            wall_time: TIME,
            ..Limits::default()
        }
    }

    #[tokio::test]
    async fn a_script_that_does_not_listen_is_told_again_and_again_and_given_up_after_its_grace() {
        let started = Instant::now();
        let (run, finished) = Run::new(0, short(), State::default(), RunOptions::default());
        let told = Arc::new(AtomicUsize::new(0));
        run.attach(Deaf(Arc::clone(&told)));
        watch(&run);
        let result = tokio::time::timeout(Duration::from_secs(2), finished).await;
        let Ok(Ok(RunResult::Error { error })) = result else {
            panic!("{result:?}");
        };
        assert_eq!(error.kind, ErrorKind::Timeout);
        assert!(started.elapsed() >= TIME + GRACE, "{:?}", started.elapsed());
        // When its time was up, and every 20 ms from then on; fewer where the machine is busy.
        let told = told.load(Ordering::Relaxed);
        assert!((3..=10).contains(&told), "{told} times");
    }

    #[test]
    fn a_run_that_has_ended_is_left_alone() {
        let (run, _) = Run::new(0, short(), State::default(), RunOptions::default());
        watch(&run);
        run.end();
        std::thread::sleep(TIME * 3);
        assert_eq!(run.stopped(), None);
    }
}
