//! Running other programs, and telling the user about it.

use std::env;
use std::ffi::OsStr;
use std::io::{self, BufRead, BufReader, IsTerminal};
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};
use std::time::Duration;

/// Whether output goes to a person's terminal that shows colours.
pub(crate) fn shows_colours() -> bool {
    io::stdout().is_terminal() && env::var_os("NO_COLOR").is_none()
}

/// Prints a line that the eye finds when scrolling.
pub(crate) fn heading(text: &str) {
    if shows_colours() {
        println!("\n\x1b[1;36m==> {text}\x1b[0m");
    } else {
        println!("\n==> {text}");
    }
}

/// Whether the program exists and exits with 0; shows nothing.
pub(crate) fn succeeds(command: &mut Command) -> bool {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// Shows the command line, then runs it with its output on the user's terminal.
///
/// # Errors
/// When it can't be started or doesn't exit with 0.
pub(crate) fn run(command: &mut Command) -> Result<(), String> {
    match run_for_status(command)? {
        status if status.success() => Ok(()),
        status => Err(format!("`{}` failed ({status})", shown(command))),
    }
}

/// Like [`run`], for programs whose exit status says more than failed or not.
///
/// # Errors
/// When it can't be started.
pub(crate) fn run_for_status(command: &mut Command) -> Result<ExitStatus, String> {
    announce(command);
    command
        .stdin(Stdio::null())
        .status()
        .map_err(|error| not_started(command, &error))
}

/// Shows the command line, then runs it, and hands each line of its output to `see` as well as to the user.
///
/// # Errors
/// When it can't be started, or its output can't be read.
pub(crate) fn run_watched(
    mut command: Command,
    mut see: impl FnMut(&str),
) -> Result<ExitStatus, String> {
    announce(&command);
    let line = shown(&command);
    // One pipe for both streams keeps their lines in order.
    let (output, input) = io::pipe().map_err(|error| error.to_string())?;
    command
        .stdin(Stdio::null())
        .stdout(input.try_clone().map_err(|error| error.to_string())?)
        .stderr(input)
        .env(
            "CARGO_TERM_COLOR",
            if shows_colours() { "always" } else { "never" },
        );
    let mut child = command
        .spawn()
        .map_err(|error| not_started(&command, &error))?;
    // It holds our ends of the pipe: as long as they are open, the output never ends.
    drop(command);

    let mut output = BufReader::new(output);
    let mut bytes = Vec::new();
    while output
        .read_until(b'\n', &mut bytes)
        .map_err(|error| format!("output of `{line}`: {error}"))?
        > 0
    {
        let text = String::from_utf8_lossy(&bytes);
        print!("{text}");
        see(&without_colours(&text));
        bytes.clear();
    }
    child.wait().map_err(|error| format!("`{line}`: {error}"))
}

/// `1.2 s`, or `3 min 04 s` from a minute on.
pub(crate) fn duration(time: Duration) -> String {
    match time.as_secs() {
        0..60 => format!("{:.1} s", time.as_secs_f64()),
        seconds => format!("{} min {:02} s", seconds / 60, seconds % 60),
    }
}

fn announce(command: &Command) {
    let line = shown(command);
    if shows_colours() {
        println!("\x1b[2m$ {line}\x1b[0m");
    } else {
        println!("$ {line}");
    }
}

/// The command line as a user would type it: programs without their folder, arguments quoted where needed.
fn shown(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let mut words = vec![program.file_stem().unwrap_or(program.as_os_str())];
    words.extend(command.get_args());
    words.into_iter().map(quoted).collect::<Vec<_>>().join(" ")
}

fn quoted(word: &OsStr) -> String {
    let word = word.to_string_lossy();
    if word.is_empty() || word.contains(|c: char| c.is_whitespace() || "'\"$&|()*;<>".contains(c)) {
        format!("'{}'", word.replace('\'', r"'\''"))
    } else {
        word.into_owned()
    }
}

fn not_started(command: &Command, error: &io::Error) -> String {
    format!(
        "`{}` can't be started: {error}",
        command.get_program().to_string_lossy()
    )
}

/// The text without terminal escape sequences, which runners put around the numbers in their summaries.
fn without_colours(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, sequence)) = rest.split_once("\x1b[") {
        plain.push_str(before);
        rest = sequence
            .split_once(|c: char| c.is_ascii_alphabetic())
            .map_or("", |(_, after)| after);
    }
    plain.push_str(rest);
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_taken_out() {
        assert_eq!(
            without_colours("\x1b[32;1m   Summary\x1b[0m [ 1s] \x1b[1m3\x1b[0m tests"),
            "   Summary [ 1s] 3 tests"
        );
        assert_eq!(without_colours("plain"), "plain");
        assert_eq!(without_colours("cut off \x1b[3"), "cut off ");
    }

    #[test]
    fn times_are_short() {
        assert_eq!(duration(Duration::from_millis(1240)), "1.2 s");
        assert_eq!(duration(Duration::from_secs(184)), "3 min 04 s");
    }

    #[test]
    fn command_lines_are_shown_as_typed() {
        let mut command = Command::new("/opt/rust/bin/cargo");
        command.args(["nextest", "run", "a b"]);
        assert_eq!(shown(&command), "cargo nextest run 'a b'");
    }

    #[test]
    fn the_output_is_seen_line_by_line_and_the_status_comes_back() {
        let mut command = Command::new(env!("CARGO"));
        command.arg("--version");
        let mut lines = Vec::new();
        let status =
            run_watched(command, |line| lines.push(line.to_owned())).expect("cargo starts");
        assert!(status.success());
        assert!(lines[0].starts_with("cargo "), "{lines:?}");
    }
}
