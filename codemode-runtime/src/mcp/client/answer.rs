//! What a server answers, as the script gets it.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use rmcp::model::{CallToolResult, ContentBlock, ResourceContents};
use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::Serialize;
use serde_json::Value;

use super::secrets::Secrets;
use crate::declarations::ResultType;
use crate::error::ToolError;
use crate::exact::{self, Bytes};

/// The answer of a tool that doesn't describe its result.
#[derive(Debug, PartialEq, Serialize, JsonSchema)]
#[serde(untagged)]
pub(super) enum Answer {
    // No doc comments: they would stand in the declaration of each such tool.
    Text(String),
    Parts(Vec<McpContent>),
}

/// A part of an answer.
#[derive(Debug, PartialEq, Serialize, JsonSchema)]
#[serde(
    tag = "type",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
#[schemars(inline)]
enum Part {
    Text {
        text: String,
    },
    Image {
        media_type: String,
        bytes: Bytes,
    },
    Audio {
        media_type: String,
        bytes: Bytes,
    },
    Resource {
        uri: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schemars(with = "String", default)]
        media_type: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schemars(with = "String", default)]
        text: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Bytes", default)]
        bytes: Option<Bytes>,
    },
    Link {
        uri: String,
        name: String,
    },
}

/// A part of a result.
#[derive(Debug, PartialEq, Serialize, JsonSchema)]
#[serde(transparent)]
pub(super) struct McpContent(Part);

/// The schema of an answer that the server doesn't describe.
pub(super) fn schema() -> Value {
    SchemaSettings::draft2020_12()
        .for_serialize()
        .into_generator()
        .into_root_schema_for::<Answer>()
        .to_value()
}

/// The result of a call to a tool that describes it, as JSON text; `None` stands for a type that can't be declared.
///
/// # Errors
///
/// If the tool failed, or if the result isn't what the server has declared.
pub(super) fn described(
    result: CallToolResult,
    ty: Option<&ResultType>,
    secrets: &Secrets,
) -> Result<String, ToolError> {
    refuse_failure(&result, secrets)?;
    let mut value = match result.structured_content {
        Some(value) => value,
        None => in_text(&result.content).ok_or_else(|| {
            ToolError::failed(
                "the server has promised a structured result and sent none; this is a fault of the server",
            )
        })?,
    };
    secrets.scrub_value(&mut value);
    ty.map_or(Ok(()), |ty| ty.check(&value)).map_err(|misfit| {
        ToolError::failed(format!(
            "the server's result isn't what the server has declared: {misfit}; this is a fault of the server"
        ))
    })?;
    to_text(&value)
}

/// The result of a call to any other tool.
///
/// # Errors
///
/// If the tool failed.
pub(super) fn undescribed(result: CallToolResult, secrets: &Secrets) -> Result<Answer, ToolError> {
    refuse_failure(&result, secrets)?;
    answer(result, secrets)
}

/// A value as JSON text.
///
/// # Errors
///
/// If a script can't have it exactly.
pub(super) fn to_text(value: &impl Serialize) -> Result<String, ToolError> {
    exact::to_text(value).map_err(|problem| {
        ToolError::failed(format!(
            "the server's result can't be handed to a script: {problem}"
        ))
    })
}

fn refuse_failure(result: &CallToolResult, secrets: &Secrets) -> Result<(), ToolError> {
    if result.is_error == Some(true) {
        return Err(ToolError::failed(secrets.scrub(&failure(result))));
    }
    Ok(())
}

/// The value that stands as JSON in the only text of a result: some servers have no other place for it.
fn in_text(content: &[ContentBlock]) -> Option<Value> {
    match content {
        [only] => serde_json::from_str(&only.as_text()?.text).ok(),
        _ => None,
    }
}

