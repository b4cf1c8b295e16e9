//! What counts as a visit.

use site_report::log::{LogEntry, parse};
use site_report::visits::{is_bot, is_view};

const BROWSER: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0";

fn entry(request: &str, status: u16, agent: &str) -> LogEntry {
    let line = format!(
        r#"192.0.2.1 - - [15/Nov/2026:10:05:03 +0000] "{request}" {status} 1 "-" "{agent}""#
    );
    parse(line.as_bytes()).unwrap()
}

#[test]
fn who_does_not_call_itself_a_browser_is_a_bot() {
    let table = [
        (BROWSER, false),
        (
            "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
            true,
        ),
        ("Mozilla/5.0 (compatible; YandexBot/3.0)", true),
        ("Baiduspider", true),
        ("curl/8.16.0", true),
        ("python-requests/2.32", true),
        ("Tiny Tiny RSS/1.11 (http://tt-rss.org/)", true),
        ("-", true),
    ];
    for (agent, expected) in table {
        assert_eq!(
            is_bot(&entry("GET / HTTP/1.1", 200, agent)),
            expected,
            "{agent}"
        );
    }
}

#[test]
fn a_view_is_a_page_that_a_person_got() {
    let table = [
        ("GET / HTTP/1.1", 200, BROWSER, true),
        ("GET /docs/install?from=mail HTTP/1.1", 304, BROWSER, true),
        ("GET /v1.2/notes HTTP/1.1", 200, BROWSER, true),
        ("GET /index.html HTTP/1.1", 200, BROWSER, true),
        ("GET /assets/site.css HTTP/1.1", 200, BROWSER, false),
        ("GET /favicon.ico HTTP/1.1", 200, BROWSER, false),
        ("HEAD / HTTP/1.1", 200, BROWSER, false),
        ("POST /contact HTTP/1.1", 200, BROWSER, false),
        ("GET / HTTP/1.1", 404, BROWSER, false),
        ("GET / HTTP/1.1", 301, BROWSER, false),
        ("GET / HTTP/1.1", 200, "curl/8.16.0", false),
        ("-", 200, BROWSER, false),
    ];
    for (request, status, agent, expected) in table {
        assert_eq!(
            is_view(&entry(request, status, agent)),
            expected,
            "{request} {status} {agent}"
        );
    }
}
