//! A run as the watchdog sees it.

use std::time::Instant;

use super::state::Run;
use super::watchdog::Watched;
use crate::outcome::{ErrorKind, RunResult};

impl Watched for Run {
    fn has_ended(&self) -> bool {
        self.has_ended()
    }

    fn check_time(&self, now: Instant) -> Option<Instant> {
        self.check_time(now)
    }

    fn stopped_at(&self) -> Option<Instant> {
        self.stopped_since().map(|(_, since)| *since)
    }

    fn terminate(&self) {
        self.terminate();
    }

    fn give_up(&self) {
        if let Some(reason) = self.stopped() {
            self.finish(RunResult::Error {
                error: reason.clone(),
            });
        }
    }

    fn unwatched(&self) {
        self.stop(
            ErrorKind::Host,
            "no thread could be started to watch the script's time",
        );
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use std::sync::Arc;
    use std::time::{Duration, Instant};

    use super::*;
    use crate::RunOptions;
    use crate::sandbox::Limits;
    use crate::sandbox::run::state::RunningScript;
    use crate::sandbox::run::watchdog::{GRACE, watch};
    use crate::tool::context::State;

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
