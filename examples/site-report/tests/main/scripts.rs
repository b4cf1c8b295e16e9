//! The scripts, run against the sample log. Needs an engine: `--features v8` or `--features quickjs`.

use std::fs;
use std::path::Path;

use codemode_runtime::{Outcome, Sandbox};
use site_report::email::Mailer;

use crate::support::{assert_golden, in_crate, sample};

async fn run(script: &str, outbox: &Path) -> Outcome {
    let script = fs::read_to_string(in_crate("scripts").join(script)).unwrap();
    let mailer = Mailer::to_outbox("reports@example.org", outbox).unwrap();
    Sandbox::builder()
        .state(sample())
        .state(mailer)
        .build()
        .unwrap()
        .run(&script)
        .await
}

/// What a script's author gets to see of a run, without what differs from run to run and from engine to engine.
fn seen(outcome: &Outcome) -> String {
    let mut lines: Vec<_> = outcome
        .logs
        .iter()
        .map(|line| format!("{}: {}\n", line.level.as_str(), line.text))
        .collect();
    if let Some(value) = outcome.value() {
        lines.push(format!("value: {value:#}\n"));
    }
    if let Some(error) = outcome.error() {
        lines.push(format!("{}: {}\n", error.kind.as_str(), error.message));
    }
    lines.concat()
}

fn calls(outcome: &Outcome) -> Vec<(&str, bool)> {
    outcome
        .calls
        .iter()
        .map(|call| (&*call.tool, call.ok))
        .collect()
}

#[tokio::test]
async fn traffic_summary_mails_a_text_and_returns_the_gist_of_it() {
    let outbox = tempfile::tempdir().unwrap();
    let outcome = run("traffic-summary.ts", outbox.path()).await;
    assert_golden("tests/golden/traffic-summary.txt", &seen(&outcome));
    assert_eq!(
        calls(&outcome),
        [
            ("analytics.importReport", true),
            ("analytics.dailyViews", true),
            ("analytics.summary", true),
            ("analytics.topPages", true),
            ("analytics.referrers", true),
            ("analytics.failedPaths", true),
            ("email.send", true),
        ]
    );

    let files: Vec<_> = fs::read_dir(outbox.path())
        .unwrap()
        .map(|file| file.unwrap().path())
        .collect();
    assert_eq!(files.len(), 1, "{files:?}");
    let message = fs::read_to_string(&files[0]).unwrap().replace("\r\n", "\n");
    let (header, body) = message.split_once("\n\n").unwrap();
    assert!(header.contains("\nTo: team@example.org\n"), "{header}");
    assert_golden("tests/golden/traffic-summary.mail.txt", body);
}

#[tokio::test]
async fn compare_periods_finds_the_news_site() {
    let outbox = tempfile::tempdir().unwrap();
    let outcome = run("compare-periods.ts", outbox.path()).await;
    assert_golden("tests/golden/compare-periods.txt", &seen(&outcome));
}

#[tokio::test]
async fn mistake_gets_told_what_is_wrong_and_sends_nothing() {
    let outbox = tempfile::tempdir().unwrap();
    let outcome = run("mistake.ts", outbox.path()).await;
    assert!(!outcome.is_ok());
    assert_golden("tests/golden/mistake.txt", &seen(&outcome));
    assert!(
        calls(&outcome).iter().all(|(_, ok)| !ok),
        "{:?}",
        outcome.calls
    );
    assert_eq!(fs::read_dir(outbox.path()).unwrap().count(), 0);
}
