//! The view for a model.

use std::fmt::Write as _;

use super::place::Shown;
use super::{Problem, Report, ending, shape, shorten};
use crate::outcome::{CallRecord, Kept, KeptKind, LogLevel};

/// Bytes of text for one token: what tokenisers make of English and code, on the careful side.
const BYTES_PER_TOKEN: usize = 4;

/// How many problems are told. Whoever mends the first ones finds out about the others.
const MAX_PROBLEMS: usize = 10;

/// How much of a value is shown that isn't shown whole, in bytes.
const PART: usize = 4_000;

/// How many kinds of calls are listed.
const MAX_CALLS: usize = 30;

impl Report<'_> {
    /// The report as text for the model that wrote the script, in about `tokens` tokens, counted as four bytes each.
    ///
    /// It says what is wrong and where, with the line, once, but without the rest of the script, which the model has; what was
    /// called; and what came out. What doesn't fit is cut inside of its structure, with a mark.
    pub fn for_model(&self, tokens: usize) -> String {
        let mut text = Text {
            text: String::new(),
            budget: tokens.saturating_mul(BYTES_PER_TOKEN),
        };
        // What is wrong matters most, and what has happened already next; the rest takes what is left.
        self.tell_problems(&mut text);
        self.tell_time(&mut text);
        self.tell_calls(&mut text);
        self.tell_kept_calls(&mut text);
        let wants_log = !self.outcome.logs.is_empty();
        self.tell_value(&mut text, wants_log);
        self.tell_log(&mut text);
        text.text.truncate(text.text.trim_end().len());
        text.text
    }

    fn tell_problems(&self, text: &mut Text) {
        let told = self.problems.len().min(MAX_PROBLEMS);
        let mut lines = Shown::default();
        for (number, problem) in self.problems.iter().take(told).enumerate() {
            // Half of what is left, so that the first problem doesn't take the room of what comes after it.
            let room = text.left() / 2;
            if number > 0 && room < 200 {
                text.line(&format!(
                    "… and {} more problems",
                    self.problems.len() - number
                ));
                return;
            }
            text.push(&shorten::text(&shown(problem, &mut lines), room.max(200)));
            text.end_line();
        }
        let more = self.problems.len() - told;
        if more > 0 {
            text.line(&format!("… and {more} more problems"));
        }
    }

    fn tell_time(&self, text: &mut Text) {
        let Some(time) = &self.time else { return };
        let mut told = format!("The run took {:.1?}", time.all);
        let tools: Vec<String> = time
            .tools
            .iter()
            .take(5)
            .map(|(tool, time)| format!("{time:.1?} in {tool}"))
            .collect();
        if tools.is_empty() {
            told += ", all of it in the script itself";
        } else {
            let _ = write!(told, ", {}", tools.join(", "));
        }
        text.line(&format!("{told}."));
        if !time.pending.is_empty() {
            let mut pending = time.pending.clone();
            pending.dedup();
            let more = pending.len().saturating_sub(10);
            pending.truncate(10);
            let more = if more > 0 {
                format!(" and {more} more")
            } else {
                String::new()
            };
            text.line(&format!("Not finished: {}{more}.", pending.join(", ")));
        }
    }

    fn tell_calls(&self, text: &mut Text) {
        if self.nothing_was_run() {
            text.line("Nothing was run.");
            return;
        }
        let calls = &self.outcome.calls;
        if calls.is_empty() {
            if !self.problems.is_empty() {
                text.line("No tool was called.");
            }
            return;
        }
        let runs = runs(calls);
        let shown = runs.iter().take(MAX_CALLS).map(|(call, times)| {
            let times = if *times > 1 {
                format!(" ×{times}")
            } else {
                String::new()
            };
            format!("{}{times} {}", call.tool, ending(call))
        });
        let shown: Vec<String> = shown.collect();
        let mut line = format!("Tool calls made: {}", shown.join(", "));
        if runs.len() > MAX_CALLS {
            let _ = write!(line, ", … ({} calls in all)", calls.len());
        }
        let room = (text.left() / 2).max(120);
        text.line(&shorten::text(&line, room));
    }

    fn tell_kept_calls(&self, text: &mut Text) {
        if let Some(Kept { name, count, .. }) = self.kept(KeptKind::Calls) {
            let results = if *count == 1 { "result" } else { "results" };
            text.line(&format!(
                "Nothing need be done twice: `await $store.get({name:?})` has {count} {results} of these calls, each {{ tool, input, result }}."
            ));
        }
    }

    fn tell_value(&self, text: &mut Text, wants_log: bool) {
        if !self.problems.is_empty() {
            return;
        }
        let left = text.left();
        let room = if wants_log { left / 4 * 3 } else { left };
        let kept = self.kept(KeptKind::Returned);
        match (self.outcome.value(), kept) {
            (None, None) if self.has_acted => text.line("Done; no value was returned."),
            (None, None) => text.line("The script returned nothing. To hand a value back, end it with an expression or with `return`."),
            (None, Some(kept)) => {
                let bytes = kept.bytes;
                text.line(&format!("Result: {bytes} bytes of JSON, too many to show."));
                tell_kept(kept, text);
            }
            (Some(value), kept) => {
                text.push("Result: ");
                let whole = shorten::whole(value, room.saturating_sub(8));
                if let Some(whole) = whole {
                    text.line(&whole);
                    return;
                }
                // A part of it tells what the values are like, and the shape tells the rest in less.
                text.line(&shorten::json(value, room.min(PART).saturating_sub(8)));
                match kept {
                    Some(kept) => tell_kept(kept, text),
                    None => text.line(&format!("Shape of all: {}", shape::of(value))),
                }
            }
        }
    }

    fn tell_log(&self, text: &mut Text) {
        let logs = &self.outcome.logs;
        if logs.is_empty() {
            return;
        }
        let budget = text.left().saturating_sub(40);
        if budget < 80 {
            text.line(&format!("Log: {} lines, left out here.", logs.len()));
            return;
        }
        text.line("Log:");
        let mut used = 0;
        for (number, line) in logs.iter().enumerate() {
            let level = match line.level {
                LogLevel::Log | LogLevel::Info => String::new(),
                level => format!("{}: ", level.as_str()),
            };
            let line = shorten::text(&format!("{level}{}", line.text), (budget / 4).max(80));
            used += line.len() + 1;
            if used > budget {
                self.tell_rest_of_log(number, text);
                return;
            }
            text.line(&line);
        }
        if self.outcome.stats.truncated {
            // The last line is the mark of the cut.
            self.tell_rest_of_log(logs.len().saturating_sub(1), text);
        }
    }

    /// How many lines are missing after so many.
    fn tell_rest_of_log(&self, shown: usize, text: &mut Text) {
        let logs = self.outcome.logs.len();
        text.line(&match self.kept(KeptKind::Log) {
            Some(Kept { name, count, .. }) => format!(
                "… {} more lines: `await $store.get({name:?})` is the whole log as one text",
                count.saturating_sub(shown)
            ),
            None if self.outcome.stats.truncated => format!(
                "… {} more lines, and what the log had no room for",
                logs.saturating_sub(shown + 1)
            ),
            None => format!("… {} more lines", logs - shown),
        });
    }
}

