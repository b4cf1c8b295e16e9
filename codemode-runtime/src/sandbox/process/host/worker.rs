//! One worker from its start to its end, as the thread that looks after it sees it.

use std::process::ExitStatus;
use std::sync::Arc;
use std::time::{Duration, Instant};

use futures_util::StreamExt as _;
use futures_util::stream::FuturesUnordered;
use tokio::runtime::Handle;
use tokio_util::context::TokioContext;

use super::channel::Channel;
use super::child::{Complaint, WorkerProcess, describe, was_refused_memory};
use super::job::{Failure, Job};
use crate::outcome::{ErrorKind, RunError, RunResult};
use crate::sandbox::options::isolation::Workers;
use crate::sandbox::options::limits::Limits;
use crate::sandbox::process::frame::{Bounds, End, FromWorker, Nonsense, ToWorker};
use crate::sandbox::run::border;
use crate::sandbox::run::state::{Run, RunningScript};

/// How long a worker may take to make its isolate. It takes some milliseconds, but the machine may be busy.
const START_TIME: Duration = Duration::from_secs(30);

/// How often the memory of a worker is looked at.
const LOOK: Duration = Duration::from_millis(20);

/// How much the arguments of the calls under way may take together before no further call is read.
const MAX_HELD: usize = 8 * 1024 * 1024;

/// How long a worker that was killed may go on to be heard. Its channel closes with it, unless another process has it, too.
const AFTERMATH: Duration = Duration::from_secs(1);

/// A worker whose isolate is made.
pub(crate) struct Worker {
    process: Arc<WorkerProcess>,
    channel: Channel,
    complaint: Option<Complaint>,
    /// What it couldn't be locked down with.
    not_locked_down: Vec<String>,
}

impl Worker {
    /// Starts a process and waits until it is ready.
    pub(crate) async fn start(
        settings: &Workers,
        setup: &[u8],
        limits: &Limits,
    ) -> Result<Self, Failure> {
        let (process, channel, complaint) =
            WorkerProcess::start(&settings.program).map_err(Failure::is_final)?;
        let channel = Channel::new(channel, Bounds::of(limits)).map_err(Failure::is_final)?;
        let mut worker = Self {
            process: Arc::new(process),
            channel,
            complaint: Some(complaint),
            not_locked_down: Vec::new(),
        };
        worker.channel.send(setup);
        let first = tokio::time::timeout(START_TIME, worker.channel.next_frame(true));
        match first.await {
            Ok(Ok(Some(FromWorker::Ready { not_locked_down }))) => Ok(Self {
                not_locked_down,
                ..worker
            }),
            Ok(Ok(Some(FromWorker::Refused(reason)))) => Err(Failure::is_final(reason)),
            Ok(Ok(Some(_))) => Err(Failure::is_final(Nonsense::Unexpected)),
            // It may have been the one that the system chose to kill for want of memory.
            Ok(Ok(None)) => Err(Failure::may_pass(describe(worker.bury()))),
            Ok(Err(error)) => Err(Failure::is_final(error)),
            Err(_) => Err(Failure::is_final(format!(
                "it wasn't ready within {START_TIME:?}"
            ))),
        }
    }

    /// Resolves when the worker, which has nothing to say now, says something or is gone. Then it is of no use.
    pub(crate) async fn died(&mut self) -> String {
        match self.channel.next_frame(true).await {
            Ok(None) => describe(self.bury()),
            Ok(Some(_)) => Nonsense::Unexpected.to_string(),
            Err(error) => error.to_string(),
        }
    }

    /// Runs the script, and reports its result.
    pub(crate) async fn run(mut self, job: Job) {
        let run = &job.run;
        run.not_locked_down(std::mem::take(&mut self.not_locked_down));
        let used_before = self.process.cpu_time();
        run.attach(Remote {
            run: Arc::downgrade(run),
            process: Arc::clone(&self.process),
            used_before,
        });
        let result = self.carry_out(&job, used_before).await;
        // The host's own reason wins over whatever the worker has to say.
        let result = match (run.stopped(), result) {
            (Some(reason), _) => RunResult::Error {
                error: reason.clone(),
            },
            (None, Ok(())) => RunResult::Ok { value: None },
            (None, Err(error)) => RunResult::Error { error },
        };
        run.finish(result);
        run.end();
        self.process.bury();
    }

