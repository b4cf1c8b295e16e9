//! One client's session.

#![expect(
    deprecated,
    reason = "the protocol is to lose log messages; the clients of today show them"
)]

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

use rmcp::model::{
    CallToolRequestParams, CallToolResponse, ErrorData, Implementation, InitializeResult,
    ListResourcesResult, ListToolsResult, LoggingLevel, PaginatedRequestParams,
    ReadResourceRequestParams, ReadResourceResponse, ServerCapabilities, SetLevelRequestParams,
};
use rmcp::service::{NotificationContext, RequestContext};
use rmcp::{RoleServer, ServerHandler};

use super::{McpServer, Profile, direct, resources, tools};

pub(super) struct Handler {
    pub(super) server: McpServer,
    /// The least important kind of log message that the client wants.
    level: Arc<AtomicU8>,
}

impl Handler {
    pub(super) fn new(server: McpServer) -> Self {
        Self {
            server,
            level: Arc::new(AtomicU8::new(rank(LoggingLevel::Debug))),
        }
    }

    /// Whether the client wants log messages of this kind.
    pub(super) fn wants(&self) -> impl Fn(LoggingLevel) -> bool + Send + Sync + use<> {
        let level = Arc::clone(&self.level);
        move |wanted| rank(wanted) >= level.load(Ordering::Relaxed)
    }
}

fn rank(level: LoggingLevel) -> u8 {
    level as u8
}

impl ServerHandler for Handler {
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
        let profile = self.server.shared.profile;
        tokio::spawn(async move {
            while offers.changed().await.is_ok() {
                if profile == Profile::Direct {
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
        Ok(ListToolsResult::with_all_items(
            match self.server.shared.profile {
                Profile::Scripts => tools::list(),
                Profile::Direct => self.server.offer().direct.list(),
            },
        ))
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let result = match self.server.shared.profile {
            Profile::Scripts => tools::call(self, request, context).await?,
            Profile::Direct => direct::call(self, request, context).await?,
        };
        Ok(result.into())
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
