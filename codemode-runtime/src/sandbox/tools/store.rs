//! `$store`, by which scripts keep values for each other.

use std::sync::OnceLock;

use serde::de::IgnoredAny;

use codemode_declarations::exact::without_flag;

use super::host::{HostedCall, ToolHost};
use crate::catalogue::Catalogue;
use crate::exact::string_length;
use crate::sandbox::options::limits::Limits;
use crate::sandbox::store::Store as Values;
use crate::tool::annotations::Annotations;
use crate::tool::context::CallContext;
use crate::tool::error::ToolError;
use crate::tool::info::ToolInfo;
use crate::tool::source::ToolSource;

/// No tool's namespace can have this name: `#[tool]` refuses it, and a server's name never comes to have a `$`.
const NAMESPACE: &str = "$store";

/// What one does with its arguments.
type Function = fn(&Values, &str) -> Result<String, ToolError>;

/// In alphabetical order, as a catalogue has them. The script's side sends their arguments as a list.
const FUNCTIONS: [(&str, Function); 4] = [
    ("delete", delete),
    ("get", get),
    ("keys", |values, _| Ok(keys(values))),
    ("set", set),
];

/// The functions of `$store`. They are part of every script's world, like `console`, and so in no catalogue but this one.
pub(crate) struct Store;

impl ToolHost for Store {
    fn catalogue(&self) -> &Catalogue {
        static CATALOGUE: OnceLock<Catalogue> = OnceLock::new();
        CATALOGUE
            .get_or_init(|| Catalogue::from_tools(FUNCTIONS.map(|(name, _)| describe(name)).into()))
    }

    fn argument_bytes(&self, limits: &Limits) -> usize {
        limits.stored_text_bytes()
    }

    fn call(&self, index: usize, context: CallContext, input: String) -> HostedCall {
        let done = match (FUNCTIONS.get(index), context.state::<Values>()) {
            (Some((_, function)), Some(values)) => function(values, &input),
            _ => Err(ToolError::failed("there is no store here")),
        };
        Box::pin(std::future::ready(done))
    }
}

fn describe(name: &str) -> ToolInfo {
    // Nobody but the session's own scripts sees what is in there.
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

fn get(values: &Values, input: &str) -> Result<String, ToolError> {
    let (name, _) = arguments(input)?;
    // In a list, so that nothing and `null` are two things.
    Ok(match values.text(&name) {
        None => "[]".to_owned(),
        Some(text) => match without_flag(&text) {
            (marked, true) => format!("~[{marked}]"),
            (plain, false) => format!("[{plain}]"),
        },
    })
}

fn set(values: &Values, input: &str) -> Result<String, ToolError> {
    let (name, value) = arguments(input)?;
    if serde_json::from_str::<IgnoredAny>(value).is_err() {
        return Err(unreadable());
    }
    let (_, marked) = without_flag(input);
    let flag = if marked { "~" } else { "" };
    let set = values.set_text(&name, format!("{flag}{value}"));
    set.map_err(|error| ToolError::failed(error.to_string()))?;
    Ok("null".to_owned())
}

fn delete(values: &Values, input: &str) -> Result<String, ToolError> {
    let (name, _) = arguments(input)?;
    let there = values.remove(&name);
    let there = there.map_err(|error| ToolError::failed(error.to_string()))?;
    Ok(there.to_string())
}

fn keys(values: &Values) -> String {
    serde_json::Value::from(values.names()).to_string()
}

/// The name, and the text of what stands behind it in the list.
fn arguments(input: &str) -> Result<(String, &str), ToolError> {
    let (list, _) = without_flag(input);
    let inner = list
        .strip_prefix('[')
        .and_then(|list| list.strip_suffix(']'));
    let inner = inner
        .filter(|inner| inner.starts_with('"'))
        .ok_or_else(unreadable)?;
    let (name, value) = inner
        .split_at_checked(string_length(inner))
        .ok_or_else(unreadable)?;
    let name = serde_json::from_str(name)
        .map_err(|_| ToolError::input("the name of a value is a text without half letters"))?;
    Ok((name, value.strip_prefix(',').unwrap_or(value)))
}

/// The script's side doesn't write such a thing, and a process that isn't what it was might.
fn unreadable() -> ToolError {
    ToolError::input("this can't be read")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_comes_back_as_it_was_sent() {
        let values = Values::new();
        for (sent, kept, read) in [
            (r#"["a",{"x":[1]}]"#, r#"{"x":[1]}"#, r#"[{"x":[1]}]"#),
            (r#"["a",null]"#, "null", "[null]"),
            (r#"~["a","\u0000n7"]"#, r#"~"\u0000n7""#, r#"~["\u0000n7"]"#),
        ] {
            set(&values, sent).unwrap();
            assert_eq!(values.text("a").as_deref(), Some(kept));
            assert_eq!(get(&values, r#"["a"]"#).unwrap(), read);
        }
        assert_eq!(get(&values, r#"["b"]"#).unwrap(), "[]");
        assert_eq!(keys(&values), r#"["a"]"#);
        assert_eq!(delete(&values, r#"["a"]"#).unwrap(), "true");
        assert_eq!(delete(&values, r#"["a"]"#).unwrap(), "false");
    }

    #[test]
    fn what_no_script_sends_is_refused_and_nothing_is_kept() {
        let values = Values::new();
        for odd in [
            "",
            "[]",
            "7",
            r#"["a"]"#,
            r#"["a",]"#,
            r#"["a",1,2]"#,
            r#"["a",1}"#,
            r#"["a",1],"b"]"#,
            r#"["\ud800",1]"#,
            r#"["",1]"#,
            r#"["a"#,
        ] {
            assert!(set(&values, odd).is_err(), "{odd}");
        }
        assert!(values.names().is_empty());
    }
}
