//! The bodies of requests and of answers.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::references;
use crate::media;
use crate::model::{Body, BodyForm, Given, Part, Response, ResponseForm, Style};

/// The body that an operation takes.
///
/// # Errors
///
/// What can't be read of it.
pub(super) fn request(root: &Value, fields: &Value) -> Result<Option<Body>, String> {
    let Some(body) = fields.get("requestBody") else {
        return Ok(None);
    };
    let body = references::follow(root, body).map_err(|problem| format!("its body {problem}"))?;
    let Some((media, described)) = best(body.get("content")) else {
        return Ok(None);
    };
    let schema = described
        .get("schema")
        .cloned()
        .unwrap_or_else(|| json!({}));
    let form = body_form(&media::essence(media));
    Ok(Some(Body {
        is_required: body.get("required") == Some(&Value::Bool(true)),
        media: match form {
            // A request says what it is, even where the document leaves that open.
            BodyForm::Json if media.contains('*') => "application/json".to_owned(),
            BodyForm::Bytes if media.contains('*') => "application/octet-stream".to_owned(),
            _ => media.to_owned(),
        },
        form,
        schema,
        parts: parts(described),
        given: Given::Under(String::new()),
    }))
}

/// The bodies of answers to requests that succeed.
///
/// # Errors
///
/// What can't be read of them.
pub(super) fn responses(root: &Value, fields: &Value) -> Result<Vec<Response>, String> {
    let listed = fields.get("responses").and_then(Value::as_object);
    let successes = listed
        .into_iter()
        .flatten()
        .filter(|(status, _)| status.starts_with('2'));
    let mut chosen: Vec<(&String, &Value)> = successes.collect();
    if chosen.is_empty() {
        let default = listed
            .into_iter()
            .flatten()
            .filter(|(status, _)| *status == "default");
        chosen.extend(default);
    }
    let mut responses = Vec::new();
    for (status, response) in chosen {
        let response = references::follow(root, response)
            .map_err(|problem| format!("its answer `{status}` {problem}"))?;
        responses.extend(of_one(response.get("content")));
    }
    Ok(responses)
}

/// The bodies of one answer: JSON alone if it may be JSON, since the request asks for that.
fn of_one(content: Option<&Value>) -> Vec<Response> {
    let Some((media, described)) = best(content) else {
        return vec![Response {
            media: None,
            form: ResponseForm::None,
            schema: json!({ "type": "null" }),
        }];
    };
    let essence = media::essence(media);
    let form = if media::is_json(&essence) {
        ResponseForm::Json
    } else if media::is_text(&essence) {
        ResponseForm::Text
    } else {
        ResponseForm::Bytes
    };
    let schema = match form {
        ResponseForm::Json => described
            .get("schema")
            .cloned()
            .unwrap_or_else(|| json!({})),
        ResponseForm::Text => json!({ "type": "string" }),
        ResponseForm::Bytes | ResponseForm::None => bytes(),
    };
    vec![Response {
        media: Some(media.to_owned()),
        form,
        schema,
    }]
}

/// The schema of bytes.
fn bytes() -> Value {
    json!({ "type": "string", "contentEncoding": "base64", "x-codemode-type": "bytes" })
}

/// The most useful one of the media types that something may have.
fn best(content: Option<&Value>) -> Option<(&str, &Value)> {
    let content = content?.as_object()?;
    let best = content
        .iter()
        .min_by_key(|(media, _)| media::rank(&media::essence(media)));
    best.map(|(media, described)| (media.as_str(), described))
}

fn body_form(essence: &str) -> BodyForm {
    match essence {
        "application/x-www-form-urlencoded" => BodyForm::Form,
        "multipart/form-data" => BodyForm::Multipart,
        _ if media::is_json(essence) => BodyForm::Json,
        _ if media::is_text(essence) => BodyForm::Text,
        _ => BodyForm::Bytes,
    }
}

fn parts(described: &Value) -> BTreeMap<String, Part> {
    let encoding = described.get("encoding").and_then(Value::as_object);
    let parts = encoding.into_iter().flat_map(Map::iter);
    parts
        .map(|(name, said)| (name.clone(), part(said)))
        .collect()
}

fn part(said: &Value) -> Part {
    let text = |name: &str| said.get(name).and_then(Value::as_str);
    let explode = said.get("explode").and_then(Value::as_bool);
    let style = match text("style") {
        Some("spaceDelimited") => Some(Style::SpaceDelimited),
        Some("pipeDelimited") => Some(Style::PipeDelimited),
        Some("deepObject") => Some(Style::DeepObject),
        Some(_) => Some(Style::Form),
        None => explode.map(|_| Style::Form),
    };
    Part {
        media: text("contentType").map(str::to_owned),
        style: style.map(|style| (style, explode.unwrap_or(style == Style::Form))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_answers_that_count_are_those_to_requests_that_succeed() {
        let json = |name: &str| json!({ "content": { "application/json": { "schema": { "title": name } } } });
        let cases = [
            (json!({ "200": json("a"), "404": json("b") }), vec!["a"]),
            (
                json!({ "200": json("a"), "201": json("b") }),
                vec!["a", "b"],
            ),
            (json!({ "2XX": json("a"), "default": json("b") }), vec!["a"]),
            (json!({ "404": json("a"), "default": json("b") }), vec!["b"]),
            (json!({ "404": json("a") }), vec![]),
        ];
        for (listed, expected) in cases {
            let found = responses(&Value::Null, &json!({ "responses": listed })).unwrap();
            let titles: Vec<_> = found
                .iter()
                .map(|found| found.schema["title"].as_str().unwrap())
                .collect();
            assert_eq!(titles, expected, "{listed}");
        }
    }

    #[test]
    fn a_body_is_what_a_script_can_make_of_its_media_type() {
        let cases = [
            ("application/json", ResponseForm::Json),
            (
                "application/vnd.github+json; charset=utf-8",
                ResponseForm::Json,
            ),
            ("*/*", ResponseForm::Json),
            ("text/csv", ResponseForm::Text),
            ("application/xml", ResponseForm::Text),
            ("image/png", ResponseForm::Bytes),
        ];
        for (media, form) in cases {
            let found = of_one(Some(&json!({ media: {} })));
            assert_eq!(found[0].form, form, "{media}");
        }
        assert_eq!(of_one(None)[0].form, ResponseForm::None);
        assert_eq!(of_one(Some(&json!({})))[0].form, ResponseForm::None);
    }
}
