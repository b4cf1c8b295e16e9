//! A server at an address: streamable HTTP.
//!
//! Each message is a request of its own. What goes wrong with one concerns the call that it carries and no other, so it is that
//! call's answer; only a server that can't be reached at all is lost.

mod events;
mod form;
mod headers;
mod refusal;
mod session;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderValue, LOCATION};
use reqwest::{Client, Method, RequestBuilder, Response, StatusCode, Url};
use rmcp::RoleClient;
use rmcp::model::{
    ClientJsonRpcMessage, ClientNotification, ClientRequest, ErrorData, RequestId,
    ServerJsonRpcMessage, ServerResult,
};
use rmcp::transport::Transport;
use serde_json::{Value, json};
use tokio::sync::mpsc;
use tokio_util::sync::{CancellationToken, DropGuard};

use self::events::{Event, Events};
use self::form::Form;
pub(in crate::client) use self::headers::SET_BY_HTTP;
use self::refusal::Refusal;
pub(in crate::client) use self::refusal::says_final;
use self::session::Session;
use super::desk::{Desk, Heard, shown};
use super::{Oddities, QUEUE};
use crate::lock::lock;
use crate::wire::MAX_MESSAGE;

const SESSION_ID: &str = "mcp-session-id";
const PROTOCOL_VERSION: &str = "mcp-protocol-version";
const LAST_EVENT_ID: &str = "last-event-id";
const EVENT_STREAM: &str = "text/event-stream";

/// How long a connection may take.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(30);

/// The longest pause that a server may ask for and gets. A longer one is told the script.
const LONGEST_WAIT: Duration = Duration::from_secs(10);

/// How often a request is sent to another address of the same server.
const MAX_REDIRECTS: usize = 5;

/// How often an answer that was cut off is taken up again.
const MAX_RESUMPTIONS: usize = 3;

/// How long the end of a session is waited for.
const END_TIMEOUT: Duration = Duration::from_secs(2);

/// Why a message can't be delivered, and the server is lost.
#[derive(Debug, thiserror::Error)]
#[error("{reason}")]
pub(in crate::client) struct Broken {
    pub(in crate::client) reason: String,
    /// Whether the server can't have got it.
    pub(in crate::client) is_unsent: bool,
}

/// The connection to a server at an address.
pub(in crate::client) struct Http {
    line: Arc<Line>,
    heard: mpsc::Receiver<ServerJsonRpcMessage>,
    _end_on_drop: DropGuard,
}

/// What all requests to the server share.
struct Line {
    client: Client,
    address: Url,
    headers: HeaderMap,
    desk: Desk,
    session: Mutex<Session>,
    renewal: tokio::sync::Mutex<()>,
    to_session: mpsc::Sender<ServerJsonRpcMessage>,
    oddities: Oddities,
    end: CancellationToken,
}

/// A message on its way out.
struct Letter {
    body: Vec<u8>,
    /// If it is a request.
    id: Option<RequestId>,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Greeting,
    Greeted,
    /// Nobody knows what another one like it would do.
    Call,
    /// Another one like it does no harm.
    Question,
}

impl Letter {
    fn new(message: &ClientJsonRpcMessage) -> Result<Self, Broken> {
        let body = serde_json::to_vec(message).map_err(|error| Broken {
            reason: error.to_string(),
            is_unsent: true,
        })?;
        let (id, kind) = match message {
            ClientJsonRpcMessage::Request(request) => (
                Some(request.id.clone()),
                match request.request {
                    ClientRequest::InitializeRequest(_) => Kind::Greeting,
                    ClientRequest::CallToolRequest(_) => Kind::Call,
                    _ => Kind::Question,
                },
            ),
            ClientJsonRpcMessage::Notification(notification)
                if matches!(
                    notification.notification,
                    ClientNotification::InitializedNotification(_)
                ) =>
            {
                (None, Kind::Greeted)
            }
            _ => (None, Kind::Question),
        };
        Ok(Self { body, id, kind })
    }
}

