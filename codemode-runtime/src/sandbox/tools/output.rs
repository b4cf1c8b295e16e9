//! `output`, by which scripts hand out pictures and files.

use std::sync::{Arc, Mutex, OnceLock};

use serde::Deserialize;

use super::host::{HostedCall, ToolHost};
use crate::catalogue::Catalogue;
use crate::exact::{self, Bytes};
use crate::outcome::Attachment;
use crate::sandbox::lock::lock;
use crate::sandbox::options::limits::Limits;
use crate::tool::annotations::Annotations;
use crate::tool::context::CallContext;
use crate::tool::error::ToolError;
use crate::tool::info::ToolInfo;
use crate::tool::source::ToolSource;

/// Reserved: `#[tool]` refuses it, and a server of that name gets another one.
const NAMESPACE: &str = "output";

/// In alphabetical order, as a catalogue has them. The script's side has its own idea of their arguments.
const FUNCTIONS: [&str; 2] = ["file", "image"];

/// The functions of `output`. They are part of every script's world, like `console`, and so in no catalogue but this one.
pub(crate) struct Output;

/// What the script's side sends.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Handed {
    bytes: Option<Bytes>,
    text: Option<String>,
    media_type: String,
    name: Option<String>,
}

impl ToolHost for Output {
    fn catalogue(&self) -> &Catalogue {
        static CATALOGUE: OnceLock<Catalogue> = OnceLock::new();
        CATALOGUE.get_or_init(|| Catalogue::from_tools(FUNCTIONS.map(describe).into()))
    }

    fn argument_bytes(&self, limits: &Limits) -> usize {
        limits.attached_text_bytes()
    }

    fn call(&self, index: usize, context: CallContext, input: String) -> HostedCall {
        let attached = attach(FUNCTIONS.get(index) == Some(&"image"), &context, &input);
        Box::pin(async move { attached.map(|()| "null".to_owned()) })
    }
}

fn describe(name: &str) -> ToolInfo {
    let harmless = Annotations {
        read_only: Some(true),
        ..Annotations::NONE
    };
    ToolInfo {
        annotations: harmless.to_mcp(),
        source: ToolSource::World,
        ..ToolInfo::bare(NAMESPACE, name, None, serde_json::Value::Bool(true))
    }
}

fn attach(is_image: bool, context: &CallContext, input: &str) -> Result<(), ToolError> {
    let wanted = "pass bytes (a Uint8Array), a media type and, if you like, a name";
    let handed: Handed = exact::from_text(input)
        .map_err(|error| ToolError::input(format!("{wanted}: input{}", error.placed())))?;
    let bytes = match (handed.bytes, handed.text) {
        (Some(bytes), None) => bytes,
        (None, Some(text)) if !is_image => Bytes(text.into_bytes()),
        _ => return Err(ToolError::input(wanted)),
    };
    let media_type = handed.media_type;
    if !is_media_type(&media_type) || (is_image && !media_type.starts_with("image/")) {
        let example = if is_image { "image/png" } else { "text/csv" };
        return Err(ToolError::input(format!(
            "{media_type:?} is no media type for this; one is {example:?}"
        )));
    }
    let kind = if is_image { "image" } else { "file" };
    let name = file_name(handed.name.as_deref().unwrap_or_default())
        .unwrap_or_else(|| format!("{kind}.{}", extension(&media_type)));
    context.attach(Attachment {
        name,
        media_type,
        bytes,
    })
}

/// A `type/subtype` without parameters: it becomes a header's value and a file's ending elsewhere.
fn is_media_type(text: &str) -> bool {
    let is_token = |part: &str| {
        (1..=64).contains(&part.len())
            && part
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"!#$&^_.+-".contains(&byte))
    };
    text.split_once('/')
        .is_some_and(|(kind, of)| is_token(kind) && is_token(of))
}

/// The name without any folder, and without what no system wants in one.
fn file_name(wanted: &str) -> Option<String> {
    let last = wanted.rsplit(['/', '\\']).next()?;
    let name: String = last
        .chars()
        .filter(|letter| !letter.is_control() && !"<>:\"|?*".contains(*letter))
        .take(100)
        .collect();
    let name = name.trim_matches([' ', '.']);
    (!name.is_empty()).then(|| name.to_owned())
}

fn extension(media_type: &str) -> &str {
    match media_type {
        "text/plain" => "txt",
        "image/jpeg" => "jpg",
        "image/svg+xml" => "svg",
        "text/markdown" => "md",
        other => {
            let subtype = other.split_once('/').map_or(other, |(_, subtype)| subtype);
            let is_short =
                subtype.len() <= 5 && subtype.bytes().all(|byte| byte.is_ascii_alphanumeric());
            if is_short { subtype } else { "bin" }
        }
    }
}

/// The context with a place for what is handed out, up to a size.
pub(crate) fn collect(
    context: CallContext,
    attachments: &Arc<Mutex<Vec<Attachment>>>,
    limit: usize,
) -> CallContext {
    let attachments = Arc::clone(attachments);
    context.with_attachments(move |attachment| {
        let mut attachments = lock(&attachments);
        let before: usize = attachments.iter().map(Attachment::size).sum();
        if before.saturating_add(attachment.size()) > limit {
            return Err(ToolError::failed(format!(
                "no more than {limit} bytes of pictures and files can be handed out in one run"
            )));
        }
        attachments.push(attachment);
        Ok(())
    })
}

impl Attachment {
    /// Its size in bytes. The name and what else an entry takes count too, or empty ones would never reach a limit.
    fn size(&self) -> usize {
        const ENTRY: usize = 256;
        self.bytes.len() + self.name.len() + ENTRY
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stays_one_and_leads_nowhere() {
        let cases = [
            ("chart.png", Some("chart.png")),
            ("../../etc/passwd", Some("passwd")),
            ("C:\\x\\y.txt", Some("y.txt")),
            (".bashrc", Some("bashrc")),
            ("a\0b:c", Some("abc")),
            ("größe.csv", Some("größe.csv")),
            ("", None),
            ("..", None),
            ("a/", None),
        ];
        for (wanted, expected) in cases {
            assert_eq!(file_name(wanted).as_deref(), expected, "{wanted:?}");
        }
    }

    #[test]
    fn a_media_type_is_a_type_and_a_subtype() {
        for fine in ["image/png", "image/svg+xml", "application/vnd.ms-excel"] {
            assert!(is_media_type(fine), "{fine}");
        }
        for wrong in [
            "",
            "png",
            "image/",
            "/png",
            "a/b/c",
            "text/plain; charset=utf-8",
            "a/b\r\nX: y",
        ] {
            assert!(!is_media_type(wrong), "{wrong}");
        }
    }
}
