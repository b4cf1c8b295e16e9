//! The parser of the Combined Log Format.

use site_report::log::{LineError, LogEntry, parse, read};

const TIME: &str = "[15/Nov/2026:10:05:03 +0000]";

fn entry(line: &str) -> LogEntry {
    parse(line.as_bytes()).unwrap_or_else(|error| panic!("{line}\n{error}"))
}

#[test]
fn a_line_gives_each_of_its_fields() {
    let entry = entry(
        r#"198.51.100.7 - ann [15/Nov/2026:10:05:03 -0330] "GET /docs?p=2#top HTTP/2.0" 200 5120 "https://a.example/b?c" "Firefox/145.0""#,
    );
    assert_eq!(entry.address, "198.51.100.7");
    assert_eq!(entry.user.as_deref(), Some("ann"));
    assert_eq!(entry.time.to_rfc3339(), "2026-11-15T10:05:03-03:30");
    let request = entry.request.unwrap();
    assert_eq!(
        (request.method.as_str(), request.target.as_str()),
        ("GET", "/docs?p=2#top")
    );
    assert_eq!(request.path(), "/docs");
    assert_eq!((entry.status, entry.bytes), (200, Some(5120)));
    assert_eq!(entry.referrer.as_deref(), Some("https://a.example/b?c"));
    assert_eq!(entry.user_agent.as_deref(), Some("Firefox/145.0"));
}

