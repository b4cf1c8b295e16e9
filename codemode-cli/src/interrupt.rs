//! What ends the command from outside.

use std::process::ExitCode;

/// The number of a signal.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Interrupt(u8);

impl Interrupt {
    /// The exit status of a program that a signal has ended.
    pub(crate) fn status(self) -> ExitCode {
        ExitCode::from(128 + self.0)
    }
}

/// The signals that end the command. From the first value of this on they do nothing by themselves, so whoever listens has to
/// ask, and hears of one that came in between as well.
pub(crate) struct Interrupts(Signals);

impl Interrupts {
    /// Listens from now on.
    pub(crate) fn listen() -> Self {
        Self(Signals::listen())
    }

    /// What a future comes to, unless a signal comes before. Servers are groups of processes of their own, which no signal for
    /// this one reaches: who has started any has to end them.
    ///
    /// # Errors
    ///
    /// If a signal came.
    pub(crate) async fn or<T>(&mut self, future: impl Future<Output = T>) -> Result<T, Interrupt> {
        tokio::select! {
            biased;
            interrupt = self.0.next() => Err(interrupt),
            done = future => Ok(done),
        }
    }
}

#[cfg(unix)]
struct Signals {
    hangup: Option<tokio::signal::unix::Signal>,
    interrupt: Option<tokio::signal::unix::Signal>,
    terminate: Option<tokio::signal::unix::Signal>,
}

#[cfg(unix)]
impl Signals {
    fn listen() -> Self {
        use tokio::signal::unix::{SignalKind, signal};
        // A signal that can't be listened to ends the program as it always does, and one that is ignored, as under `nohup`,
        // doesn't.
        let listen = |kind| signal(kind).ok();
        Self {
            hangup: (!ignores_hangup())
                .then(|| listen(SignalKind::hangup()))
                .flatten(),
            interrupt: listen(SignalKind::interrupt()),
            terminate: listen(SignalKind::terminate()),
        }
    }

    async fn next(&mut self) -> Interrupt {
        use tokio::signal::unix::{Signal, SignalKind};
        async fn next(signal: &mut Option<Signal>) {
            match signal {
                Some(signal) => drop(signal.recv().await),
                None => std::future::pending().await,
            }
        }
        let kind = tokio::select! {
            () = next(&mut self.hangup) => SignalKind::hangup(),
            () = next(&mut self.interrupt) => SignalKind::interrupt(),
            () = next(&mut self.terminate) => SignalKind::terminate(),
        };
        Interrupt(u8::try_from(kind.as_raw_value()).unwrap_or_default())
    }
}

/// Whether the program was started with the signal of a lost terminal ignored, as far as that can be known.
#[cfg(unix)]
fn ignores_hangup() -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let mask = mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
    mask.is_some_and(|mask| mask & 1 == 1)
}

#[cfg(not(unix))]
struct Signals;

#[cfg(not(unix))]
impl Signals {
    fn listen() -> Self {
        Self
    }

    async fn next(&mut self) -> Interrupt {
        const INTERRUPT: u8 = 2;
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
        Interrupt(INTERRUPT)
    }
}
