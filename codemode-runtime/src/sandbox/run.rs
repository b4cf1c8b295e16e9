//! The state of one run, shared by the isolate's thread, the tools, the watchdog and the host.

use std::borrow::Cow;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use deno_core::v8;
use tokio::sync::oneshot;
use tokio_util::sync::CancellationToken;

use super::Limits;
use crate::context::{CallContext, State};
use crate::outcome::{
    CallRecord, ErrorKind, LogLevel, LogLine, Outcome, RunError, RunResult, Stats,
};

/// One run, from its start to its outcome.
pub(super) struct Run {
    pub(super) limits: Limits,
    pub(super) started: Instant,
    pub(super) context: CallContext,
    cancellation: CancellationToken,
    /// Why the host stopped the script. The first reason stays, and it decides the outcome whatever the script makes of
    /// being stopped.
    stopped: OnceLock<(RunError, Instant)>,
    isolate: OnceLock<v8::IsolateHandle>,
    log: Arc<Mutex<Log>>,
    calls: Mutex<Vec<Call>>,
    in_flight: AtomicUsize,
    heap_peak: AtomicU64,
    cpu_micros: AtomicU64,
    result_bytes: AtomicUsize,
    ended: AtomicBool,
    finish: Mutex<Option<oneshot::Sender<RunResult>>>,
}

struct Call {
    tool: Cow<'static, str>,
    started: Instant,
    ended: Option<(Duration, bool)>,
}

impl Run {
    /// A run that starts now, and the receiver of its result.
    pub(super) fn new(
        id: u64,
        limits: Limits,
        state: State,
    ) -> (Arc<Self>, oneshot::Receiver<RunResult>) {
        let (finish, finished) = oneshot::channel();
        let cancellation = CancellationToken::new();
        let log = Arc::new(Mutex::new(Log::new(limits.output_bytes)));
        let tool_log = Arc::clone(&log);
        let context = CallContext::new(
            id.to_string(),
            state,
            cancellation.clone(),
            move |level, text: &str| lock(&tool_log).push(level, text),
        );
        let run = Self {
            limits,
            started: Instant::now(),
            context,
            cancellation,
            stopped: OnceLock::new(),
            isolate: OnceLock::new(),
            log,
            calls: Mutex::default(),
            in_flight: AtomicUsize::new(0),
            heap_peak: AtomicU64::new(0),
            cpu_micros: AtomicU64::new(0),
            result_bytes: AtomicUsize::new(0),
            ended: AtomicBool::new(false),
            finish: Mutex::new(Some(finish)),
        };
        (Arc::new(run), finished)
    }

    /// Makes the run stoppable. A stop that came earlier takes effect now.
    pub(super) fn attach(&self, isolate: v8::IsolateHandle) {
        let isolate = self.isolate.get_or_init(|| isolate);
        if self.stopped.get().is_some() {
            isolate.terminate_execution();
        }
    }

    /// Stops the script. Only the first reason counts.
    pub(super) fn stop(&self, kind: ErrorKind, message: impl Into<String>) {
        let _ = self
            .stopped
            .set((RunError::new(kind, message), Instant::now()));
        self.terminate();
        // Interrupting reaches code that runs; a script that waits for a tool has to be woken.
        self.cancellation.cancel();
    }

    /// Interrupts the engine. V8 sometimes misses one interruption, so the watchdog repeats it until the run has ended.
    pub(super) fn terminate(&self) {
        if let Some(isolate) = self.isolate.get() {
            isolate.terminate_execution();
        }
    }

    /// Resolves when the script is stopped.
    pub(super) fn until_stopped(&self) -> impl Future<Output = ()> + use<> {
        self.cancellation.clone().cancelled_owned()
    }

    /// Why the host stopped the script, if it did.
    pub(super) fn stopped(&self) -> Option<&RunError> {
        self.stopped.get().map(|(reason, _)| reason)
    }

    /// Why, and since when.
    pub(super) fn stopped_since(&self) -> Option<&(RunError, Instant)> {
        self.stopped.get()
    }

    /// Reports the result. Only the first report counts: a watchdog that has given a run up reports in its place.
    pub(super) fn finish(&self, result: RunResult) {
        if let Some(finish) = lock(&self.finish).take() {
            // Nobody receives it when the host has dropped the run, and then nobody wants it.
            let _ = finish.send(result);
        }
        self.cancellation.cancel();
    }

    /// The isolate is gone: there is nothing left to stop.
    pub(super) fn end(&self) {
        self.ended.store(true, Ordering::Release);
    }