impl Http {
    /// A connection to an address. Nothing is sent yet.
    ///
    /// # Errors
    ///
    /// What is wrong with the configuration.
    pub(in crate::client) fn new(
        address: &str,
        headers: &BTreeMap<String, String>,
        oddities: Oddities,
    ) -> Result<Self, String> {
        // The second one to install a provider is refused, which leaves the first: as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let headers = headers::configured(headers, &oddities)?;
        let client = Client::builder()
            .connect_timeout(CONNECT_TIMEOUT)
            // Where it leads to is looked at first: credentials go to nobody else.
            .redirect(reqwest::redirect::Policy::none())
            .user_agent(concat!("codemode/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(|error| format!("no HTTP can be spoken: {}", refusal::cause(&error)))?;
        let address =
            Url::parse(address).map_err(|error| format!("its `url` is no address: {error}"))?;
        let end = CancellationToken::new();
        let (to_session, heard) = mpsc::channel(QUEUE);
        Ok(Self {
            line: Arc::new(Line {
                client,
                address,
                headers,
                desk: Desk::default(),
                session: Mutex::default(),
                renewal: tokio::sync::Mutex::default(),
                to_session,
                oddities,
                end: end.clone(),
            }),
            heard,
            _end_on_drop: end.drop_guard(),
        })
    }
}

impl Transport<RoleClient> for Http {
    type Error = Broken;

    fn send(
        &mut self,
        message: ClientJsonRpcMessage,
    ) -> impl Future<Output = Result<(), Broken>> + Send + 'static {
        let line = Arc::clone(&self.line);
        let over = line.desk.sent(&message).unwrap_or_default();
        async move {
            let letter = Letter::new(&message)?;
            let end = line.end.clone();
            tokio::select! {
                delivered = line.deliver(letter, over.clone()) => delivered,
                () = over.cancelled() => Ok(()),
                () = end.cancelled() => Err(Broken {
                    reason: "the connection is closed".to_owned(),
                    is_unsent: false,
                }),
            }
        }
    }

    async fn receive(&mut self) -> Option<ServerJsonRpcMessage> {
        self.heard.recv().await
    }

    async fn close(&mut self) -> Result<(), Broken> {
        self.line.end.cancel();
        self.heard.close();
        let session = self.line.session();
        if session.id.is_some() {
            let ending = self.line.request(Method::DELETE, &session).send();
            // A server that doesn't hear of it forgets the session by itself.
            let _ = tokio::time::timeout(END_TIMEOUT, ending).await;
        }
        Ok(())
    }
}

impl Line {
    fn session(&self) -> Session {
        lock(&self.session).clone()
    }

    fn request(&self, method: Method, session: &Session) -> RequestBuilder {
        let address = session.address.as_ref().unwrap_or(&self.address);
        self.client
            .request(method, address.clone())
            .headers(self.headers.clone())
            .headers(session.headers())
    }

    async fn deliver(
        self: Arc<Self>,
        letter: Letter,
        over: CancellationToken,
    ) -> Result<(), Broken> {
        let (mut may_renew, mut may_wait) = (letter.kind != Kind::Greeting, true);
        loop {
            let session = self.session();
            let response = self.post(&letter.body, &session).await?;
            if response.status().is_success() {
                return self.accept(response, &letter, session, over).await;
            }
            let refusal = Refusal::read(response).await;
            if may_renew && session.id.is_some() && refusal.ends_session() && letter.id.is_some() {
                may_renew = false;
                match self.renew(&session).await {
                    Ok(()) => continue,
                    Err(reason) => {
                        let reason = format!(
                            "the session with the server is over, and another one can't be had: {reason}"
                        );
                        self.refuse(&letter, ErrorData::internal_error(reason, None))
                            .await;
                        return Ok(());
                    }
                }
            }
            if let Some(pause) = refusal.pause(letter.kind == Kind::Call)
                && may_wait
                && pause <= LONGEST_WAIT
            {
                may_wait = false;
                tokio::time::sleep(pause).await;
                continue;
            }
            let has_credentials = self.headers.contains_key("authorization");
            let words = if session.id.is_some() && refusal.ends_session() {
                refusal.words_of_session()
            } else {
                refusal.words(letter.kind == Kind::Call, has_credentials)
            };
            let refused = refusal.error(words);
            self.refuse(&letter, refused).await;
            return Ok(());
        }
    }

