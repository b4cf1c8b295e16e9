//! The view for a person.

use std::fmt::Write as _;

use super::place::Shown;
use super::{Problem, Report, ending};
use crate::outcome::{ErrorKind, LogLevel};
use codemode_declarations::visible;

impl Report<'_> {
    /// The report as lines for a terminal: everything but the value that the script returned, which belongs to standard
    /// output while this belongs to standard error. `name` is what the script is called. What a terminal would obey instead of
    /// showing it is written as `\u{…}`.
    pub fn for_terminal(&self, name: &str) -> String {
        let mut text = String::new();
        for line in &self.outcome.logs {
            // Writing to a string doesn't fail.
            let _ = match line.level {
                LogLevel::Log | LogLevel::Info => writeln!(text, "{}", line.text),
                level => writeln!(text, "{}: {}", level.as_str(), line.text),
            };
        }
        if self.outcome.stats.truncated {
            text += "… (the log was cut here)\n";
        }
        self.show_calls(&mut text);
        let mut lines = Shown::default();
        for problem in &self.problems {
            show(problem, name, &mut lines, &mut text);
        }
        if let Some(time) = &self.time
            && !time.pending.is_empty()
        {
            let _ = writeln!(text, "  not finished: {}", time.pending.join(", "));
        }
        // The script has written most of this, and a terminal obeys what it is shown.
        visible(&text)
    }

    fn show_calls(&self, text: &mut String) {
        let calls = &self.outcome.calls;
        let width = calls.iter().map(|call| call.tool.len()).max();
        let width = width.unwrap_or_default();
        for call in calls {
            let state = ending(call);
            let _ = writeln!(
                text,
                "call  {:width$}  {:>9.3} ms  {state}",
                call.tool, call.ms
            );
        }
        if !calls.is_empty() {
            let wall = self.outcome.stats.wall_ms;
            let _ = writeln!(text, "{} calls, {wall:.1} ms in all", calls.len());
        }
    }
}

fn show<'p>(problem: &'p Problem, name: &str, lines: &mut Shown<'p>, text: &mut String) {
    let kind = match problem.kind {
        ErrorKind::Exception => String::new(),
        kind => format!("[{}]", kind.as_str()),
    };
    let thrown = problem.name.as_ref();
    let thrown = thrown.map_or_else(String::new, |thrown| format!("{thrown}: "));
    let _ = writeln!(text, "error{kind}: {thrown}{}", problem.message);
    if let Some(place) = &problem.place {
        let name = place.file.as_deref().unwrap_or(name);
        let _ = writeln!(text, "  at {name}:{}:{}", place.line, place.column);
        *text += &lines.once(place);
    }
    for frame in &problem.called_from {
        let function = frame.function.as_deref().unwrap_or("the script");
        let _ = writeln!(
            text,
            "  called from {function} at {}:{}:{}",
            frame.file.as_deref().unwrap_or(name),
            frame.line,
            frame.column
        );
    }
    for advice in &problem.advice {
        for (number, line) in advice.lines().enumerate() {
            let mark = if number == 0 { "help:" } else { "     " };
            let shown = format!("  {mark} {line}");
            let _ = writeln!(text, "{}", shown.trim_end());
        }
    }
}
