//! What a started server writes for people.

use std::sync::{Arc, Mutex};

use tokio::io::{AsyncRead, BufReader};

use crate::lock::lock;
use crate::wire::{Line, Lines};

/// The last lines of a server's standard error.
#[derive(Clone, Default)]
pub(in crate::client) struct StandardError(Arc<Mutex<String>>);

impl StandardError {
    /// How much of the last lines is kept for an error.
    const KEPT: usize = 2_000;

    /// The longest line that is told as a whole.
    const LINE: usize = 16_384;

    /// Reads until the end: a server whose standard error nobody reads hangs, or is killed by the next line.
    pub(in crate::client) async fn read(
        self,
        from: impl AsyncRead + Unpin,
        mut tell: impl FnMut(&str) -> String,
    ) {
        let mut lines = Lines::new(BufReader::new(from), Self::LINE).stops_at_return();
        while let Some(line) = lines.next().await {
            let line = match &line {
                Line::Whole(line) if line.trim_ascii().is_empty() => continue,
                Line::Whole(line) => String::from_utf8_lossy(line),
                Line::Long { beginning, .. } => {
                    let mut line = String::from_utf8_lossy(beginning).into_owned();
                    line.push('…');
                    line.into()
                }
            };
            let line = tell(&line);
            let mut said = lock(&self.0);
            said.push_str(&line);
            said.push('\n');
            let surplus = said.len().saturating_sub(Self::KEPT);
            let surplus = said.ceil_char_boundary(surplus);
            said.drain(..surplus);
        }
    }

    /// What was said last.
    pub(in crate::client) fn last(&self) -> String {
        lock(&self.0).trim().to_owned()
    }
}