    /// Posts a message, wherever the server has it posted.
    async fn post(&self, body: &[u8], session: &Session) -> Result<Response, Broken> {
        let mut session = session.clone();
        for _ in 0..=MAX_REDIRECTS {
            let response = self
                .request(Method::POST, &session)
                .header(CONTENT_TYPE, "application/json")
                .header("accept", "application/json, text/event-stream")
                .body(body.to_vec())
                .send()
                .await
                .map_err(|error| refusal::broken(&error))?;
            let keeps_method = matches!(
                response.status(),
                StatusCode::TEMPORARY_REDIRECT | StatusCode::PERMANENT_REDIRECT
            );
            let base = session.address.as_ref().unwrap_or(&self.address);
            match redirected(&response, base).filter(|_| keeps_method) {
                Some(address) => {
                    session.address = Some(address.clone());
                    lock(&self.session).address = Some(address);
                }
                None => return Ok(response),
            }
        }
        Err(Broken {
            reason: "it redirects in a circle".to_owned(),
            is_unsent: true,
        })
    }

    /// Ends a call with a refusal.
    async fn refuse(&self, letter: &Letter, error: ErrorData) {
        if let Some(id) = &letter.id {
            let heard = self.desk.refused(id.clone(), error);
            self.push(heard).await;
        }
    }

    /// Takes what the server answers a message with.
    async fn accept(
        self: Arc<Self>,
        response: Response,
        letter: &Letter,
        session: Session,
        over: CancellationToken,
    ) -> Result<(), Broken> {
        let mut number = session.number;
        if letter.kind == Kind::Greeting {
            let mut current = lock(&self.session);
            current.greeting = Some(letter.body.clone());
            current.id = response.headers().get(SESSION_ID).cloned();
            number = current.number;
        }
        if letter.kind == Kind::Greeted && session.id.is_some() {
            let line = Arc::clone(&self);
            tokio::spawn(line.until_end(Arc::clone(&self).listen(number)));
        }
        let form = Form::of(&response);
        let content_type = content_type(&response);
        if content_type.starts_with(EVENT_STREAM)
            && let Some(problem) = form.compressed()
        {
            self.lost(letter.id.as_ref(), &problem).await;
            return Ok(());
        }
        if content_type.starts_with(EVENT_STREAM) {
            let line = Arc::clone(&self);
            let followed = Arc::clone(&self).follow(Events::new(response), letter.id.clone());
            tokio::spawn(line.until_end(async move {
                tokio::select! {
                    () = followed => {}
                    () = over.cancelled() => {}
                }
            }));
            return Ok(());
        }
        let body = match whole(response).await {
            Ok(body) => body,
            Err(problem) => {
                self.lost(letter.id.as_ref(), &problem).await;
                return Ok(());
            }
        };
        // Letters that aren't those of the server would reach the script without a word.
        if let Some(problem) = form.problem()
            && std::str::from_utf8(&body).is_err()
        {
            self.lost(letter.id.as_ref(), &problem).await;
            return Ok(());
        }
        for heard in self.desk.read(&body) {
            self.push(heard).await;
        }
        if let Some(id) = letter.id.clone().filter(|id| self.desk.awaits(id)) {
            if let Some(problem) = form.problem() {
                self.lost(Some(&id), &problem).await;
                return Ok(());
            }
            self.unanswered(id, &body, &content_type, letter.kind).await;
        }
        Ok(())
    }

    /// Ends a request whose answer can't be had.
    async fn lost(&self, id: Option<&RequestId>, problem: &str) {
        if let Some(id) = id {
            let problem = format!("{problem}{}", self.desk.effect(id));
            let heard = self.desk.fails(id.clone(), problem);
            self.push(heard).await;
        }
    }

    /// Ends a request that was answered with something else.
    async fn unanswered(&self, id: RequestId, body: &[u8], content_type: &str, kind: Kind) {
        let text = String::from_utf8_lossy(body);
        let effect = if kind == Kind::Call {
            "; whether the call took effect isn't known"
        } else {
            ""
        };
        if text.trim().is_empty() {
            // The answer may come with what the server says by itself.
            if self.session().is_listening {
                return;
            }
            let problem = format!("the server has taken the request and sent no answer{effect}");
            let heard = self.desk.fails(id, problem);
            return self.push(heard).await;
        }
        let said = refusal::said(&text);
        let problem = format!(
            "the server answers with `{content_type}` and no message of MCP, as a proxy or a page for signing in does: {said}{effect}"
        );
        let data = (kind == Kind::Greeting).then(refusal::is_final);
        let heard = self
            .desk
            .refused(id, ErrorData::internal_error(problem, data));
        self.push(heard).await;
    }

