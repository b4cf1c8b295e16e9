//! What a client asks of the server.

#![expect(
    deprecated,
    reason = "the protocol is to lose log messages; the clients of today show them"
)]

use std::sync::atomic::Ordering;

use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CallToolResult, CustomRequest, CustomResult,
    ErrorCode, ErrorData, Implementation, InitializeResult, ListResourcesResult, ListToolsResult,
    PaginatedRequestParams, ReadResourceRequestParams, ReadResourceResponse, ServerCapabilities,
    SetLevelRequestParams,
};
use rmcp::service::{NotificationContext, RequestContext};
use rmcp::{RoleServer, ServerHandler};
use serde_json::Value;

use super::session::{Session, rank};
use super::{Profile, direct_call, resources, tools};
use crate::entry::kind;

impl Session {
    async fn called(
        &self,
        request: CallToolRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<CallToolResult, ErrorData> {
        let is_direct = |name: &str| self.server.offer().direct.paths.contains_key(name);
        match self.server.shared.profile {
            Profile::Scripts if !is_direct(&request.name) => {
                tools::call(self, request, context).await
            }
            Profile::Scripts | Profile::Direct => direct_call::call(self, request, context).await,
        }
    }
}

impl ServerHandler for Session {
    fn get_info(&self) -> InitializeResult {
        let capabilities = ServerCapabilities::builder()
            .enable_logging()
            .enable_resources()
            .enable_resources_list_changed()
            .enable_tools()
            .enable_tool_list_changed()
            .build();
        let info = InitializeResult::new(capabilities).with_server_info(
            Implementation::new("codemode", env!("CARGO_PKG_VERSION")).with_title("Code mode"),
        );
        match self.server.shared.profile {
            Profile::Scripts => info.with_instructions(self.server.offer().instructions.clone()),
            Profile::Direct => info,
        }
    }

    /// Tells the client of new tools for as long as it is there.
    async fn on_initialized(&self, context: NotificationContext<RoleServer>) {
        let mut offers = self.server.shared.offers.subscribe();
        let lists_tools = !self.server.shared.direct.is_empty();
        tokio::spawn(async move {
            while offers.changed().await.is_ok() {
                if lists_tools {
                    let _ = context.peer.notify_tool_list_changed().await;
                }
                if context.peer.notify_resource_list_changed().await.is_err() {
                    return;
                }
            }
        });
    }

    async fn set_level(
        &self,
        request: SetLevelRequestParams,
        _context: RequestContext<RoleServer>,
    ) -> Result<(), ErrorData> {
        self.level.store(rank(request.level), Ordering::Relaxed);
        Ok(())
    }

    async fn list_tools(
        &self,
        _request: Option<PaginatedRequestParams>,
        _context: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        let offer = self.server.offer();
        let mut listed = match self.server.shared.profile {
            Profile::Scripts => tools::list(offer.sandbox.limits()),
            Profile::Direct => Vec::new(),
        };
        listed.extend(offer.direct.list());
        Ok(ListToolsResult::with_all_items(listed))
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        self.called(request, context).await.map(Into::into)
    }

    /// A request whose parameters aren't those of its method comes here, beside those with a method that the protocol doesn't have.
    async fn on_custom_request(
        &self,
        request: CustomRequest,
        context: RequestContext<RoleServer>,
    ) -> Result<CustomResult, ErrorData> {
        let CustomRequest { method, params, .. } = request;
        match &*method {
            "tools/call" => {
                let result = self.called(of_call(params)?, context).await?;
                let result = serde_json::to_value(result)
                    .map_err(|error| ErrorData::internal_error(error.to_string(), None))?;
                Ok(CustomResult::new(result))
            }
            "initialize" | "logging/setLevel" | "ping" | "resources/list" | "resources/read"
            | "tools/list" => Err(ErrorData::invalid_params(
                format!("these aren't the parameters of `{method}`"),
                None,
            )),
            _ => Err(ErrorData::new(ErrorCode::METHOD_NOT_FOUND, method, None)),
        }
    }

    async fn list_resources(
        &self,
        request: Option<PaginatedRequestParams>,
        _context: RequestContext<RoleServer>,
    ) -> Result<ListResourcesResult, ErrorData> {
        let cursor = request.and_then(|request| request.cursor);
        resources::list(&self.server.offer().discovery, cursor.as_deref())
    }

    async fn read_resource(
        &self,
        request: ReadResourceRequestParams,
        _context: RequestContext<RoleServer>,
    ) -> Result<ReadResourceResponse, ErrorData> {
        resources::read(&self.server.offer().discovery, &request.uri).map(Into::into)
    }
}

/// The parameters of a call, whose arguments some models write as JSON in a text.
fn of_call(params: Option<Value>) -> Result<CallToolRequestParams, ErrorData> {
    let invalid = |problem: String| {
        ErrorData::invalid_params(format!("`tools/call` can't take this: {problem}"), None)
    };
    let mut params = params.unwrap_or_default();
    if let Some(arguments) = params.get_mut("arguments") {
        if let Value::String(text) = arguments
            && let Ok(written @ Value::Object(_)) = serde_json::from_str(text)
        {
            *arguments = written;
        }
        if !matches!(arguments, Value::Object(_) | Value::Null) {
            return Err(invalid(format!(
                "`arguments` is {}, and should be an object",
                kind(arguments)
            )));
        }
    }
    serde_json::from_value(params).map_err(|error| invalid(error.to_string()))
}
