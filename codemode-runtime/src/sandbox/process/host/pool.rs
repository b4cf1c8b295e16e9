//! Warm workers, those that run a script, and the runs that wait for one.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use tokio::sync::{oneshot, watch};

use super::job::{Failure, Job};
use super::worker::Worker;
use crate::outcome::{ErrorKind, RunError};
use crate::sandbox::lock::lock;
use crate::sandbox::options::isolation::{LockDown, Workers};
use crate::sandbox::options::limits::Limits;
use crate::sandbox::process::frame::{Setup, ToWorker};

/// The workers of one sandbox. They end with this value, those that run a script when that has ended.
pub(in crate::sandbox) struct Pool {
    inner: Arc<Inner>,
}

/// A worker that has made its isolate and waits for a script.
pub(in crate::sandbox) struct Warm {
    number: u64,
    jobs: oneshot::Sender<Job>,
}

impl Warm {
    /// Hands the script to the worker. It is run, or reported as one that can't be.
    pub(in crate::sandbox) fn start(self, job: Job) {
        // A worker that has just died drops the job, which its owner notices.
        let _ = self.jobs.send(job);
    }
}

struct Inner {
    settings: Workers,
    limits: Limits,
    /// What every worker is told first.
    setup: Vec<u8>,
    state: Mutex<State>,
    /// How many worker processes there are, for those who wait until there is none.
    alive: watch::Sender<usize>,
}

#[derive(Default)]
struct State {
    warm: Vec<Warm>,
    waiting: VecDeque<oneshot::Sender<Result<Warm, RunError>>>,
    starting: usize,
    alive: usize,
    /// How many warm workers there should be, beside those that somebody waits for.
    wanted: usize,
    last_number: u64,
    /// How many workers in a row couldn't be started.
    failures: usize,
    closed: bool,
}

/// How many workers in a row may die while they start, before somebody who waits for one is told. One may be unlucky.
const MAX_FAILURES: usize = 3;

/// Idle workers look no more often than so whether they are still wanted.
const LEAST_IDLE: Duration = Duration::from_millis(50);

impl Pool {
    /// Starts the warm workers in the background.
    pub(in crate::sandbox) fn new(settings: Workers, limits: Limits) -> Self {
        let settings = Workers {
            max: settings.max.max(1),
            min: settings.min.min(settings.max.max(1)),
            ..settings
        };
        let setup = ToWorker::Setup(Box::new(Setup {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            limits: limits.clone(),
            best_effort: settings.lock_down == LockDown::BestEffort,
        }));
        let state = State {
            wanted: settings.min,
            ..State::default()
        };
        let inner = Arc::new(Inner {
            settings,
            limits,
            setup: setup.encode(),
            state: Mutex::new(state),
            alive: watch::Sender::new(0),
        });
        let first = inner.reserve(&mut lock(&inner.state), inner.settings.min);
        Inner::launch(first);
        Self { inner }
    }

    /// A worker for one script: a warm one, or the next one that is.
    ///
    /// # Errors
    ///
    /// If too many wait already, or if no worker can be started.
    pub(in crate::sandbox) async fn worker(&self) -> Result<Warm, RunError> {
        let (waiting, workers) = {
            let mut state = lock(&self.inner.state);
            if state.closed {
                return Err(closed());
            }
            let max = self.inner.settings.max;
            if let Some(warm) = state.warm.pop() {
                let wanted = state.wanted;
                (Ok(warm), self.inner.reserve(&mut state, wanted))
            } else {
                state.waiting.retain(|waiting| !waiting.is_closed());
                let coming = max - state.alive + state.starting;
                if state.waiting.len() >= coming.saturating_add(self.inner.settings.queue) {
                    return Err(Inner::busy(&state));
                }
                let (sender, receiver) = oneshot::channel();
                state.waiting.push_back(sender);
                if state.alive > 0 && state.waiting.len() > state.starting {
                    // All are at work, so there was one too few.
                    state.wanted = (state.wanted + 1).min(max);
                }
                let wanted = state.wanted;
                (Err(receiver), self.inner.reserve(&mut state, wanted))
            }
        };
        Inner::launch(workers);
        let waiting = match waiting {
            Ok(warm) => return Ok(warm),
            Err(waiting) => waiting,
        };
        waiting.await.unwrap_or_else(|_| Err(closed()))
    }

    /// Ends the warm workers, and resolves when no worker is left: those that run a script end when that has ended.
    pub(in crate::sandbox) fn close(&self) -> impl Future<Output = ()> + use<> {
        self.inner.close();
        let mut alive = self.inner.alive.subscribe();
        async move {
            // The sender is dropped only after the last worker.
            let _ = alive.wait_for(|alive| *alive == 0).await;
        }
    }
}

fn closed() -> RunError {
    RunError::new(
        ErrorKind::Host,
        "the sandbox was closed before there was a worker for the script",
    )
}

impl Drop for Pool {
    fn drop(&mut self) {
        self.inner.close();
    }
}

