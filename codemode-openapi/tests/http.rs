//! A service over HTTP: what is sent to whom, and what comes back.

#![cfg(feature = "http")]
#![allow(clippy::unwrap_used, reason = "a test that can't go on fails")]

mod server;

use codemode_openapi::{AnswerError, CallError, Config, OpenError, SendError, Service};
use serde_json::{Value, json};

use self::server::{Reply, Server};

/// A document with an operation for each method at `/thing`, and one that takes a header.
fn document(server: &str) -> String {
    let answers = json!({ "200": { "description": "", "content": { "application/json": {} } } });
    let thing = json!({ "type": "object", "required": ["id"], "properties": { "id": { "type": "integer" } } });
    let typed = json!({ "200": { "description": "", "content": { "application/json": { "schema": thing } } } });
    let body = json!({ "required": true, "content": { "text/plain": {} } });
    let header = json!({ "name": "x-own", "in": "header" });
    let query = json!({ "name": "q", "in": "query" });
    let cookie = json!({ "name": "c", "in": "cookie" });
    json!({
        "openapi": "3.1.0",
        "servers": [{ "url": server }],
        "paths": {
            "/typed": { "get": { "operationId": "typed", "tags": ["t"], "responses": typed } },
            "/thing": {
                "get": { "operationId": "read", "tags": ["t"], "parameters": [header, query, cookie], "responses": answers },
                "post": { "operationId": "write", "tags": ["t"], "requestBody": body, "responses": answers },
            },
        },
    })
    .to_string()
}

/// A service at `server`, whose document is a file.
async fn service(server: &Server, more: Value) -> Service {
    let file = std::env::temp_dir().join(format!(
        "codemode-openapi-{}-{}.json",
        std::process::id(),
        server.port()
    ));
    std::fs::write(&file, document("/")).unwrap();
    let mut entry = json!({ "openapi": file, "baseUrl": server.url("/v1") });
    entry
        .as_object_mut()
        .unwrap()
        .extend(more.as_object().unwrap().clone());
    let service = Service::open(&config(entry)).await.unwrap();
    std::fs::remove_file(&file).unwrap();
    service
}

fn config(entry: Value) -> Config {
    Config::read(entry, &|_| None).unwrap()
}

async fn call(service: &Service, name: &str, input: Value) -> Result<String, CallError> {
    let operations = service.document().operations();
    let index = operations
        .iter()
        .position(|operation| operation.name == name)
        .unwrap();
    service.call(index, &input.to_string()).await
}

fn ok() -> Reply {
    Reply::new(200)
        .header("content-type", "application/json")
        .body("{\"ok\":true}")
}

#[tokio::test]
async fn a_call_is_sent_as_its_document_says() {
    let server = Server::start(|_| ok()).await;
    let service = service(&server, json!({ "headers": { "x-team": "secret-team" } })).await;
    let result = call(
        &service,
        "read",
        json!({ "x-own": "a", "q": ["b", "c"], "c": "d" }),
    )
    .await;
    assert_eq!(result.unwrap(), "{\"ok\":true}");
    let heard = server.heard();
    assert_eq!(heard.len(), 1);
    assert_eq!(heard[0].line, "GET /v1/thing?q=b&q=c HTTP/1.1");
    for (name, expected) in [
        ("x-own", "a"),
        ("x-team", "secret-team"),
        ("cookie", "c=d"),
        (
            "accept",
            "application/json, application/problem+json;q=0.9, */*;q=0.1",
        ),
    ] {
        assert_eq!(heard[0].header(name), Some(expected), "{name}");
    }
    call(&service, "write", json!({ "body": "text" }))
        .await
        .unwrap();
    let heard = server.heard();
    assert_eq!(heard[1].line, "POST /v1/thing HTTP/1.1");
    assert_eq!(
        heard[1].header("content-type"),
        Some("text/plain; charset=utf-8")
    );
    assert_eq!(heard[1].body, "text");
}

