//! What was asked of a server and not answered yet, and what its messages mean.

use std::collections::HashMap;
use std::sync::Mutex;

use rmcp::model::{
    ClientJsonRpcMessage, ClientNotification, ClientRequest, CustomResult, ErrorCode, ErrorData,
    Implementation, InitializeResult, NumberOrString, ProtocolVersion, RequestId,
    ServerCapabilities, ServerJsonRpcMessage, ServerResult,
};
use serde_json::{Map, Value, json};
use tokio_util::sync::CancellationToken;

use crate::lock::lock;
use crate::wire::{self, Found, Piece, Unreadable};

/// The version of a server that names none: the first one.
const FIRST_VERSION: &str = "2024-11-05";

/// How much of a text is shown in an error.
const SHOWN: usize = 300;

/// What a server's message means.
pub(super) enum Incoming {
    /// Something for the session.
    Message(Box<ServerJsonRpcMessage>),
    /// A question of the server, answered with this message.
    Reply(Value),
    /// Something that is worth a word to the server's author.
    Oddity(String),
}

/// What was asked and not answered yet.
#[derive(Default)]
pub(super) struct PendingRequests {
    asked: Mutex<HashMap<RequestId, Asked>>,
}

struct Asked {
    kind: Kind,
    /// Fires when nobody waits for the answer any more.
    over: CancellationToken,
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Handshake,
    /// A question for the list of tools.
    List,
    Call,
    Other,
}

impl Kind {
    fn of(request: &ClientRequest) -> Self {
        match request {
            ClientRequest::InitializeRequest(_) => Self::Handshake,
            ClientRequest::ListToolsRequest(_) => Self::List,
            ClientRequest::CallToolRequest(_) => Self::Call,
            _ => Self::Other,
        }
    }

    /// What is said of a request whose answer is lost.
    fn effect(self) -> &'static str {
        match self {
            Self::Call => "; the call may have taken effect",
            _ => "",
        }
    }
}

impl PendingRequests {
    /// Remembers what is asked by a message that is to be sent, and forgets what is cancelled by it. For a question, returns
    /// what fires when it is cancelled in turn.
    pub(super) fn sent(&self, message: &ClientJsonRpcMessage) -> Option<CancellationToken> {
        match message {
            ClientJsonRpcMessage::Request(request) => {
                let over = CancellationToken::new();
                let asked = Asked {
                    kind: Kind::of(&request.request),
                    over: over.clone(),
                };
                lock(&self.asked).insert(request.id.clone(), asked);
                Some(over)
            }
            ClientJsonRpcMessage::Notification(notification) => {
                if let ClientNotification::CancelledNotification(cancelled) =
                    &notification.notification
                    && let Some(id) = &cancelled.params.request_id
                    && let Some(asked) = self.take(id)
                {
                    asked.over.cancel();
                }
                None
            }
            _ => None,
        }
    }

    fn take(&self, id: &RequestId) -> Option<Asked> {
        lock(&self.asked).remove(id)
    }

    /// Whether the answer to this is still awaited.
    pub(super) fn awaits(&self, id: &RequestId) -> bool {
        lock(&self.asked).contains_key(id)
    }

    fn kind(&self, id: &RequestId) -> Kind {
        lock(&self.asked)
            .get(id)
            .map_or(Kind::Other, |asked| asked.kind)
    }