impl Inner {
    /// Counts as many new workers as are wanted and waited for, up to the maximum. They are started by
    /// [`Inner::launch`], without the lock.
    fn reserve(self: &Arc<Self>, state: &mut State, wanted: usize) -> Vec<Living> {
        let missing = (wanted + state.waiting.len())
            .saturating_sub(state.warm.len() + state.starting)
            .min(self.settings.max - state.alive);
        if state.closed {
            return Vec::new();
        }
        state.starting += missing;
        state.alive += missing;
        self.alive.send_replace(state.alive);
        (0..missing)
            .map(|_| {
                state.last_number += 1;
                Living {
                    pool: Arc::clone(self),
                    number: state.last_number,
                    starting: true,
                    failure: None,
                }
            })
            .collect()
    }

    fn launch(workers: Vec<Living>) {
        for mut living in workers {
            living.failure = Some(Failure::is_final("the system has no thread for it"));
            // One that can't be started is dropped, which tells whoever waits for it.
            let _ = thread::Builder::new()
                .name("codemode-worker".to_owned())
                .spawn(move || living.live());
        }
    }

    fn close(&self) {
        let mut state = lock(&self.state);
        state.closed = true;
        state.warm.clear();
        state.waiting.clear();
    }

    fn busy(state: &State) -> RunError {
        RunError::new(
            ErrorKind::Busy,
            format!(
                "{} workers are at work and {} scripts wait for one, which is as many as may: try again later",
                state.alive,
                state.waiting.len()
            ),
        )
    }
}

/// One worker as the pool counts it, on the thread that looks after its process.
struct Living {
    pool: Arc<Inner>,
    number: u64,
    starting: bool,
    /// Why it isn't what it should be: then it isn't replaced until somebody needs it.
    failure: Option<Failure>,
}

impl Living {
    fn live(mut self) {
        self.failure = None;
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build();
        let lived = match runtime {
            Ok(runtime) => runtime.block_on(self.start_and_run()),
            Err(error) => Err(Failure::is_final(format!(
                "no event loop could be started: {error}"
            ))),
        };
        self.failure = lived.err();
    }

    async fn start_and_run(&mut self) -> Result<(), Failure> {
        let mut worker =
            Worker::start(&self.pool.settings, &self.pool.setup, &self.pool.limits).await?;
        let (jobs, mut job) = oneshot::channel();
        self.offer(jobs);
        loop {
            tokio::select! {
                job = &mut job => {
                    // Without one the pool is closed.
                    if let Ok(job) = job {
                        worker.run(job).await;
                    }
                    return Ok(());
                }
                death = worker.died() => {
                    if self.withdraw(0) {
                        return Err(Failure::may_pass(death));
                    }
                    // Somebody has been given it, and hears of it as soon as there is a script for it.
                    let _ = job.await;
                    return Ok(());
                }
                () = tokio::time::sleep(self.pool.settings.idle.max(LEAST_IDLE)) => {
                    if self.withdraw(self.pool.settings.min) {
                        return Ok(());
                    }
                }
            }
        }
    }

    /// Gives the worker to whoever waits for one, or to those that are warm.
    fn offer(&mut self, jobs: oneshot::Sender<Job>) {
        let mut state = lock(&self.pool.state);
        self.starting = false;
        state.starting -= 1;
        state.failures = 0;
        let mut warm = Warm {
            number: self.number,
            jobs,
        };
        while let Some(waiting) = state.waiting.pop_front() {
            match waiting.send(Ok(warm)) {
                Err(Ok(unwanted)) => warm = unwanted,
                Ok(()) | Err(Err(_)) => return,
            }
        }
        if !state.closed {
            state.warm.push(warm);
        }
    }

    /// Takes the worker back, if it is among more than `min` warm ones and hasn't just been given to somebody.
    fn withdraw(&self, min: usize) -> bool {
        let mut state = lock(&self.pool.state);
        if state.warm.len() <= min {
            return false;
        }
        let before = state.warm.len();
        state.warm.retain(|warm| warm.number != self.number);
        let is_taken_back = state.warm.len() < before;
        if is_taken_back {
            let fewer = state.wanted.saturating_sub(1);
            state.wanted = fewer.max(self.pool.settings.min);
        }
        is_taken_back
    }
}

impl Drop for Living {
    fn drop(&mut self) {
        let replacements = {
            let mut state = lock(&self.pool.state);
            state.alive -= 1;
            self.pool.alive.send_replace(state.alive);
            if self.starting {
                state.starting -= 1;
            }
            let wanted = match &self.failure {
                None => state.wanted,
                Some(failure) => {
                    if self.starting {
                        state.failures += 1;
                        if failure.is_final || state.failures >= MAX_FAILURES {
                            state.failures = 0;
                            let error = failure.error();
                            if let Some(waiting) = state.waiting.pop_front() {
                                let _ = waiting.send(Err(error));
                            }
                        }
                    }
                    0
                }
            };
            self.pool.reserve(&mut state, wanted)
        };
        Inner::launch(replacements);
    }
}
