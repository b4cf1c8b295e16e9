//! What is sent.

#![allow(clippy::needless_pass_by_value, reason = "tables are made of values")]

use serde_json::{Value, json};

use super::*;
use crate::Document;

fn operation(path: &str, fields: Value) -> Operation {
    let document = json!({ "openapi": "3.1.0", "paths": { path: { "post": fields } } });
    let document = Document::read(&document.to_string()).unwrap();
    assert_eq!(document.skipped(), []);
    document.operations()[0].clone()
}

fn with_parameter(path: &str, parameter: Value) -> Operation {
    operation(path, json!({ "parameters": [parameter] }))
}

fn colors() -> [Value; 4] {
    [
        json!(""),
        json!("blue"),
        json!(["blue", "black", "brown"]),
        json!({ "R": 100, "G": 200, "B": 150 }),
    ]
}

/// What is written of the specification's own values; `None` where it says nothing.
type Row = (&'static str, bool, [Option<&'static str>; 4]);

#[test]
fn paths_are_written_as_the_specification_writes_them() {
    #[rustfmt::skip]
    let rows: [Row; 6] = [
        ("matrix", false, [Some(";color"), Some(";color=blue"), Some(";color=blue,black,brown"), Some(";color=R,100,G,200,B,150")]),
        ("matrix", true, [Some(";color"), Some(";color=blue"), Some(";color=blue;color=black;color=brown"), Some(";R=100;G=200;B=150")]),
        ("label", false, [Some("."), Some(".blue"), Some(".blue,black,brown"), Some(".R,100,G,200,B,150")]),
        ("label", true, [Some("."), Some(".blue"), Some(".blue.black.brown"), Some(".R=100.G=200.B=150")]),
        ("simple", false, [None, Some("blue"), Some("blue,black,brown"), Some("R,100,G,200,B,150")]),
        ("simple", true, [None, Some("blue"), Some("blue,black,brown"), Some("R=100,G=200,B=150")]),
    ];
    for (style, explode, expected) in rows {
        let operation = with_parameter(
            "/a{color}/b",
            json!({ "name": "color", "in": "path", "required": true, "style": style, "explode": explode }),
        );
        for (value, expected) in colors().into_iter().zip(expected) {
            let request = operation.request(&json!({ "color": value }).to_string());
            let target = request.ok().map(|request| request.target);
            let expected = expected.map(|expected| format!("/a{expected}/b"));
            assert_eq!(target, expected, "{style} {explode} {value}");
        }
    }
}

#[test]
fn queries_are_written_as_the_specification_writes_them() {
    #[rustfmt::skip]
    let rows: [Row; 7] = [
        ("form", false, [Some("color="), Some("color=blue"), Some("color=blue,black,brown"), Some("color=R,100,G,200,B,150")]),
        ("form", true, [Some("color="), Some("color=blue"), Some("color=blue&color=black&color=brown"), Some("R=100&G=200&B=150")]),
        ("spaceDelimited", false, [Some("color="), Some("color=blue"), Some("color=blue%20black%20brown"), Some("color=R%20100%20G%20200%20B%20150")]),
        ("spaceDelimited", true, [Some("color="), Some("color=blue"), Some("color=blue&color=black&color=brown"), Some("R=100&G=200&B=150")]),
        ("pipeDelimited", false, [Some("color="), Some("color=blue"), Some("color=blue%7Cblack%7Cbrown"), Some("color=R%7C100%7CG%7C200%7CB%7C150")]),
        ("pipeDelimited", true, [Some("color="), Some("color=blue"), Some("color=blue&color=black&color=brown"), Some("R=100&G=200&B=150")]),
        ("deepObject", true, [
            Some("color="), Some("color=blue"), Some("color%5B0%5D=blue&color%5B1%5D=black&color%5B2%5D=brown"),
            Some("color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150"),
        ]),
    ];
    for (style, explode, expected) in rows {
        let parameter =
            json!({ "name": "color", "in": "query", "style": style, "explode": explode });
        let operation = with_parameter("/a", parameter);
        for (value, expected) in colors().into_iter().zip(expected) {
            let request = operation
                .request(&json!({ "color": value }).to_string())
                .unwrap();
            assert_eq!(
                request.target,
                format!("/a?{}", expected.unwrap()),
                "{style} {explode} {value}"
            );
        }
    }
}

#[test]
fn headers_and_cookies_are_written_as_the_specification_writes_them() {
    #[rustfmt::skip]
    let rows = [
        ("header", false, ["", "blue", "blue,black,brown", "R,100,G,200,B,150"]),
        ("header", true, ["", "blue", "blue,black,brown", "R=100,G=200,B=150"]),
        ("cookie", false, ["color=", "color=blue", "color=blue,black,brown", "color=R,100,G,200,B,150"]),
        ("cookie", true, ["color=", "color=blue", "color=blue; color=black; color=brown", "R=100; G=200; B=150"]),
    ];
    for (place, explode, expected) in rows {
        let operation = with_parameter(
            "/a",
            json!({ "name": "color", "in": place, "explode": explode }),
        );
        for (value, expected) in colors().into_iter().zip(expected) {
            let request = operation
                .request(&json!({ "color": value }).to_string())
                .unwrap();
            let name = if place == "cookie" { "cookie" } else { "color" };
            let header = request
                .headers
                .iter()
                .find(|(known, _)| known == name)
                .unwrap();
            assert_eq!(header.1, expected, "{place} {explode} {value}");
        }
    }
}

