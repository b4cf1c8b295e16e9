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
