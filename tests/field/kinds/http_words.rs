//! What a server says in HTTP instead of an answer reaches who called, with what can be done about it, and nothing is tried in a circle
//! that another attempt doesn't mend.

use std::fs;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::support::{HttpServer, configuration, folder, outcome, run_cli};

fn server(server: &HttpServer, path: &str) -> Value {
    json!({ "url": server.url(path) })
}

#[test]
fn a_call_that_is_refused_fails_in_the_server_s_words() {
    let cases = [
        (
            "401",
            "wants credentials (HTTP 401, Unauthorized): The access token has expired.; write them in its `headers`",
        ),
        (
            "403",
            "HTTP 403, Forbidden): insufficient_scope: issues.write",
        ),
        (
            "429",
            "the call wasn't made, and it takes more in 60 s (HTTP 429, Too Many Requests): slow down",
        ),
        ("429-silent", "it doesn't say when"),
        (
            "500",
            "HTTP 500, Internal Server Error): the database is gone; whether the call took effect isn't known",
        ),
        (
            "503",
            "Maintenance; it wants to be left alone for 1 s; whether",
        ),
        (
            "html",
            "answers with `text/html` and no message of MCP, as a proxy or a page for signing in does: Sign in to the proxy",
        ),
        ("empty", "sent no answer"),
        ("taken", "sent no answer"),
        ("invalid", "no such argument"),
        ("302", "redirects to https://elsewhere.example/mcp"),
        ("nan", "can't be read: it has `NaN`"),
        ("cut", "can't be read: it has no end"),
        (
            "latin",
            "has the charset `iso-8859-1`, and JSON is in UTF-8; the call may have taken effect",
        ),
        (
            "wide",
            "has the charset `utf-16le`, and JSON is in UTF-8; the call may have taken effect",
        ),
        (
            "squeezed",
            "`content-encoding` is `gzip`, which wasn't asked for; the call may have taken effect",
        ),
        (
            "squeezedEvents",
            "`content-encoding` is `gzip`, which wasn't asked for; the call may have taken effect",
        ),
        ("stranger", "no message of MCP"),
        ("broken-off", "whether the call took effect isn't known"),
    ];
    let log = folder("http-words").join("requests");
    let _ = fs::remove_file(&log);
    let http = HttpServer::start("words.mjs", &[&log.display().to_string()]);
    let servers: serde_json::Map<_, _> = cases
        .iter()
        .map(|(path, _)| (format!("s{path}"), server(&http, &format!("/{path}"))))
        .collect();
    let config = configuration("http-words", &servers.into());
    let calls: Vec<_> = cases
        .iter()
        .map(|(path, _)| {
            format!(
                "await tell(s{}.one())",
                path.replace("-s", "S").replace("-o", "O")
            )
        })
        .collect();
    let calls = calls.join(", ");
    let script = format!(
        "const tell = (call: Promise<unknown>) => call.catch((error: Error) => error.message); return [{calls}];"
    );
    let started = Instant::now();
    let done = run_cli(
        &["run", "-", "--json", "--no-tools", "--mcp-config", &config],
        &script,
    );
    assert!(started.elapsed() < Duration::from_secs(20));
    let told = outcome(&done);
    for (number, (path, expected)) in cases.iter().enumerate() {
        let said = told["value"][number].as_str().unwrap_or_default();
        assert!(
            said.contains(expected),
            "{path}: {said}\n{told}\n{}",
            done.stderr
        );
    }
    let log = fs::read_to_string(log).unwrap();
    for (path, _) in cases {
        let requests = |method: &str| log.matches(&format!("/{path} {method}\n")).count();
        assert_eq!(
            (requests("initialize"), requests("tools/call")),
            (1, 1),
            "{path}\n{log}"
        );
    }
}

