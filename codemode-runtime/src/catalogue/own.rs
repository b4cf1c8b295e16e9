//! What scripts have beside the tools: it is in no catalogue, and yet people look for it.

use serde_json::Value;

use super::Catalogue;
use crate::tool::info::ToolInfo;

const OUTPUT: &str = "output";

/// Its functions take several arguments, as no tool does, so their declarations are text.
const OUTPUT_DECLARATIONS: &str = "\
// The content is bytes, or text for a file. A media type is one such as \"image/png\".
declare namespace output {
// Hands a file to the reader, such as a table as CSV.
function file(content:Uint8Array|string,mediaType:string,name?:string):Promise<void>
// Hands a picture to the reader, such as a chart.
function image(bytes:Uint8Array,mediaType:string,name?:string):Promise<void>
}
";

/// The functions of `output`, which all scripts have, and those of a catalogue that isn't the host's, in this order.
pub(super) fn functions(others: &Catalogue) -> Vec<ToolInfo> {
    let output = [
        (
            "file",
            "Hands a file to the reader, such as a table as CSV.",
        ),
        ("image", "Hands a picture to the reader, such as a chart."),
    ];
    let output = output.map(|(name, docs)| ToolInfo {
        docs: docs.to_owned(),
        ..ToolInfo::bare(OUTPUT, name, None, Value::Bool(true))
    });
    output
        .into_iter()
        .chain(others.tools().iter().cloned())
        .collect()
}

/// The declarations of some of them; of `output` always all.
pub(super) fn declarations(wanted: &[&ToolInfo]) -> String {
    let (output, others): (Vec<_>, Vec<_>) = wanted
        .iter()
        .copied()
        .partition(|tool| tool.namespace == OUTPUT);
    let mut text = String::new();
    if !output.is_empty() {
        text.push_str(OUTPUT_DECLARATIONS);
    }
    if !others.is_empty() {
        text.push_str(
            &Catalogue::from_tools(others.into_iter().cloned().collect())
                .compact()
                .0,
        );
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn output_is_declared_as_scripts_are_checked() {
        let world = include_str!("../../../codemode-check/src/world.d.ts");
        let lines = |text: &str| -> Vec<String> {
            let functions = text
                .lines()
                .filter(|line| line.trim_start().starts_with("function "));
            let mut functions: Vec<String> = functions
                .map(|line| {
                    line.chars()
                        .filter(|letter| !letter.is_whitespace() && *letter != ';')
                        .collect()
                })
                .collect();
            functions.sort();
            functions
        };
        let start = world.find("declare namespace output {").unwrap();
        let end = start + world[start..].find("\n}").unwrap();
        assert_eq!(lines(OUTPUT_DECLARATIONS), lines(&world[start..end]));
        let names: Vec<_> = functions(&Catalogue::default())
            .iter()
            .map(ToolInfo::path)
            .collect();
        assert_eq!(names, ["output.file", "output.image"]);
    }
}