#[tokio::test]
async fn a_service_is_told_who_asks_and_a_script_cannot_say_it_is_another() {
    let cases = [
        (
            json!({ "type": "bearer", "token": "t0ken-1" }),
            "authorization",
            "Bearer t0ken-1",
        ),
        (
            json!({ "type": "basic", "username": "u", "password": "passw0rd" }),
            "authorization",
            "Basic dTpwYXNzdzByZA==",
        ),
        (
            json!({ "type": "apiKey", "in": "header", "name": "X-Own", "value": "t0ken-1" }),
            "x-own",
            "t0ken-1",
        ),
        (
            json!({ "type": "apiKey", "in": "cookie", "name": "k", "value": "t0ken-1" }),
            "cookie",
            "c=d; k=t0ken-1",
        ),
    ];
    for (auth, name, expected) in cases {
        let server = Server::start(|_| ok()).await;
        let service = service(&server, json!({ "auth": auth })).await;
        call(&service, "read", json!({ "x-own": "a", "c": "d" }))
            .await
            .unwrap();
        assert_eq!(server.heard()[0].header(name), Some(expected), "{auth}");
    }
    let server = Server::start(|_| ok()).await;
    let auth = json!({ "type": "apiKey", "in": "query", "name": "key", "value": "t0ken 1" });
    let service = service(&server, json!({ "auth": auth })).await;
    call(&service, "read", json!({ "q": "a" })).await.unwrap();
    assert_eq!(
        server.heard()[0].line,
        "GET /v1/thing?q=a&key=t0ken+1 HTTP/1.1"
    );
}

#[tokio::test]
async fn another_host_gets_no_credentials_and_nothing_of_the_script() {
    let other = Server::start(|_| ok()).await;
    let there = other.url("/there");
    let server = Server::start(move |_| Reply::new(302).header("location", &there)).await;
    // Both are named by the configuration: the other one by the document, which is there.
    let text = document("/");
    let place = Server::start(move |heard| match heard.line.split(' ').nth(1) {
        Some("/openapi.json") => Reply::new(200).body(&text),
        _ => ok(),
    })
    .await;
    let back = place.url("/there");
    let leads = Server::start(move |_| Reply::new(302).header("location", &back)).await;
    let entry = json!({
        "openapi": place.url("/openapi.json"),
        "baseUrl": leads.url("/"),
        "headers": { "x-team": "secret-team" },
        "auth": { "type": "bearer", "token": "t0ken-1" },
    });
    let named = Service::open(&config(entry)).await.unwrap();
    call(&named, "read", json!({ "x-own": "a", "c": "d" }))
        .await
        .unwrap();
    assert_eq!(
        leads.heard()[0].header("authorization"),
        Some("Bearer t0ken-1")
    );
    let heard = place.heard();
    let lines: Vec<&str> = heard.iter().map(|heard| heard.line.as_str()).collect();
    assert_eq!(lines, ["GET /openapi.json HTTP/1.1", "GET /there HTTP/1.1"]);
    for heard in &heard {
        for name in ["authorization", "x-team", "x-own", "cookie"] {
            assert_eq!(heard.header(name), None, "{} {name}", heard.line);
        }
    }

    // One that the configuration doesn't name is in a private network, and hears nothing.
    let unnamed = service(&server, json!({})).await;
    let error = call(&unnamed, "read", json!({})).await.unwrap_err();
    assert_eq!(
        error,
        CallError::Send(SendError::Private("127.0.0.1".to_owned()))
    );
    assert!(other.heard().is_empty());
}

#[tokio::test]
async fn a_name_that_leads_into_a_private_network_is_not_followed() {
    let other = Server::start(|_| ok()).await;
    let there = other.url("/there").replace("127.0.0.1", "localhost");
    let server = Server::start(move |_| Reply::new(302).header("location", &there)).await;
    let service = service(&server, json!({})).await;
    let error = call(&service, "read", json!({})).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "`localhost` is an address of a private network, which only the configuration of the service may name; nothing was sent there"
    );
    assert!(other.heard().is_empty());
}

#[tokio::test]
async fn a_request_is_sent_on_as_http_says() {
    let cases = [
        ("read", 301, "GET /new HTTP/1.1"),
        ("read", 307, "GET /new HTTP/1.1"),
        ("write", 301, "GET /new HTTP/1.1"),
        ("write", 302, "GET /new HTTP/1.1"),
        ("write", 303, "GET /new HTTP/1.1"),
        ("write", 307, "POST /new HTTP/1.1"),
        ("write", 308, "POST /new HTTP/1.1"),
    ];
    for (name, status, expected) in cases {
        let server = Server::start(move |heard| {
            if heard.line.contains("/new") {
                ok()
            } else {
                Reply::new(status).header("location", "/new")
            }
        })
        .await;
        let service = service(
            &server,
            json!({ "auth": { "type": "bearer", "token": "t0ken-1" } }),
        )
        .await;
        let input = if name == "write" {
            json!({ "body": "text" })
        } else {
            json!({})
        };
        call(&service, name, input).await.unwrap();
        let heard = server.heard();
        assert_eq!(heard[1].line, expected, "{name} {status}");
        assert_eq!(
            heard[1].header("authorization"),
            Some("Bearer t0ken-1"),
            "{name} {status}"
        );
        let body = if expected.starts_with("POST") {
            "text"
        } else {
            ""
        };
        assert_eq!(heard[1].body, body, "{name} {status}");
    }
}

