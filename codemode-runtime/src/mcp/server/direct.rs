//! The tools themselves, one by one.

use std::collections::HashMap;

use rmcp::RoleServer;
use rmcp::model::{CallToolRequestParams, CallToolResult, ErrorData, Tool};
use rmcp::service::RequestContext;

use super::handler::Handler;
use super::run;
use crate::catalogue::Catalogue;
use crate::exact;

/// What stands for the dot in `namespace.name`: models' interfaces allow none in a tool's name.
const DOT: &str = "__";

/// The tools as they are listed, and what scripts call them.
pub(super) struct DirectTools {
    tools: Vec<Tool>,
    paths: HashMap<String, String>,
}

impl DirectTools {
    pub(super) fn new(catalogue: &Catalogue) -> Self {
        let mut listed = Self {
            tools: Vec::new(),
            paths: HashMap::new(),
        };
        let all = catalogue.to_mcp();
        for tool in all["tools"].as_array().into_iter().flatten() {
            let mut tool = tool.clone();
            if let Some(output) = tool.get_mut("outputSchema") {
                exact::described_as_json(output);
            }
            // What is made for the protocol can be read by it; a tool that can't be is none for a client.
            let Ok(mut tool) = serde_json::from_value::<Tool>(tool) else {
                continue;
            };
            let path = tool.name.clone().into_owned();
            let name = path.replacen('.', DOT, 1);
            tool.name = name.clone().into();
            // Of two tools that come to one name, the first one stays: the other couldn't be called.
            if listed.paths.contains_key(&name) {
                continue;
            }
            listed.paths.insert(name, path);
            listed.tools.push(tool);
        }
        listed
    }

    pub(super) fn list(&self) -> Vec<Tool> {
        self.tools.clone()
    }
}

/// Calls a tool by a script of one call, so that all limits and policies hold.
pub(super) async fn call(
    session: &Handler,
    request: CallToolRequestParams,
    context: RequestContext<RoleServer>,
) -> Result<CallToolResult, ErrorData> {
    let offer = session.server.offer();
    let path = offer.direct.paths.get(&*request.name).ok_or_else(|| {
        ErrorData::invalid_params(format!("there is no tool `{}`", request.name), None)
    })?;
    let takes_input = offer
        .discovery
        .catalogue()
        .tools()
        .iter()
        .any(|tool| tool.input.is_some() && tool.path() == *path);
    let arguments = if takes_input {
        // As a string within the script: as a literal, a `__proto__` in it would be more than a name.
        let json = serde_json::Value::from(request.arguments.unwrap_or_default()).to_string();
        format!("JSON.parse({})", serde_json::Value::from(json))
    } else {
        String::new()
    };
    let outcome = run::observed(session, &offer, script(path, &arguments), &context).await?;
    let described = offer
        .direct
        .tools
        .iter()
        .any(|tool| tool.name == request.name && tool.output_schema.is_some());
    Ok(run::plain_result(&outcome, described))
}

/// JSON has no bytes and no bigints, so they become text.
fn script(path: &str, arguments: &str) -> String {
    format!(
        "const plain = (value: any): any =>
  value instanceof Uint8Array ? value.toBase64()
  : typeof value === \"bigint\" ? String(value)
  : Array.isArray(value) ? value.map(plain)
  : value !== null && typeof value === \"object\"
    ? Object.fromEntries(Object.entries(value).map(([name, field]) => [name, plain(field)]))
  : value;
return plain(await {path}({arguments}));"
    )
}

#[cfg(test)]
mod tests {
    use super::DirectTools;
    use crate::catalogue::{Catalogue, ToolInfo};
    use crate::exact::{BigInt, Bytes};

    /// What has no place in JSON.
    #[derive(serde::Serialize, schemars::JsonSchema)]
    struct Record {
        id: BigInt<u64>,
        parent: Option<BigInt<i128>>,
        content: Bytes,
    }

    #[test]
    fn a_result_is_described_as_it_is_sent() {
        let mut tool = Catalogue::from_mcp("n", serde_json::json!([{ "name": "f" }]))
            .unwrap()
            .tools()[0]
            .clone();
        tool.output = schemars::schema_for!(Record).to_value();
        let catalogue = Catalogue::from_tools(vec![tool]);
        let listed = DirectTools::new(&catalogue).list().remove(0);
        let listed = serde_json::to_value(listed).unwrap();
        let output = ToolInfo {
            output: listed["outputSchema"].clone(),
            ..catalogue.tools()[0].clone()
        };
        let sent =
            serde_json::json!({ "id": "18446744073709551615", "parent": null, "content": "AQI=" });
        let declared = crate::ResultType::of(&output).unwrap();
        assert_eq!(declared.check(&sent), Ok(()), "{listed}");
        let more = serde_json::json!({ "id": "1", "parent": "2", "content": "AQI=" });
        assert_eq!(declared.check(&more), Ok(()), "{listed}");
    }
}
