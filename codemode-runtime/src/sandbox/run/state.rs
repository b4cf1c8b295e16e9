//! The state of one run, shared by the isolate's thread, the tools, the watchdog and the host.

use std::borrow::Cow;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock, Weak};
use std::time::{Duration, Instant};

use serde_json::Value;
use tokio::sync::{Semaphore, SemaphorePermit, oneshot};
use tokio_util::sync::CancellationToken;
use tracing::Span;

use super::calls::{Calls, milliseconds};
use super::clock::{Clock, Expired};
use super::log::Log;
use super::session::InSession;
use super::{text, watchdog};
use crate::outcome::{Attachment, ErrorKind, Frame, LogLevel, Outcome, RunError, RunResult, Stats};
use crate::sandbox::lock::lock;
use crate::sandbox::options::limits::Limits;
use crate::sandbox::options::policy::Policy;
use crate::sandbox::options::run::{Observer, RunEvent, RunOptions};
use crate::sandbox::store::{Store, StoreLimits};
use crate::sandbox::tools::output;
use crate::tool::context::{CallContext, State};

/// One run, from its start to its outcome.
pub(crate) struct Run {
    /// For the watchdog, which looks after a run for as long as somebody else holds it.
    this: Weak<Self>,
    pub(crate) limits: Limits,
    pub(crate) clock: Clock,
    pub(crate) context: CallContext,
    pub(crate) policy: Option<Arc<dyn Policy>>,
    observer: Option<Observer>,
    /// Its part in a session, if it is in one.
    pub(crate) session: Option<InSession>,
    /// What is logged about the run belongs here.
    pub(crate) span: Span,
    cancellation: CancellationToken,
    /// Why the host stopped the script. The first reason stays, and it decides the outcome whatever the script makes of
    /// being stopped.
    stopped: OnceLock<(RunError, Instant)>,
    script: OnceLock<Box<dyn RunningScript>>,
    /// Where the script was when its time was up.
    place: OnceLock<Vec<Frame>>,
    log: Arc<Mutex<Log>>,
    attachments: Arc<Mutex<Vec<Attachment>>>,
    not_locked_down: OnceLock<Vec<String>>,
    calls: Calls,
    turns: Semaphore,
    heap_peak: AtomicU64,
    cpu: Mutex<Cpu>,
    result_bytes: AtomicUsize,
    truncated: AtomicBool,
    ended: AtomicBool,
    /// What the script returned, whatever comes after that.
    returned: Mutex<Option<RunResult>>,
    finish: Mutex<Option<oneshot::Sender<RunResult>>>,
}

/// The processor time used, and when that was said.
struct Cpu {
    used: Duration,
    at: Instant,
}

/// A script that is running somewhere, as it can be reached from any thread.
pub(crate) trait RunningScript: Send + Sync {
    /// Interrupts it for good. Called again and again until the run has ended.
    fn terminate(&self);

    /// Asks it to say soon, with [`Run::used_cpu`], how much processor time it has used.
    fn measure(&self);
}

/// How often a script that may use no more processor time is looked at again, at most.
const CPU_CHECK: Duration = Duration::from_millis(20);

