//! The tools of one server, as a sandbox sees them.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use rmcp::RoleClient;
use rmcp::model::{
    CallToolRequest, CallToolRequestParams, CancelledNotificationParam, ClientRequest, ErrorCode,
    JsonObject, ProgressNotificationParam, RequestId, ServerResult,
};
use rmcp::service::{Peer, PeerRequestOptions, RequestHandle, ServiceError};
use serde_json::Value;
use tokio::runtime::Handle;

use super::answer;
use super::learned::Learned;
use super::session::connection::{Connection, Link, Session};
use super::transport::Broken;
use crate::names;
use codemode_declarations::exact::without_type_keyword;
use codemode_declarations::{ResultType, json_schema};
use codemode_runtime::__own as exact;
use codemode_runtime::CallContext;
use codemode_runtime::ToolError;
use codemode_runtime::{Catalogue, ToolInfo};
use codemode_runtime::{HostedCall, ToolHost};

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
        tools: &[Value],
        runtime: Handle,
    ) -> (Self, Vec<String>) {
        let mut problems = Vec::new();
        let mut read: Vec<(ToolInfo, Original)> = Vec::with_capacity(tools.len());
        let names = tools
            .iter()
            .map(|tool| tool["name"].as_str().unwrap_or_default());
        // Of all tools, so that a choice of them doesn't change what the others are called.
        let called = names::distinct(names.clone(), names::tool);
        let choice = &connection.config.tools;
        let known: Vec<&str> = names.clone().collect();
        problems.extend(choice.unmet(&known).map(|name| {
            format!("its configuration chooses among its tools by the name `{name}`, which none of them has")
        }));
        for ((tool, name), called) in tools.iter().zip(names).zip(called) {
            if !choice.has(name) {
                continue;
            }
            match describe(&connection, name, called, tool) {
                Ok((info, promise)) => {
                    problems.extend(json_schema::notes_of(&info).map(|notes| notes.to_string()));
                    let original = Original {
                        name: name.to_owned(),
                        promise,
                        ty: OnceLock::new(),
                    };
                    read.push((info, original));
                }
                Err(problem) => problems.push(format!("the tool `{name}` {problem}")),
            }
        }
        // The order of a catalogue. Of two with one name, the first one that the server lists stays.
        read.sort_by(|(one, _), (other, _)| one.name.cmp(&other.name));
        read.dedup_by(|(later, of), (first, _)| {
            let same = later.name == first.name;
            if same && later != first {
                problems.push(format!(
                    "the tool `{}` is in its list twice; the first one counts",
                    of.name
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
fn describe(
    connection: &Connection,
    name: &str,
    called: String,
    tool: &Value,
) -> Result<(ToolInfo, Promise), String> {
    let mut listed = tool.clone();
    connection.config.secrets.scrub_listed(&mut listed);
    let mut info = crate::list::read(&connection.config.namespace, called, listed)?;
    if tool.get("outputSchema").is_some_and(Value::is_object) {
        without_type_keyword(&mut info.output);
        return Ok((info, Promise::Server));
    }
    info.output = answer::schema();
    let learning = connection.learning.as_ref();
    let declaring = learning.filter(|learning| learning.declares);
    let known = declaring.and_then(|learning| learning.known(name));
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

    fn seen(&self, index: usize) -> Option<String> {
        let original = self.offer.originals.get(index)?;
        let tool = self.offer.catalogue.tools().get(index)?;
        let learning = self.connection.learning.as_ref()?;
        learning.told(&original.name, &tool.path())
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
                let described = answer::described(result, original.ty(tool), secrets)?;
                if let Some(note) = &described.note {
                    call.context.log(format!("{}: {note}", tool.path()));
                }
                return Ok(described.value);
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
    /// The result, as it came.
    async fn make(&self, name: String, input: &str) -> Result<Value, ToolError> {
        let mut parameters = CallToolRequestParams::new(name);
        if !input.is_empty() {
            let arguments: JsonObject = exact::from_text(input)
                .map_err(|error| ToolError::input(format!("input{}", error.placed())))?;
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
            ServerResult::CustomResult(result) => Ok(result.0),
            // The transports hand results on as they came.
            other => {
                serde_json::to_value(other).map_err(|error| ToolError::failed(error.to_string()))
            }
        }
    }

    /// Waits for the result and puts into the log what the server says on the way.
    async fn follow(
        &self,
        handle: RequestHandle<RoleClient>,
    ) -> Result<ServerResult, ServiceError> {
        let mut progress = self.connection.progress.of(handle.progress_token.clone());
        let mut response = std::pin::pin!(handle.await_response());
        let result = loop {
            tokio::select! {
                biased;
                result = &mut response => break result,
                Some(step) = progress.next() => self.log(&step),
            }
        };
        // What the server said before its answer may be on its way through another task.
        tokio::task::yield_now().await;
        while let Some(step) = progress.next_now() {
            self.log(&step);
        }
        result
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
        let settled =
            link.wait_for(|link| matches!(link, Link::Up(..) | Link::Down { is_final: true, .. }));
        let waited = tokio::time::timeout(RECONNECT_WAIT, settled).await;
        if let Ok(Ok(link)) = waited
            && let Link::Up(session) = &*link
        {
            return Ok(session.clone());
        }
        let reason = match &*self.connection.link().borrow() {
            Link::Down { reason, .. } => format!(": {reason}"),
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
            ServiceError::TransportSend(error)
                if error
                    .error
                    .downcast_ref::<Broken>()
                    .is_some_and(|broken| broken.is_unsent) =>
            {
                self.connection.lost(session);
                ToolError::failed(format!(
                    "the call to the MCP server `{server}` wasn't made: {}",
                    secrets.scrub(&error.error.to_string())
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
