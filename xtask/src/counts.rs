//! How many tests passed and failed, read off the runners' summary lines.

use std::ops::AddAssign;

/// Tests that ran, and those that were there and didn't.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Counts {
    pub(crate) passed: usize,
    pub(crate) failed: usize,
    pub(crate) skipped: usize,
}

impl Counts {
    pub(crate) const ONE_PASSED: Self = Self {
        passed: 1,
        failed: 0,
        skipped: 0,
    };
    pub(crate) const ONE_FAILED: Self = Self {
        passed: 0,
        failed: 1,
        skipped: 0,
    };

    pub(crate) fn ran(self) -> usize {
        self.passed + self.failed
    }

    /// What a line of output adds: nothing, unless it is the summary of cargo's own test runner or of nextest.
    pub(crate) fn of_line(line: &str) -> Self {
        // Nextest shows the output of a failed test indented, with the summary of the program that it was run by.
        libtest(line.trim_end())
            .or_else(|| nextest(line.trim()))
            .unwrap_or_default()
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, more: Self) {
        self.passed += more.passed;
        self.failed += more.failed;
        self.skipped += more.skipped;
    }
}

/// `test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s`
fn libtest(line: &str) -> Option<Counts> {
    let (_, results) = line.strip_prefix("test result: ")?.split_once(". ")?;
    Some(sum(results.split("; ")))
}

/// `Summary [   0.012s] 5 tests run: 3 passed (1 slow), 1 failed, 1 timed out, 2 skipped`
fn nextest(line: &str) -> Option<Counts> {
    let (head, results) = line.strip_prefix("Summary [")?.split_once(" run: ")?;
    if !head.ends_with("test") && !head.ends_with("tests") {
        return None;
    }
    Some(sum(without_remarks(results).split(", ")))
}

/// The test that a line of nextest's says has failed: `FAIL [  3.300s] (196/896) package::binary module::test`
pub(crate) fn failed_test(line: &str) -> Option<&str> {
    let line = line.trim();
    let (state, rest) = line.split_once(" [")?;
    let is_failure = matches!(state, "FAIL" | "TIMEOUT" | "ABORT") || state.starts_with("SIG");
    let (_, rest) = rest.split_once("] ").filter(|_| is_failure)?;
    Some(rest.split_once(") ").map_or(rest, |(_, name)| name))
}

/// Remarks in parentheses (`1 slow`, `2 flaky`) are about tests that are counted outside of them.
fn without_remarks(results: &str) -> String {
    let mut depth = 0_usize;
    results
        .chars()
        .filter(|c| {
            match c {
                '(' => depth += 1,
                ')' => depth = depth.saturating_sub(1),
                _ => return depth == 0,
            }
            false
        })
        .collect()
}

fn sum<'r>(results: impl Iterator<Item = &'r str>) -> Counts {
    let mut counts = Counts::default();
    for result in results {
        let Some((number, kind)) = result.trim().split_once(' ') else {
            continue;
        };
        let Ok(number) = number.parse::<usize>() else {
            continue;
        };
        match kind.trim() {
            "passed" => counts.passed += number,
            "failed" | "exec failed" | "timed out" => counts.failed += number,
            "ignored" | "skipped" | "filtered out" => counts.skipped += number,
            _ => {}
        }
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn summaries_of_both_runners() {
        for (line, passed, failed, skipped) in [
            (
                "test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 2 filtered out; finished in 0.00s\n",
                3,
                0,
                3,
            ),
            (
                "test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.20s",
                3,
                2,
                0,
            ),
            (
                "     Summary [   0.012s] 3 tests run: 3 passed, 0 skipped\n",
                3,
                0,
                0,
            ),
            (
                "     Summary [   0.012s] 1 test run: 1 passed, 0 skipped",
                1,
                0,
                0,
            ),
            (
                "     Summary [  61.012s] 9 tests run: 5 passed (1 slow, 1 flaky), 2 failed, 1 exec failed, 1 timed out, 4 skipped",
                5,
                4,
                4,
            ),
            (
                "     Summary [   0.2s] 2/7 tests run: 1 passed, 1 failed, 0 skipped",
                1,
                1,
                0,
            ),
        ] {
            assert_eq!(
                Counts::of_line(line),
                Counts {
                    passed,
                    failed,
                    skipped
                },
                "{line}"
            );
        }
    }

    #[test]
    fn failed_tests_are_named() {
        for (line, expected) in [
            (
                "        FAIL [   3.300s] (196/896) codemode-field::kinds process_groups::none_is_left",
                Some("codemode-field::kinds process_groups::none_is_left"),
            ),
            (
                "     SIGABRT [   0.1s] ( 6/9) codemode-runtime border::it_holds",
                Some("codemode-runtime border::it_holds"),
            ),
            (
                "TIMEOUT [ 60.0s] codemode-runtime border::it_ends",
                Some("codemode-runtime border::it_ends"),
            ),
            (
                "        PASS [   0.004s] (1/9) xtask counts::tests::sums",
                None,
            ),
            ("    test border::it_holds ... FAILED", None),
            ("Summary [   0.2s] 7 tests run: 1 failed", None),
        ] {
            assert_eq!(failed_test(line), expected, "{line}");
        }
    }

    #[test]
    fn other_lines_count_nothing() {
        for line in [
            "",
            "running 3 tests",
            "test declarations ... ok",
            "        PASS [   0.004s] xtask::bin/xtask counts::tests::summaries",
            "Summary [of the report] 3 passed, 1 failed",
            "the summary: 3 passed; 0 failed",
            "    test result: FAILED. 0 passed; 1 failed; 0 ignored; 0 measured; 147 filtered out; finished in 3.29s",
        ] {
            assert_eq!(Counts::of_line(line), Counts::default(), "{line}");
        }
    }
}
