//! What a script and its tools print, up to a size.

use crate::outcome::{LogLevel, LogLine};
use crate::sandbox::options::limits::Limits;
use crate::sandbox::options::run::{Observer, RunEvent};

/// The lines of a run.
pub(crate) struct Log {
    pub(crate) lines: Vec<LogLine>,
    pub(crate) bytes: usize,
    max_bytes: usize,
    max_lines: usize,
    pub(crate) truncated: bool,
    observer: Option<Observer>,
    /// Everything, up to larger limits, where somebody keeps it.
    whole: Option<Box<Self>>,
}

impl Log {
    pub(crate) fn new(limits: &Limits) -> Self {
        Self {
            lines: Vec::new(),
            bytes: 0,
            max_bytes: limits.log_bytes,
            max_lines: limits.log_lines,
            truncated: false,
            observer: None,
            whole: None,
        }
    }

    /// Keeps more than the run's outcome may have in it, up to these limits.
    pub(crate) fn kept_whole(mut self, limits: &Limits) -> Self {
        self.whole = Some(Box::new(Self::new(limits)));
        self
    }

    /// How many bytes everything has.
    pub(crate) fn all_bytes(&self) -> usize {
        self.whole.as_ref().map_or(self.bytes, |whole| whole.bytes)
    }

    /// How many lines everything has.
    pub(crate) fn all_lines(&self) -> usize {
        self.whole.as_deref().unwrap_or(self).lines.len()
    }

    /// Everything as one text.
    pub(crate) fn text(&self) -> String {
        let lines = &self.whole.as_deref().unwrap_or(self).lines;
        let mut text = String::with_capacity(self.all_bytes());
        for line in lines {
            text.push_str(&line.text);
            text.push('\n');
        }
        text
    }

    /// Tells this each line as it comes.
    pub(crate) fn observed_by(mut self, observer: Option<Observer>) -> Self {
        self.observer = observer;
        self
    }

    /// Adds a line, or the part of it that fits. Returns whether there is any use in adding another one.
    pub(crate) fn push(&mut self, level: LogLevel, text: &str) -> bool {
        let whole = self.whole.as_mut();
        let more = whole.is_some_and(|whole| whole.push(level, text));
        self.push_here(level, text) || more
    }

    fn push_here(&mut self, level: LogLevel, text: &str) -> bool {
        if self.truncated {
            return false;
        }
        if self.lines.len() >= self.max_lines {
            self.end(&format!("{} lines", self.max_lines));
            return false;
        }
        let room = self.max_bytes.saturating_sub(self.bytes);
        if text.len() <= room && room > 0 {
            // A line costs more than its text; without this, empty lines would never reach the limit.
            self.bytes += text.len() + 1;
            self.add(level, text.to_owned());
            return true;
        }
        let kept = &text[..text.floor_char_boundary(room)];
        self.bytes += kept.len();
        if !kept.is_empty() {
            self.add(level, format!("{kept}…"));
        }
        self.end(&format!("{} bytes", self.max_bytes));
        false
    }

    /// Says where the log was cut. The mark itself is no part of what the limit counts.
    fn end(&mut self, limit: &str) {
        self.truncated = true;
        self.add(
            LogLevel::Warn,
            format!("(cut: the log may have no more than {limit})"),
        );
    }

    fn add(&mut self, level: LogLevel, text: String) {
        let line = LogLine { level, text };
        if let Some(observer) = &self.observer {
            observer(&RunEvent::Logged(&line));
        }
        self.lines.push(line);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(log: &Log) -> Vec<&str> {
        log.lines.iter().map(|line| line.text.as_str()).collect()
    }

    #[test]
    fn a_log_is_cut_between_characters_and_says_so() {
        let mut log = Log::new(&Limits {
            log_bytes: 6,
            ..Limits::default()
        });
        assert!(log.push(LogLevel::Log, "abc"));
        assert!(!log.push(LogLevel::Log, "äöü"));
        assert!(!log.push(LogLevel::Log, "more"));
        assert_eq!(
            texts(&log),
            ["abc", "ä…", "(cut: the log may have no more than 6 bytes)"]
        );
        assert!(log.truncated);
    }

    #[test]
    fn a_log_that_just_fits_is_not_cut() {
        let mut log = Log::new(&Limits {
            log_bytes: 8,
            log_lines: 2,
            ..Limits::default()
        });
        log.push(LogLevel::Log, "abc");
        log.push(LogLevel::Log, "def");
        assert_eq!(texts(&log), ["abc", "def"]);
        assert!(!log.truncated);
        log.push(LogLevel::Log, "");
        assert_eq!(
            texts(&log),
            ["abc", "def", "(cut: the log may have no more than 2 lines)"]
        );
    }
}
