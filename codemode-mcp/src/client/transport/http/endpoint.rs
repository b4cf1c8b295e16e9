//! What all requests to the server share: a message goes out, and its answer comes back.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderValue};
use reqwest::{Client, Method, RequestBuilder, Response, StatusCode, Url};
use rmcp::model::{ErrorData, RequestId, ServerJsonRpcMessage, ServerResult};
use serde_json::Value;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::events::{Event, Events};
use super::form::Form;
use super::outgoing::{Kind, Outgoing};
use super::refusal::{self, Refusal};
use super::response::{EVENT_STREAM, LAST_EVENT_ID, SESSION_ID, content_type, redirected, whole};
use super::session::Session;
use crate::client::transport::pending::{Incoming, PendingRequests};
use crate::client::transport::shared::{Broken, Oddities};
use crate::lock::lock;

/// The longest pause that a server may ask for and gets. A longer one is told the script.
const LONGEST_WAIT: Duration = Duration::from_secs(10);

/// How often a request is sent to another address of the same server.
const MAX_REDIRECTS: usize = 5;

/// How often an answer that was cut off is taken up again.
const MAX_RESUMPTIONS: usize = 3;

/// What all requests to the server share.
pub(super) struct Endpoint {
    pub(super) client: Client,
    pub(super) address: Url,
    pub(super) headers: HeaderMap,
    pub(super) pending: PendingRequests,
    pub(super) session: Mutex<Session>,
    pub(super) renewal: tokio::sync::Mutex<()>,
    pub(super) to_session: mpsc::Sender<ServerJsonRpcMessage>,
    pub(super) oddities: Oddities,
    pub(super) end: CancellationToken,
}

impl Endpoint {
    pub(super) fn session(&self) -> Session {
        lock(&self.session).clone()
    }

    pub(super) fn request(&self, method: Method, session: &Session) -> RequestBuilder {
        let address = session.address.as_ref().unwrap_or(&self.address);
        self.client
            .request(method, address.clone())
            .headers(self.headers.clone())
            .headers(session.headers())
    }

