//! What the tools saw of their calls, written down by themselves. The sandbox has no hand in it, so what it says of the calls
//! can be compared with this.

use std::sync::{Arc, Mutex};

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// How much is kept of the text of one argument. The rest is counted.
const MAX_TEXT: usize = 200;

/// One call, as its tool saw it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Seen {
    /// `namespace.name`.
    pub(crate) tool: String,
    /// What it was called with.
    pub(crate) input: Value,
}

/// The calls that the tools of one sandbox have seen, in order. All copies are one record.
#[derive(Clone, Default)]
pub(crate) struct Record(Arc<Mutex<Vec<Seen>>>);

impl Record {
    pub(crate) fn note(&self, tool: &str, input: Value) {
        self.0.lock().unwrap().push(Seen {
            tool: tool.to_owned(),
            input: short(input),
        });
    }

    /// What was noted since the last time.
    pub(crate) fn take(&self) -> Vec<Seen> {
        std::mem::take(&mut *self.0.lock().unwrap())
    }
}

/// A thousand arguments of a mebibyte would be a report that nobody can read.
fn short(input: Value) -> Value {
    let bytes = input.to_string().len();
    if bytes <= MAX_TEXT {
        input
    } else {
        format!("{bytes} bytes").into()
    }
}
