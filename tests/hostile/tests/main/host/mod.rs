//! A host program under attack: the suite's own binary, started again.

pub(crate) mod child;
mod leftovers;
mod parent;

use std::time::Duration;

use codemode_runtime::{CallRecord, Limits, Outcome, RunResult};
use serde::{Deserialize, Serialize};

pub(crate) use self::parent::{Answer, Host};
use crate::record::Seen;
use crate::tier::Tier;

/// What a host is asked to run, as one line of JSON.
#[derive(Serialize, Deserialize)]
pub(crate) struct Request {
    pub(crate) tier: Tier,
    pub(crate) limits: Limits,
    pub(crate) script: String,
    /// Whether its thread is known to stay, so that nobody need wait long for its end.
    pub(crate) may_go_on: bool,
    /// Whether to look at what the script left behind: with another run, and for threads and processes.
    pub(crate) looks_after: bool,
}

/// What a host reports, as one line of JSON.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Report {
    pub(crate) outcome: Outcome,
    /// The calls that the tools saw while it ran.
    pub(crate) seen: Vec<Seen>,
    /// How long the host waited for it.
    pub(crate) took: Duration,
    /// How much processor time the host and the workers that have ended used meanwhile, as the system tells; it goes in steps
    /// of 10 ms, and a worker that ends a moment after its run isn't in it. `None` where that can't be told.
    pub(crate) processor: Option<Duration>,
    /// What came of a harmless script on the same sandbox afterwards, if that was asked.
    pub(crate) next: Option<Next>,
    /// Whether something of a script was still there when everything was over and some time had passed: its thread, or its
    /// worker. `None` where that can't be told, or wasn't asked.
    pub(crate) goes_on: Option<bool>,
}

/// The harmless script after another one.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Next {
    pub(crate) result: RunResult,
    pub(crate) calls: Vec<CallRecord>,
    /// All that the tools saw since the run before it had ended.
    pub(crate) seen: Vec<Seen>,
    /// What it comes to on a sandbox of a host that nobody has attacked.
    pub(crate) untouched: RunResult,
    /// How often it was run: again only if its time was up.
    pub(crate) tries: usize,
}