    pub(super) async fn deliver(
        self: Arc<Self>,
        outgoing: Outgoing,
        over: CancellationToken,
    ) -> Result<(), Broken> {
        let (mut may_renew, mut may_wait) = (outgoing.kind != Kind::Handshake, true);
        loop {
            let session = self.session();
            let response = self.post(&outgoing.body, &session).await?;
            if response.status().is_success() {
                return self.accept(response, &outgoing, session, over).await;
            }
            let refusal = Refusal::read(response).await;
            if may_renew && session.id.is_some() && refusal.ends_session() && outgoing.id.is_some()
            {
                may_renew = false;
                match self.renew(&session).await {
                    Ok(()) => continue,
                    Err(reason) => {
                        let reason = format!(
                            "the session with the server is over, and another one can't be had: {reason}"
                        );
                        self.refuse(&outgoing, ErrorData::internal_error(reason, None))
                            .await;
                        return Ok(());
                    }
                }
            }
            if let Some(pause) = refusal.pause(outgoing.kind == Kind::Call)
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
                refusal.words(outgoing.kind == Kind::Call, has_credentials)
            };
            let refused = refusal.error(words);
            self.refuse(&outgoing, refused).await;
            return Ok(());
        }
    }

    /// Posts a message, wherever the server has it posted.
    pub(super) async fn post(&self, body: &[u8], session: &Session) -> Result<Response, Broken> {
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
    pub(super) async fn refuse(&self, outgoing: &Outgoing, error: ErrorData) {
        if let Some(id) = &outgoing.id {
            let heard = self.pending.refused(id.clone(), error);
            self.push(heard).await;
        }
    }

    /// Takes what the server answers a message with.
    pub(super) async fn accept(
        self: Arc<Self>,
        response: Response,
        outgoing: &Outgoing,
        session: Session,
        over: CancellationToken,
    ) -> Result<(), Broken> {
        let mut number = session.number;
        if outgoing.kind == Kind::Handshake {
            let mut current = lock(&self.session);
            current.greeting = Some(outgoing.body.clone());
            current.id = response.headers().get(SESSION_ID).cloned();
            number = current.number;
        }
        if outgoing.kind == Kind::Initialized && session.id.is_some() {
            let endpoint = Arc::clone(&self);
            tokio::spawn(endpoint.until_end(Arc::clone(&self).listen(number)));
        }
        let form = Form::of(&response);
        let content_type = content_type(&response);
        if content_type.starts_with(EVENT_STREAM)
            && let Some(problem) = form.compressed()
        {
            self.lost(outgoing.id.as_ref(), &problem).await;
            return Ok(());
        }
        if content_type.starts_with(EVENT_STREAM) {
            let endpoint = Arc::clone(&self);
            let followed = Arc::clone(&self).follow(Events::new(response), outgoing.id.clone());
            tokio::spawn(endpoint.until_end(async move {
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
                self.lost(outgoing.id.as_ref(), &problem).await;
                return Ok(());
            }
        };
        // Letters that aren't those of the server would reach the script without a word.
        if let Some(problem) = form.problem()
            && std::str::from_utf8(&body).is_err()
        {
            self.lost(outgoing.id.as_ref(), &problem).await;
            return Ok(());
        }
        for heard in self.pending.read(&body) {
            self.push(heard).await;
        }
        if let Some(id) = outgoing.id.clone().filter(|id| self.pending.awaits(id)) {
            if let Some(problem) = form.problem() {
                self.lost(Some(&id), &problem).await;
                return Ok(());
            }
            self.unanswered(id, &body, &content_type, outgoing.kind)
                .await;
        }
        Ok(())
    }

    /// Ends a request whose answer can't be had.
    pub(super) async fn lost(&self, id: Option<&RequestId>, problem: &str) {
        if let Some(id) = id {
            let problem = format!("{problem}{}", self.pending.effect(id));
            let heard = self.pending.fails(id.clone(), problem);
            self.push(heard).await;
        }
    }

    /// Ends a request that was answered with something else.
    pub(super) async fn unanswered(
        &self,
        id: RequestId,
        body: &[u8],
        content_type: &str,
        kind: Kind,
    ) {
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
            let heard = self.pending.fails(id, problem);
            return self.push(heard).await;
        }
        let said = refusal::said(&text);
        let problem = format!(
            "the server answers with `{content_type}` and no message of MCP, as a proxy or a page for signing in does: {said}{effect}"
        );
        let data = (kind == Kind::Handshake).then(refusal::is_final);
        let heard = self
            .pending
            .refused(id, ErrorData::internal_error(problem, data));
        self.push(heard).await;
    }

    /// Takes what one of the server's streams brings, until it has answered.
    pub(super) async fn follow(self: Arc<Self>, mut events: Events, id: Option<RequestId>) {
        let mut resumptions = 0;
        loop {
            let cut_off = match events.next().await {
                Ok(Some(event)) => {
                    self.event(event).await;
                    if id.as_ref().is_some_and(|id| !self.pending.awaits(id)) {
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
            let heard = self.pending.fails(id, problem);
            return self.push(heard).await;
        }
    }

    pub(super) async fn event(self: &Arc<Self>, event: Event) {
        let heard = match event {
            Event::Whole(data) => self.pending.read(&data),
            Event::Long { beginning, size } => self.pending.too_long(&beginning, &[], size),
        };
        for heard in heard {
            self.push(heard).await;
        }
    }

    pub(super) async fn get(&self, last: Option<&HeaderValue>) -> Result<Response, Broken> {
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
    pub(super) async fn push(&self, heard: Incoming) {
        match heard {
            Incoming::Message(message) => {
                if let ServerJsonRpcMessage::Response(response) = &*message
                    && let ServerResult::InitializeResult(greeting) = &response.result
                {
                    let version = HeaderValue::from_str(greeting.protocol_version.as_str());
                    lock(&self.session).version = version.ok();
                }
                // Nobody hears it any more if the session is over.
                let _ = self.to_session.send(*message).await;
            }
            Incoming::Reply(reply) => self.reply(&reply).await,
            Incoming::Oddity(oddity) => (self.oddities)(oddity),
        }
    }

    /// Answers a question of the server. One that doesn't want the answer has asked in vain.
    pub(super) async fn reply(&self, reply: &Value) {
        if let Ok(body) = serde_json::to_vec(reply) {
            let _ = self.post(&body, &self.session()).await;
        }
    }

    pub(super) async fn until_end(self: Arc<Self>, task: impl Future<Output = ()> + Send) {
        tokio::select! {
            () = task => {}
            () = self.end.cancelled() => {}
        }
    }
}
