//! The tools of `analytics`, called as the functions they are.

use std::collections::BTreeMap;

use site_report::analytics::{
    Audience, DayViews, FailedPath, Source, SourceViews, daily_views, failed_paths, import_report,
    referrers, status_codes, summary, top_pages,
};
use site_report::db::SiteDb;

use crate::support::{day, imported, period, sample};

const BROWSER: &str = "Mozilla/5.0 Firefox/145.0";
const BOT: &str = "Examplebot/1.0";

/// Three days: one with views, one with a bot only, one with a view.
fn site() -> SiteDb {
    let table = [
        (
            "10",
            "192.0.2.1",
            "GET /",
            200,
            "https://www.google.de/",
            BROWSER,
        ),
        (
            "10",
            "192.0.2.1",
            "GET /docs?page=2",
            200,
            "https://www.example.com/",
            BROWSER,
        ),
        ("10", "2001:db8::7", "GET /docs", 304, "-", BROWSER),
        (
            "10",
            "2001:db8::7",
            "GET /gone",
            404,
            "https://wiki.example.net/links",
            BROWSER,
        ),
        ("11", "192.0.2.9", "GET /gone", 404, "-", BOT),
        ("11", "192.0.2.9", "GET /docs", 200, "-", BOT),
        (
            "12",
            "192.0.2.1",
            "GET /docs",
            200,
            "https://news.example.org:8080/item?id=1",
            BROWSER,
        ),
        (
            "12",
            "192.0.2.1",
            "POST /contact",
            503,
            "https://www.example.com/docs",
            BROWSER,
        ),
    ];
    let lines = table.map(|(day, address, request, status, referrer, agent)| {
        format!(
            "{address} - - [{day}/Nov/2026:10:00:00 +0000] \"{request} HTTP/1.1\" {status} 100 \"{referrer}\" \"{agent}\"\n"
        )
    });
    imported(lines.concat())
}

fn views(day_of_month: &str, views: u32, visitors: u32) -> DayViews {
    DayViews {
        day: day(day_of_month),
        views,
        visitors,
    }
}

#[tokio::test]
async fn daily_views_lists_each_day_that_the_log_covers() {
    let days = daily_views(&site(), day("2026-11-01"), 366).await.unwrap();
    assert_eq!(
        days,
        [
            views("2026-11-10", 3, 2),
            views("2026-11-11", 0, 0),
            views("2026-11-12", 1, 1)
        ]
    );
}

#[tokio::test]
async fn daily_views_ends_after_the_days_that_were_asked_for() {
    let days = daily_views(&site(), day("2026-11-11"), 1).await.unwrap();
    assert_eq!(days, [views("2026-11-11", 0, 0)]);
}

#[tokio::test]
async fn numbers_out_of_bounds_are_refused_with_their_bounds() {
    let (db, all) = (site(), period("2026-11-10", "2026-11-12"));
    let table = [
        (
            daily_views(&db, day("2026-11-10"), 0).await.unwrap_err(),
            "`days` is 0, but must be from 1 to 366",
        ),
        (
            daily_views(&db, day("2026-11-10"), 367).await.unwrap_err(),
            "`days` is 367, but must be from 1 to 366",
        ),
        (
            top_pages(&db, all, 101).await.unwrap_err(),
            "`limit` is 101, but must be from 1 to 100",
        ),
        (
            referrers(&db, all, None, 0).await.unwrap_err(),
            "`limit` is 0, but must be from 1 to 100",
        ),
        (
            failed_paths(&db, all, Audience::Everyone, 101)
                .await
                .unwrap_err(),
            "`limit` is 101, but must be from 1 to 100",
        ),
    ];
    for (error, expected) in table {
        assert_eq!(error.to_string(), expected);
    }
}

#[tokio::test]
async fn a_period_without_an_answer_is_refused_with_the_reason() {
    let db = site();
    let table = [
        (
            summary(&db, period("2026-11-12", "2026-11-10"))
                .await
                .unwrap_err(),
            "the period is empty: `from` is 2026-11-12, which is after `to`, 2026-11-10",
        ),
        (
            summary(&db, period("2025-01-01", "2025-01-31"))
                .await
                .unwrap_err(),
            "the log has nothing from 2025-01-01 to 2025-01-31: it covers 2026-11-10 to 2026-11-12",
        ),
        (
            daily_views(&db, day("2026-11-13"), 30).await.unwrap_err(),
            "the log has nothing from 2026-11-13 to 2026-12-12: it covers 2026-11-10 to 2026-11-12",
        ),
        (
            summary(&imported(""), period("2026-11-10", "2026-11-12"))
                .await
                .unwrap_err(),
            "the log holds no requests; analytics.importReport() tells what became of its lines",
        ),
    ];
    for (error, expected) in table {
        assert_eq!(error.to_string(), expected);
    }
}

#[tokio::test]
async fn the_last_day_of_the_calendar_can_be_asked_for() {
    let error = daily_views(&site(), chrono::NaiveDate::MAX, 366)
        .await
        .unwrap_err();
    assert!(
        error.to_string().starts_with("the log has nothing from"),
        "{error}"
    );
}