impl Run {
    /// A run that starts now, and the receiver of its result.
    pub(crate) fn new(
        id: u64,
        limits: Limits,
        mut state: State,
        options: RunOptions,
    ) -> (Arc<Self>, oneshot::Receiver<RunResult>) {
        let (finish, finished) = oneshot::channel();
        let cancellation = CancellationToken::new();
        let session = options
            .store
            .clone()
            .map(|store| InSession::begin(store, &limits));
        let mut log = Log::new(&limits).observed_by(options.observer.clone());
        let limits = match &session {
            None => limits,
            Some(session) => limits.with_room(session.room()),
        };
        if session.is_some() {
            log = log.kept_whole(&limits);
        }
        let log = Arc::new(Mutex::new(log));
        let store = options.store;
        state.insert(store.unwrap_or_else(|| Store::with_limits(StoreLimits::of_one_run())));
        let tool_log = Arc::clone(&log);
        let context = CallContext::new(
            id.to_string(),
            state,
            cancellation.clone(),
            move |level, text: &str| {
                lock(&tool_log).push(level, text);
            },
        );
        let attachments = Arc::new(Mutex::new(Vec::new()));
        let context = output::collect(context, &attachments, limits.attachment_bytes);
        let turns = limits.calls_in_flight.clamp(1, Semaphore::MAX_PERMITS);
        let now = Instant::now();
        let run = Arc::new_cyclic(|this| Self {
            this: this.clone(),
            limits,
            clock: Clock::start(now),
            context,
            policy: options.policy,
            observer: options.observer,
            session,
            span: tracing::info_span!("run", id),
            cancellation,
            stopped: OnceLock::new(),
            script: OnceLock::new(),
            place: OnceLock::new(),
            log,
            attachments,
            not_locked_down: OnceLock::new(),
            calls: Calls::new(now),
            turns: Semaphore::new(turns),
            heap_peak: AtomicU64::new(0),
            cpu: Mutex::new(Cpu {
                used: Duration::ZERO,
                at: now,
            }),
            result_bytes: AtomicUsize::new(0),
            truncated: AtomicBool::new(false),
            ended: AtomicBool::new(false),
            returned: Mutex::new(None),
            finish: Mutex::new(Some(finish)),
        });
        (run, finished)
    }

    /// Makes the run stoppable. A stop that came earlier takes effect now.
    pub(crate) fn attach(&self, script: impl RunningScript + 'static) {
        let script = self.script.get_or_init(|| Box::new(script));
        if self.stopped.get().is_some() {
            script.terminate();
        }
    }

    /// Stops the script. Only the first reason counts.
    pub(crate) fn stop(&self, kind: ErrorKind, message: impl Into<String>) {
        let reason = (RunError::new(kind, message), Instant::now());
        if self.stopped.set(reason).is_ok()
            && let Some(this) = self.this.upgrade()
        {
            watchdog::watch_end(&this);
        }
        self.terminate();
        // Interrupting reaches code that runs; a script that waits for a tool has to be woken.
        self.cancellation.cancel();
    }

    /// Interrupts the script. V8 sometimes misses one interruption, so the watchdog repeats it until the run has ended.
    pub(crate) fn terminate(&self) {
        if let Some(script) = self.script.get() {
            script.terminate();
        }
    }

    /// Stops the script if its time is up, and says when to look again otherwise: `None` for never.
    pub(crate) fn check_time(&self, now: Instant) -> Option<Instant> {
        let due = match self.clock.check(&self.limits, self.calls.time(now), now) {
            Ok(due) => due,
            Err(expired) => {
                self.stop(ErrorKind::Timeout, self.expired_message(expired));
                return None;
            }
        };
        match (due, self.check_cpu(now)) {
            (Some(due), Some(cpu_due)) => Some(due.min(cpu_due)),
            (due, cpu_due) => due.or(cpu_due),
        }
    }

    /// Asks for the processor time if it could be used up, and says when to look again.
    fn check_cpu(&self, now: Instant) -> Option<Instant> {
        let (used, at) = {
            let cpu = lock(&self.cpu);
            (cpu.used, cpu.at)
        };
        // One thread doesn't use more processor time than time goes by.
        let earliest = at.checked_add(self.limits.cpu_time.saturating_sub(used))?;
        if earliest > now {
            return Some(earliest);
        }
        if let Some(script) = self.script.get() {
            script.measure();
        }
        now.checked_add((self.limits.cpu_time / 10).max(CPU_CHECK))
    }

    fn expired_message(&self, expired: Expired) -> String {
        match expired {
            Expired::Wall => format!(
                "the script ran longer than its limit of {:?}",
                self.limits.wall_time
            ),
            Expired::Grace => format!(
                "it took longer than the {:?} that it may take",
                self.limits.grace_time
            ),
            Expired::Script => format!(
                "the script ran longer than its limit of {:?}, not counting the time of tools",
                self.limits.script_time
            ),
        }
    }

