//! A service as a sandbox calls it.

#![cfg(feature = "calls")]
#![allow(clippy::unwrap_used, reason = "a test that can't go on fails")]
#![allow(
    clippy::default_trait_access,
    reason = "the token is of a crate that nothing else is needed of"
)]

#[allow(dead_code, reason = "other tests need more of it")]
mod server;

use codemode_openapi::{Config, OpenApiHost};
use codemode_runtime::{CallContext, State, ToolErrorKind, ToolHost as _};
use serde_json::json;

use self::server::{Reply, Server};

#[tokio::test]
async fn a_sandbox_gets_results_and_errors_that_say_whose_fault_they_are() {
    let text = json!({ "openapi": "3.1.0", "paths": { "/pets/{id}": { "get": {
        "tags": ["pets"], "operationId": "get",
        "responses": { "200": { "description": "", "content": { "application/json": { "schema": { "type": "string" } } } } },
    } } } })
    .to_string();
    let server = Server::start(move |heard| match heard.line.split(' ').nth(1) {
        Some("/openapi.json") => Reply::new(200).body(&text),
        Some("/pets/1") => Reply::new(200)
            .header("content-type", "application/json")
            .body("\"Rex\""),
        _ => Reply::new(404),
    })
    .await;
    let entry = json!({ "openapi": server.url("/openapi.json") });
    let host = OpenApiHost::open(&Config::read(entry, &|_| None).unwrap())
        .await
        .unwrap();
    assert_eq!(host.catalogue().tools()[0].path(), "pets.get");
    let cases = [
        (0, r#"{ "id": 1 }"#, Ok("\"Rex\"")),
        (
            0,
            r#"{ "id": 2 }"#,
            Err((ToolErrorKind::Failed, "the service answered 404 Not Found")),
        ),
        (0, "", Err((ToolErrorKind::Input, "`input.id` is missing"))),
        (
            1,
            "",
            Err((ToolErrorKind::Failed, "there is no such operation")),
        ),
    ];
    for (index, input, expected) in cases {
        let context = CallContext::new("run", State::default(), Default::default(), |_, _| {});
        let result = host.call(index, context, input.to_owned()).await;
        let result = result
            .as_deref()
            .map_err(|error| (error.kind(), error.message()));
        assert_eq!(result, expected, "{input}");
    }
}
