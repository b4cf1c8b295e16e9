//! A host program under attack: the suite's own binary, started again.

pub(crate) mod child;
mod parent;

use std::time::Duration;

use codemode_runtime::{Limits, Outcome, RunResult};
use serde::{Deserialize, Serialize};

pub(crate) use self::parent::{Answer, Host};
use crate::tier::Tier;

/// What a host is asked to run, as one line of JSON.
#[derive(Serialize, Deserialize)]
pub(crate) struct Request {
    pub(crate) tier: Tier,
    pub(crate) limits: Limits,
    pub(crate) script: String,
    /// Whether its thread is known to stay, so that nobody need wait long for its end.
    pub(crate) may_go_on: bool,
    /// Whether to look at what the script left behind: with another run, and for threads.
    pub(crate) looks_after: bool,
}

/// What a host reports, as one line of JSON.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Report {
    pub(crate) outcome: Outcome,
    /// How long the host waited for it.
    pub(crate) took: Duration,
    /// What came of a harmless script on the same sandbox afterwards, if that was asked.
    pub(crate) next: Option<RunResult>,
    /// Whether a thread of a script was still busy when everything was over and some time had passed. `None` where that
    /// can't be told, or wasn't asked.
    pub(crate) goes_on: Option<bool>,
}
