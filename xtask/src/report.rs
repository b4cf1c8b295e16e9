//! The steps of a test run: headings while they run, a table and the sums at the end.

use std::collections::BTreeSet;
use std::env;
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

use crate::counts::{Counts, failed_test};
use crate::tools;

/// What one step came to.
pub(crate) struct Done {
    counts: Counts,
    /// Why the step failed, or was left out.
    remark: Option<String>,
    /// The tests that failed, as their runner names them.
    failures: BTreeSet<String>,
}

impl Done {
    /// The step did what it should, and counts as one passed test.
    pub(crate) fn passed() -> Self {
        Self {
            counts: Counts::ONE_PASSED,
            remark: None,
            failures: BTreeSet::new(),
        }
    }

    /// The step could not do what it should, and counts as one failed test.
    pub(crate) fn failed(problem: impl Into<String>) -> Self {
        Self {
            counts: Counts::ONE_FAILED,
            remark: Some(problem.into()),
            failures: BTreeSet::new(),
        }
    }

    /// The step has nothing to do on this machine, and counts for nothing.
    pub(crate) fn left_out(reason: impl Into<String>) -> Self {
        Self {
            counts: Counts::default(),
            remark: Some(reason.into()),
            failures: BTreeSet::new(),
        }
    }

    fn state(&self) -> &'static str {
        match self.counts {
            Counts { failed: 1.., .. } => "FAILED",
            Counts { passed: 0, .. } => "left out",
            Counts { .. } => "ok",
        }
    }
}

impl From<Result<(), String>> for Done {
    fn from(result: Result<(), String>) -> Self {
        result.map_or_else(Self::failed, |()| Self::passed())
    }
}

/// Runs a test runner and counts the tests in its output, of which there are at least so many.
pub(crate) fn suite(command: Command, at_least: usize) -> Done {
    let mut counts = Counts::default();
    let mut failures = BTreeSet::new();
    let watched = tools::run_watched(command, |line| {
        counts += Counts::of_line(line);
        failures.extend(failed_test(line).map(str::to_owned));
    });
    match watched {
        Err(problem) => Done::failed(problem),
        Ok(status) => Done {
            failures,
            ..verdict(counts, at_least, status.success(), &status.to_string())
        },
    }
}

/// A runner that fails without a failed test, or runs too few, counts as one failed test more: a suite that doesn't
/// compile, crashes or lost its tests must never look like a success.
fn verdict(mut counts: Counts, at_least: usize, success: bool, status: &str) -> Done {
    let remark = if counts.failed > 0 {
        Some(format!(
            "{} of {} tests failed",
            counts.failed,
            counts.ran()
        ))
    } else if !success {
        counts += Counts::ONE_FAILED;
        Some(format!("the runner failed ({status}), though no test did"))
    } else if counts.ran() < at_least.max(1) {
        let ran = counts.ran();
        counts += Counts::ONE_FAILED;
        Some(format!("{ran} tests ran, where there were {at_least}"))
    } else {
        None
    };
    Done {
        counts,
        remark,
        failures: BTreeSet::new(),
    }
}

/// The steps so far.
pub(crate) struct Report {
    started: Instant,
    steps: Vec<(&'static str, Done, Duration)>,
}

impl Report {
    pub(crate) fn new() -> Self {
        Self {
            started: Instant::now(),
            steps: Vec::new(),
        }
    }

    /// Runs a step; tells whether it passed.
    pub(crate) fn step(&mut self, name: &'static str, run: impl FnOnce() -> Done) -> bool {
        tools::heading(&format!(
            "{name} (after {})",
            tools::duration(self.started.elapsed())
        ));
        let started = Instant::now();
        let done = run();
        if let Some(remark) = &done.remark {
            println!("{}: {remark}", done.state());
        }
        let passed = done.counts.failed == 0;
        self.steps.push((name, done, started.elapsed()));
        passed
    }

    /// Runs a step that later ones need something from.
    pub(crate) fn obtain<T>(
        &mut self,
        name: &'static str,
        run: impl FnOnce() -> Result<T, String>,
    ) -> Option<T> {
        let mut obtained = None;
        self.step(name, || {
            Done::from(run().map(|value| obtained = Some(value)))
        });
        obtained
    }