#[test]
fn a_server_that_lets_nobody_in_is_told_once_with_what_to_write() {
    let cases = [
        (
            "401",
            "write them in its `headers`, such as \"Authorization\"",
        ),
        (
            "403",
            "HTTP 403, Forbidden): insufficient_scope: issues.write",
        ),
        ("302", "redirects to https://elsewhere.example/mcp"),
        ("html", "Sign in to the proxy"),
    ];
    let log = folder("http-closed").join("requests");
    let _ = fs::remove_file(&log);
    let http = HttpServer::start("words.mjs", &[&log.display().to_string()]);
    let servers: serde_json::Map<_, _> = cases
        .iter()
        .map(|(path, _)| {
            (
                format!("s{path}"),
                server(&http, &format!("/closed/{path}")),
            )
        })
        .collect();
    let config = configuration("http-closed", &servers.into());
    let script = "await new Promise((done) => setTimeout(done, 3000)); return 1;";
    let done = run_cli(&["run", "-", "--no-tools", "--mcp-config", &config], script).expect(0);
    for (_, expected) in cases {
        assert!(
            done.stderr.contains(expected),
            "{expected}: {}",
            done.stderr
        );
    }
    assert!(!done.stderr.contains("rmcp"), "{}", done.stderr);
    let log = fs::read_to_string(log).unwrap();
    assert_eq!(log.lines().count(), cases.len(), "{log}");
}

#[test]
fn a_session_that_is_over_is_begun_anew_for_the_call() {
    let http = HttpServer::start("words.mjs", &[]);
    let servers =
        json!({ "s404": server(&http, "/session-404"), "s400": server(&http, "/session-400") });
    let config = configuration("http-sessions", &servers);
    let script = "const told = []; for (let i = 0; i < 7; i++) told.push(await s404.one(), await s400.one()); return told;";
    let done = run_cli(
        &["run", "-", "--json", "--no-tools", "--mcp-config", &config],
        script,
    );
    assert_eq!(
        outcome(&done)["value"],
        json!(vec!["one"; 14]),
        "{}\n{}",
        done.stdout,
        done.stderr
    );
}

#[test]
fn a_session_that_is_never_kept_is_told_as_that() {
    let http = HttpServer::start("words.mjs", &[]);
    let servers = json!({ "s": server(&http, "/session-never") });
    let config = configuration("http-no-session", &servers);
    let done = run_cli(
        &["run", "-", "--json", "--no-tools", "--mcp-config", &config],
        "return await s.one();",
    );
    let outcome = outcome(&done);
    let message = outcome["error"]["message"].as_str().unwrap();
    assert!(
        message.contains("the call wasn't made (HTTP 400, Bad Request): Bad Request: No valid"),
        "{message}"
    );
}

#[test]
fn what_does_no_harm_is_done_for_the_user() {
    let http = HttpServer::start("words.mjs", &[]);
    let mut headers = server(&http, "/headers");
    headers["headers"] = json!({
        "Accept": "text/html", "content-type": "text/plain", "Host": "x.example", "X-Team": "red", "User-Agent": "me/1",
        "MCP-Protocol-Version": "2024-11-05", "Content-Length": "3",
    });
    let servers = json!({
        "patient": server(&http, "/patient"), "moved": server(&http, "/moved"), "events": server(&http, "/events"), "headers": headers,
    });
    let config = configuration("http-kind", &servers);
    let script = "return [await patient.one(), await moved.one(), await events.one(), JSON.parse((await headers.one()) as string)];";
    let done = run_cli(
        &["run", "-", "--json", "--no-tools", "--mcp-config", &config],
        script,
    );
    let expected = json!([
        "one",
        "one",
        "gr\u{fffd}n \u{fffd}",
        [
            "application/json, text/event-stream",
            "application/json",
            "red",
            "me/1"
        ]
    ]);
    assert_eq!(
        outcome(&done)["value"],
        expected,
        "{}\n{}",
        done.stdout,
        done.stderr
    );
    for name in [
        "`Accept`",
        "`content-type`",
        "`Host`",
        "`MCP-Protocol-Version`",
        "`Content-Length`",
    ] {
        assert!(done.stderr.contains(name), "{name}: {}", done.stderr);
    }
}

#[test]
fn a_server_that_is_not_there_is_told_as_such() {
    let config = configuration(
        "http-nobody",
        &json!({ "s": { "url": "http://127.0.0.1:9/mcp" }, "t": { "url": "no address" } }),
    );
    let done = run_cli(
        &["run", "-", "--no-tools", "--mcp-config", &config],
        "return 1;",
    )
    .expect(0);
    for expected in [
        "it can't be reached: Connection refused",
        "its address has no `https://` or `http://` before it",
    ] {
        assert!(done.stderr.contains(expected), "{}", done.stderr);
    }
}
