//! Parts of a response.

use reqwest::header::{CONTENT_TYPE, LOCATION};
use reqwest::{Response, Url};

use super::refusal;
use crate::client::transport::pending::shown;
use crate::wire::MAX_MESSAGE;

pub(super) const SESSION_ID: &str = "mcp-session-id";
pub(super) const PROTOCOL_VERSION: &str = "mcp-protocol-version";
pub(super) const LAST_EVENT_ID: &str = "last-event-id";
pub(super) const EVENT_STREAM: &str = "text/event-stream";

pub(super) fn content_type(response: &Response) -> String {
    let value = response.headers().get(CONTENT_TYPE);
    let value = value.map(|value| String::from_utf8_lossy(value.as_bytes()).to_lowercase());
    value.unwrap_or_default()
}

/// Another address of the same server.
pub(super) fn redirected(response: &Response, from: &Url) -> Option<Url> {
    let location = response.headers().get(LOCATION)?.to_str().ok()?;
    let to = from.join(location).ok()?;
    let is_same = to.origin() == from.origin()
        || (to.host() == from.host() && from.scheme() == "http" && to.scheme() == "https");
    is_same.then_some(to)
}

/// The body of a response.
pub(super) async fn whole(mut response: Response) -> Result<Vec<u8>, String> {
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
