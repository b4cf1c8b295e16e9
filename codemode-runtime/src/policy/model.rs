//! A policy as data.

use std::fmt;

use super::condition::Condition;
use super::pattern::Pattern;
use crate::tool::annotations::Annotations;
use crate::tool::source::ToolSource;

/// What a file says.
#[derive(Debug)]
pub(crate) struct Rules {
    pub(in crate::policy) rules: Vec<Rule>,
    pub(in crate::policy) otherwise: Otherwise,
}

/// One rule.
#[derive(Debug)]
pub(crate) struct Rule {
    /// Its place among the rules, from 1.
    pub(in crate::policy) number: usize,
    pub(in crate::policy) name: Option<String>,
    pub(in crate::policy) line: usize,
    /// Of which functions it is: those that fit one of these,
    pub(in crate::policy) tools: Vec<Pattern>,
    /// that say all of this,
    pub(in crate::policy) annotations: Vec<(Hint, bool)>,
    /// and come from one of these; from anywhere if there is none.
    pub(in crate::policy) sources: Vec<ToolSource>,
    /// What has to be true of the arguments.
    pub(in crate::policy) conditions: Vec<Condition>,
    pub(in crate::policy) effect: Effect,
}

/// What a rule does with a call that it fits.
#[derive(Debug)]
pub(in crate::policy) enum Effect {
    Allow,
    /// With the reason.
    Deny(String),
    /// With the question.
    Ask(String),
    /// The next rules decide, unless there were so many calls.
    Limit(Limit),
}

/// How many calls there may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Limit {
    pub(crate) calls: usize,
    pub(crate) per: Period,
}

/// What calls are counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Period {
    Run,
    Session,
    Hour,
}

/// What becomes of calls that no rule decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::policy) enum Otherwise {
    Allow,
    Deny,
    Ask,
    /// Those are asked about that don't say that they change nothing.
    AskChanges,
}

/// Something that is said about how a function behaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::policy) enum Hint {
    ReadOnly,
    Destructive,
    Idempotent,
    OpenWorld,
}

impl Hint {
    /// What is said; what is left open counts as MCP has it, which is the worse in each case.
    pub(in crate::policy) fn of(self, annotations: Annotations) -> bool {
        match self {
            Self::ReadOnly => annotations.is_read_only(),
            Self::Destructive => annotations.may_destroy(),
            Self::Idempotent => annotations.idempotent == Some(true),
            Self::OpenWorld => annotations.open_world != Some(false),
        }
    }

    pub(in crate::policy) fn as_str(self) -> &'static str {
        match self {
            Self::ReadOnly => "read_only",
            Self::Destructive => "destructive",
            Self::Idempotent => "idempotent",
            Self::OpenWorld => "open_world",
        }
    }
}

impl fmt::Display for Limit {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let calls = if self.calls == 1 { "call" } else { "calls" };
        let per = match self.per {
            Period::Run => "a run",
            Period::Session => "a session",
            Period::Hour => "an hour",
        };
        write!(formatter, "{} {calls} {per}", self.calls)
    }
}

/// `rule 2 (only our own people)`.
impl fmt::Display for Rule {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "rule {}", self.number)?;
        match &self.name {
            Some(name) => write!(formatter, " ({name})"),
            None => Ok(()),
        }
    }
}
