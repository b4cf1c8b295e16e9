//! The language's own conformance suite, run inside the sandbox: closing the world must not have broken the language.
//!
//! A checkout of test262, or Firefox's copy of it, is named by `CODEMODE_TEST262`. What can't be asked of a script is
//! left out by the rules in [`test`] and [`uses`]; of the rest, what differs is listed in `test262/differences.txt`, with how. A few tests
//! of our own in the same format, in `test262/own`, run always: they test this runner.

mod checkout;
mod program;
mod test;
mod uses;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::thread;

use codemode_runtime::ErrorKind;

use self::checkout::Checkout;
use self::test::{Expected, Test};
use crate::host::{Answer, Host, Request};
use crate::limits::usual_limits;
use crate::tier::Tier;

/// Where a checkout is.
const VARIABLE: &str = "CODEMODE_TEST262";

/// Runs one test of so many; all with 1.
const EVERY: &str = "CODEMODE_TEST262_EVERY";

/// The tests of our own come to what their names say.
pub(crate) fn own_tests() -> Result<(), String> {
    let checkout = Checkout::open(&directory().join("own"))?;
    let results = run(&checkout, 1);
    let mut wrong = String::new();
    for (path, result) in &results {
        let expected = match path.split('/').next() {
            Some("passes") => matches!(result, Verdict::Passes),
            Some("differs") => matches!(result, Verdict::Differs(_)),
            Some("left-out") => matches!(result, Verdict::LeftOut(_)),
            _ => false,
        };
        if !expected {
            writeln!(wrong, "{path}: {result:?}").unwrap();
        }
    }
    if wrong.is_empty() && results.len() >= 16 {
        Ok(())
    } else {
        Err(format!(
            "of {} tests, these are wrong:\n{wrong}",
            results.len()
        ))
    }
}

/// Where the suite is, if there is one.
pub(crate) fn checkout() -> Option<PathBuf> {
    std::env::var_os(VARIABLE).map(PathBuf::from)
}

/// What differs is what is listed.
pub(crate) fn differs_as_listed(root: &Path) -> Result<(), String> {
    let checkout = Checkout::open(root)?;
    let every = std::env::var(EVERY).map_or(Ok(10), |text| text.parse());
    let every = every.map_err(|_| format!("{EVERY} is no number"))?;
    let results = run(&checkout, every);
    println!("{}", summary(&results));
    for (directory, count) in checkout.elsewhere() {
        println!("  not asked: {count:>5} below {directory}");
    }

    let file = directory().join("differences.txt");
    let listed = fs::read_to_string(&file).unwrap_or_default();
    let listed: BTreeMap<&str, &str> = listed
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once(": "))
        .collect();
    let mut now = listed.clone();
    for (path, result) in &results {
        match result {
            Verdict::Differs(how) => now.insert(path, how),
            _ => now.remove(path.as_str()),
        };
    }
    let kinds = |list: &BTreeMap<&str, &str>| -> Vec<(String, String)> {
        let kinds = list
            .iter()
            .map(|(path, how)| ((*path).to_owned(), kind(how).to_owned()));
        kinds.collect()
    };
    if kinds(&now) == kinds(&listed) {
        return Ok(());
    }
    if std::env::var_os("CODEMODE_UPDATE_GOLDEN").is_some_and(|value| value == "1") {
        let mut text = String::from(
            "# Tests of test262 that come to something else inside the sandbox. Written by the runner; see docs/security.md.\n",
        );
        for (path, how) in now {
            writeln!(text, "{path}: {how}").unwrap();
        }
        return fs::write(&file, text).map_err(|error| error.to_string());
    }
    let mut changes = String::new();
    for (path, how) in &now {
        match listed.get(path) {
            None => writeln!(changes, "differs and isn't listed: {path}: {how}").unwrap(),
            Some(before) if kind(before) != kind(how) => {
                writeln!(changes, "differs otherwise than `{before}`: {path}: {how}").unwrap();
            }
            Some(_) => {}
        }
    }
    for path in listed.keys() {
        if !now.contains_key(path) {
            writeln!(changes, "is listed and passes: {path}").unwrap();
        }
    }
    Err(changes)
}

/// What happened, without the words of it: what kind of outcome, and the name of the error.
fn kind(how: &str) -> &str {
    how.split_once(": ").map_or(how, |(kind, _)| kind)
}

fn directory() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("test262")
}

/// What came of a test.
#[derive(Debug)]
enum Verdict {
    Passes,
    /// It can't be asked of a script, for this reason.
    LeftOut(&'static str),
    Differs(String),
}

/// Runs every so manyth test of a checkout, on all processors.
fn run(checkout: &Checkout, every: usize) -> Vec<(String, Verdict)> {
    let paths: Vec<&String> = checkout.tests().iter().step_by(every.max(1)).collect();
    let next = Mutex::new(paths.into_iter());
    let results = Mutex::new(Vec::new());
    let processors = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        for _ in 0..processors {
            scope.spawn(|| {
                let mut host = Host::start();
                loop {
                    let Some(path) = next.lock().unwrap().next() else {
                        break;
                    };
                    let verdict = judge(checkout, path, &mut host);
                    results.lock().unwrap().push((path.clone(), verdict));
                }
            });
        }
    });
    let mut results = results.into_inner().unwrap();
    results.sort_by(|(one, _), (other, _)| one.cmp(other));
    results
}

fn judge(checkout: &Checkout, path: &str, host: &mut Host) -> Verdict {
    let test = Test::parse(&checkout.read(path));
    if let Some(reason) = test.left_out() {
        return Verdict::LeftOut(reason);
    }
    let answer = host.ask(&Request {
        tier: Tier::InProcess,
        limits: usual_limits(),
        script: program::of(checkout, path, &test),
        may_go_on: false,
        looks_after: false,
    });
    let report = match answer {
        Answer::Report { report, .. } => report,
        Answer::Died(_) | Answer::Hung => {
            *host = Host::start();
            return Verdict::Differs("the host died or hung".to_owned());
        }
    };
    let outcome = &report.outcome;
    let passes = match (&test.expected, outcome.error()) {
        (Expected::Success, None) => outcome
            .value()
            .is_some_and(|value| *value == program::PASSED),
        (Expected::Refused(name), Some(error)) => {
            error.kind == ErrorKind::Syntax && error.name.as_deref() == Some(name)
        }
        (Expected::Throws(name), Some(error)) => {
            error.kind == ErrorKind::Exception && error.name.as_deref() == Some(name)
        }
        (_, _) => false,
    };
    if passes {
        return Verdict::Passes;
    }
    let how = match outcome.error() {
        Some(error) => format!(
            "{} {}: {}",
            error.kind.as_str(),
            error.name.as_deref().unwrap_or_default(),
            error.message
        ),
        None => "nothing is thrown".to_owned(),
    };
    // One line, and not what the host's machine or a long text makes of it.
    let line: String = how.replace(['\n', '\r'], " ").chars().take(120).collect();
    Verdict::Differs(line)
}

fn summary(results: &[(String, Verdict)]) -> String {
    let mut left_out = BTreeMap::<&str, usize>::new();
    let (mut passed, mut differ) = (0, 0);
    for (_, result) in results {
        match result {
            Verdict::Passes => passed += 1,
            Verdict::Differs(_) => differ += 1,
            Verdict::LeftOut(reason) => *left_out.entry(reason).or_default() += 1,
        }
    }
    let mut text = format!("test262: {passed} passed, {differ} differ");
    for (reason, count) in left_out {
        write!(text, "\n  left out: {count:>5} {reason}").unwrap();
    }
    text
}