    /// Prints the table and, as the last line, the sums; the exit code is that of the whole run.
    pub(crate) fn finish(self) -> ExitCode {
        tools::heading(&format!(
            "Done in {}",
            tools::duration(self.started.elapsed())
        ));
        let (text, total) = self.table();
        println!("{text}");
        for (name, done, _) in &self.steps {
            for failure in &done.failures {
                println!("Failed in {name}: {failure}");
            }
        }
        let left_out = self.left_out();
        if !left_out.is_empty() {
            println!("Left out: {}", left_out.join(", "));
        }
        println!("{} passed, {} failed", total.passed, total.failed);
        // Where everything is to be had, a step that is left out is one that got lost.
        let complete = left_out.is_empty() || !in_ci();
        if complete && total.failed == 0 && total.passed > 0 {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        }
    }

    /// The steps that this machine has nothing for.
    fn left_out(&self) -> Vec<&'static str> {
        let left_out = |(_, done, _): &&(_, Done, _)| done.counts.ran() == 0;
        self.steps
            .iter()
            .filter(left_out)
            .map(|(name, ..)| *name)
            .collect()
    }

    fn table(&self) -> (String, Counts) {
        let width = self
            .steps
            .iter()
            .map(|(name, ..)| name.chars().count())
            .max()
            .unwrap_or(0);
        let mut total = Counts::default();
        let mut lines = Vec::new();
        for (name, done, took) in &self.steps {
            let Counts {
                passed,
                failed,
                skipped,
            } = done.counts;
            let (state, took) = (done.state(), tools::duration(*took));
            // The first line says it; the rest was printed when it happened.
            let remark = done
                .remark
                .as_ref()
                .and_then(|remark| remark.lines().next())
                .unwrap_or_default();
            let line = format!(
                "{name:width$}  {state:8}  {passed:>4} passed  {failed:>3} failed  {skipped:>4} skipped  {took:>12}  {remark}"
            );
            lines.push(line.trim_end().to_owned() + "\n");
            total += done.counts;
        }
        (lines.concat(), total)
    }
}

/// Whether nobody watches this run, as services for continuous integration say it.
fn in_ci() -> bool {
    env::var_os("CI").is_some_and(|value| !value.is_empty() && value != "false")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_suite_passes_only_when_tests_ran_and_the_runner_agrees() {
        for (passed, failed, success, state, counted) in [
            (3, 0, true, "ok", (3, 0)),
            (3, 1, false, "FAILED", (3, 1)),
            (3, 1, true, "FAILED", (3, 1)),
            (3, 0, false, "FAILED", (3, 1)),
            (2, 0, true, "FAILED", (2, 1)),
            (0, 0, true, "FAILED", (0, 1)),
            (0, 0, false, "FAILED", (0, 1)),
        ] {
            let counts = Counts {
                passed,
                failed,
                skipped: 9,
            };
            let done = verdict(counts, 3, success, "exit status: 101");
            assert_eq!(done.state(), state);
            assert_eq!((done.counts.passed, done.counts.failed), counted);
            assert_eq!(done.remark.is_none(), state == "ok");
        }
    }

    #[test]
    fn the_table_has_a_line_a_step_and_adds_up_the_tests() {
        let mut report = Report::new();
        assert!(report.step("lints", Done::passed));
        assert!(!report.step("tests", || verdict(
            Counts {
                passed: 5,
                failed: 2,
                skipped: 4
            },
            7,
            false,
            "exit status: 100"
        )));
        assert!(report.step("other engine", || Done::left_out(
            "cmake is missing\nInstall it"
        )));
        assert_eq!(
            report.obtain("compiler", || Err::<(), _>("npm is missing".to_owned())),
            None
        );

        assert_eq!(report.left_out(), ["other engine"]);
        let (text, total) = report.table();
        assert_eq!(
            total,
            Counts {
                passed: 6,
                failed: 3,
                skipped: 4
            }
        );
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 4);
        for (line, parts) in [
            (lines[0], ["lints ", "ok ", "1 passed", "0 failed"]),
            (lines[1], ["tests ", "FAILED", "2 failed", "4 skipped"]),
            (
                lines[2],
                ["other engine ", "left out", "0 failed", "cmake is missing"],
            ),
            (
                lines[3],
                ["compiler ", "FAILED", "1 failed", "npm is missing"],
            ),
        ] {
            for part in parts {
                assert!(line.contains(part), "`{part}` in `{line}`");
            }
        }
    }
}