    async fn carry_out(
        &mut self,
        job: &Job,
        used_before: Option<Duration>,
    ) -> Result<(), RunError> {
        let run = &job.run;
        let tools = job.script.all();
        let tools = job.tools.named_in(&tools);
        let saved = job.script.saved.iter();
        let saved = saved.map(|(name, text)| (name.clone(), text.to_string()));
        self.channel.bound_by(Bounds::of(&run.limits));
        let start = ToWorker::Start {
            room: run.limits.room(),
            tools: tools
                .into_iter()
                .map(|(number, path)| (number, path.to_owned()))
                .collect(),
            saved: saved.collect(),
            script: job.script.script.clone(),
        };
        self.channel.send(&start.encode());

        let runtime = job.runtime.clone().unwrap_or_else(Handle::current);
        let mut calls = FuturesUnordered::new();
        let mut stopped = std::pin::pin!(run.until_stopped());
        let mut stopped_at: Option<Instant> = None;
        let mut has_returned = false;
        // What the arguments of the calls under way take in the host's memory.
        let mut held = 0;
        let mut looks = tokio::time::interval(LOOK);
        loop {
            let frame = tokio::select! {
                biased;
                () = &mut stopped, if stopped_at.is_none() => {
                    // The process is being killed; what it has said before is still on its way. Its calls end here.
                    stopped_at = Some(Instant::now());
                    calls.clear();
                    if may_part(run) {
                        self.channel.hang_up();
                    }
                    continue;
                }
                // Before the frames, or a worker that never stops talking would never be looked at.
                _ = looks.tick() => {
                    if stopped_at.is_some_and(|time| time.elapsed() > AFTERMATH) {
                        return Err(crashed(&"its channel outlived it"));
                    }
                    self.check_memory(run);
                    continue;
                }
                Some((call, bytes, text)) = calls.next(), if self.channel.may_send() => {
                    held -= bytes;
                    self.channel.send(&ToWorker::Reply { call, text }.encode());
                    continue;
                }
                frame = self.channel.next_frame(held <= MAX_HELD || stopped_at.is_some()) => frame,
            };
            match frame {
                Ok(Some(FromWorker::Log { level, text })) => {
                    run.log(level, &text);
                }
                Ok(Some(FromWorker::Call { .. })) if stopped_at.is_some() => {}
                Ok(Some(FromWorker::Call { call, tool, input })) => {
                    let bytes = input.len();
                    held += bytes;
                    let tools = Arc::clone(&job.tools);
                    let run = Arc::clone(run);
                    let work = async move {
                        let text = border::reply(&run, &tools, tool, input).await;
                        (call, bytes, text)
                    };
                    calls.push(TokioContext::new(work, runtime.clone()));
                }
                Ok(Some(FromWorker::Returned(_))) if has_returned => {
                    return Err(crashed(&Nonsense::Unexpected));
                }
                Ok(Some(FromWorker::Returned(result))) => {
                    has_returned = true;
                    returned(run, result.as_deref())?;
                }
                Ok(Some(FromWorker::Done(end))) if has_returned || end.error.is_some() => {
                    return ended(run, *end);
                }
                Ok(Some(
                    FromWorker::Done(_) | FromWorker::Ready { .. } | FromWorker::Refused(_),
                )) => {
                    return Err(crashed(&Nonsense::Unexpected));
                }
                Ok(None) => {
                    // Known until the process is buried.
                    if let Some(used) = self.process.cpu_time() {
                        run.used_cpu(used.saturating_sub(used_before.unwrap_or_default()));
                    }
                    let end = self.bury();
                    return Err(if was_refused_memory(end) {
                        out_of_memory(run)
                    } else {
                        crashed(&describe(end))
                    });
                }
                Err(nonsense) => return Err(crashed(&nonsense)),
            }
        }
    }

