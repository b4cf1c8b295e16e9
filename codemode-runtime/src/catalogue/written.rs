//! Functions that somebody has declared in TypeScript.

use codemode_declarations::made_visible;

use crate::tool::info::ToolInfo;

/// The declarations of those among some tools.
pub(super) fn declarations(tools: &[ToolInfo]) -> String {
    let mut text = String::new();
    for tools in tools.chunk_by(|one, other| one.namespace == other.namespace) {
        let written = tools.iter().filter_map(|tool| tool.declaration.as_deref());
        let mut lines = written.flat_map(str::lines).peekable();
        if lines.peek().is_none() {
            continue;
        }
        text.push_str(&format!("declare namespace {} {{\n", tools[0].namespace));
        for line in lines {
            let indent = if line.is_empty() { "" } else { "  " };
            text.extend([indent, line, "\n"]);
        }
        text.push_str("}\n");
    }
    made_visible(text)
}

/// The same for a checker.
#[cfg(feature = "check")]
pub(super) fn functions(tools: &[ToolInfo]) -> Vec<codemode_check::Written<'_>> {
    let written = tools.iter().filter_map(|tool| {
        Some(codemode_check::Written {
            namespace: &tool.namespace,
            name: &tool.name,
            declaration: tool.declaration.as_deref()?,
        })
    });
    written.collect()
}