#[tokio::test]
async fn what_a_request_says_is_not_sent_on_to_another_host() {
    let other = Server::start(|_| ok()).await;
    let there = other.url("/there");
    let server = Server::start(move |_| Reply::new(307).header("location", &there)).await;
    let service = service(&server, json!({})).await;
    let error = call(&service, "write", json!({ "body": "text" }))
        .await
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "the service sends the request on to `127.0.0.1`, which is another host; what the request says wasn't sent there"
    );
    assert!(other.heard().is_empty());
}

#[tokio::test]
async fn a_request_that_is_sent_on_without_end_ends() {
    let server = Server::start(|_| Reply::new(302).header("location", "/again")).await;
    let service = service(&server, json!({})).await;
    let error = call(&service, "read", json!({})).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "the service sends the request on more than 5 times"
    );
    assert_eq!(server.heard().len(), 6);
}

#[tokio::test]
async fn a_refusal_is_an_error_in_the_services_words_without_credentials() {
    let problem = r#"{ "title": "No credit", "detail": "The token t0ken-1 has 0.", "balance": 0, "token": "t0ken-1" }"#;
    let server = Server::start(move |heard| {
        let status = if heard.line.starts_with("GET") {
            403
        } else {
            429
        };
        let reply = Reply::new(status)
            .header("content-type", "application/problem+json")
            .body(problem);
        if status == 429 {
            reply.header("retry-after", "7")
        } else {
            reply
        }
    })
    .await;
    let service = service(
        &server,
        json!({ "auth": { "type": "bearer", "token": "t0ken-1" } }),
    )
    .await;
    let error = call(&service, "read", json!({})).await.unwrap_err();
    let said = "No credit: The token [hidden] has 0; {\"balance\":0,\"token\":\"[hidden]\"}";
    assert_eq!(
        error.to_string(),
        format!("the service answered 403 Forbidden: {said}")
    );
    let error = call(&service, "write", json!({ "body": "" }))
        .await
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        format!("the service answered 429 Too Many Requests: {said}; try again in 7 s")
    );
    let CallError::Answer(AnswerError::Refused(problem)) = error else {
        panic!("{error}")
    };
    assert_eq!(
        (problem.status, problem.retry_after.as_deref()),
        (429, Some("7"))
    );
}

#[tokio::test]
async fn an_answer_of_another_media_type_is_an_error() {
    let server = Server::start(|_| {
        Reply::new(200)
            .header("content-type", "text/html")
            .body("<h1>Sign in</h1>")
    })
    .await;
    let service = service(&server, json!({})).await;
    let error = call(&service, "read", json!({})).await.unwrap_err();
    assert!(
        matches!(error, CallError::Answer(AnswerError::OtherMedia { .. })),
        "{error}"
    );
}

#[tokio::test]
async fn a_result_has_no_credentials_in_it() {
    let server = Server::start(|heard| {
        let echo = json!({ "said": heard.header("authorization") }).to_string();
        Reply::new(200)
            .header("content-type", "application/json")
            .body(&echo)
    })
    .await;
    let service = service(
        &server,
        json!({ "auth": { "type": "bearer", "token": "t0ken-1" } }),
    )
    .await;
    let result = call(&service, "read", json!({})).await.unwrap();
    assert_eq!(result, "{\"said\":\"Bearer [hidden]\"}");
}

#[tokio::test]
async fn a_service_that_does_not_answer_is_an_error() {
    let silent = Server::start(|_| Reply::never()).await;
    let unanswered = service(&silent, json!({ "timeout": 0.05 })).await;
    let error = call(&unanswered, "read", json!({})).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "the service didn't answer within 50ms; whether the call took effect isn't known"
    );
    let gone = Server::start(|_| Reply::hang_up()).await;
    let lost = service(&gone, json!({})).await;
    let error = call(&lost, "read", json!({})).await.unwrap_err();
    assert!(
        matches!(error, CallError::Send(SendError::Lost(_))),
        "{error}"
    );
}