    /// Kills the process if it isn't gone yet, and tells how it ended.
    fn bury(&mut self) -> Option<ExitStatus> {
        let status = self.process.bury();
        // For the host's eyes only: it tells of addresses and versions.
        let complaint = self.complaint.take().map(Complaint::read);
        tracing::debug!(end = describe(status), complaint, "a worker ended");
        status
    }

    /// The kernel bounds a worker's memory where it can; this finds what it can't.
    fn check_memory(&self, run: &Run) {
        let limits = &run.limits;
        let bound = limits
            .heap_bytes
            .saturating_mul(2)
            .saturating_add(limits.buffer_bytes)
            .saturating_add(ENGINE_BYTES);
        if self
            .process
            .resident_bytes()
            .is_some_and(|bytes| bytes > bound)
        {
            let error = out_of_memory(run);
            run.stop(error.kind, error.message);
        }
    }
}

/// What a worker may need in memory beyond its script's limits.
const ENGINE_BYTES: usize = 192 * 1024 * 1024;

fn returned(run: &Run, result: Option<&str>) -> Result<(), RunError> {
    run.returned_bytes(result.map_or(0, str::len));
    run.returned_text(result)
}

fn ended(run: &Run, end: End) -> Result<(), RunError> {
    run.saw_heap(usize::try_from(end.heap_peak_bytes).unwrap_or(usize::MAX));
    run.used_cpu(Duration::from_micros(end.cpu_micros));
    let Some(error) = end.error else {
        return Ok(());
    };
    // A worker knows of no other reason for this kind than that it was told to end.
    if error.kind == ErrorKind::Timeout {
        run.was_at(error.frames.clone());
    }
    Err(error)
}

fn out_of_memory(run: &Run) -> RunError {
    RunError::new(
        ErrorKind::OutOfMemory,
        format!(
            "the script needed more memory than its {} bytes of heap and {} bytes of buffers",
            run.limits.heap_bytes, run.limits.buffer_bytes
        ),
    )
}

fn crashed(how: &dyn std::fmt::Display) -> RunError {
    RunError::new(
        ErrorKind::Crashed,
        format!("the process of the script crashed: {how}"),
    )
}

/// How long a worker whose time is up may take to say where its script is and what it has used. All that it has logged and
/// called is here already.
///
/// Only Linux tells a process that nobody will write to it any more without its asking.
const PARTING: Duration = if cfg!(target_os = "linux") {
    Duration::from_millis(100)
} else {
    Duration::ZERO
};

/// Whether there is any use in what the worker still has to say, and time for it.
fn may_part(run: &Run) -> bool {
    run.stopped_since().is_some_and(|(reason, since)| {
        reason.kind == ErrorKind::Timeout && since.elapsed() < PARTING
    })
}

/// A script in another process. It is told to end, if that is the use of anything, and killed.
struct Remote {
    run: std::sync::Weak<Run>,
    process: Arc<WorkerProcess>,
    used_before: Option<Duration>,
}

impl RunningScript for Remote {
    fn terminate(&self) {
        // The thread that looks after the worker tells it; and this is called again.
        if self.run.upgrade().is_some_and(|run| may_part(&run)) {
            return;
        }
        self.process.kill();
    }

    fn measure(&self) {
        if let Some(run) = self.run.upgrade()
            && let Some(used) = self.process.cpu_time()
        {
            run.used_cpu(used.saturating_sub(self.used_before.unwrap_or_default()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(target_os = "linux")]
    #[test]
    fn a_worker_whose_time_is_up_has_a_tenth_of_a_second_for_its_last_words_and_any_other_has_none()
    {
        let run = |stopped: Option<ErrorKind>| {
            let state = crate::tool::context::State::default();
            let (run, _) = Run::new(0, Limits::default(), state, crate::RunOptions::default());
            if let Some(kind) = stopped {
                run.stop(kind, "");
            }
            run
        };
        assert!(!may_part(&run(None)));
        assert!(!may_part(&run(Some(ErrorKind::OutOfMemory))));
        let late = run(Some(ErrorKind::Timeout));
        assert!(may_part(&late));
        // Whoever hasn't spoken by then is killed.
        std::thread::sleep(Duration::from_millis(100));
        assert!(!may_part(&late));
    }
}