#[test]
fn a_dash_is_nothing() {
    let entry = entry(&format!(r#"192.0.2.1 - - {TIME} "-" 408 - "-" "-""#));
    assert_eq!(
        (
            entry.user,
            entry.request,
            entry.bytes,
            entry.referrer,
            entry.user_agent
        ),
        (None, None, None, None, None)
    );
}

#[test]
fn any_client_is_taken_by_its_name() {
    for address in [
        "192.0.2.1",
        "2001:db8::7",
        "::ffff:192.0.2.1",
        "fe80::1%eth0",
        "host-7.example.net",
        "unix:",
    ] {
        let entry = entry(&format!(
            r#"{address} - - {TIME} "GET / HTTP/1.1" 200 1 "-" "x""#
        ));
        assert_eq!(entry.address, address);
    }
}

#[test]
fn a_name_may_hold_spaces_quotes_and_brackets() {
    for name in ["jo doe", r#"jo "the" doe"#, "jo[at]doe"] {
        let entry = entry(&format!(
            r#"192.0.2.1 - {name} {TIME} "GET / HTTP/1.1" 200 1 "-" "x""#
        ));
        assert_eq!(entry.user.as_deref(), Some(name));
    }
}

#[test]
fn only_an_http_request_line_is_a_request() {
    let table: [(&str, Option<(&str, &str)>); 10] = [
        ("GET / HTTP/1.1", Some(("GET", "/"))),
        ("PRI * HTTP/2.0", Some(("PRI", "*"))),
        (
            "CONNECT example.org:443 HTTP/1.1",
            Some(("CONNECT", "example.org:443")),
        ),
        ("GET /old", Some(("GET", "/old"))),
        ("GET", None),
        ("get / HTTP/1.1", None),
        ("GET /a b HTTP/1.1", None),
        ("GET / RTSP/1.0", None),
        (r"\x16\x03\x01\x02", None),
        ("", None),
    ];
    for (line, expected) in table {
        let request = entry(&format!(r#"192.0.2.1 - - {TIME} "{line}" 400 1 "-" "x""#)).request;
        let request = request
            .as_ref()
            .map(|request| (request.method.as_str(), request.target.as_str()));
        assert_eq!(request, expected, "{line}");
    }
}

#[test]
fn escapes_are_undone() {
    let table = [
        (r#"a \"quoted\" word"#, r#"a "quoted" word"#),
        (r"ends in a backslash\\", r"ends in a backslash\"),
        (r"caf\xc3\xa9", "café"),
        (r"tab\tline\nreturn\r", "tab\tline\nreturn\r"),
        (r"\xZZ and \q stay", r"\xZZ and \q stay"),
        (r"cut \x4", r"cut \x4"),
        (r"\xff", "\u{fffd}"),
    ];
    for (written, meant) in table {
        let entry = entry(&format!(
            r#"192.0.2.1 - - {TIME} "GET / HTTP/1.1" 200 1 "-" "{written}""#
        ));
        assert_eq!(entry.user_agent.as_deref(), Some(meant), "{written}");
    }
}

#[test]
fn bytes_that_are_not_utf_8_are_replaced() {
    let line = [
        b"192.0.2.1 - - ",
        TIME.as_bytes(),
        b" \"GET / HTTP/1.1\" 200 1 \"-\" \"Caf\xe9\"",
    ]
    .concat();
    assert_eq!(
        parse(&line).unwrap().user_agent.as_deref(),
        Some("Caf\u{fffd}")
    );
}

#[test]
fn a_line_may_end_in_a_carriage_return_or_in_more_fields() {
    let plain = entry(&format!(
        r#"192.0.2.1 - - {TIME} "GET / HTTP/1.1" 200 1 "-" "x""#
    ));
    for end in ["\r", "\r\n", " ", r#" "203.0.113.5" rt=0.01"#] {
        assert_eq!(
            entry(&format!(
                r#"192.0.2.1 - - {TIME} "GET / HTTP/1.1" 200 1 "-" "x"{end}"#
            )),
            plain,
            "{end:?}"
        );
    }
}

#[test]
fn what_is_wrong_with_a_line_is_said() {
    let table: [(&str, LineError); 16] = [
        ("", LineError::Empty),
        (" \t\r", LineError::Empty),
        ("192.0.2.1", LineError::Missing { field: "ident" }),
        (
            "192.0.2.1 -",
            LineError::Missing {
                field: "time in brackets",
            },
        ),
        (
            "# a note",
            LineError::Missing {
                field: "time in brackets",
            },
        ),
        (
            "192.0.2.1 - - [15/Nov/2026:10:05:03 +0000",
            LineError::Unclosed { field: "time" },
        ),
        (
            "192.0.2.1 - - []",
            LineError::Time {
                found: String::new(),
            },
        ),
        (
            "192.0.2.1 - - [31/Nov/2026:10:05:03 +0000]",
            LineError::Time {
                found: "31/Nov/2026:10:05:03 +0000".into(),
            },
        ),
        (
            "192.0.2.1 - - [15/Nov/2026:10:05:03]",
            LineError::Time {
                found: "15/Nov/2026:10:05:03".into(),
            },
        ),
        (
            "192.0.2.1 - - TIME",
            LineError::Missing {
                field: "request line",
            },
        ),
        (
            r#"192.0.2.1 - - TIME "GET /do"#,
            LineError::Unclosed {
                field: "request line",
            },
        ),
        (
            r#"192.0.2.1 - - TIME "GET / \"#,
            LineError::Unclosed {
                field: "request line",
            },
        ),
        (
            r#"192.0.2.1 - - TIME "GET /" 20x 1 "-" "x""#,
            LineError::Status {
                found: "20x".into(),
            },
        ),
        (
            r#"192.0.2.1 - - TIME "GET /" 600 1 "-" "x""#,
            LineError::Status {
                found: "600".into(),
            },
        ),
        (
            r#"192.0.2.1 - - TIME "GET /" 200 1,024 "-" "x""#,
            LineError::Bytes {
                found: "1,024".into(),
            },
        ),
        (
            r#"192.0.2.1 - - TIME "GET /" 200 1 "-""#,
            LineError::Missing {
                field: "user agent",
            },
        ),
    ];
    for (line, expected) in table {
        assert_eq!(
            parse(line.replace("TIME", TIME).as_bytes()),
            Err(expected),
            "{line}"
        );
    }
}

#[test]
fn long_junk_is_quoted_in_part() {
    let junk = "ä".repeat(100_000);
    for line in [
        format!("192.0.2.1 - - [{junk}]"),
        format!(r#"192.0.2.1 - - {TIME} "GET /" {junk}"#),
        format!(r#"192.0.2.1 - - {TIME} "GET /" 200 {junk}"#),
    ] {
        let reason = parse(line.as_bytes()).unwrap_err().to_string();
        assert!(reason.contains("ää…`"), "{reason}");
        assert!(reason.chars().count() < 120, "{reason}");
    }
}

#[test]
fn no_cut_and_no_changed_byte_makes_the_parser_panic() {
    let line = format!(
        r#"::1 - jo {TIME} "GET /\x41\" HTTP/1.1" 200 12 "https://a.example/" "Ag\\ent é""#
    );
    let line = line.as_bytes();
    for end in 0..line.len() {
        assert!(
            parse(&line[..end]).is_err(),
            "{:?}",
            String::from_utf8_lossy(&line[..end])
        );
    }
    for at in 0..line.len() {
        for byte in [0, b' ', b'"', b'[', b']', b'\\', 0xff] {
            let mut line = line.to_vec();
            line[at] = byte;
            // Either is right, depending on the byte; it only has to come back.
            let _ = parse(&line);
        }
    }
}

#[test]
fn a_bad_line_does_not_cost_the_next_one() {
    let log = format!("junk\n192.0.2.1 - - {TIME} \"GET / HTTP/1.1\" 200 1 \"-\" \"x\"\n\n");
    let lines: Vec<_> = read(log.as_bytes()).map(Result::unwrap).collect();
    let seen: Vec<_> = lines
        .iter()
        .map(|line| (line.number, line.entry.is_ok()))
        .collect();
    assert_eq!(seen, [(1, false), (2, true), (3, false)]);
}
