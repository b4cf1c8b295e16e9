//! Failures made small.

use codemode_truth::values::smaller;
use serde_json::Value;

/// More candidates of one failure than this aren't tried at once.
const MAX_CANDIDATES: usize = 200;

/// A value that fails, and whatever identifies the failure.
pub(crate) struct Failure<K> {
    pub(crate) about: K,
    pub(crate) value: Value,
}

/// Makes every failure as small as it gets. `fails` says of many candidates at once which of them still fail.
pub(crate) fn shrink<K: Copy>(
    failures: &mut [Failure<K>],
    fails: impl Fn(&[(K, Value)]) -> Vec<bool>,
) {
    for _ in 0..30 {
        let mut candidates = Vec::new();
        let mut owners = Vec::new();
        for (owner, failure) in failures.iter().enumerate() {
            for value in smaller(&failure.value).into_iter().take(MAX_CANDIDATES) {
                candidates.push((failure.about, value));
                owners.push(owner);
            }
        }
        let mut changed = vec![false; failures.len()];
        for ((still, (_, value)), owner) in
            fails(&candidates).into_iter().zip(candidates).zip(owners)
        {
            if still && !changed[owner] {
                changed[owner] = true;
                failures[owner].value = value;
            }
        }
        if !changed.contains(&true) {
            return;
        }
    }
}
