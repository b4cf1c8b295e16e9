//! What several tests need.

pub(crate) mod smtp_server;

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use site_report::analytics::Period;
use site_report::db::SiteDb;

/// A path inside of this crate.
pub(crate) fn in_crate(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The sample log in a database.
pub(crate) fn sample() -> SiteDb {
    SiteDb::from_log(in_crate("data/access.log")).unwrap()
}

/// A database with these lines.
pub(crate) fn imported(log: impl AsRef<[u8]>) -> SiteDb {
    let db = SiteDb::in_memory().unwrap();
    db.import(log.as_ref()).unwrap();
    db
}

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub(crate) fn period(from: &str, to: &str) -> Period {
    Period {
        from: day(from),
        to: day(to),
    }
}

/// Asserts that the file holds `actual`. With `CODEMODE_UPDATE_GOLDEN=1` in the environment, writes it instead.
#[track_caller]
pub(crate) fn assert_golden(path: &str, actual: &str) {
    let path = in_crate(path);
    if std::env::var_os("CODEMODE_UPDATE_GOLDEN").is_some_and(|value| value == "1") {
        std::fs::write(&path, actual).unwrap();
        return;
    }
    let expected = std::fs::read_to_string(&path)
        .unwrap_or_default()
        .replace("\r\n", "\n");
    assert!(
        expected == actual,
        "{} isn't what came out; if what came out is right, run again with CODEMODE_UPDATE_GOLDEN=1:\n{actual}",
        path.display(),
    );
}
