//! The headers of a configuration.

use std::collections::BTreeMap;

use reqwest::header::{HeaderMap, HeaderName, HeaderValue};

use crate::client::transport::shared::Oddities;

/// What a transport sets by itself. The documentation of many servers has them in its examples all the same.
pub(in crate::client) const SET_BY_HTTP: [&str; 15] = [
    "accept",
    "connection",
    "content-length",
    "content-type",
    "expect",
    "host",
    "keep-alive",
    "last-event-id",
    "mcp-protocol-version",
    "mcp-session-id",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// The headers that are sent with each request.
///
/// # Errors
///
/// If one of them can't be sent.
pub(super) fn configured(
    headers: &BTreeMap<String, String>,
    oddities: &Oddities,
) -> Result<HeaderMap, String> {
    let mut configured = HeaderMap::new();
    for (name, value) in headers {
        if SET_BY_HTTP.contains(&name.trim().to_ascii_lowercase().as_str()) {
            oddities(format!(
                "its header `{name}` isn't sent as it is configured: what it says is for HTTP to say"
            ));
            continue;
        }
        let invalid =
            || format!("its header `{name}` can't be sent: no header has such a name or value");
        let name = HeaderName::try_from(name.trim()).map_err(|_| invalid())?;
        let mut value = HeaderValue::try_from(value.trim()).map_err(|_| invalid())?;
        value.set_sensitive(true);
        configured.insert(name, value);
    }
    Ok(configured)
}
