//! The processor time of a run, measured by the thread that it runs on.

use std::cell::RefCell;
use std::sync::Arc;
use std::time::Duration;

use super::state::Run;

thread_local! {
    /// The run that this thread works for, and the processor time that the thread had used before.
    static MEASURED: RefCell<Option<(Arc<Run>, Duration)>> = const { RefCell::new(None) };
}

/// This thread works for a run, until the value is dropped.
pub(crate) struct Measuring(());

impl Measuring {
    pub(crate) fn start(run: &Arc<Run>) -> Self {
        MEASURED.set(Some((Arc::clone(run), thread_time())));
        Self(())
    }
}

impl Drop for Measuring {
    fn drop(&mut self) {
        report();
        MEASURED.take();
    }
}

/// Tells the run what it has used so far.
pub(crate) fn report() {
    MEASURED.with_borrow(|measured| {
        if let Some((run, before)) = measured {
            run.used_cpu(thread_time().saturating_sub(*before));
        }
    });
}

/// The processor time of this thread.
#[cfg(unix)]
fn thread_time() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    Duration::new(
        u64::try_from(time.tv_sec).unwrap_or_default(),
        u32::try_from(time.tv_nsec).unwrap_or_default(),
    )
}

/// Not known here without calls into the system that would need `unsafe`.
#[cfg(not(unix))]
fn thread_time() -> Duration {
    Duration::ZERO
}

#[cfg(test)]
mod tests {
    use std::hint::black_box;
    use std::time::Instant;

    use super::*;
    use crate::RunOptions;
    use crate::sandbox::Limits;
    use crate::tool::context::State;

    /// Uses processor time of this thread, and of no other.
    fn work() {
        let started = Instant::now();
        while thread_time().is_zero() || started.elapsed() < Duration::from_millis(30) {
            black_box((0..1_000).sum::<u64>());
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_run_is_told_the_processor_time_of_its_thread_from_when_that_begins_to_work_for_it() {
        let (run, _) = Run::new(
            0,
            Limits::default(),
            State::default(),
            RunOptions::default(),
        );
        work();
        let measuring = Measuring::start(&run);
        assert_eq!(run.cpu_micros(), 0);
        work();
        report();
        let half = run.cpu_micros();
        assert!(half > 0);
        work();
        drop(measuring);
        assert!(run.cpu_micros() > half);
        assert_eq!(Arc::strong_count(&run), 1, "the thread is free again");
    }
}
