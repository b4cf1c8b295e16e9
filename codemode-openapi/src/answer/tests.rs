//! What becomes of an answer.

use serde_json::{Value, json};

use super::*;
use crate::Document;

fn receive(responses: &Value, status: u16, media: &str, body: &[u8]) -> Result<String, String> {
    let document =
        json!({ "openapi": "3.1.0", "paths": { "/a": { "get": { "responses": responses } } } });
    let document = Document::read(&document.to_string()).unwrap();
    let answer = Answer {
        status,
        media: (!media.is_empty()).then(|| media.to_owned()),
        retry_after: None,
        body: body.to_vec(),
    };
    let received = document.operations()[0].receive(answer);
    received
        .map(|received| received.to_text())
        .map_err(|error| error.to_string())
}

fn of(media: &str) -> Value {
    json!({ "200": { "description": "", "content": { media: {} } } })
}

#[test]
fn an_answer_is_read_as_what_is_declared() {
    let none = json!({ "204": { "description": "" } });
    let or_none = json!({ "200": of("application/json")["200"], "204": none["204"] });
    let cases: [(Value, &str, &[u8], &str); 19] = [
        (
            of("application/json"),
            "application/json; charset=utf-8",
            b"{\"a\": 1.0}",
            "{\"a\":1.0}",
        ),
        (of("application/json"), "application/hal+json", b"[]", "[]"),
        (of("application/json"), "text/plain", b"1", "1"),
        (of("application/json"), "", b"1", "1"),
        (of("application/json"), "application/json", b"", "null"),
        (
            of("application/json"),
            "application/json",
            b"\"\\u0000n1\"",
            "\"\\u0000n1\"",
        ),
        (of("text/plain"), "text/plain", "é".as_bytes(), "\"é\""),
        (of("text/plain"), "application/json", b"1", "\"1\""),
        (of("text/plain"), "text/plain", b"", "\"\""),
        (of("text/plain"), "", b"\xff", "\"\u{fffd}\""),
        (of("image/png"), "image/png", b"abc", "~\"\\u0000bYWJj\""),
        (of("image/png"), "text/plain", b"abc", "~\"\\u0000bYWJj\""),
        (of("image/png"), "image/png", b"", "~\"\\u0000b\""),
        (or_none.clone(), "", b"", "null"),
        (or_none, "application/json", b"1", "1"),
        (none, "", b"", "null"),
        (json!({}), "application/json", b"1", "1"),
        (json!({}), "text/css", b"1", "\"1\""),
        (json!({}), "application/zip", b"abc", "~\"\\u0000bYWJj\""),
    ];
    for (responses, media, body, expected) in cases {
        let received = receive(&responses, 200, media, body);
        assert_eq!(received.as_deref(), Ok(expected), "{responses} {media}");
    }
}

#[test]
fn an_answer_that_is_something_else_says_what() {
    let cases: [(&str, &[u8], &str); 3] = [
        (
            "text/html",
            b"<h1>Sign in</h1>",
            "the service answered `text/html`, and its document declares `application/json`; whether the call took effect isn't \
             known. The answer begins: <h1>Sign in</h1>",
        ),
        (
            "text/html",
            b"1",
            "the service answered `text/html`, and its document declares `application/json`; whether the call took effect isn't \
             known. The answer begins: 1",
        ),
        (
            "application/json",
            b"{",
            "the service's answer isn't the JSON that it says: EOF while parsing an object at line 1 column 1. It begins: {",
        ),
    ];
    for (media, body, expected) in cases {
        let error = receive(&of("application/json"), 200, media, body).unwrap_err();
        assert_eq!(error, expected, "{media}");
    }
}

#[test]
fn a_refusal_says_what_the_service_says() {
    let json = "application/json";
    let cases = [
        (404, json, "", "the service answered 404 Not Found"),
        (
            404,
            json,
            r#"{ "message": "Not Found." }"#,
            "the service answered 404 Not Found: Not Found",
        ),
        (
            422,
            "application/problem+json",
            r#"{ "type": "https://example.com/p", "title": "No credit", "status": 422, "detail": "It costs 50.", "instance": "/a/1",
                 "balance": 30 }"#,
            "the service answered 422 Unprocessable Entity: No credit: It costs 50; type https://example.com/p; instance /a/1; \
             {\"balance\":30}",
        ),
        (
            400,
            json,
            r#"{ "type": "about:blank", "title": "Bad Request" }"#,
            "the service answered 400 Bad Request",
        ),
        (
            402,
            json,
            r#"{ "error": { "code": "card_declined" } }"#,
            "the service answered 402 Payment Required; {\"error\":{\"code\":\"card_declined\"}}",
        ),
        (
            401,
            json,
            r#"{ "error": "invalid_token", "error_description": "It is over." }"#,
            "the service answered 401 Unauthorized: It is over; {\"error\":\"invalid_token\"}",
        ),
        (
            500,
            "text/plain",
            " out of paper ",
            "the service answered 500 Internal Server Error: out of paper",
        ),
        (
            502,
            "text/html",
            "<html>",
            "the service answered 502 Bad Gateway",
        ),
        (599, json, "[1]", "the service answered 599: [1]"),
        (302, json, "", "the service answered 302 Found"),
    ];
    for (status, media, body, expected) in cases {
        let error = receive(&of("application/json"), status, media, body.as_bytes()).unwrap_err();
        assert_eq!(error, expected, "{status} {body}");
    }
}

#[test]
fn a_refusal_says_when_to_try_again() {
    let document = json!({ "openapi": "3.1.0", "paths": { "/a": { "get": {} } } });
    let document = Document::read(&document.to_string()).unwrap();
    for (retry_after, expected) in [
        (
            "30",
            "the service answered 429 Too Many Requests; try again in 30 s",
        ),
        (
            "Fri, 31 Dec 2027 23:59:59 GMT",
            "the service answered 429 Too Many Requests; try again after Fri, 31 Dec 2027 23:59:59 GMT",
        ),
    ] {
        let answer = Answer {
            status: 429,
            media: None,
            retry_after: Some(retry_after.to_owned()),
            body: Vec::new(),
        };
        let error = document.operations()[0].receive(answer).unwrap_err();
        assert_eq!(error.to_string(), expected);
        let AnswerError::Refused(problem) = error else {
            panic!("{error}")
        };
        assert_eq!(problem.retry_after.as_deref(), Some(retry_after));
    }
}