    /// What is said of this if its answer is lost.
    pub(super) fn effect(&self, id: &RequestId) -> &'static str {
        self.kind(id).effect()
    }

    /// The question that a server means, of those that are open. Some make a text or a fraction of its number.
    fn meant(&self, id: &Value) -> Option<RequestId> {
        let number = match id {
            Value::Number(number) => number.as_i64().or_else(|| {
                let number = number.as_f64().filter(|number| number.fract() == 0.0)?;
                format!("{number}").parse().ok()
            }),
            Value::String(text) => text.trim().parse().ok(),
            _ => None,
        };
        let number = number.map(NumberOrString::Number);
        let text = id.as_str().map(|text| NumberOrString::String(text.into()));
        [number, text]
            .into_iter()
            .flatten()
            .find(|id| self.awaits(id))
    }

    /// The only question that is open.
    fn only(&self) -> Option<RequestId> {
        let asked = lock(&self.asked);
        let mut ids = asked.keys();
        ids.next().filter(|_| asked.len() == 1).cloned()
    }

    /// What a message that can't be read does: the call that it answers fails at once.
    pub(super) fn unreadable(&self, unreadable: &Unreadable, written: &[&[u8]]) -> Vec<Incoming> {
        let problem = &unreadable.problem;
        if unreadable.asks && !unreadable.answers {
            return vec![Incoming::Oddity(format!(
                "it has sent a message that can't be read: {problem}"
            ))];
        }
        let answered = match &unreadable.id {
            // Nobody waits for the answer to another one any more.
            Some(id) => self.meant(id),
            None => self.named_in(written).or_else(|| self.only()),
        };
        match (answered, &unreadable.rest) {
            // One bound that can't be read shouldn't cost all tools.
            (Some(id), Some(rest)) if self.kind(&id) == Kind::List => {
                self.means(rest.clone()).into_iter().collect()
            }
            (Some(id), _) => {
                let effect = self.effect(&id);
                let problem = format!("the server's answer can't be read: {problem}{effect}");
                vec![self.fails(id, problem)]
            }
            (None, _) => vec![Incoming::Oddity(format!(
                "it has sent an answer that can't be read, and to nothing that is known to be open: {problem}"
            ))],
        }
    }

    /// The only question that is open and has its number somewhere in this.
    fn named_in(&self, written: &[&[u8]]) -> Option<RequestId> {
        let numbers = written.iter().flat_map(|bytes| wire::numbers(bytes));
        let mut named: Vec<_> = numbers.filter_map(|id| self.meant(&id)).collect();
        named.dedup();
        named.pop().filter(|_| named.is_empty())
    }

    /// What a message does that is too large to be read.
    pub(super) fn too_long(&self, beginning: &[u8], end: &[u8], size: usize) -> Vec<Incoming> {
        self.unreadable(&wire::too_long(beginning, size), &[beginning, end])
    }

    /// Ends a call that has no other answer.
    pub(super) fn fails(&self, id: RequestId, why: impl Into<String>) -> Incoming {
        self.take(&id);
        error(id, ErrorData::internal_error(why.into(), None))
    }

    /// Ends a call with an error whose kind the session is told.
    pub(super) fn refused(&self, id: RequestId, error_data: ErrorData) -> Incoming {
        self.take(&id);
        error(id, error_data)
    }

    /// What was read from a standard output means.
    pub(super) fn hear(&self, piece: Piece) -> Vec<Incoming> {
        match piece {
            Piece::Message(message) => self.means(message).into_iter().collect(),
            Piece::Unreadable(unreadable, written) => self.unreadable(&unreadable, &[&written]),
            Piece::TooLong {
                beginning,
                end,
                size,
            } => self.too_long(&beginning, &end, size),
            Piece::Noise(written) => {
                let written = String::from_utf8_lossy(&written);
                vec![Incoming::Oddity(format!(
                    "it writes what is no message to its standard output, where only messages belong, such as: {}",
                    shown(&written)
                ))]
            }
        }
    }

    /// What whole messages in some text mean. None of them is to be continued.
    pub(super) fn read(&self, bytes: &[u8]) -> Vec<Incoming> {
        let mut heard = Vec::new();
        for found in wire::find(bytes) {
            heard.extend(match found {
                Found::Message(message) => self.means(message).into_iter().collect(),
                Found::Unreadable(unreadable) => self.unreadable(&unreadable, &[bytes]),
                Found::Open(mender) => {
                    self.unreadable(&mender.unreadable("it has no end".to_owned()), &[bytes])
                }
            });
        }
        heard
    }

    /// What a message means.
    pub(super) fn means(&self, message: Value) -> Option<Incoming> {
        let Value::Object(mut message) = message else {
            return None;
        };
        let mut take = |name: &str| message.get_mut(name).map(Value::take);
        let (method, id) = (take("method"), take("id").unwrap_or_default());
        let (result, failure) = (
            take("result"),
            take("error").filter(|error| !error.is_null()),
        );
        let meant = self.meant(&id);
        let is_answer = result.is_some() || failure.is_some();
        match method {
            // Some servers repeat in an answer what they were asked.
            Some(Value::String(method)) if !(is_answer && meant.is_some()) => {
                let parameters = take("params").unwrap_or_default();
                if id.is_null() {
                    self.notified(&method, parameters)
                } else {
                    Some(Incoming::Reply(replied(&method, &id)))
                }
            }
            _ => self.answered(&id, meant, result, failure),
        }
    }

    fn answered(
        &self,
        id: &Value,
        meant: Option<RequestId>,
        result: Option<Value>,
        failure: Option<Value>,
    ) -> Option<Incoming> {
        if id.is_null() {
            // An error without a number is about what the server couldn't read: the only thing that it was asked, then.
            let Some(failure) = failure else {
                return Some(Incoming::Oddity(
                    "it has sent an answer that doesn't say what it answers".to_owned(),
                ));
            };
            let failure = error_of(failure);
            return Some(match self.only() {
                Some(id) => self.refused(id, failure),
                None => Incoming::Oddity(format!(
                    "it has sent an error that doesn't say what it answers: {}",
                    failure.message
                )),
            });
        }
        // What was never asked, or was cancelled, or is answered already.
        let id = meant?;
        let asked = self.take(&id)?;
        Some(match (failure, result) {
            (Some(failure), _) => error(id, error_of(failure)),
            (None, Some(result)) if asked.kind == Kind::Handshake => match greeting(&result) {
                Ok(greeting) => response(id, greeting.into()),
                Err(problem) => error(id, ErrorData::internal_error(problem, None)),
            },
            (None, Some(result)) => response(id, CustomResult::new(result).into()),
            (None, None) => error(
                id,
                ErrorData::internal_error(
                    format!(
                        "the server's answer has neither a result nor an error{}",
                        asked.kind.effect()
                    ),
                    None,
                ),
            ),
        })
    }

    fn notified(&self, method: &str, parameters: Value) -> Option<Incoming> {
        let parameters = match method {
            "notifications/cancelled" => {
                let id = self.meant(parameters.get("requestId")?)?;
                let reason = parameters.get("reason").and_then(Value::as_str);
                let reason = reason.map_or(String::new(), |reason| format!(": {}", shown(reason)));
                return Some(self.fails(id, format!("the server has cancelled the call{reason}")));
            }
            "notifications/progress" => progress(parameters)?,
            "notifications/message" => logged(parameters)?,
            "notifications/tools/list_changed" => json!({}),
            _ => return None,
        };
        let notification = json!({ "jsonrpc": "2.0", "method": method, "params": parameters });
        serde_json::from_value(notification)
            .ok()
            .map(|message| Incoming::Message(Box::new(message)))
    }
}