    /// Takes what one of the server's streams brings, until it has answered.
    async fn follow(self: Arc<Self>, mut events: Events, id: Option<RequestId>) {
        let mut resumptions = 0;
        loop {
            let cut_off = match events.next().await {
                Ok(Some(event)) => {
                    self.event(event).await;
                    if id.as_ref().is_some_and(|id| !self.desk.awaits(id)) {
                        return;
                    }
                    continue;
                }
                Ok(None) => String::new(),
                Err(problem) => format!(": {problem}"),
            };
            let Some(id) = id.clone() else {
                return;
            };
            if let Some(last) = events.last_id().filter(|_| resumptions < MAX_RESUMPTIONS) {
                resumptions += 1;
                let last = last.clone();
                tokio::time::sleep(events.pause()).await;
                if let Ok(response) = self.get(Some(&last)).await
                    && response.status().is_success()
                {
                    events = Events::resumed(response, last);
                }
                continue;
            }
            let problem = format!(
                "the server has ended its answer before that was there{cut_off}; whether the call took effect isn't known"
            );
            let heard = self.desk.fails(id, problem);
            return self.push(heard).await;
        }
    }

    async fn event(self: &Arc<Self>, event: Event) {
        let heard = match event {
            Event::Whole(data) => self.desk.read(&data),
            Event::Long { beginning, size } => self.desk.too_long(&beginning, &[], size),
        };
        for heard in heard {
            self.push(heard).await;
        }
    }

    async fn get(&self, last: Option<&HeaderValue>) -> Result<Response, Broken> {
        let mut request = self
            .request(Method::GET, &self.session())
            .header("accept", EVENT_STREAM);
        if let Some(last) = last {
            request = request.header(LAST_EVENT_ID, last);
        }
        request
            .send()
            .await
            .map_err(|error| refusal::broken(&error))
    }

    /// Hands on what was heard.
    async fn push(&self, heard: Heard) {
        match heard {
            Heard::Message(message) => {
                if let ServerJsonRpcMessage::Response(response) = &*message
                    && let ServerResult::InitializeResult(greeting) = &response.result
                {
                    let version = HeaderValue::from_str(greeting.protocol_version.as_str());
                    lock(&self.session).version = version.ok();
                }
                // Nobody hears it any more if the session is over.
                let _ = self.to_session.send(*message).await;
            }
            Heard::Reply(reply) => self.reply(&reply).await,
            Heard::Oddity(oddity) => (self.oddities)(oddity),
        }
    }

    /// Answers a question of the server. One that doesn't want the answer has asked in vain.
    async fn reply(&self, reply: &Value) {
        if let Ok(body) = serde_json::to_vec(reply) {
            let _ = self.post(&body, &self.session()).await;
        }
    }

    async fn until_end(self: Arc<Self>, task: impl Future<Output = ()> + Send) {
        tokio::select! {
            () = task => {}
            () = self.end.cancelled() => {}
        }
    }
}

fn content_type(response: &Response) -> String {
    let value = response.headers().get(CONTENT_TYPE);
    let value = value.map(|value| String::from_utf8_lossy(value.as_bytes()).to_lowercase());
    value.unwrap_or_default()
}

/// Another address of the same server.
fn redirected(response: &Response, from: &Url) -> Option<Url> {
    let location = response.headers().get(LOCATION)?.to_str().ok()?;
    let to = from.join(location).ok()?;
    let is_same = to.origin() == from.origin()
        || (to.host() == from.host() && from.scheme() == "http" && to.scheme() == "https");
    is_same.then_some(to)
}

/// The body of a response.
async fn whole(mut response: Response) -> Result<Vec<u8>, String> {
    let mut body = Vec::new();
    loop {
        match response.chunk().await {
            Ok(Some(chunk)) if body.len() + chunk.len() > MAX_MESSAGE => {
                let size = response
                    .content_length()
                    .map_or(String::new(), |size| format!(", with {size} bytes"));
                return Err(format!(
                    "the server's answer can't be read: it is larger than {} MiB{size}",
                    MAX_MESSAGE / 1024 / 1024
                ));
            }
            Ok(Some(chunk)) => body.extend_from_slice(&chunk),
            Ok(None) => return Ok(body),
            Err(error) => {
                return Err(format!(
                    "the server's answer was cut off: {}",
                    shown(&refusal::cause(&error))
                ));
            }
        }
    }
}

/// What has the session list its tools anew.
fn tools_changed() -> Value {
    json!({ "jsonrpc": "2.0", "method": "notifications/tools/list_changed" })
}
