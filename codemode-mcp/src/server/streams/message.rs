//! What a client's messages mean. A client waits for the answer to each of its requests, so one that can't be read has an answer
//! as well: an error under its own number.

use rmcp::model::{ClientJsonRpcMessage, ErrorCode, ErrorData, RequestId};
use serde_json::{Map, Value, json};

use crate::entry::kind;
use crate::wire::{Piece, Unreadable, numbers, too_long};

/// What was heard.
pub(crate) enum Heard {
    /// Something for the session.
    Message(Box<ClientJsonRpcMessage>),
    /// What the client is answered at once.
    Reply(Value),
}

/// What was read together means.
pub(crate) fn hear(mut pieces: Vec<Piece>) -> Vec<Heard> {
    let is_noise = |piece: &Piece| matches!(piece, Piece::Noise(_));
    // What stands around a message is no message of its own.
    if !pieces.iter().all(is_noise) {
        pieces.retain(|piece| !is_noise(piece));
    }
    pieces.into_iter().flat_map(of_piece).collect()
}

fn of_piece(piece: Piece) -> Vec<Heard> {
    match piece {
        Piece::Message(message) => of_value(message),
        Piece::Unreadable(message, _) => vec![unreadable(message)],
        Piece::TooLong {
            beginning,
            end,
            size,
        } => {
            let mut message = too_long(&beginning, size);
            // Where the number isn't before the parameters, it is behind them.
            message.id = message.id.or_else(|| numbers(&end).pop());
            vec![unreadable(message)]
        }
        Piece::Noise(written) => match serde_json::from_slice(&written) {
            Ok(value) => of_value(value),
            Err(error) => {
                let id = Some(numbers(&written)).filter(|ids| ids.len() == 1);
                let id = id.and_then(|mut ids| ids.pop()).unwrap_or_default();
                let problem = format!("this is no JSON: {error}");
                vec![refused(&id, ErrorCode::PARSE_ERROR, problem)]
            }
        },
    }
}

fn of_value(value: Value) -> Vec<Heard> {
    match value {
        Value::Object(message) => means(message).into_iter().collect(),
        Value::Array(messages) if !messages.is_empty() => {
            messages.into_iter().flat_map(of_value).collect()
        }
        other => vec![invalid(
            &Value::Null,
            &format!("this is {}, and no message", kind(&other)),
        )],
    }
}

fn unreadable(message: Unreadable) -> Heard {
    let id = message.id.unwrap_or_default();
    let problem = format!("this message can't be read: {}", message.problem);
    match number(&id).filter(|_| message.answers && !message.asks) {
        // The session waits for the answer, and would for ever.
        Some(id) => {
            let error = ErrorData::parse_error(problem, None);
            Heard::Message(Box::new(ClientJsonRpcMessage::error(error, Some(id))))
        }
        None => refused(&id, ErrorCode::PARSE_ERROR, problem),
    }
}

fn means(mut message: Map<String, Value>) -> Option<Heard> {
    let id = message.get("id").cloned();
    let refuse = |problem: String| Some(invalid(&id.clone().unwrap_or_default(), &problem));
    // Only the one version has ever been spoken here, so one that isn't named is known.
    let version = message.entry("jsonrpc").or_insert_with(|| "2.0".into());
    if version != "2.0" {
        return refuse(format!("its `jsonrpc` is {version}, and should be \"2.0\""));
    }
    let asks = match message.get("method") {
        None => false,
        Some(Value::String(_)) => true,
        Some(other) => {
            return refuse(format!(
                "its `method` is {}, and should be a text",
                kind(other)
            ));
        }
    };
    if !asks && !message.contains_key("result") && !message.contains_key("error") {
        return refuse("it has no `method`".to_owned());
    }
    if asks {
        if let Some(id) = id.as_ref().filter(|id| number(id).is_none()) {
            return refuse(format!(
                "its `id` is {id}, and should be a text or a whole number"
            ));
        }
        match message.get("params") {
            None | Some(Value::Object(_)) => {}
            // Languages whose maps and lists are one write an empty map as a list.
            Some(Value::Null) => drop(message.remove("params")),
            Some(Value::Array(none)) if none.is_empty() => drop(message.remove("params")),
            Some(other) => {
                return refuse(format!(
                    "its `params` is {}, and should be an object",
                    kind(other)
                ));
            }
        }
    }
    match serde_json::from_value(message.into()) {
        Ok(message) => Some(Heard::Message(Box::new(message))),
        Err(error) => match id {
            Some(id) if asks => Some(invalid(&id, &error.to_string())),
            Some(id) => number(&id).map(|id| {
                let problem = format!("the client's answer can't be read: {error}");
                let error = ErrorData::invalid_request(problem, None);
                Heard::Message(Box::new(ClientJsonRpcMessage::error(error, Some(id))))
            }),
            // Nobody waits for an answer to what isn't asked.
            None => None,
        },
    }
}

/// The number of a request, if it is one.
fn number(id: &Value) -> Option<RequestId> {
    serde_json::from_value(id.clone()).ok()
}

/// What a request is answered whose number a request has that is still under way.
pub(super) fn twice(id: &RequestId) -> Heard {
    let id = id.clone().into_json_value();
    let problem =
        format!("another request with the id {id} is still under way, so this one wasn't made");
    refused(&id, ErrorCode::INVALID_REQUEST, problem)
}

fn invalid(id: &Value, problem: &str) -> Heard {
    let problem = format!("this is no request: {problem}");
    refused(id, ErrorCode::INVALID_REQUEST, problem)
}

fn refused(id: &Value, code: ErrorCode, problem: String) -> Heard {
    let error = ErrorData::new(code, problem, None);
    Heard::Reply(json!({ "jsonrpc": "2.0", "id": id, "error": error }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(piece: Piece) -> Vec<String> {
        let all = hear(vec![piece]).into_iter();
        all.map(|heard| match heard {
            Heard::Message(message) => serde_json::to_string(&message).unwrap(),
            Heard::Reply(reply) => format!("{} {}", reply["id"], reply["error"]["code"]),
        })
        .collect()
    }

    #[test]
    fn what_the_session_waits_for_fails_if_it_cannot_be_read() {
        let beginning = br#"{"jsonrpc":"2.0","id":3,"result":{"text":""#.to_vec();
        let too_long = Piece::TooLong {
            beginning,
            end: Vec::new(),
            size: 20_000_000,
        };
        for piece in [too_long, Piece::Message(json!({ "id": 3, "error": 7 }))] {
            let [error] = &kinds(piece)[..] else {
                panic!("one message");
            };
            assert!(
                error.starts_with(r#"{"jsonrpc":"2.0","id":3,"error""#),
                "{error}"
            );
        }
    }

    #[test]
    fn a_notification_that_cannot_be_read_has_no_answer() {
        let sent = json!({ "method": "notifications/cancelled", "params": { "requestId": 6.5 } });
        let heard = kinds(Piece::Message(sent));
        assert!(
            !heard.iter().any(|heard| heard.contains("-32")),
            "{heard:?}"
        );
    }

    #[test]
    fn the_number_of_a_long_message_may_be_at_its_end() {
        let piece = Piece::TooLong {
            beginning: br#"{"method":"tools/call","params":{"id":1,"script":""#.to_vec(),
            end: br#"..."},"jsonrpc":"2.0","id":7}"#.to_vec(),
            size: 20_000_000,
        };
        assert_eq!(kinds(piece), ["7 -32700"]);
    }
}
