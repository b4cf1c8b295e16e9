//! What servers say of calls under way.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, MutexGuard};

use rmcp::model::{ProgressNotificationParam, ProgressToken};
use tokio::sync::mpsc;

use crate::lock::lock;

/// How many notifications are kept that are about no call that is known, and how many that a call hasn't read yet. More are
/// dropped: they are lines for a log, which has a bound of its own.
const MAX_EARLY: usize = 64;
const MAX_UNREAD: usize = 1024;

/// Progress notifications, by the call that they are about.
#[derive(Default)]
pub(crate) struct Progress(Mutex<Known>);

#[derive(Default)]
struct Known {
    calls: HashMap<ProgressToken, mpsc::Sender<ProgressNotificationParam>>,
    /// A call's token is known once the call has been sent, and a server may be faster.
    early: VecDeque<ProgressNotificationParam>,
}

impl Progress {
    fn known(&self) -> MutexGuard<'_, Known> {
        lock(&self.0)
    }

    /// A session begins, whose calls have the tokens of earlier ones.
    pub(crate) fn begin(&self) {
        self.known().early.clear();
    }

    /// Takes a notification to its call.
    pub(crate) fn heard(&self, step: ProgressNotificationParam) {
        let mut known = self.known();
        if let Some(call) = known.calls.get(&step.progress_token) {
            let _ = call.try_send(step);
            return;
        }
        if known.early.len() == MAX_EARLY {
            known.early.pop_front();
        }
        known.early.push_back(step);
    }

    /// What has been and will be said of a call.
    pub(crate) fn of(&self, token: ProgressToken) -> OfCall<'_> {
        let (sender, steps) = mpsc::channel(MAX_UNREAD);
        let mut known = self.known();
        let (early, others) = std::mem::take(&mut known.early)
            .into_iter()
            .partition::<VecDeque<_>, _>(|step| step.progress_token == token);
        known.early = others;
        for step in early {
            let _ = sender.try_send(step);
        }
        known.calls.insert(token.clone(), sender);
        OfCall {
            progress: self,
            token,
            steps,
        }
    }
}

/// The notifications of one call, until this is dropped.
pub(crate) struct OfCall<'a> {
    progress: &'a Progress,
    token: ProgressToken,
    steps: mpsc::Receiver<ProgressNotificationParam>,
}

impl OfCall<'_> {
    pub(crate) async fn next(&mut self) -> Option<ProgressNotificationParam> {
        self.steps.recv().await
    }

    /// The next one that is here already.
    pub(crate) fn next_now(&mut self) -> Option<ProgressNotificationParam> {
        self.steps.try_recv().ok()
    }
}

impl Drop for OfCall<'_> {
    fn drop(&mut self) {
        self.progress.known().calls.remove(&self.token);
    }
}

#[cfg(test)]
mod tests {
    use rmcp::model::NumberOrString;

    use super::*;

    fn token(number: i64) -> ProgressToken {
        ProgressToken(NumberOrString::Number(number))
    }

    fn step(of: i64, progress: f64) -> ProgressNotificationParam {
        ProgressNotificationParam::new(token(of), progress)
    }

    fn said(call: &mut OfCall<'_>) -> Vec<f64> {
        std::iter::from_fn(|| call.next_now())
            .map(|step| step.progress)
            .collect()
    }

    #[test]
    fn a_call_hears_what_was_said_before_and_after_its_token_was_known() {
        let progress = Progress::default();
        progress.heard(step(1, 0.1));
        progress.heard(step(2, 0.2));
        let mut first = progress.of(token(1));
        progress.heard(step(1, 0.3));
        assert_eq!(said(&mut first), [0.1, 0.3]);
        let mut second = progress.of(token(2));
        assert_eq!(said(&mut second), [0.2]);
        assert_eq!(said(&mut first), [] as [f64; 0]);
    }

    #[test]
    fn what_nobody_asks_for_is_bounded() {
        let progress = Progress::default();
        drop(progress.of(token(1)));
        for number in 0_u8..=255 {
            progress.heard(step(1, number.into()));
        }
        assert_eq!(progress.known().early.len(), MAX_EARLY);
        let mut call = progress.of(token(1));
        assert_eq!(said(&mut call).last(), Some(&255.0));
        assert_eq!(progress.known().early.len(), 0);
    }
}
