//! Ends a compiler that takes too long. A script can be as hostile to a type checker as to an engine.

use std::process::{Child, ExitStatus};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// Watches one child process, which is killed when this is dropped, with all that it has started.
pub(crate) struct Watchdog {
    child: Arc<Mutex<Watched>>,
    deadlines: Sender<Option<Instant>>,
    expired: Arc<AtomicBool>,
}

struct Watched {
    child: Child,
    /// How it ended, once somebody has seen it. Its number may be another process's from then on.
    ended: Option<ExitStatus>,
}

impl Watchdog {
    /// Takes over a child that leads a process group.
    pub(crate) fn new(child: Child) -> std::io::Result<Self> {
        let (deadlines, receiver) = channel();
        let child = Arc::new(Mutex::new(Watched { child, ended: None }));
        let expired = Arc::new(AtomicBool::new(false));
        let watched = Arc::clone(&child);
        let flag = Arc::clone(&expired);
        let watchdog = Self {
            child,
            deadlines,
            expired,
        };
        thread::Builder::new()
            .name("codemode-check-watchdog".to_owned())
            .spawn(move || watch(&receiver, &watched, &flag))?;
        Ok(watchdog)
    }

    /// Waits for the child's end; `None` if it doesn't come in time.
    pub(crate) fn ended(&self, time: Duration) -> Option<ExitStatus> {
        let deadline = Instant::now() + time;
        while Instant::now() < deadline {
            // The lock is given back between the looks, or nobody could kill the child.
            let mut watched = lock(&self.child);
            match watched
                .ended
                .map_or_else(|| watched.child.try_wait(), |ended| Ok(Some(ended)))
            {
                Ok(Some(status)) => {
                    watched.ended = Some(status);
                    return Some(status);
                }
                Ok(None) => drop(watched),
                Err(_) => return None,
            }
            thread::sleep(Duration::from_millis(1));
        }
        None
    }

    /// Does something that the child has a limited time for. `None` if it has taken longer, and been killed.
    pub(crate) fn within<T>(&self, time: Duration, action: impl FnOnce() -> T) -> Option<T> {
        // Without a watchdog there is nobody to tell; it lives as long as this does.
        let _ = self.deadlines.send(Some(Instant::now() + time));
        let result = action();
        let _ = self.deadlines.send(None);
        (!self.expired.load(Ordering::Acquire)).then_some(result)
    }
}

impl Drop for Watchdog {
    fn drop(&mut self) {
        kill(&self.child);
    }
}

fn watch(deadlines: &Receiver<Option<Instant>>, child: &Mutex<Watched>, expired: &AtomicBool) {
    let mut deadline = None;
    loop {
        let next = match deadline {
            None => deadlines.recv().map_err(|_| RecvTimeoutError::Disconnected),
            Some(deadline) => {
                let left = Instant::saturating_duration_since(&deadline, Instant::now());
                deadlines.recv_timeout(left)
            }
        };
        match next {
            Ok(next) => deadline = next,
            Err(RecvTimeoutError::Disconnected) => return,
            Err(RecvTimeoutError::Timeout) => {
                expired.store(true, Ordering::Release);
                kill(child);
                return;
            }
        }
    }
}

fn lock(child: &Mutex<Watched>) -> MutexGuard<'_, Watched> {
    child.lock().unwrap_or_else(PoisonError::into_inner)
}

fn kill(child: &Mutex<Watched>) {
    let mut watched = lock(child);
    if watched.ended.is_some() {
        return;
    }
    #[cfg(unix)]
    if let Some(group) = rustix::process::Pid::from_raw(watched.child.id().cast_signed()) {
        // Whoever is left of it holds the pipes that somebody reads.
        let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
    }
    // It may have ended by itself. Waited for, or it would stay as a zombie.
    let _ = watched.child.kill();
    watched.ended = watched.child.wait().ok();
}

#[cfg(all(test, unix))]
mod tests {
    use std::io::Read as _;
    use std::process::{Command, Stdio};

    use super::*;

    #[test]
    fn a_child_that_takes_too_long_is_killed_and_waited_for() {
        use std::os::unix::process::CommandExt as _;

        // What a child has started holds its output as well.
        for script in ["exec sleep 600", "sleep 600; true", "sleep 600 &"] {
            let mut child = Command::new("/bin/sh")
                .args(["-c", script])
                .process_group(0)
                .stdout(Stdio::piped())
                .spawn()
                .unwrap();
            let mut output = child.stdout.take().unwrap();
            let watchdog = Watchdog::new(child).unwrap();
            let mut said = Vec::new();
            let ended =
                watchdog.within(Duration::from_millis(10), || output.read_to_end(&mut said));
            assert!(ended.is_none(), "{script}");
        }
    }
}