fn response(id: RequestId, result: ServerResult) -> Incoming {
    Incoming::Message(Box::new(ServerJsonRpcMessage::response(result, id)))
}

fn error(id: RequestId, error: ErrorData) -> Incoming {
    Incoming::Message(Box::new(ServerJsonRpcMessage::error(error, Some(id))))
}

/// An error as the protocol has it, of whatever a server sends in its place.
pub(super) fn error_of(sent: Value) -> ErrorData {
    let Value::Object(mut fields) = sent else {
        return ErrorData::internal_error(words(&sent), None);
    };
    let code = fields.get("code").and_then(|code| match code {
        Value::Number(number) => number.as_i64(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    });
    let code = code
        .and_then(|code| i32::try_from(code).ok())
        .map_or(ErrorCode::INTERNAL_ERROR, ErrorCode);
    let data = fields.get_mut("data").map(Value::take);
    let message = match fields.get("message") {
        None | Some(Value::Null) => words(&fields.into()),
        Some(message) => words(message),
    };
    ErrorData::new(code, message, data)
}

fn words(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// The beginning of a text.
pub(super) fn shown(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

/// What a server says of itself. Only the version matters here: what else is odd in it harms nobody. A version without this
/// greeting can't be the one that is spoken.
fn greeting(result: &Value) -> Result<InitializeResult, String> {
    let Value::Object(fields) = result else {
        return Err(format!(
            "its answer to `initialize` should be an object, and is {}",
            shown(&result.to_string())
        ));
    };
    let version = match fields.get("protocolVersion") {
        Some(Value::String(version)) => version.as_str(),
        _ => FIRST_VERSION,
    };
    let version = serde_json::from_value(version.into()).ok();
    let version = version
        .filter(ProtocolVersion::has_initialize)
        .unwrap_or(ProtocolVersion::LATEST_WITH_INITIALIZE);
    Ok(InitializeResult::new(ServerCapabilities::default())
        .with_protocol_version(version)
        .with_server_info(Implementation::new("server", "")))
}

/// What a server is answered. It was told that the client has none of the optional parts of the protocol.
fn replied(method: &str, id: &Value) -> Value {
    if method == "ping" {
        return json!({ "jsonrpc": "2.0", "id": id, "result": {} });
    }
    let message = format!("`{method}` isn't known: codemode has none of the features of clients");
    json!({ "jsonrpc": "2.0", "id": id, "error": { "code": -32601, "message": message } })
}

fn progress(parameters: Value) -> Option<Value> {
    let Value::Object(mut fields) = parameters else {
        return None;
    };
    let number = |value: &Value| match value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    };
    let token = match fields.get_mut("progressToken")?.take() {
        Value::String(text) => text.parse::<i64>().map_or(text.into(), Value::from),
        token => token,
    };
    let mut read = Map::new();
    read.insert("progressToken".to_owned(), token);
    let step = fields.get("progress").and_then(number).unwrap_or_default();
    read.insert("progress".to_owned(), step.into());
    if let Some(total) = fields.get("total").and_then(number) {
        read.insert("total".to_owned(), total.into());
    }
    if let Some(message @ Value::String(_)) = fields.get("message") {
        read.insert("message".to_owned(), message.clone());
    }
    Some(read.into())
}

/// Only the text of it is used. Some servers have words for its level that the protocol doesn't know.
fn logged(parameters: Value) -> Option<Value> {
    let Value::Object(mut fields) = parameters else {
        return None;
    };
    let data = ["data", "message"]
        .iter()
        .find_map(|name| fields.remove(*name))?;
    Some(json!({ "level": "info", "data": data }))
}
