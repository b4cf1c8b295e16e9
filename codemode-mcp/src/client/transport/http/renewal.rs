//! A session that the server has ended is begun anew, and what the server says by itself is heard.

use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};

use super::endpoint::Endpoint;
use super::events::{Event, Events};
use super::refusal::Refusal;
use super::response::{EVENT_STREAM, SESSION_ID, content_type, whole};
use super::session::Session;
use crate::client::transport::pending::error_of;
use crate::lock::lock;
use crate::wire::{self, Found};

/// How often a stream is opened anew that brings nothing, and how long to wait before that at first.
const MAX_SILENT_STREAMS: u32 = 5;
const FIRST_PAUSE: Duration = Duration::from_secs(1);

impl Endpoint {
    /// Begins another session in the place of one that is over. Of many that find that out, one does it.
    ///
    /// # Errors
    ///
    /// Why there is none.
    pub(super) async fn renew(self: &Arc<Self>, over: &Session) -> Result<(), String> {
        let _one_at_a_time = self.renewal.lock().await;
        let mut session = self.session();
        if session.number != over.number {
            return Ok(());
        }
        let greeting = session.greeting.clone().unwrap_or_default();
        (session.id, session.version) = (None, None);
        let post = async |session: &Session, body: &[u8]| {
            let response = self
                .post(body, session)
                .await
                .map_err(|broken| broken.reason)?;
            if response.status().is_success() {
                return Ok(response);
            }
            let refusal = Refusal::read(response).await;
            Err(refusal.words(false, self.headers.contains_key("authorization")))
        };
        let response = post(&session, &greeting).await?;
        session.id = response.headers().get(SESSION_ID).cloned();
        session.version.clone_from(&over.version);
        greeted(response).await?;
        let greeted = br#"{"jsonrpc":"2.0","method":"notifications/initialized"}"#;
        post(&session, greeted).await?;
        session.number += 1;
        session.is_listening = false;
        let number = session.number;
        let has_id = session.id.is_some();
        *lock(&self.session) = session;
        if has_id {
            tokio::spawn(Arc::clone(self).until_end(Arc::clone(self).listen(number)));
        }
        // It may be another server than it was.
        if let Some(heard) = self.pending.means(tools_changed()) {
            self.push(heard).await;
        }
        Ok(())
    }

    /// Hears what the server says by itself. Many have nothing to say and no stream for it.
    pub(super) async fn listen(self: Arc<Self>, number: u64) {
        let mut silent_streams = 0;
        let mut last = None;
        while silent_streams < MAX_SILENT_STREAMS && self.session().number == number {
            silent_streams += 1;
            if let Ok(response) = self.get(last.as_ref()).await {
                if !response.status().is_success()
                    || !content_type(&response).starts_with(EVENT_STREAM)
                {
                    return;
                }
                lock(&self.session).is_listening = true;
                let mut events = Events::new(response);
                while let Ok(Some(event)) = events.next().await {
                    silent_streams = 0;
                    self.event(event).await;
                }
                lock(&self.session).is_listening = false;
                last = events.last_id().cloned().or(last);
            }
            tokio::time::sleep(FIRST_PAUSE * 2_u32.pow(silent_streams)).await;
        }
    }
}

/// Whether a server has greeted back.
async fn greeted(response: reqwest::Response) -> Result<(), String> {
    let is_greeting = |bytes: &[u8]| {
        wire::find(bytes).into_iter().find_map(|found| match found {
            Found::Message(message) if !message["result"].is_null() => Some(Ok(())),
            Found::Message(message) if !message["error"].is_null() => {
                Some(Err(error_of(message["error"].clone()).message.into_owned()))
            }
            _ => None,
        })
    };
    let none = || Err("its answer to `initialize` is none".to_owned());
    if !content_type(&response).starts_with(EVENT_STREAM) {
        return is_greeting(&whole(response).await?).unwrap_or_else(none);
    }
    let mut events = Events::new(response);
    while let Some(event) = events.next().await? {
        if let Event::Whole(data) = event
            && let Some(greeted) = is_greeting(&data)
        {
            return greeted;
        }
    }
    none()
}

/// What has the session list its tools anew.
fn tools_changed() -> Value {
    json!({ "jsonrpc": "2.0", "method": "notifications/tools/list_changed" })
}
