//! What a run of a session leaves in the session's store.

use std::sync::Mutex;

use serde_json::Value;

use super::log::Log;
use crate::outcome::{Kept, KeptKind};
use crate::report::shape;
use crate::sandbox::lock::lock;
use crate::sandbox::options::limits::{Limits, Room};
use crate::sandbox::store::Store;
use crate::sandbox::store::kept::{KeptCalls, SHOWN_WHOLE};

/// The run's part in its session.
pub(crate) struct InSession {
    store: Store,
    /// The run's number in the session.
    number: u64,
    /// What an outcome may have in it, before the store makes room for more.
    shown: Room,
    calls: Mutex<KeptCalls>,
    kept: Mutex<Vec<Kept>>,
}

impl InSession {
    /// A run that starts now.
    pub(crate) fn begin(store: Store, limits: &Limits) -> Self {
        Self {
            number: store.begin_run(),
            shown: limits.room(),
            calls: Mutex::new(KeptCalls::new(store.limits().entry_bytes / 2)),
            kept: Mutex::default(),
            store,
        }
    }

    /// What the script may hand out: more than an outcome may have in it.
    pub(crate) fn room(&self) -> Room {
        // A log is one text in the store, where each of its line ends is two letters.
        const LINES: usize = 200_000;
        let most = self.store.limits().entry_bytes;
        Room {
            output_bytes: self.shown.output_bytes.max(most),
            log_bytes: self.shown.log_bytes.max(most / 4),
            log_lines: self.shown.log_lines.max(LINES),
        }
    }

    /// A call has returned this.
    pub(crate) fn returned(&self, call: usize, tool: &str, input: &str, result: &str) {
        lock(&self.calls).add(call, tool, input, result);
    }

    /// The script has returned this. Whether the outcome has room for it.
    pub(crate) fn result(&self, text: &str, value: &Value) -> bool {
        if text.len() > SHOWN_WHOLE {
            self.keep(KeptKind::Returned, text.to_owned(), 1, shape::of(value));
        }
        text.len() <= self.shown.output_bytes
    }

    /// The run is over. What of it is in the store.
    pub(crate) fn end(&self, failed: bool, log: &Log) -> Vec<Kept> {
        if failed {
            let mut calls = lock(&self.calls);
            if let Some(text) = calls.text() {
                let shape = "{ tool: string, input?: unknown, result: unknown }[]".to_owned();
                self.keep(KeptKind::Calls, text, calls.count(), shape);
            }
        }
        if log.all_bytes() > SHOWN_WHOLE {
            let text = Value::from(log.text()).to_string();
            self.keep(KeptKind::Log, text, log.all_lines(), "string".to_owned());
        }
        std::mem::take(&mut *lock(&self.kept))
    }

    fn keep(&self, kind: KeptKind, text: String, count: usize, shape: String) {
        let bytes = text.len();
        match self.store.keep(self.number, kind.as_str(), text) {
            Ok(name) => lock(&self.kept).push(Kept {
                kind,
                name,
                bytes,
                count,
                shape,
            }),
            Err(error) => tracing::info!("the {} of a run isn't kept: {error}", kind.as_str()),
        }
    }
}