    /// Notes where the script was when its time was up, innermost first.
    pub(crate) fn was_at(&self, place: Vec<Frame>) {
        if !place.is_empty() {
            let _ = self.place.set(place);
        }
    }

    /// Where the script was when its time was up, if that is known.
    #[cfg(unix)]
    pub(crate) fn place(&self) -> Option<&[Frame]> {
        self.place.get().map(Vec::as_slice)
    }

    /// Wakes a script that waits, to end. It isn't a reason for that.
    #[cfg(unix)]
    pub(crate) fn wake(&self) {
        self.cancellation.cancel();
    }

    /// Resolves when the script is stopped.
    pub(crate) fn until_stopped(&self) -> impl Future<Output = ()> + use<> {
        self.cancellation.clone().cancelled_owned()
    }

    /// Why the host stopped the script, if it did.
    pub(crate) fn stopped(&self) -> Option<&RunError> {
        self.stopped.get().map(|(reason, _)| reason)
    }

    /// Why, and since when.
    pub(crate) fn stopped_since(&self) -> Option<&(RunError, Instant)> {
        self.stopped.get()
    }

    /// The script has returned the text of this, and it stands.
    ///
    /// # Errors
    ///
    /// If the text can't be read.
    pub(crate) fn returned_text(&self, text: Option<&str>) -> Result<(), RunError> {
        let value = text.map(text::parse).transpose()?;
        let has_room = match (&self.session, text, &value) {
            (Some(session), Some(text), Some(value)) => session.result(text, value),
            _ => true,
        };
        self.returned(value.filter(|_| has_room));
        Ok(())
    }

    /// The script has returned this, and it stands. What the script has left under way has some time to come to its end.
    pub(crate) fn returned(&self, value: Option<Value>) {
        let mut returned = lock(&self.returned);
        // A reason to stop it that came earlier counts, as it does for all else.
        if returned.is_some() || self.stopped().is_some() {
            return;
        }
        *returned = Some(RunResult::Ok { value });
        self.clock.script_returned(Instant::now());
        if let Some(this) = self.this.upgrade() {
            watchdog::watch(&this);
        }
    }

    /// Reports the result. Only the first report counts: a watchdog that has given a run up reports in its place.
    pub(crate) fn finish(&self, result: RunResult) {
        let returned = lock(&self.returned).take();
        if let (Some(_), RunResult::Error { error }) = (&returned, &result) {
            let (left, why) = (self.calls.unfinished(), &error.message);
            let note = format!("what the script had left under way{left} was ended: {why}");
            self.log(LogLevel::Warn, &note);
        }
        let result = returned.unwrap_or(result);
        if let Some(finish) = lock(&self.finish).take() {
            // Nobody receives it when the host has dropped the run, and then nobody wants it.
            let _ = finish.send(result);
        }
        self.cancellation.cancel();
    }

    /// The isolate is gone: there is nothing left to stop.
    pub(crate) fn end(&self) {
        self.ended.store(true, Ordering::Release);
    }

    pub(crate) fn has_ended(&self) -> bool {
        self.ended.load(Ordering::Acquire)
    }

    /// Adds a line to the log. Returns whether there is any use in adding another one.
    pub(crate) fn log(&self, level: LogLevel, text: &str) -> bool {
        lock(&self.log).push(level, text)
    }

    /// Something that isn't the log was cut.
    pub(crate) fn cut_something(&self) {
        self.truncated.store(true, Ordering::Relaxed);
    }