#[test]
fn what_means_something_is_escaped() {
    let cases = [
        (json!({}), "a b&c=d/é%41", "q=a%20b%26c%3Dd%2F%C3%A9%2541"),
        (
            json!({ "allowReserved": true }),
            "a b&c=d/é%41#%",
            "q=a%20b%26c=d/%C3%A9%41%23%25",
        ),
    ];
    for (more, value, expected) in cases {
        let mut parameter = json!({ "name": "q", "in": "query" });
        parameter
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        let operation = with_parameter("/a", parameter);
        let request = operation
            .request(&json!({ "q": value }).to_string())
            .unwrap();
        assert_eq!(request.target, format!("/a?{expected}"));
    }
    let parameter =
        json!({ "name": "filter", "in": "query", "content": { "application/json": {} } });
    let request = with_parameter("/a", parameter)
        .request(r#"{ "filter": { "a": [1] } }"#)
        .unwrap();
    assert_eq!(request.target, "/a?filter=%7B%22a%22%3A%5B1%5D%7D");
}

#[test]
fn no_value_leads_to_another_path() {
    let operation = with_parameter(
        "/a/{id}/b",
        json!({ "name": "id", "in": "path", "required": true }),
    );
    let cases = [
        ("x/../y", Ok("/a/x%2F..%2Fy/b")),
        ("?x#y", Ok("/a/%3Fx%23y/b")),
        ("...", Ok("/a/.../b")),
        ("..", Err("`input.id` would lead to another path")),
        (".", Err("`input.id` would lead to another path")),
        ("%2e%2E", Ok("/a/%252e%252E/b")),
        ("", Err("`input.id` is empty, and can't be in a path")),
    ];
    for (id, expected) in cases {
        let request = operation.request(&json!({ "id": id }).to_string());
        let target = request
            .map(|request| request.target)
            .map_err(|error| error.to_string());
        assert_eq!(
            target,
            expected.map(str::to_owned).map_err(str::to_owned),
            "{id}"
        );
    }
}

#[test]
fn an_input_that_the_operation_does_not_take_says_what_is_wrong() {
    let operation = operation(
        "/a/{id}",
        json!({
            "parameters": [{ "name": "x-name", "in": "header" }, { "name": "list", "in": "query" }],
            "requestBody": { "required": true, "content": { "text/plain": {} } },
        }),
    );
    let cases = [
        ("[]", "the input should be one object"),
        ("{", "the input should be one object"),
        ("", "`input.id` is missing"),
        (r#"{ "id": null }"#, "`input.id` is missing"),
        (r#"{ "id": 1 }"#, "`input.body` is missing"),
        (r#"{ "id": 1, "body": 1 }"#, ""),
        (
            r#"{ "id": 1, "body": {} }"#,
            "`input.body` should be a string",
        ),
        (
            r#"{ "id": 1, "body": "", "other": 1 }"#,
            "the input has `other`, which isn't a parameter; there are `x-name`, `list`, `id`, `body`",
        ),
        (
            r#"{ "id": 1, "x-name": "a\r\nHost: b" }"#,
            "`input.x-name` has a control character, which can't be in a header",
        ),
        (
            r#"{ "id": 1, "list": [[1]] }"#,
            "`input.list` has values inside of values, which a parameter can't have",
        ),
        (
            r#"~{ "id": "\u0000bAA==" }"#,
            "`input.id` has bytes, which a parameter can't have",
        ),
        (r#"~{ "id": "\u0000x" }"#, "`input.id` isn't a value"),
    ];
    for (input, expected) in cases {
        let error = operation
            .request(input)
            .err()
            .map(|error| error.to_string());
        assert_eq!(error.unwrap_or_default(), expected, "{input}");
    }
}

/// The media type and the text of the body that is sent.
fn sent(media: &str, described: Value, input: &str) -> (String, String) {
    let fields = json!({ "requestBody": { "required": true, "content": { media: described } } });
    let body = operation("/a", fields)
        .request(input)
        .unwrap()
        .body
        .unwrap();
    (body.media, String::from_utf8(body.bytes).unwrap())
}

#[test]
fn bodies_are_written_by_their_media_types() {
    let object = json!({ "schema": { "type": "object", "properties": {
        "a": {}, "b": {}, "c": {}, "d": {},
    } } });
    let mut styled = object.clone();
    styled["encoding"] = json!({
        "a": { "style": "spaceDelimited", "explode": false },
        "b": { "style": "deepObject", "explode": true },
        "c": { "contentType": "application/json" },
    });
    let cases = [
        (
            "application/json",
            object.clone(),
            r#"{ "a": 1, "b": null }"#,
            "application/json",
            r#"{"a":1,"b":null}"#,
        ),
        (
            "application/json",
            json!({}),
            r#"{ "body": null }"#,
            "application/json",
            "null",
        ),
        (
            "*/*",
            json!({}),
            r#"{ "body": [1] }"#,
            "application/json",
            "[1]",
        ),
        (
            "application/json",
            json!({}),
            r#"~{ "body": ["\u0000n9007199254740993", "\u0000s\u0000b", "\u0000bAP8="] }"#,
            "application/json",
            r#"[9007199254740993,"\u0000b","AP8="]"#,
        ),
        (
            "application/json",
            json!({}),
            r#"{ "body": "\u0000n1" }"#,
            "application/json",
            r#""\u0000n1""#,
        ),
        (
            "application/x-www-form-urlencoded",
            object.clone(),
            r#"{ "a": "x y", "b": [1, 2], "c": { "d": 1 }, "d": null }"#,
            "application/x-www-form-urlencoded",
            "a=x%20y&b=1&b=2&c=%7B%22d%22%3A1%7D",
        ),
        (
            "application/x-www-form-urlencoded",
            styled,
            r#"{ "a": [1, 2], "b": { "x": [{ "y": 1 }] }, "c": 1 }"#,
            "application/x-www-form-urlencoded",
            "a=1%202&b%5Bx%5D%5B0%5D%5By%5D=1&c=1",
        ),
        (
            "text/plain",
            json!({}),
            r#"{ "body": "é" }"#,
            "text/plain; charset=utf-8",
            "é",
        ),
        (
            "application/xml",
            json!({}),
            r#"{ "body": "<a/>" }"#,
            "application/xml",
            "<a/>",
        ),
        (
            "image/png",
            json!({}),
            r#"~{ "body": "\u0000bYWJj" }"#,
            "image/png",
            "abc",
        ),
    ];
    for (media, described, input, expected_media, expected) in cases {
        let body = sent(media, described, input);
        assert_eq!(
            body,
            (expected_media.to_owned(), expected.to_owned()),
            "{media} {input}"
        );
    }
}

#[test]
fn a_form_with_files_has_a_part_for_each() {
    let described = json!({
        "schema": { "type": "object", "properties": {
            "note": {}, "file": {}, "more": {}, "data": {},
        } },
        "encoding": { "more": { "contentType": "image/png" } },
    });
    let input = r#"~{ "note": "codemode-part-0", "file": "\u0000bYWJj", "more": ["\u0000bYQ==", "\u0000bYg=="], "data": { "x": 1 } }"#;
    let (media, text) = sent("multipart/form-data", described, input);
    assert_eq!(media, "multipart/form-data; boundary=codemode-part-1");
    let expected = "\
--codemode-part-1
Content-Disposition: form-data; name=\"note\"

codemode-part-0
--codemode-part-1
Content-Disposition: form-data; name=\"file\"; filename=\"file\"
Content-Type: application/octet-stream

abc
--codemode-part-1
Content-Disposition: form-data; name=\"more\"; filename=\"more\"
Content-Type: image/png

a
--codemode-part-1
Content-Disposition: form-data; name=\"more\"; filename=\"more\"
Content-Type: image/png

b
--codemode-part-1
Content-Disposition: form-data; name=\"data\"
Content-Type: application/json

{\"x\":1}
--codemode-part-1--
";
    assert_eq!(text, expected.replace('\n', "\r\n"));
}

#[test]
fn a_body_that_may_be_missing_is_sent_if_something_of_it_is_there() {
    let fields = json!({ "requestBody": { "content": { "application/json": {
        "schema": { "type": "object", "properties": { "a": {} } },
    } } } });
    let operation = operation("/a", fields);
    assert_eq!(operation.request("{}").unwrap().body, None);
    assert_eq!(
        operation
            .request(r#"{ "a": 1 }"#)
            .unwrap()
            .body
            .unwrap()
            .bytes,
        br#"{"a":1}"#
    );
}

#[test]
fn a_request_asks_for_what_a_script_can_get() {
    let json = json!({ "description": "", "content": { "application/json": {} } });
    let png = json!({ "description": "", "content": { "image/png": {} } });
    let cases = [
        (
            json!({ "200": json, "201": png }),
            "application/json, image/png, application/problem+json;q=0.9, */*;q=0.1",
        ),
        (json!({ "204": { "description": "" } }), "*/*"),
        (
            json!({ "200": { "description": "", "content": { "*/*": {} } } }),
            "*/*",
        ),
    ];
    for (responses, expected) in cases {
        let request = operation("/a", json!({ "responses": responses }))
            .request("")
            .unwrap();
        assert_eq!(
            request.headers,
            [("accept".to_owned(), expected.to_owned())]
        );
    }
}