    pub(super) fn has_ended(&self) -> bool {
        self.ended.load(Ordering::Acquire)
    }

    pub(super) fn log(&self, level: LogLevel, text: &str) {
        lock(&self.log).push(level, text);
    }

    /// Records that a call starts, and returns its number; `None` if the script may not call any more.
    pub(super) fn begin_call(&self, tool: Cow<'static, str>) -> Option<usize> {
        let mut calls = lock(&self.calls);
        if calls.len() as u64 >= self.limits.tool_calls {
            drop(calls);
            self.stop(
                ErrorKind::Limit,
                format!(
                    "the script may call tools {} times, and wanted to call `{tool}` once more",
                    self.limits.tool_calls
                ),
            );
            return None;
        }
        calls.push(Call {
            tool,
            started: Instant::now(),
            ended: None,
        });
        self.in_flight.fetch_add(1, Ordering::Relaxed);
        Some(calls.len() - 1)
    }

    pub(super) fn end_call(&self, number: usize, ok: bool) {
        if let Some(call) = lock(&self.calls).get_mut(number) {
            call.ended = Some((call.started.elapsed(), ok));
        }
        self.in_flight.fetch_sub(1, Ordering::Relaxed);
    }

    /// How many calls have started and not ended.
    pub(super) fn in_flight(&self) -> usize {
        self.in_flight.load(Ordering::Relaxed)
    }

    pub(super) fn saw_heap(&self, bytes: usize) {
        self.heap_peak.fetch_max(bytes as u64, Ordering::Relaxed);
    }

    pub(super) fn used_cpu(&self, time: Duration) {
        let micros = u64::try_from(time.as_micros()).unwrap_or(u64::MAX);
        self.cpu_micros.store(micros, Ordering::Relaxed);
    }

    pub(super) fn returned_bytes(&self, bytes: usize) {
        self.result_bytes.store(bytes, Ordering::Relaxed);
    }

    /// Everything that is known about the run, with its result.
    pub(super) fn outcome(&self, result: RunResult) -> Outcome {
        let calls: Vec<CallRecord> = lock(&self.calls)
            .iter()
            .map(|call| {
                let (time, ok) = call.ended.unwrap_or((call.started.elapsed(), false));
                CallRecord {
                    tool: call.tool.clone().into_owned(),
                    ms: milliseconds(time),
                    ok,
                }
            })
            .collect();
        let log = lock(&self.log);
        let output_bytes = log.bytes + self.result_bytes.load(Ordering::Relaxed);
        let cpu = Duration::from_micros(self.cpu_micros.load(Ordering::Relaxed));
        Outcome {
            result,
            checked: false,
            logs: log.lines.clone(),
            stats: Stats {
                wall_ms: milliseconds(self.started.elapsed()),
                cpu_ms: milliseconds(cpu),
                heap_peak_bytes: self.heap_peak.load(Ordering::Relaxed),
                tool_calls: calls.len() as u64,
                output_bytes: output_bytes as u64,
                truncated: log.truncated,
            },
            calls,
        }
    }
}

/// Milliseconds with microseconds behind the point, which is as much as a reader can use.
fn milliseconds(time: Duration) -> f64 {
    (time.as_secs_f64() * 1e6).round() / 1e3
}

/// Nothing that is guarded here is left half-changed by a panic, so a poisoned lock is as good as any.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The lines of a run, up to a size.
struct Log {
    lines: Vec<LogLine>,
    bytes: usize,
    limit: usize,
    truncated: bool,
}

impl Log {
    fn new(limit: usize) -> Self {
        Self {
            lines: Vec::new(),
            bytes: 0,
            limit,
            truncated: false,
        }
    }

    fn push(&mut self, level: LogLevel, text: &str) {
        if self.truncated {
            return;
        }
        let room = self.limit.saturating_sub(self.bytes);
        let kept = if text.len() <= room && room > 0 {
            text
        } else {
            self.truncated = true;
            &text[..text.floor_char_boundary(room)]
        };
        // A line costs more than its text; without this, empty lines would never reach the limit.
        self.bytes += kept.len() + 1;
        self.lines.push(LogLine {
            level,
            text: kept.to_owned(),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_is_cut_between_characters_and_says_so() {
        let mut log = Log::new(6);
        log.push(LogLevel::Log, "abc");
        log.push(LogLevel::Log, "äöü");
        log.push(LogLevel::Log, "more");
        let texts: Vec<_> = log.lines.iter().map(|line| line.text.as_str()).collect();
        assert_eq!(texts, ["abc", "ä"]);
        assert!(log.truncated);
    }
}