    /// Waits until a call may go on beside those that are under way.
    pub(crate) async fn turn(&self) -> Option<SemaphorePermit<'_>> {
        // It is never closed, so the error is that nothing is free.
        match self.turns.try_acquire() {
            Ok(turn) => Some(turn),
            Err(_) => self.turns.acquire().await.ok(),
        }
    }

    /// Records that a call starts, and returns its number; `None` if the script may not call any more.
    pub(crate) fn begin_call(&self, tool: Cow<'static, str>) -> Option<usize> {
        let observed = self.observer.as_ref().map(|_| tool.clone());
        let most = self.limits.tool_calls;
        let call = match self.calls.begin(tool, most, Instant::now()) {
            Ok(call) => call,
            Err(tool) => {
                let message = format!(
                    "the script may call tools {most} times, and wanted to call `{tool}` once more"
                );
                self.stop(ErrorKind::Limit, message);
                return None;
            }
        };
        if let (Some(observer), Some(tool)) = (&self.observer, observed) {
            observer(&RunEvent::CallStarted { call, tool: &tool });
        }
        Some(call)
    }

    pub(crate) fn end_call(&self, call: usize, ok: bool) {
        self.calls.end(call, ok, Instant::now());
        if let Some(observer) = &self.observer
            && let Some(tool) = self.calls.tool(call)
        {
            let tool = &tool;
            observer(&RunEvent::CallEnded { call, tool, ok });
        }
    }

    /// How many calls have started and not ended.
    pub(crate) fn in_flight(&self) -> usize {
        self.calls.under_way()
    }

    pub(crate) fn saw_heap(&self, bytes: usize) {
        self.heap_peak.fetch_max(bytes as u64, Ordering::Relaxed);
    }

    /// Notes the processor time of the script so far, and stops it if that is too much.
    pub(crate) fn used_cpu(&self, used: Duration) {
        {
            let mut cpu = lock(&self.cpu);
            cpu.used = used;
            cpu.at = Instant::now();
        }
        if used > self.limits.cpu_time {
            self.stop(
                ErrorKind::Timeout,
                format!(
                    "the script used more than its limit of {:?} of processor time",
                    self.limits.cpu_time
                ),
            );
        }
    }

    #[cfg(unix)]
    pub(crate) fn cpu_micros(&self) -> u64 {
        u64::try_from(lock(&self.cpu).used.as_micros()).unwrap_or(u64::MAX)
    }

    #[cfg(unix)]
    pub(crate) fn heap_peak(&self) -> u64 {
        self.heap_peak.load(Ordering::Relaxed)
    }

    /// Notes what the script's process couldn't be locked down with.
    #[cfg(unix)]
    pub(crate) fn not_locked_down(&self, steps: Vec<String>) {
        let _ = self.not_locked_down.set(steps);
    }

    pub(crate) fn returned_bytes(&self, bytes: usize) {
        self.result_bytes.store(bytes, Ordering::Relaxed);
    }

    /// Everything that is known about the run, with its result.
    pub(crate) fn outcome(&self, mut result: RunResult) -> Outcome {
        if let RunResult::Error { error } = &mut result
            && error.kind == ErrorKind::Timeout
            && let Some(place) = self.place.get()
        {
            error.frames.clone_from(place);
        }
        let calls = self.calls.records();
        let log = lock(&self.log);
        let output_bytes = log.bytes + self.result_bytes.load(Ordering::Relaxed);
        let cpu = lock(&self.cpu).used;
        let failed = matches!(result, RunResult::Error { .. });
        let session = self.session.as_ref();
        Outcome {
            kept: session.map_or_else(Vec::new, |session| session.end(failed, &log)),
            result,
            checked: false,
            logs: log.lines.clone(),
            attachments: lock(&self.attachments).clone(),
            not_locked_down: self.not_locked_down.get().cloned().unwrap_or_default(),
            stats: Stats {
                wall_ms: milliseconds(self.clock.elapsed()),
                cpu_ms: milliseconds(cpu),
                heap_peak_bytes: Some(self.heap_peak.load(Ordering::Relaxed))
                    .filter(|bytes| *bytes > 0),
                tool_calls: calls.len() as u64,
                output_bytes: output_bytes as u64,
                truncated: log.truncated || self.truncated.load(Ordering::Relaxed),
            },
            calls,
        }
    }
}
