//! Things to do later, on a thread that nobody can keep busy.
//!
//! Tools run under any executor, or none, so their time can't be told by a runtime's own timers; and a script that keeps
//! its thread busy can't be stopped by a timer of that thread.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, LazyLock, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::thread;
use std::time::{Duration, Instant};

use futures_util::task::AtomicWaker;

/// Something short to do at some time.
type Action = Box<dyn FnOnce() + Send>;

/// Does something at `time`, or soon after. Returns whether there is a thread to do it.
pub fn at(time: Instant, action: impl FnOnce() + Send + 'static) -> bool {
    static TIMER: LazyLock<Option<Arc<Timer>>> = LazyLock::new(|| {
        let timer = Arc::new(Timer::default());
        let working = Arc::clone(&timer);
        let started = thread::Builder::new()
            .name("codemode-timer".to_owned())
            .spawn(move || working.work());
        started.is_ok().then_some(timer)
    });
    let Some(timer) = TIMER.as_ref() else {
        return false;
    };
    let alarm = Alarm {
        time,
        action: Box::new(action),
    };
    let is_next = {
        let mut alarms = timer.alarms();
        let is_next = alarms.peek().is_none_or(|Reverse(next)| time < next.time);
        alarms.push(Reverse(alarm));
        is_next
    };
    if is_next {
        timer.changed.notify_one();
    }
    true
}

/// Resolves after `duration`, counted from the first poll.
pub fn sleep(duration: Duration) -> Sleep {
    Sleep {
        duration,
        rung: None,
    }
}

/// See [`sleep`].
pub struct Sleep {
    duration: Duration,
    rung: Option<Arc<Bell>>,
}

#[derive(Default)]
struct Bell {
    rung: AtomicBool,
    waker: AtomicWaker,
}

impl Future for Sleep {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let this = &mut *self;
        let bell = this.rung.get_or_insert_with(|| {
            let bell = Arc::new(Bell::default());
            let ringing = Arc::clone(&bell);
            // A time beyond what the clock can tell never comes.
            if let Some(time) = Instant::now().checked_add(this.duration) {
                at(time, move || {
                    ringing.rung.store(true, Ordering::Release);
                    ringing.waker.wake();
                });
            }
            bell
        });
        bell.waker.register(cx.waker());
        if bell.rung.load(Ordering::Acquire) {
            Poll::Ready(())
        } else {
            Poll::Pending
        }
    }
}

#[derive(Default)]
struct Timer {
    alarms: Mutex<BinaryHeap<Reverse<Alarm>>>,
    changed: Condvar,
}

impl Timer {
    fn work(&self) {
        let mut alarms = self.alarms();
        loop {
            let now = Instant::now();
            alarms = match alarms.peek().map(|Reverse(alarm)| alarm.time) {
                None => self
                    .changed
                    .wait(alarms)
                    .unwrap_or_else(PoisonError::into_inner),
                Some(time) if time > now => {
                    self.changed
                        .wait_timeout(alarms, time - now)
                        .unwrap_or_else(PoisonError::into_inner)
                        .0
                }
                Some(_) => {
                    let due = alarms.pop();
                    // What is done may set an alarm of its own.
                    drop(alarms);
                    if let Some(Reverse(alarm)) = due {
                        // It may wake whatever waits on an executor of the host's. Were that to end this thread, nobody
                        // would look after any run any more.
                        let _ = catch_unwind(AssertUnwindSafe(alarm.action));
                    }
                    self.alarms()
                }
            };
        }
    }

    /// A heap isn't left half-changed by a panic, so a poisoned lock is as good as any.
    fn alarms(&self) -> MutexGuard<'_, BinaryHeap<Reverse<Alarm>>> {
        self.alarms.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

struct Alarm {
    time: Instant,
    action: Action,
}

impl PartialEq for Alarm {
    fn eq(&self, other: &Self) -> bool {
        self.time == other.time
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
        self.time.cmp(&other.time)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use super::*;

    #[test]
    fn what_panics_does_not_keep_the_next_thing_from_being_done() {
        let (done, order) = channel();
        let now = Instant::now();
        at(now, || panic!("a waker that panics"));
        at(now + Duration::from_millis(10), move || {
            let _ = done.send(());
        });
        assert_eq!(order.recv(), Ok(()));
    }

    #[test]
    fn things_are_done_in_the_order_of_their_times() {
        let (done, order) = channel();
        let start = Instant::now();
        for milliseconds in [60, 20, 40] {
            let done = done.clone();
            at(start + Duration::from_millis(milliseconds), move || {
                let _ = done.send((milliseconds, start.elapsed()));
            });
        }
        for expected in [20, 40, 60] {
            let (milliseconds, elapsed) = order.recv().unwrap();
            assert_eq!(milliseconds, expected);
            assert!(elapsed >= Duration::from_millis(expected));
        }
    }
}
