//! How many calls a limit has let pass.

use std::collections::{HashMap, VecDeque};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::model::{Limit, Period, Rule};

const HOUR: Duration = Duration::from_hours(1);

/// The calls of one run, or of one session, by policy and rule.
#[derive(Debug, Default)]
pub(crate) struct Tally(Mutex<HashMap<(u64, usize), usize>>);

/// The calls of the last hour by rule, whoever made them.
#[derive(Debug)]
struct Hour {
    /// Tells policies apart, where a session has had several.
    policy: u64,
    calls: Mutex<HashMap<usize, VecDeque<Instant>>>,
}

/// Everything that the limits of one policy count for one run.
#[derive(Debug)]
pub(crate) struct Tallies {
    hour: Arc<Hour>,
    session: Arc<Tally>,
    run: Tally,
}

impl Tallies {
    /// Those of a policy that has just been read.
    pub(super) fn of_new_policy() -> Self {
        static NEXT_POLICY: AtomicU64 = AtomicU64::new(0);
        Self {
            hour: Arc::new(Hour {
                policy: NEXT_POLICY.fetch_add(1, Ordering::Relaxed),
                calls: Mutex::default(),
            }),
            session: Arc::default(),
            run: Tally::default(),
        }
    }

    /// Those of a run that starts, with what has been counted in its session and in the hour.
    pub(super) fn for_run(&self, session: Arc<Tally>) -> Self {
        Self {
            hour: Arc::clone(&self.hour),
            session,
            run: Tally::default(),
        }
    }

    /// Counts a call that no rule denies, unless a limit is reached: then it is counted nowhere, and the first such limit is returned.
    pub(crate) fn pass<'r>(
        &self,
        limits: &[(&'r Rule, Limit)],
        is_denied: bool,
        now: Instant,
    ) -> Option<(&'r Rule, Limit)> {
        if limits.is_empty() {
            return None;
        }
        // All at once, so that of two calls for one place only one gets it.
        let mut hour = lock(&self.hour.calls);
        let mut session = lock(&self.session.0);
        let mut run = lock(&self.run.0);
        let key = |rule: &Rule| (self.hour.policy, rule.number);
        let reached = limits.iter().find(|(rule, limit)| {
            let made = match limit.per {
                Period::Run => run.get(&key(rule)).copied(),
                Period::Session => session.get(&key(rule)).copied(),
                Period::Hour => hour.get_mut(&rule.number).map(|times| {
                    times.retain(|time| now.saturating_duration_since(*time) < HOUR);
                    times.len()
                }),
            };
            made.unwrap_or_default() >= limit.calls
        });
        if reached.is_none() && !is_denied {
            for (rule, limit) in limits {
                match limit.per {
                    Period::Run => *run.entry(key(rule)).or_default() += 1,
                    Period::Session => *session.entry(key(rule)).or_default() += 1,
                    Period::Hour => hour.entry(rule.number).or_default().push_back(now),
                }
            }
        }
        reached.copied()
    }
}

/// Nothing that is counted is half done when somebody panics.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::super::decide::{Call, decide};
    use super::super::policy_file::PolicyFile;
    use super::*;
    use crate::tool::annotations::Annotations;
    use crate::tool::source::ToolSource;

    /// Whether the calls of `a.b` and others pass, each with its tallies and its time in seconds: the number of the rule that stops it,
    /// or 0.
    fn passed(policy: &PolicyFile, calls: &[(&Tallies, &str, u64)]) -> Vec<usize> {
        let start = Instant::now();
        let stopped = calls.iter().map(|(tallies, tool, second)| {
            let verdict = decide(
                policy.rules(),
                &Call {
                    tool,
                    annotations: Annotations::NONE,
                    source: ToolSource::Rust,
                    arguments: Some(&serde_json::Value::Null),
                },
            );
            let is_denied = matches!(verdict.action, super::super::decide::Action::Deny(_));
            let at = start + Duration::from_secs(*second);
            let reached = tallies.pass(&verdict.limits, is_denied, at);
            reached.map_or(0, |(rule, _)| rule.number)
        });
        stopped.collect()
    }

    fn policy(rules: &str) -> PolicyFile {
        let text = format!("default = 'allow'\n{rules}");
        PolicyFile::parse("policy.toml", &text).unwrap()
    }

    #[test]
    fn calls_are_counted_in_runs_sessions_and_hours() {
        for (per, expected) in [
            ("run", [0, 0, 1, 0, 0, 0]),
            ("session", [0, 0, 1, 1, 0, 0]),
            ("hour", [0, 0, 1, 1, 1, 0]),
        ] {
            let policy = policy(&format!(
                "[[rules]]\ntools = 'a.*'\nlimit = {{ calls = 2, per = '{per}' }}"
            ));
            let first = Tallies::of_new_policy();
            let session = Arc::<Tally>::default();
            let one = first.for_run(Arc::clone(&session));
            let next = first.for_run(session);
            let other = first.for_run(Arc::default());
            let calls = [
                (&one, "a.b", 0),
                (&one, "a.c", 1),
                (&one, "a.b", 2),
                (&next, "a.b", 3),
                (&other, "a.b", 3_599),
                (&other, "a.b", 3_600),
            ];
            assert_eq!(passed(&policy, &calls), expected, "{per}");
        }
    }

    #[test]
    fn a_call_that_is_stopped_or_denied_counts_for_no_limit() {
        let policy = policy(
            "[[rules]]\ntools = 'a.*'\nlimit = { calls = 2, per = 'run' }
             [[rules]]\ntools = 'a.b'\nlimit = { calls = 1, per = 'session' }
             [[rules]]\ntools = 'a.no'\ndeny = 'no'",
        );
        let tallies = Tallies::of_new_policy();
        let calls =
            ["a.no", "a.no", "a.b", "a.b", "a.b", "a.c", "a.c"].map(|tool| (&tallies, tool, 0));
        assert_eq!(passed(&policy, &calls), [0, 0, 0, 2, 2, 0, 1]);
    }

    #[test]
    fn two_policies_of_one_session_count_for_themselves() {
        let rule = "[[rules]]\ntools = '*'\nlimit = { calls = 1, per = 'session' }";
        let session = Arc::<Tally>::default();
        for _ in 0..2 {
            let tallies = Tallies::of_new_policy().for_run(Arc::clone(&session));
            let calls = [(&tallies, "a.b", 0), (&tallies, "a.b", 0)];
            assert_eq!(passed(&policy(rule), &calls), [0, 1]);
        }
    }
}
