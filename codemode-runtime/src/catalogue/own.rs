//! What scripts have beside the tools: it is in no catalogue, and yet people look for it.

use serde_json::Value;

use super::Catalogue;
use crate::tool::info::ToolInfo;

/// A namespace of every script's world. Its functions take several arguments, as no tool does, so their declarations are text.
struct Own {
    name: &'static str,
    functions: &'static [(&'static str, &'static str)],
    declarations: &'static str,
}

/// In this order.
const OWN: [Own; 2] = [
    Own {
        name: "output",
        functions: &[
            (
                "file",
                "Hands a file to the reader, such as a table as CSV.",
            ),
            ("image", "Hands a picture to the reader, such as a chart."),
        ],
        declarations: "\
// The content is bytes, or text for a file. A media type is one such as \"image/png\".
declare namespace output {
// Hands a file to the reader, such as a table as CSV.
function file(content:Uint8Array|string,mediaType:string,name?:string):Promise<void>
// Hands a picture to the reader, such as a chart.
function image(bytes:Uint8Array,mediaType:string,name?:string):Promise<void>
}
",
    },
    Own {
        name: "$store",
        functions: &[
            ("set", "Keeps a value for the next scripts of the session."),
            ("get", "Reads a value that a script has kept."),
            ("keys", "The names of all values that are kept."),
            ("delete", "Takes a value away that is kept."),
        ],
        declarations: "\
// What scripts of one session keep for each other by name.
declare namespace $store {
function set(name:string,value:unknown):Promise<void>
function get<T=any>(name:string):Promise<T|undefined>
function keys():Promise<string[]>
function remove(name:string):Promise<boolean>
export{set,get,keys,remove as delete}
}
",
    },
];

/// The functions that all scripts have, and those of a catalogue that isn't the host's, in this order.
pub(super) fn functions(others: &Catalogue) -> Vec<ToolInfo> {
    let own = OWN.iter().flat_map(|own| {
        own.functions.iter().map(|(name, docs)| ToolInfo {
            docs: (*docs).to_owned(),
            ..ToolInfo::bare(own.name, name, None, Value::Bool(true))
        })
    });
    own.chain(others.tools().iter().cloned()).collect()
}

/// The declarations of some of them; of a namespace that all scripts have, always whole.
pub(super) fn declarations(wanted: &[&ToolInfo]) -> String {
    let mut text = String::new();
    for own in &OWN {
        if wanted.iter().any(|tool| tool.namespace == own.name) {
            text.push_str(own.declarations);
        }
    }
    let others = wanted
        .iter()
        .filter(|tool| OWN.iter().all(|own| tool.namespace != own.name));
    let others: Vec<ToolInfo> = others.map(|tool| (*tool).clone()).collect();
    if !others.is_empty() {
        text.push_str(&Catalogue::from_tools(others).compact().0);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<String> {
        let is_declaration = |line: &&str| {
            let line = line.trim_start();
            line.starts_with("function ") || line.starts_with("export")
        };
        let written = |line: &str| {
            let letters = line.chars();
            letters
                .filter(|letter| !letter.is_whitespace() && *letter != ';')
                .collect()
        };
        let mut lines: Vec<String> = text.lines().filter(is_declaration).map(written).collect();
        lines.sort();
        lines
    }

    #[test]
    fn what_all_scripts_have_is_declared_as_they_are_checked() {
        let world = include_str!("../../../codemode-check/src/world.d.ts");
        for own in &OWN {
            let namespace = format!("declare namespace {} {{", own.name);
            let start = world.find(&namespace).unwrap();
            let end = start + world[start..].find("\n}").unwrap();
            assert_eq!(lines(own.declarations), lines(&world[start..end]));
        }
        let names: Vec<_> = functions(&Catalogue::default())
            .iter()
            .map(ToolInfo::path)
            .collect();
        assert_eq!(
            names,
            [
                "output.file",
                "output.image",
                "$store.set",
                "$store.get",
                "$store.keys",
                "$store.delete"
            ]
        );
    }
}
