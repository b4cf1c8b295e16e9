//! The tools of one server, as a sandbox sees them.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use futures_util::StreamExt as _;
use rmcp::RoleClient;
use rmcp::handler::client::progress::ProgressSubscriber;
use rmcp::model::{
    CallToolRequest, CallToolRequestParams, CallToolResult, CancelledNotificationParam,
    ClientRequest, ErrorCode, JsonObject, ProgressNotificationParam, RequestId, ServerResult, Tool,
};
use rmcp::service::{Peer, PeerRequestOptions, RequestHandle, ServiceError};
use tokio::runtime::Handle;

use super::answer;
use super::connection::{Connection, Link, Session};
use super::learned::Learned;
use crate::catalogue::{Catalogue, ToolInfo};
use crate::context::CallContext;
use crate::declarations::ResultType;
use crate::error::ToolError;
use crate::exact;
use crate::sandbox::{HostedCall, ToolHost};

/// How long a call waits for a connection that is being made again.
const RECONNECT_WAIT: Duration = Duration::from_secs(10);

/// The tools that a server had when a sandbox was built.
pub(super) struct McpHost {
    connection: Arc<Connection>,
    offer: Arc<Offer>,
    runtime: Handle,
}

struct Offer {
    catalogue: Catalogue,
    /// For each tool of the catalogue, what is known of it beside.
    originals: Vec<Original>,
}

struct Original {
    /// What the server calls it.
    name: String,
    promise: Promise,
    /// The declared type of the result, read at the first call that needs it: most tools are never called. `None` if it can't
    /// be declared.
    ty: OnceLock<Option<ResultType>>,
}

/// What is declared of a tool's results.
enum Promise {
    /// What the server says of them.
    Server,
    /// What was learned of them.
    Learned(Learned),
    /// That nothing is known.
    None,
}

impl Original {
    fn ty(&self, tool: &ToolInfo) -> Option<&ResultType> {
        let ty = self.ty.get_or_init(|| ResultType::of(tool).ok());
        ty.as_ref()
    }
}

impl McpHost {
    /// The tools, and why some of them are left out.
    pub(super) fn new(
        connection: Arc<Connection>,
        tools: &[Tool],
        runtime: Handle,
    ) -> (Self, Vec<String>) {
        let mut problems = Vec::new();
        let mut read: Vec<(ToolInfo, Original)> = Vec::with_capacity(tools.len());
        for tool in tools {
            match describe(&connection, tool) {
                Ok((info, promise)) => read.push((
                    info,
                    Original {
                        name: tool.name.clone().into_owned(),
                        promise,
                        ty: OnceLock::new(),
                    },
                )),
                Err(problem) => problems.push(format!("the tool `{}` {problem}", tool.name)),
            }
        }
        // The order of a catalogue. Of two tools that come to one name, the first one stays, whichever came first.
        read.sort_by(|(one, of), (other, than)| {
            (&one.name, &of.name).cmp(&(&other.name, &than.name))
        });
        read.dedup_by(|(later, of), (first, _)| {
            let same = later.name == first.name;
            if same {
                problems.push(format!(
                    "the tool `{}` is left out, since another one is called `{}` in scripts as well",
                    of.name, first.name
                ));
            }
            same
        });
        let (infos, originals): (Vec<_>, Vec<_>) = read.into_iter().unzip();
        let host = Self {
            connection,
            offer: Arc::new(Offer {
                catalogue: Catalogue::from_tools(infos),
                originals,
            }),
            runtime,
        };
        (host, problems)
    }

    pub(super) fn server(&self) -> &str {
        &self.connection.name
    }
}

/// The tool as a script sees it, and what is promised of its results.
fn describe(connection: &Connection, tool: &Tool) -> Result<(ToolInfo, Promise), String> {
    let mut listed = serde_json::to_value(tool).map_err(|error| error.to_string())?;
    connection.config.secrets.scrub_value(&mut listed);
    let namespace = crate::mcp::names::namespace(&connection.name);
    let mut info = crate::mcp::read(&namespace, listed)?;
    if tool.output_schema.is_some() {
        exact::without_type_keyword(&mut info.output);
        return Ok((info, Promise::Server));
    }
    info.output = answer::schema();
    let learning = connection.learning.as_ref();
    let known = learning.and_then(|learning| learning.known(&tool.name));
    if let Some(learned) = known
        && let Some(schema) = learned.schema(&info.output)
    {
        info.output = schema;
        info.docs = format!("{}\n\n{}", info.docs, learned.note());
        return Ok((info, Promise::Learned(learned)));
    }
    Ok((info, Promise::None))
}

impl ToolHost for McpHost {
    fn catalogue(&self) -> &Catalogue {
        &self.offer.catalogue
    }

    fn call(&self, index: usize, context: CallContext, input: String) -> HostedCall {
        let offer = Arc::clone(&self.offer);
        let call = Call {
            connection: Arc::clone(&self.connection),
            runtime: self.runtime.clone(),
            context,
        };
        Box::pin(async move {
            let (Some(original), Some(tool)) = (
                offer.originals.get(index),
                offer.catalogue.tools().get(index),
            ) else {
                return Err(ToolError::failed("there is no such tool"));
            };
            let result = call.make(original.name.clone(), &input).await?;
            let secrets = &call.connection.config.secrets;
            if let Promise::Server = original.promise {
                return answer::described(result, original.ty(tool), secrets);
            }
            let answer = answer::undescribed(result, secrets)?;
            call.connection.learn(&original.name, &answer);
            match &original.promise {
                Promise::Learned(learned) => learned.honour(&answer, original.ty(tool)),
                Promise::Server | Promise::None => answer::to_text(&answer),
            }
        })
    }
}

