//! Files in the repository that hold what comes out.

use std::path::Path;
use std::{env, fs};

/// The variable that has the files written anew, by being `1`.
pub const VARIABLE: &str = "CODEMODE_UPDATE_GOLDEN";

/// Asserts that a file holds `actual`. With `CODEMODE_UPDATE_GOLDEN=1` in the environment, writes it instead.
///
/// # Panics
///
/// If the file holds something else, or can't be written.
#[track_caller]
pub fn check(path: impl AsRef<Path>, actual: &str) {
    let path = path.as_ref();
    if env::var_os(VARIABLE).is_some_and(|value| value == "1") {
        let folder = path.parent().map_or(Ok(()), fs::create_dir_all);
        let written = folder.and_then(|()| fs::write(path, actual));
        return written.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    }
    // Git may have checked it out with the line ends of another system.
    let known = fs::read_to_string(path)
        .unwrap_or_default()
        .replace("\r\n", "\n");
    if let Some(difference) = difference(&known, actual) {
        panic!(
            "{} isn't what came out: {difference}\nIf what came out is right, run again with {VARIABLE}=1",
            path.display()
        );
    }
}

/// The first line that differs, on both sides.
fn difference(known: &str, actual: &str) -> Option<String> {
    if known == actual {
        return None;
    }
    // A line end of its own counts, so the end of the text is a line, too.
    let mut number = 1;
    let (mut before, mut after) = (known.split('\n'), actual.split('\n'));
    loop {
        let (before, after) = (before.next(), after.next());
        if before != after {
            let shown =
                |line: Option<&str>| line.map_or("nothing".to_owned(), |line| format!("{line:?}"));
            return Some(format!(
                "line {number} is {}, and was {}",
                shown(after),
                shown(before)
            ));
        }
        number += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_line_that_differs_is_shown() {
        for (known, actual, expected) in [
            ("a\nb\n", "a\nb\n", None),
            ("a\nb\n", "a\nc\n", Some("line 2 is \"c\", and was \"b\"")),
            ("a\n", "a", Some("line 2 is nothing, and was \"\"")),
            ("", "a\n", Some("line 1 is \"a\", and was \"\"")),
        ] {
            assert_eq!(
                difference(known, actual).as_deref(),
                expected,
                "{known:?} {actual:?}"
            );
        }
    }

    #[test]
    #[should_panic(expected = "isn't what came out: line 1 is \"[other]\"")]
    fn another_text_is_refused() {
        check(
            concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"),
            "[other]",
        );
    }
}
