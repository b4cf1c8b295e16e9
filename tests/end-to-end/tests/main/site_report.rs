//! The example's scripts on its sample log: the same outcome on every engine.

use std::fs;
use std::path::Path;

use ::site_report::db::SiteDb;
use ::site_report::email::Mailer;
use codemode_runtime::{Outcome, Sandbox};

use crate::support::{assert_golden, builder, in_example, read, settled_json};

/// The names of the scripts, without their extension.
pub(crate) const SCRIPTS: [&str; 3] = ["traffic-summary", "compare-periods", "mistake"];

fn sandbox(outbox: &Path) -> Sandbox {
    builder()
        .state(SiteDb::from_log(in_example("data/access.log")).unwrap())
        .state(Mailer::to_outbox("reports@example.org", outbox).unwrap())
        .build()
        .unwrap()
}

async fn run(script: &str, outbox: &Path) -> Outcome {
    let text = read(&in_example(&format!("scripts/{script}.ts")));
    sandbox(outbox).run(text).await
}

/// Runs a script and compares everything that comes of it.
pub(crate) async fn assert_outcome(script: &str) {
    let outbox = tempfile::tempdir().unwrap();
    let outcome = run(script, outbox.path()).await;
    assert_golden(
        &format!("site-report/{script}.json"),
        &settled_json(&outcome),
    );
}

#[tokio::test]
async fn the_traffic_summary_has_its_golden_outcome() {
    assert_outcome("traffic-summary").await;
}

#[tokio::test]
async fn the_comparison_of_periods_has_its_golden_outcome() {
    assert_outcome("compare-periods").await;
}

#[tokio::test]
async fn the_mistakes_have_their_golden_outcome() {
    assert_outcome("mistake").await;
}

#[tokio::test]
async fn the_summary_is_in_the_outbox_as_a_mail_with_the_expected_text() {
    let outbox = tempfile::tempdir().unwrap();
    let outcome = run("traffic-summary", outbox.path()).await;
    assert!(outcome.is_ok(), "{:?}", outcome.result);

    let files: Vec<_> = fs::read_dir(outbox.path())
        .unwrap()
        .map(|file| file.unwrap().path())
        .collect();
    let [file] = files.as_slice() else {
        panic!("one mail was expected: {files:?}");
    };
    let mail = read(file);
    let (header, body) = mail.split_once("\n\n").unwrap();
    for line in [
        "From: reports@example.org",
        "To: team@example.org",
        "Subject: Traffic, 2026-11-09 to 2026-11-15: 126 views",
    ] {
        assert!(
            header.lines().any(|found| found == line),
            "{line}: {header}"
        );
    }
    assert_eq!(
        body,
        read(&in_example("tests/golden/traffic-summary.mail.txt"))
    );
}

#[tokio::test]
async fn a_script_that_makes_mistakes_sends_no_mail() {
    let outbox = tempfile::tempdir().unwrap();
    let outcome = run("mistake", outbox.path()).await;
    assert!(
        outcome
            .calls
            .iter()
            .any(|call| call.tool == "email.send" && !call.ok)
    );
    assert_eq!(fs::read_dir(outbox.path()).unwrap().count(), 0);
}
