//! The database behind the tools.

use site_report::db::{DbError, ImportError, MalformedLine, SiteDb};

use crate::support::{day, imported};

const LOG: &str = "\
    junk\n\
    192.0.2.1 - - [14/Nov/2026:23:59:59 -0800] \"GET / HTTP/1.1\" 200 100 \"-\" \"Firefox/145.0\"\n\
    192.0.2.1 - - [15/Nov/2026:00:00:00 -0800] \"GET / HTTP/1.1\" 999 100 \"-\" \"Firefox/145.0\"\n";

#[tokio::test]
async fn malformed_lines_are_counted_and_reported_with_line_and_reason() {
    let report = imported(LOG).import_report().await.unwrap();
    assert_eq!((report.requests, report.malformed), (1, 2));
    assert_eq!(
        report.malformed_lines,
        [
            MalformedLine {
                line: 1,
                reason: "the line ends before the ident".into()
            },
            MalformedLine {
                line: 3,
                reason: "`999` is not an HTTP status from 100 to 599".into()
            },
        ]
    );
}

#[tokio::test]
async fn only_the_first_few_malformed_lines_are_reported() {
    let report = imported("junk\n".repeat(1_000))
        .import_report()
        .await
        .unwrap();
    assert_eq!(report.malformed, 1_000);
    let lines: Vec<_> = report
        .malformed_lines
        .iter()
        .map(|line| line.line)
        .collect();
    assert_eq!(lines, [1, 2, 3, 4, 5]);
}

#[tokio::test]
async fn a_day_is_the_servers_day_and_not_that_of_greenwich() {
    let report = imported(LOG).import_report().await.unwrap();
    assert_eq!(report.first_day, Some(day("2026-11-14")));
    assert_eq!(report.last_day, Some(day("2026-11-14")));
}

#[tokio::test]
async fn an_empty_log_is_no_error() {
    let report = imported("").import_report().await.unwrap();
    assert_eq!(
        (report.requests, report.malformed, report.first_day),
        (0, 0, None)
    );
}

#[test]
fn a_log_that_is_not_there_is_an_error_that_names_it() {
    let error = SiteDb::from_log("no/such/access.log").unwrap_err();
    assert!(matches!(error, DbError::Log { .. }));
    assert!(
        error
            .to_string()
            .starts_with("can't read the log no/such/access.log: "),
        "{error}"
    );
}

#[tokio::test]
async fn a_database_file_keeps_what_was_imported() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("site.db");
    SiteDb::open(&file).unwrap().import(LOG.as_bytes()).unwrap();

    let report = SiteDb::open(&file).unwrap().import_report().await.unwrap();
    assert_eq!(report, imported(LOG).import_report().await.unwrap());
}

#[test]
fn a_file_that_is_no_database_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("site.db");
    std::fs::write(&file, LOG).unwrap();
    let error = SiteDb::open(&file).unwrap_err();
    assert!(error.to_string().contains("not a database"), "{error}");
}

#[tokio::test]
async fn a_log_that_breaks_off_leaves_nothing_behind() {
    struct Broken;
    impl std::io::Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            Err(std::io::Error::other("the disk is gone"))
        }
    }
    let db = SiteDb::in_memory().unwrap();
    let log = std::io::BufReader::new(std::io::Read::chain(LOG.as_bytes(), Broken));

    let error = db.import(log).unwrap_err();
    assert!(matches!(error, ImportError::Log(_)));
    assert_eq!(error.to_string(), "can't read the log: the disk is gone");
    assert_eq!(db.import_report().await.unwrap().requests, 0);
}

#[tokio::test]
async fn a_query_that_panics_is_an_error_and_the_next_one_works() {
    let db = imported(LOG);
    let error = db
        .query(|_| -> Result<(), DbError> { panic!("a mistake in a query") })
        .await
        .unwrap_err();
    assert!(matches!(error, DbError::Query(_)));
    assert_eq!(db.import_report().await.unwrap().requests, 1);
}

#[tokio::test]
async fn the_largest_size_a_line_can_name_is_stored() {
    let line = format!(
        "192.0.2.1 - - [14/Nov/2026:10:00:00 +0000] \"GET / HTTP/1.1\" 200 {} \"-\" \"Firefox/145.0\"\n",
        u64::MAX
    );
    let report = imported(line.repeat(3)).import_report().await.unwrap();
    assert_eq!((report.requests, report.malformed), (3, 0));
}