#[tokio::test]
async fn top_pages_counts_a_page_once_whatever_its_query() {
    let pages = top_pages(&site(), period("2026-11-10", "2026-11-12"), 10)
        .await
        .unwrap();
    let pages: Vec<_> = pages
        .iter()
        .map(|page| (page.path.as_str(), page.views, page.visitors, page.share))
        .collect();
    assert_eq!(pages, [("/docs", 3, 2, 0.75), ("/", 1, 1, 0.25)]);
}

#[tokio::test]
async fn a_limit_does_not_change_the_share_of_what_is_left() {
    let pages = top_pages(&site(), period("2026-11-10", "2026-11-12"), 1)
        .await
        .unwrap();
    assert_eq!(pages.len(), 1);
    assert!(
        (pages[0].share - 0.75).abs() < f64::EPSILON,
        "{}",
        pages[0].share
    );
}

fn source_views(source: Source, views: u32) -> SourceViews {
    SourceViews { source, views }
}

fn host(host: &str) -> Source {
    Source::Site { host: host.into() }
}

#[tokio::test]
async fn referrers_are_grouped_by_the_place_they_stand_for() {
    let sources = referrers(&site(), period("2026-11-10", "2026-11-12"), None, 10)
        .await
        .unwrap();
    assert_eq!(
        sources,
        [
            source_views(Source::Direct, 1),
            source_views(
                Source::Search {
                    engine: "google".into()
                },
                1
            ),
            source_views(host("example.com"), 1),
            source_views(host("news.example.org"), 1),
        ]
    );
}

#[tokio::test]
async fn links_of_the_own_site_are_left_out_with_and_without_www() {
    for own_host in ["www.example.com", "example.com", "WWW.Example.COM"] {
        let sources = referrers(
            &site(),
            period("2026-11-10", "2026-11-12"),
            Some(own_host.into()),
            10,
        )
        .await
        .unwrap();
        assert!(
            !sources
                .iter()
                .any(|source| source.source == host("example.com")),
            "{own_host}: {sources:?}"
        );
        assert_eq!(sources.len(), 3, "{own_host}");
    }
}

#[tokio::test]
async fn status_codes_are_counted_for_an_audience() {
    let (db, all) = (site(), period("2026-11-10", "2026-11-12"));
    let table: [(Audience, &[(&str, u32)]); 3] = [
        (
            Audience::People,
            &[("200", 3), ("304", 1), ("404", 1), ("503", 1)],
        ),
        (Audience::Bots, &[("200", 1), ("404", 1)]),
        (
            Audience::Everyone,
            &[("200", 4), ("304", 1), ("404", 2), ("503", 1)],
        ),
    ];
    for (audience, expected) in table {
        let expected: BTreeMap<_, _> = expected
            .iter()
            .map(|&(status, count)| (status.to_owned(), count))
            .collect();
        assert_eq!(
            status_codes(&db, all, audience).await.unwrap(),
            expected,
            "{audience:?}"
        );
    }
}

#[tokio::test]
async fn failed_paths_say_where_the_broken_link_is() {
    let failed = failed_paths(
        &site(),
        period("2026-11-10", "2026-11-12"),
        Audience::Everyone,
        10,
    )
    .await
    .unwrap();
    let path = |path: &str, status, requests, linked_from: &str| FailedPath {
        path: path.into(),
        status,
        requests,
        linked_from: vec![linked_from.into()],
    };
    assert_eq!(
        failed,
        [
            path("/gone", 404, 2, "https://wiki.example.net/links"),
            path("/contact", 503, 1, "https://www.example.com/docs"),
        ]
    );
}

#[tokio::test]
async fn a_summary_has_all_the_figures() {
    let asked = period("2026-11-01", "2026-11-30");
    let summary = summary(&site(), asked).await.unwrap();
    assert_eq!((summary.period, summary.days), (asked, 30));
    assert_eq!((summary.views, summary.visitors), (4, 2));
    assert_eq!(summary.busiest_day, Some(views("2026-11-10", 3, 2)));
    assert_eq!(summary.top_page.unwrap().path, "/docs");
    assert_eq!(
        (
            summary.requests.total,
            summary.requests.bots,
            summary.requests.failed
        ),
        (8, 2, 3)
    );
    assert!(
        (summary.requests.bytes - 800.0).abs() < f64::EPSILON,
        "{}",
        summary.requests.bytes
    );
    assert_eq!(summary.requests.by_status["404"], 2);
}

#[tokio::test]
async fn a_summary_of_days_without_views_has_no_busiest_day_and_no_top_page() {
    let summary = summary(&site(), period("2026-11-11", "2026-11-11"))
        .await
        .unwrap();
    assert_eq!((summary.views, summary.requests.total), (0, 2));
    assert_eq!((summary.busiest_day, summary.top_page), (None, None));
}

#[tokio::test]
async fn sizes_that_no_integer_holds_add_up_all_the_same() {
    let line = format!(
        "192.0.2.1 - - [10/Nov/2026:10:00:00 +0000] \"GET / HTTP/1.1\" 200 {} \"-\" \"{BROWSER}\"\n",
        u64::MAX
    );
    let summary = summary(
        &imported(line.repeat(2)),
        period("2026-11-10", "2026-11-10"),
    )
    .await
    .unwrap();
    assert!(summary.requests.bytes > 1e19, "{}", summary.requests.bytes);
}

#[tokio::test]
async fn the_import_report_is_that_of_the_database() {
    let db = sample();
    assert_eq!(
        import_report(&db).await.unwrap(),
        db.import_report().await.unwrap()
    );
}
