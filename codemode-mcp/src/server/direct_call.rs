//! A call of one tool by itself.

use rmcp::RoleServer;
use rmcp::model::{CallToolRequestParams, CallToolResult, ErrorData};
use rmcp::service::RequestContext;

use super::run;
use super::session::Session;

/// Calls a tool by a script of one call, so that all limits and policies hold.
pub(super) async fn call(
    session: &Session,
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
