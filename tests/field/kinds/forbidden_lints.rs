//! A crate may forbid any lint but those that `docs/tools.md` lists: generated code allows nothing that it needn't. And no lint
//! asks of a tool what a tool can't be.

use crate::support::ToolCrate;

const TOOLS: &str = r#"
use std::sync::Arc;

use codemode_runtime::{provide_state, tool};

/// Names things.
pub trait Namer: Send + Sync {
    /// The name.
    fn name(&self) -> String;
}

struct Desk(u8);
impl Namer for Desk {
    fn name(&self) -> String {
        self.0.to_string()
    }
}

#[provide_state]
const fn desk() -> Desk {
    Desk(1)
}

#[provide_state]
fn namer() -> Arc<dyn Namer> {
    Arc::new(Desk(2))
}

/// The number on the desk.
#[tool(namespace = "desk")]
const fn number(#[state] desk: &Desk, #[tool(default = 3)] more: u8) -> u8 {
    desk.0 + more
}

/// A text, as it is.
#[tool(namespace = "desk")]
fn echo(text: String, #[tool(default)] list: Vec<u8>) -> String {
    drop(list);
    text
}

/// Borrows what it could take.
#[tool(namespace = "desk")]
async fn length(#[state] namer: &dyn Namer, text: String) -> Result<usize, std::io::Error> {
    std::future::ready(()).await;
    Ok(text.len() + namer.name().len())
}

/// One.
#[tool(namespace = "desk")]
const fn one() -> u8 {
    1
}
"#;

fn check(name: &str, lints: &str, tools: &str, command: &str) {
    let source = format!("//! Docs.\n{lints}\n{tools}");
    let built = ToolCrate::new(name, "", &source).cargo(&[command, "--quiet"]);
    let built = built.expect(0);
    assert_eq!(built.stderr, "", "{lints}");
}

#[test]
fn lints_that_are_forbidden_are_not_allowed_again() {
    let lints = "#![forbid(deprecated, non_snake_case, missing_docs, unsafe_code, unused_results, unused_variables, unreachable_pub)]
#![forbid(clippy::needless_pass_by_value, clippy::missing_const_for_fn, clippy::borrowed_box)]";
    check("forbidden", lints, TOOLS, "check");
}

#[test]
fn what_can_not_be_forbidden_can_be_denied() {
    let lints = "#![deny(warnings, nonstandard_style, deprecated, unused_qualifications, clippy::all, clippy::pedantic)]
#![deny(clippy::nursery)]";
    let deprecated = "
/// An old one.
#[deprecated = \"use `number`\"]
#[tool(namespace = \"desk\")]
const fn old_number() -> u8 {
    0
}

/// Named as elsewhere.
#[allow(non_snake_case, deprecated)]
#[tool(namespace = \"desk\")]
const fn oddly(#[tool(default)] someName: u8, old: Old) -> u8 {
    someName + old.0
}

/// Old.
#[deprecated]
#[derive(serde::Deserialize, schemars::JsonSchema)]
pub struct Old(u8);
";
    // The derives' own code names the type.
    let deprecated =
        format!("mod old {{\n#![allow(deprecated)]\nuse codemode_runtime::tool;\n{deprecated}}}");
    let tools = format!("{TOOLS}\n{deprecated}");
    check("denied", lints, &tools, "clippy");
}
