//! The three tools: search, describe, run.

use std::sync::Arc;

use rmcp::RoleServer;
use rmcp::model::{
    CallToolRequestParams, CallToolResult, ContentBlock, ErrorData, JsonObject, Tool,
    ToolAnnotations,
};
use rmcp::service::RequestContext;
use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::session::Session;
use super::{rules, run};
use codemode_runtime::__own::{DescribeInput, SearchInput};
use codemode_runtime::{Limits, Paging};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct RunInput {
    /// TypeScript with `await` and `return` at the top level.
    script: String,
}

const SEARCH: &str = "search";
const DESCRIBE: &str = "describe";
const RUN: &str = "run";

/// The tools as they are listed.
pub(super) fn list(limits: &Limits) -> Vec<Tool> {
    let read_only = ToolAnnotations::new().read_only(true).open_world(false);
    vec![
        Tool::new(
            SEARCH,
            "Finds functions that scripts can call, by words; the best come first, with their TypeScript declarations. Typing errors are \
             forgiven.",
            schema::<SearchInput>(),
        )
        .with_title("Search functions")
        .with_annotations(read_only.clone()),
        Tool::new(
            DESCRIBE,
            "The TypeScript declarations of functions that scripts can call, with all types that they need.",
            schema::<DescribeInput>(),
        )
        .with_title("Describe functions")
        .with_annotations(read_only),
        Tool::new(
            RUN,
            format!(
                "Runs a TypeScript script in a sealed sandbox and returns what it returns, with what it printed and which functions it \
                 called. Functions are in namespaces, `await ns.name({{ … }})`; look them up first. Do all the work of a task in one \
                 script: calls, loops, filters, sums. `await $store.set(name, value)` keeps a value for later scripts, `await \
                 $store.get(name)` reads it, and `$json(result)` reads JSON that came as text. {}",
                rules::limits(limits, run::REPORT_TOKENS)
            ),
            schema::<RunInput>(),
        )
        .with_title("Run a script"),
    ]
}

fn schema<T: JsonSchema>() -> Arc<JsonObject> {
    let schema = SchemaSettings::draft2020_12()
        .into_generator()
        .into_root_schema_for::<T>();
    Arc::new(schema.as_object().cloned().unwrap_or_default())
}

pub(super) async fn call(
    session: &Session,
    request: CallToolRequestParams,
    context: RequestContext<RoleServer>,
) -> Result<CallToolResult, ErrorData> {
    let offer = session.server.offer();
    match &*request.name {
        SEARCH => {
            let SearchInput {
                query,
                offset,
                limit,
                budget,
            } = input(&request)?;
            let paging = Paging { offset, limit };
            let page = offer.discovery.search_within(&query, paging, budget);
            // As text alone: where there is data as well, some clients show that, with the declarations escaped in it.
            Ok(CallToolResult::success(vec![ContentBlock::text(
                page.to_string(),
            )]))
        }
        DESCRIBE => {
            let DescribeInput { names } = input(&request)?;
            Ok(match offer.discovery.describe(&names) {
                Ok(declarations) => CallToolResult::success(vec![ContentBlock::text(declarations)]),
                Err(error) => CallToolResult::error(vec![ContentBlock::text(error.to_string())]),
            })
        }
        RUN => {
            let RunInput { script } = input(&request)?;
            let outcome = run::observed(session, &offer, script.clone(), &context).await?;
            let more = session.singles.after(&outcome);
            Ok(run::result(&outcome, &script, &offer, more))
        }
        other => Err(ErrorData::invalid_params(
            format!("there is no tool `{other}`; there are `{SEARCH}`, `{DESCRIBE}` and `{RUN}`"),
            None,
        )),
    }
}

fn input<T: DeserializeOwned>(request: &CallToolRequestParams) -> Result<T, ErrorData> {
    let arguments = request.arguments.clone().unwrap_or_default();
    serde_json::from_value(arguments.into()).map_err(|error| {
        ErrorData::invalid_params(format!("`{}` can't take this: {error}", request.name), None)
    })
}