/// Where something is that wasn't shown, and what it looks like.
fn tell_kept(kept: &Kept, text: &mut Text) {
    let (name, shape) = (&kept.name, &kept.shape);
    text.line(&format!(
        "All of it is kept for the next scripts: `await $store.get({name:?})`, {shape}"
    ));
}

/// A text that knows how long it may become.
struct Text {
    text: String,
    budget: usize,
}

impl Text {
    fn left(&self) -> usize {
        self.budget.saturating_sub(self.text.len())
    }

    fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.end_line();
    }

    fn end_line(&mut self) {
        if !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }
}

/// A problem with its line, if that wasn't shown before.
fn shown<'p>(problem: &'p Problem, lines: &mut Shown<'p>) -> String {
    let name = problem.name.as_ref().map(|name| format!(" {name}"));
    let mut shown = format!(
        "error[{}]{}: {}\n",
        problem.kind.as_str(),
        name.unwrap_or_default(),
        problem.message
    );
    if let Some(place) = &problem.place {
        let file = place.file.as_deref().map(|file| format!("{file}, "));
        let file = file.unwrap_or_default();
        let _ = writeln!(
            shown,
            "  at {file}line {}, column {}",
            place.line, place.column
        );
        shown += &lines.once(place);
    }
    for frame in problem.called_from.iter().take(5) {
        let function = frame.function.as_deref().unwrap_or("the script");
        let file = frame.file.as_deref().map(|file| format!(" in {file}"));
        let file = file.unwrap_or_default();
        let _ = writeln!(shown, "  called from {function}{file}, line {}", frame.line);
    }
    for advice in &problem.advice {
        let _ = writeln!(shown, "{advice}");
    }
    shown
}

/// Calls of one tool that ended alike and follow each other, with how many they are.
fn runs(calls: &[CallRecord]) -> Vec<(&CallRecord, usize)> {
    let mut runs: Vec<(&CallRecord, usize)> = Vec::new();
    for call in calls {
        match runs.last_mut() {
            Some((last, times)) if last.tool == call.tool && ending(last) == ending(call) => {
                *times += 1;
            }
            _ => runs.push((call, 1)),
        }
    }
    runs
}