fn answer(result: CallToolResult, secrets: &Secrets) -> Result<Answer, ToolError> {
    let mut parts = Vec::with_capacity(result.content.len());
    for block in result.content {
        parts.push(part(block, secrets)?);
    }
    let texts: Option<Vec<&str>> = parts
        .iter()
        .map(|McpContent(part)| match part {
            Part::Text { text } => Some(text.as_str()),
            _ => None,
        })
        .collect();
    Ok(match texts {
        Some(texts) => Answer::Text(texts.join("\n")),
        None => Answer::Parts(parts),
    })
}

fn part(block: ContentBlock, secrets: &Secrets) -> Result<McpContent, ToolError> {
    let clean = |text: &str| secrets.scrub(text).into_owned();
    Ok(McpContent(match block {
        ContentBlock::Text(content) => Part::Text {
            text: clean(&content.text),
        },
        ContentBlock::Image(content) => Part::Image {
            bytes: bytes(&content.data, secrets)?,
            media_type: clean(&content.mime_type),
        },
        ContentBlock::Audio(content) => Part::Audio {
            bytes: bytes(&content.data, secrets)?,
            media_type: clean(&content.mime_type),
        },
        ContentBlock::Resource(content) => match content.resource {
            ResourceContents::TextResourceContents {
                uri,
                mime_type,
                text,
                ..
            } => Part::Resource {
                uri: clean(&uri),
                media_type: mime_type.as_deref().map(clean),
                text: Some(clean(&text)),
                bytes: None,
            },
            ResourceContents::BlobResourceContents {
                uri,
                mime_type,
                blob,
                ..
            } => Part::Resource {
                uri: clean(&uri),
                media_type: mime_type.as_deref().map(clean),
                text: None,
                bytes: Some(bytes(&blob, secrets)?),
            },
            _ => return Err(unknown_kind()),
        },
        ContentBlock::ResourceLink(link) => Part::Link {
            uri: clean(&link.uri),
            name: clean(&link.name),
        },
        _ => return Err(unknown_kind()),
    }))
}

fn unknown_kind() -> ToolError {
    ToolError::failed("the server's result has content of a kind that isn't known here")
}

fn bytes(base64: &str, secrets: &Secrets) -> Result<Bytes, ToolError> {
    BASE64_STANDARD
        .decode(base64)
        .map(|bytes| Bytes(secrets.scrub_bytes(bytes)))
        .map_err(|_| ToolError::failed("the server's result has bytes that aren't base64"))
}

