//! The log that comes with the example.

use std::process::Command;

use crate::support::{day, in_crate, sample};

#[test]
fn the_generator_writes_the_log_that_is_in_the_repository() {
    let output = Command::new(env!("CARGO_BIN_EXE_generate-log"))
        .output()
        .unwrap();
    assert!(output.status.success());
    let committed = std::fs::read(in_crate("data/access.log")).unwrap();
    // Not assert_eq, which would print both.
    assert!(
        output.stdout == committed,
        "data/access.log isn't what generate-log writes; its documentation says how to write it anew"
    );
}

#[tokio::test]
async fn it_covers_seven_weeks_and_holds_some_malformed_lines() {
    let report = sample().import_report().await.unwrap();
    assert_eq!(
        (report.first_day, report.last_day),
        (Some(day("2026-09-28")), Some(day("2026-11-15")))
    );
    let log = std::fs::read(in_crate("data/access.log")).unwrap();
    let lines = String::from_utf8_lossy(&log).lines().count();
    assert_eq!(report.requests as usize + report.malformed as usize, lines);
    assert_eq!(report.malformed, 7);
}
