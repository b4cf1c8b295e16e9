//! The tools themselves, as other MCP servers list theirs.

use std::collections::HashMap;

use rmcp::model::Tool;

use crate::list::McpCatalogue as _;
use crate::pattern::fits;
use codemode_declarations::exact::described_as_json;
use codemode_runtime::Catalogue;

/// What stands for the dot in `namespace.name`: models' interfaces allow none in a tool's name.
const DOT: &str = "__";

/// How long a name may be: models' interfaces take no longer ones.
const MAX_NAME: usize = 64;

/// The tools as they are listed, and what scripts call them.
pub(super) struct DirectTools {
    pub(super) tools: Vec<Tool>,
    pub(super) paths: HashMap<String, String>,
}

impl DirectTools {
    /// Those whose paths a pattern fits.
    pub(super) fn new(catalogue: &Catalogue, patterns: &[String]) -> Self {
        let mut listed = Self {
            tools: Vec::new(),
            paths: HashMap::new(),
        };
        if patterns.is_empty() {
            return listed;
        }
        let all = catalogue.to_mcp();
        for tool in all["tools"].as_array().into_iter().flatten() {
            let mut tool = tool.clone();
            if let Some(output) = tool.get_mut("outputSchema") {
                described_as_json(output);
            }
            // What is made for the protocol can be read by it; a tool that can't be is none for a client.
            let Ok(mut tool) = serde_json::from_value::<Tool>(tool) else {
                continue;
            };
            let path = tool.name.clone().into_owned();
            let name = name(&path, &listed.paths);
            tool.name = name.clone().into();
            listed.paths.insert(name, path);
            listed.tools.push(tool);
        }
        // Named among all, so that no tool's name depends on which others are wanted.
        let is_wanted = |path: &String| patterns.iter().any(|pattern| fits(pattern, path));
        listed.paths.retain(|_, path| is_wanted(path));
        let Self { tools, paths } = &mut listed;
        tools.retain(|tool| paths.contains_key(&*tool.name));
        listed
    }

    pub(super) fn list(&self) -> Vec<Tool> {
        self.tools.clone()
    }
}

/// What clients call a tool. A name that they don't take, or that another tool has, is cut to what they take and gets a
/// number, which depends on the path alone: clients remember what a person has allowed by it.
fn name(path: &str, taken: &HashMap<String, String>) -> String {
    let wanted = path.replacen('.', DOT, 1);
    let is_allowed = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-');
    if wanted.len() <= MAX_NAME && wanted.chars().all(is_allowed) && !taken.contains_key(&wanted) {
        return wanted;
    }
    let number = path.bytes().fold(FNV_START, |number, byte| {
        (number ^ u32::from(byte)).wrapping_mul(FNV_PRIME)
    });
    let room = MAX_NAME - "_12345678".len();
    let stem: String = wanted
        .chars()
        .filter(|letter| is_allowed(*letter))
        .take(room)
        .collect();
    // Two numbers hardly ever meet.
    let numbers = (0..).map(|more| number.wrapping_add(more));
    numbers
        .map(|number| format!("{stem}_{number:08x}"))
        .find(|name| !taken.contains_key(name))
        .unwrap_or_default()
}

/// The hash of Fowler, Noll and Vo, which is the same in every build.
const FNV_START: u32 = 0x811c_9dc5;
const FNV_PRIME: u32 = 0x0100_0193;

#[cfg(test)]
mod tests {
    use codemode_runtime::{BigInt, Bytes, Catalogue, ToolInfo};

    use super::*;

    /// What has no place in JSON.
    #[derive(serde::Serialize, schemars::JsonSchema)]
    struct Record {
        id: BigInt<u64>,
        parent: Option<BigInt<i128>>,
        content: Bytes,
    }

    #[test]
    fn clients_take_every_name_and_none_is_there_twice() {
        let tools = |names: &[&str]| {
            let tool = |name: &&str| ToolInfo::bare("n", name, None, serde_json::json!(true));
            let catalogue = Catalogue::from_tools(names.iter().map(tool).collect());
            DirectTools::new(&catalogue, &["*".to_owned()]).paths
        };
        let long = "x".repeat(80);
        let longer = format!("{long}y");
        let all = tools(&["f", "größe", "日本", "中国", &long, &longer]);
        assert_eq!(all.len(), 6);
        assert_eq!(all["n__f"], "n.f");
        for name in all.keys() {
            let is_allowed = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
            assert!(name.len() <= 64 && name.chars().all(is_allowed), "{name}");
        }
        // Whatever else there is.
        let (alone, _) = tools(&["中国"]).into_iter().next().unwrap();
        assert_eq!(all[&alone], "n.中国");
    }

    #[test]
    fn a_tool_is_called_the_same_whichever_others_are_wanted() {
        let tool = |name: &&str| ToolInfo::bare("n", name, None, serde_json::json!(true));
        let named = ["中国", "日本", "f", "g"].iter().map(tool);
        let catalogue = Catalogue::from_tools(named.collect());
        let wanted = |patterns: &[&str]| {
            let patterns: Vec<String> = patterns.iter().map(|&pattern| pattern.into()).collect();
            let direct = DirectTools::new(&catalogue, &patterns);
            let listed = direct.list().into_iter();
            let mut found: Vec<String> = listed.map(|tool| tool.name.into_owned()).collect();
            assert!(found.iter().all(|name| direct.paths.contains_key(name)));
            assert_eq!(found.len(), direct.paths.len());
            found.sort();
            found
        };
        let all = wanted(&["*"]);
        assert_eq!(all.len(), 4);
        assert_eq!(wanted(&["n.f", "*.g", "m.*"]), ["n__f", "n__g"]);
        for path in ["n.中国", "n.日本"] {
            assert!(all.contains(&wanted(&[path])[0]), "{path}");
        }
        assert_eq!(wanted(&[]), [""; 0]);
    }

    #[test]
    fn a_result_is_described_as_it_is_sent() {
        let mut tool = Catalogue::from_mcp("n", serde_json::json!([{ "name": "f" }]))
            .unwrap()
            .tools()[0]
            .clone();
        tool.output = schemars::schema_for!(Record).to_value();
        let catalogue = Catalogue::from_tools(vec![tool]);
        let listed = DirectTools::new(&catalogue, &["*".to_owned()])
            .list()
            .remove(0);
        let listed = serde_json::to_value(listed).unwrap();
        let output = ToolInfo {
            output: listed["outputSchema"].clone(),
            ..catalogue.tools()[0].clone()
        };
        let sent =
            serde_json::json!({ "id": "18446744073709551615", "parent": null, "content": "AQI=" });
        let declared = codemode_runtime::ResultType::of(&output).unwrap();
        assert_eq!(declared.check(&sent), Ok(()), "{listed}");
        let more = serde_json::json!({ "id": "1", "parent": "2", "content": "AQI=" });
        assert_eq!(declared.check(&more), Ok(()), "{listed}");
    }
}