#[tokio::test]
async fn the_documents_host_is_told_who_asks_if_it_is_the_service() {
    for (is_elsewhere, expected) in [(false, Some("Bearer t0ken-1")), (true, None)] {
        let text = document("/v2");
        let server = Server::start(move |heard| {
            if heard.line.contains("openapi") {
                Reply::new(200).body(&text)
            } else {
                ok()
            }
        })
        .await;
        let mut entry = json!({
            "openapi": server.url("/docs/openapi.json"), "auth": { "type": "bearer", "token": "t0ken-1" },
        });
        if is_elsewhere {
            entry["baseUrl"] = "https://example.com".into();
        }
        let service = Service::open(&config(entry)).await.unwrap();
        assert_eq!(
            server.heard()[0].header("authorization"),
            expected,
            "{is_elsewhere}"
        );
        if !is_elsewhere {
            call(&service, "read", json!({})).await.unwrap();
            assert_eq!(server.heard()[1].line, "GET /v2/thing HTTP/1.1");
        }
    }
}

#[tokio::test]
async fn a_service_that_cannot_be_used_says_why() {
    let text = document("https://evil.example/");
    let server = Server::start(move |heard| match heard.line.split(' ').nth(1) {
        Some("/elsewhere.json") => Reply::new(200).body(&text),
        Some("/text") => Reply::new(200).body("[1]"),
        _ => Reply::new(404),
    })
    .await;
    let cases = [
        (
            "/elsewhere.json",
            "the document says that the service is at `https://evil.example/`, which isn't where the document is from; if that is \
             right, say so with `baseUrl` in the configuration"
                .to_owned(),
        ),
        (
            "/text",
            format!("at `{}`: this isn't an OpenAPI document: it says neither `openapi: 3.…` nor `swagger: \"2.0\"`", server.url("/text")),
        ),
        (
            "/gone",
            format!("the OpenAPI document at `{}` can't be read: the answer has the status 404", server.url("/gone")),
        ),
    ];
    for (path, expected) in cases {
        let error: OpenError = Service::open(&config(json!({ "openapi": server.url(path) })))
            .await
            .err()
            .unwrap();
        assert_eq!(error.to_string(), expected, "{path}");
    }
}

#[tokio::test]
async fn an_operation_at_another_host_is_left_out_aloud() {
    let mut text: Value = serde_json::from_str(&document("/")).unwrap();
    text["paths"]["/thing"]["post"]["servers"] = json!([{ "url": "https://upload.example/" }]);
    text["paths"]["/thing"]["get"]["servers"] = json!([{ "url": "/v9" }]);
    let text = text.to_string();
    let server = Server::start(move |heard| {
        if heard.line.contains("openapi") {
            Reply::new(200).body(&text)
        } else {
            ok()
        }
    })
    .await;
    let entry = json!({ "openapi": server.url("/openapi.json"), "exclude": ["gone.*"] });
    let service = Service::open(&config(entry)).await.unwrap();
    assert_eq!(
        service.notes(),
        [
            "`POST /thing` is left out: the document says that the service is at `https://upload.example/`, which isn't where the \
             document is from; if that is right, say so with `baseUrl` in the configuration",
            "the configuration chooses among the operations by `gone.*`, which none of them is",
        ]
    );
    call(&service, "read", json!({})).await.unwrap();
    assert_eq!(server.heard()[1].line, "GET /v9/thing HTTP/1.1");
}

#[tokio::test]
async fn a_result_is_what_is_declared_or_an_error_with_what_came() {
    let cases = [
        ("{\"id\":1,\"more\":true}", Ok("{\"id\":1,\"more\":true}")),
        (
            "{\"id\":\"1\"}",
            Err(
                "the service's answer isn't what its document declares: `/id` is a string, and declared as `number`; this is a fault \
                 of the service or of its document. The call was made, and this came: {\"id\":\"1\"}",
            ),
        ),
        (
            "{\"id\":9007199254740993}",
            Err("the service's answer can't be handed to a script exactly: "),
        ),
    ];
    for (body, expected) in cases {
        let server = Server::start(move |_| {
            Reply::new(200)
                .header("content-type", "application/json")
                .body(body)
        })
        .await;
        let service = service(&server, json!({})).await;
        let result = call(&service, "typed", json!({}))
            .await
            .map_err(|error| error.to_string());
        match expected {
            Ok(expected) => assert_eq!(result.as_deref(), Ok(expected)),
            Err(expected) => {
                let error = result.unwrap_err();
                assert!(
                    error.starts_with(expected) && error.ends_with(body),
                    "{error}"
                );
            }
        }
    }
}