struct Call {
    connection: Arc<Connection>,
    runtime: Handle,
    context: CallContext,
}

impl Call {
    async fn make(&self, name: String, input: &str) -> Result<CallToolResult, ToolError> {
        let mut parameters = CallToolRequestParams::new(name);
        if !input.is_empty() {
            let arguments: JsonObject = serde_json::from_str(&exact::unmark(input))
                .map_err(|error| ToolError::input(format!("input: {error}")))?;
            parameters = parameters.with_arguments(arguments);
        }
        let session = self.session().await?;
        let request = ClientRequest::CallToolRequest(CallToolRequest::new(parameters));
        let mut options = PeerRequestOptions::no_options();
        if let Some(timeout) = self.connection.config.timeout {
            options = PeerRequestOptions::with_timeout(timeout).reset_timeout_on_progress();
        }
        let handle = session
            .peer
            .send_cancellable_request(request, options)
            .await
            .map_err(|error| self.failure(&error, &session))?;
        let mut cancel = CancelOnDrop {
            connection: Arc::clone(&self.connection),
            peer: session.peer.clone(),
            request: Some(handle.id.clone()),
            runtime: self.runtime.clone(),
        };
        let result = self.follow(handle).await;
        cancel.request = None;
        match result.map_err(|error| self.failure(&error, &session))? {
            ServerResult::CallToolResult(result) => Ok(result),
            ServerResult::InputRequiredResult(_) => Err(ToolError::failed(
                "the tool asks a person for something, which isn't possible from a script",
            )),
            _ => Err(ToolError::failed(
                "the server answered the call with something that is no result",
            )),
        }
    }

    /// Waits for the result and puts into the log what the server says on the way.
    async fn follow(
        &self,
        handle: RequestHandle<RoleClient>,
    ) -> Result<ServerResult, ServiceError> {
        let mut progress: ProgressSubscriber = self
            .connection
            .progress
            .subscribe(handle.progress_token.clone())
            .await;
        let mut response = std::pin::pin!(handle.await_response());
        loop {
            tokio::select! {
                biased;
                result = &mut response => return result,
                Some(step) = progress.next() => self.log(&step),
            }
        }
    }

    fn log(&self, step: &ProgressNotificationParam) {
        let total = step.total.map(|total| format!(" of {total}"));
        let message = step
            .message
            .as_deref()
            .map(|message| format!(": {message}"));
        let line = format!(
            "{}: {}{}{}",
            self.connection.name,
            step.progress,
            total.unwrap_or_default(),
            message.unwrap_or_default()
        );
        self.context
            .log(self.connection.config.secrets.scrub(&line));
    }

    /// The connection, for which it waits a while if it is being made again.
    async fn session(&self) -> Result<Session, ToolError> {
        let mut link = self.connection.link();
        let up = link.wait_for(|link| matches!(link, Link::Up(..)));
        let waited = tokio::time::timeout(RECONNECT_WAIT, up).await;
        if let Ok(Ok(link)) = waited
            && let Link::Up(session) = &*link
        {
            return Ok(session.clone());
        }
        let reason = match &*self.connection.link().borrow() {
            Link::Down(reason) => format!(": {reason}"),
            Link::Starting | Link::Up(..) => String::new(),
        };
        Err(ToolError::failed(format!(
            "the MCP server `{}` isn't connected{reason}",
            self.connection.name
        )))
    }

    fn failure(&self, error: &ServiceError, session: &Session) -> ToolError {
        let server = &self.connection.name;
        let secrets = &self.connection.config.secrets;
        match error {
            ServiceError::McpError(error) if error.code == ErrorCode::INVALID_PARAMS => {
                ToolError::input(secrets.scrub(&error.message))
            }
            ServiceError::McpError(error) => ToolError::failed(secrets.scrub(&error.message)),
            ServiceError::Timeout { timeout } => {
                self.connection.silent.notify_one();
                ToolError::failed(format!(
                    "the MCP server `{server}` didn't answer within {timeout:?}; whether the call took effect isn't known"
                ))
            }
            ServiceError::TransportClosed | ServiceError::TransportSend(_) => {
                self.connection.lost(session);
                ToolError::failed(format!(
                    "the connection to the MCP server `{server}` was lost during the call; whether it took effect isn't known"
                ))
            }
            other => ToolError::failed(secrets.scrub(&other.to_string())),
        }
    }
}

/// Tells the server about a call that nobody waits for any more.
struct CancelOnDrop {
    connection: Arc<Connection>,
    peer: Peer<RoleClient>,
    request: Option<RequestId>,
    runtime: Handle,
}

impl Drop for CancelOnDrop {
    fn drop(&mut self) {
        if let Some(request) = self.request.take() {
            self.connection.silent.notify_one();
            let peer = self.peer.clone();
            self.runtime.spawn(async move {
                let reason = Some("the script is over".to_owned());
                let cancelled = CancelledNotificationParam::new(Some(request), reason);
                // Without a connection there is nobody to tell.
                let _ = peer.notify_cancelled(cancelled).await;
            });
        }
    }
}