/// What a failed call says about itself.
fn failure(result: &CallToolResult) -> String {
    let texts: Vec<&str> = result
        .content
        .iter()
        .filter_map(|block| block.as_text().map(|text| text.text.as_str()))
        .collect();
    match (texts.is_empty(), &result.structured_content) {
        (false, _) => texts.join("\n"),
        (true, Some(value)) => value.to_string(),
        (true, None) => "the tool failed, and the server doesn't say why".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rmcp::model::{CallToolResult, ContentBlock};
    use serde_json::json;

    fn result(value: Value) -> CallToolResult {
        serde_json::from_value(value).unwrap()
    }

    fn text(ty: Option<&ResultType>, value: Value) -> Result<String, String> {
        let (result, secrets) = (result(value), Secrets::default());
        match ty {
            Some(_) => described(result, ty, &secrets),
            None => undescribed(result, &secrets).and_then(|answer| to_text(&answer)),
        }
        .map_err(|error| error.message().to_owned())
    }

    fn declared(output: &Value) -> ResultType {
        let listed = json!([{ "name": "f", "outputSchema": output }]);
        let catalogue = crate::Catalogue::from_mcp("it", listed).unwrap();
        ResultType::of(&catalogue.tools()[0]).unwrap()
    }

    #[test]
    fn an_answer_of_text_is_a_string_and_any_other_has_all_its_parts() {
        let cases = [
            (json!({ "content": [] }), "\"\""),
            (
                json!({ "content": [{ "type": "text", "text": "a" }] }),
                "\"a\"",
            ),
            (
                json!({ "content": [{ "type": "text", "text": "a" }, { "type": "text", "text": "b" }] }),
                "\"a\\nb\"",
            ),
            (
                json!({ "content": [{ "type": "text", "text": "a" }, { "type": "image", "data": "AQI=", "mimeType": "image/png" }] }),
                r#"~[{"type":"text","text":"a"},{"type":"image","mediaType":"image/png","bytes":"\u0000bAQI="}]"#,
            ),
            (
                json!({ "content": [{ "type": "resource_link", "uri": "a:b", "name": "B" }] }),
                r#"[{"type":"link","uri":"a:b","name":"B"}]"#,
            ),
            (
                json!({ "content": [{ "type": "resource", "resource": { "uri": "a:b", "text": "B" } }] }),
                r#"[{"type":"resource","uri":"a:b","text":"B"}]"#,
            ),
        ];
        for (answer, expected) in cases {
            assert_eq!(
                text(None, answer.clone()).as_deref(),
                Ok(expected),
                "{answer}"
            );
        }
    }

    #[test]
    fn a_described_result_is_what_was_promised_or_a_failure() {
        let ty = declared(&json!({
            "type": "object", "properties": { "id": { "type": "number" } }, "required": ["id"]
        }));
        let given = [
            json!({ "content": [], "structuredContent": { "id": 1 } }),
            json!({ "content": [{ "type": "text", "text": " { \"id\": 1 }\n" }] }),
        ];
        for answer in given {
            let text = text(Some(&ty), answer.clone());
            assert_eq!(text.as_deref(), Ok("{\"id\":1}"), "{answer}");
        }
        let one_text = |text: &str| json!({ "content": [{ "type": "text", "text": text }] });
        let cases = [
            (json!({ "content": [] }), "sent none"),
            (one_text("no JSON"), "sent none"),
            (
                json!({ "content": [
                    { "type": "text", "text": "{\"id\":1}" }, { "type": "text", "text": "and more" }
                ] }),
                "sent none",
            ),
            (one_text("{}"), "`/id` is missing, and declared as `number`"),
            (
                json!({ "content": [], "structuredContent": { "id": "one" } }),
                "isn't what the server has declared: `/id` is a string, and declared as `number`; this is a fault of the server",
            ),
            (
                json!({ "content": [], "structuredContent": { "id": 9_007_199_254_740_993_u64 } }),
                "can't be handed to a script",
            ),
            (
                json!({ "content": [{ "type": "text", "text": "no such file" }], "isError": true }),
                "no such file",
            ),
            (json!({ "content": [], "isError": true }), "doesn't say why"),
        ];
        for (answer, expected) in cases {
            let error = text(Some(&ty), answer.clone()).unwrap_err();
            assert!(error.contains(expected), "{answer}: {error}");
        }
    }

    #[test]
    fn bytes_that_are_none_are_refused() {
        let image = ContentBlock::image("###", "image/png");
        let error = answer(CallToolResult::success(vec![image]), &Secrets::default());
        assert!(error.unwrap_err().message().contains("base64"));
    }

    #[test]
    fn tokens_are_counted_with_the_type_that_is_declared() {
        let counted = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../tests/real-world/src/undescribed.json"
        );
        let schema = serde_json::to_string_pretty(&schema()).unwrap();
        codemode_test_support::golden::check(counted, &format!("{schema}\n"));
    }

    #[test]
    fn the_type_of_an_undescribed_answer_says_all_that_may_come() {
        let listed =
            json!([{ "name": "look", "inputSchema": { "type": "object", "properties": {} } }]);
        let mut catalogue = crate::Catalogue::from_mcp("it", listed).unwrap();
        let mut tool = catalogue.tools()[0].clone();
        tool.output = schema();
        catalogue = crate::Catalogue::from_tools(vec![tool]);
        let declarations = catalogue.declarations().unwrap();
        assert!(
            declarations.contains("look(): Promise<string | McpContent[]>;"),
            "{declarations}"
        );
        assert!(declarations.contains("bytes: Uint8Array"), "{declarations}");
    }
}
