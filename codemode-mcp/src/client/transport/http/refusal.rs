//! What a server says in HTTP instead of an answer, in words that help.

use std::error::Error as _;
use std::time::{Duration, SystemTime};

use reqwest::Response;
use reqwest::StatusCode;
use reqwest::header::{HeaderMap, LOCATION, RETRY_AFTER, WWW_AUTHENTICATE};
use rmcp::model::{ErrorCode, ErrorData};
use serde_json::{Value, json};

use crate::client::transport::pending::{error_of, shown};
use crate::client::transport::shared::Broken;

/// How much of a body is looked at.
const READ: usize = 64 * 1024;

/// What stands in an error's data if another attempt would end as this one did.
const FINAL: &str = "codemode/final";

/// The data of such an error.
pub(super) fn is_final() -> Value {
    json!({ FINAL: true })
}

/// Whether another attempt would end as this one did.
pub(in crate::client) fn says_final(error: &ErrorData) -> bool {
    error
        .data
        .as_ref()
        .is_some_and(|data| data.get(FINAL).is_some())
}

/// A response that is no success.
pub(super) struct Refusal {
    status: StatusCode,
    headers: HeaderMap,
    body: String,
}

impl Refusal {
    pub(super) async fn read(mut response: Response) -> Self {
        let mut body = Vec::new();
        while body.len() < READ
            && let Ok(Some(chunk)) = response.chunk().await
        {
            body.extend_from_slice(&chunk);
        }
        body.truncate(READ);
        Self {
            status: response.status(),
            headers: response.headers().clone(),
            body: String::from_utf8_lossy(&body).into_owned(),
        }
    }

    /// Whether it is the session that is refused. Many servers have 400 for that, and a text.
    pub(super) fn ends_session(&self) -> bool {
        match self.status {
            StatusCode::NOT_FOUND | StatusCode::GONE => true,
            StatusCode::BAD_REQUEST | StatusCode::CONFLICT | StatusCode::UNPROCESSABLE_ENTITY => {
                self.body.to_lowercase().contains("session")
            }
            _ => false,
        }
    }

    /// How long to wait before the same is asked again, if that can do no harm.
    pub(super) fn pause(&self, is_call: bool) -> Option<Duration> {
        // A server may have begun with what it then hasn't the means for.
        let had_no_effect = self.status == StatusCode::TOO_MANY_REQUESTS
            || (self.status == StatusCode::SERVICE_UNAVAILABLE && !is_call);
        self.retry_after().filter(|_| had_no_effect)
    }

    fn retry_after(&self) -> Option<Duration> {
        let value = self.headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
        if let Ok(seconds) = value.parse::<f64>() {
            return Duration::try_from_secs_f64(seconds).ok();
        }
        let then = humantime_of_http(value)?;
        Some(then.duration_since(SystemTime::now()).unwrap_or_default())
    }

    /// What is wrong with a session that is refused even though it is new.
    pub(super) fn words_of_session(&self) -> String {
        format!(
            "the server has ended the session, and a new one as well; the call wasn't made ({}){}",
            self.status_words(),
            self.said_words()
        )
    }

    fn status_words(&self) -> String {
        match self.status.canonical_reason() {
            Some(reason) => format!("HTTP {}, {reason}", self.status.as_u16()),
            None => format!("HTTP {}", self.status.as_u16()),
        }
    }

    fn said_words(&self) -> String {
        let said = self.said();
        if said.is_empty() {
            said
        } else {
            format!(": {said}")
        }
    }

    /// What is wrong and what can be done about it.
    pub(super) fn words(&self, is_call: bool, has_credentials: bool) -> String {
        let (status, said) = (self.status_words(), self.said_words());
        match self.status {
            StatusCode::UNAUTHORIZED if has_credentials => format!(
                "the server doesn't take the credentials in its `headers`; they may have expired ({status}){said}"
            ),
            StatusCode::UNAUTHORIZED => format!(
                "the server wants credentials ({status}){said}; write them in its `headers`, such as \
                 \"Authorization\": \"Bearer ${{TOKEN}}\""
            ),
            StatusCode::FORBIDDEN => format!("the server refuses this ({status}){said}"),
            StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED | StatusCode::GONE
                if self.protocol_error().is_none() =>
            {
                format!("there is no MCP server over streamable HTTP at its `url` ({status}){said}")
            }
            StatusCode::TOO_MANY_REQUESTS => {
                let pause = self.retry_after().map_or_else(
                    || "it doesn't say when it takes more".to_owned(),
                    |pause| format!("it takes more in {} s", pause.as_secs_f64().ceil()),
                );
                format!(
                    "the server has had too many requests; the call wasn't made, and {pause} ({status}){said}"
                )
            }
            _ if self.status.is_redirection() => {
                let to = self.headers.get(LOCATION);
                let to = to.map_or("nowhere".into(), |to| {
                    String::from_utf8_lossy(to.as_bytes())
                });
                format!(
                    "the server is elsewhere ({status}): it redirects to {}; write the address in its `url`",
                    shown(&to)
                )
            }
            _ if self.status.is_server_error() => {
                let effect = if is_call {
                    "; whether the call took effect isn't known"
                } else {
                    ""
                };
                let pause = self.retry_after().map_or_else(String::new, |pause| {
                    format!(
                        "; it wants to be left alone for {} s",
                        pause.as_secs_f64().ceil()
                    )
                });
                format!("the server has failed ({status}){said}{pause}{effect}")
            }
            _ => format!("the server refuses the request ({status}){said}"),
        }
    }

    /// The server's own words.
    fn said(&self) -> String {
        let said = said(&self.body);
        if !said.is_empty() {
            return said;
        }
        let challenge = self.headers.get(WWW_AUTHENTICATE);
        let challenge = challenge.map(|value| String::from_utf8_lossy(value.as_bytes()));
        shown(&challenge.unwrap_or_default())
    }

    /// The error for who waits.
    pub(super) fn error(&self, words: String) -> ErrorData {
        let passes = matches!(
            self.status,
            StatusCode::REQUEST_TIMEOUT | StatusCode::TOO_EARLY | StatusCode::TOO_MANY_REQUESTS
        );
        let lasts = (self.status.is_client_error() || self.status.is_redirection()) && !passes;
        // What a server says about the version of the protocol stands there.
        let code = self
            .protocol_error()
            .map_or(ErrorCode::INTERNAL_ERROR, |error| error_of(error).code);
        ErrorData::new(code, words, lasts.then(is_final))
    }

    /// The error of a server that speaks the protocol, whatever its status says.
    fn protocol_error(&self) -> Option<Value> {
        let mut sent = serde_json::from_str::<Value>(&self.body).ok()?;
        sent.get("jsonrpc")?;
        sent.get_mut("error").map(Value::take)
    }
}

/// What a body says for people.
pub(super) fn said(body: &str) -> String {
    if let Ok(value) = serde_json::from_str::<Value>(body)
        && let Some(said) = words_in(&value)
    {
        return shown(&said);
    }
    let lower = body.to_lowercase();
    if let Some(begin) = lower.find("<title>").map(|at| at + "<title>".len())
        && let Some(length) = lower.get(begin..).and_then(|rest| rest.find("</title>"))
        && let Some(title) = body.get(begin..begin + length)
    {
        return shown(title.trim());
    }
    let words: Vec<_> = body.split_whitespace().collect();
    shown(&words.join(" "))
}

fn words_in(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Object(fields) => {
            let named = ["error_description", "message", "error", "detail", "title"];
            named.iter().find_map(|name| words_in(fields.get(*name)?))
        }
        _ => None,
    }
}

/// What has made a request fail, in the words of what is at fault.
pub(super) fn cause(error: &reqwest::Error) -> String {
    let mut cause: &dyn std::error::Error = error;
    while let Some(source) = cause.source() {
        cause = source;
    }
    cause.to_string()
}

/// A server that can't be reached.
pub(super) fn broken(error: &reqwest::Error) -> Broken {
    let mut reason = if error.source().is_some() {
        cause(error)
    } else {
        // Without the address, which may have credentials in it.
        "the request can't be sent".to_owned()
    };
    if reason.contains("certificate") {
        reason.push_str("; `SSL_CERT_FILE` names certificates to trust");
    }
    Broken {
        reason: format!("it can't be reached: {reason}"),
        is_unsent: error.is_connect(),
    }
}

/// A date as HTTP has it, such as `Sun, 06 Nov 1994 08:49:37 GMT`.
fn humantime_of_http(date: &str) -> Option<SystemTime> {
    const MONTHS: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    let mut words = date.split_once(", ")?.1.split(' ');
    let day = words.next()?;
    let name = words.next()?;
    let month = MONTHS.iter().position(|month| *month == name)? + 1;
    let (year, time) = (words.next()?, words.next()?);
    humantime::parse_rfc3339(&format!("{year}-{month:02}-{day}T{time}Z")).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(status: u16, headers: &[(&'static str, &str)], body: &str) -> Refusal {
        let headers = headers.iter().map(|(name, value)| {
            (
                reqwest::header::HeaderName::from_static(name),
                value.parse().unwrap(),
            )
        });
        Refusal {
            status: StatusCode::from_u16(status).unwrap(),
            headers: headers.collect(),
            body: body.to_owned(),
        }
    }

    #[test]
    fn each_status_has_words_that_help() {
        let cases = [
            (
                refusal(401, &[], "{\"error\":\"log in\"}"),
                "wants credentials (HTTP 401, Unauthorized): log in; write them in its `headers`",
            ),
            (
                refusal(401, &[("www-authenticate", "Bearer error=\"x\"")], ""),
                "Bearer error=\"x\"",
            ),
            (
                refusal(403, &[], "{\"error\":{\"message\":\"no scope\"}}"),
                "HTTP 403, Forbidden): no scope",
            ),
            (refusal(404, &[], ""), "no MCP server"),
            (
                refusal(
                    404,
                    &[],
                    "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32001,\"message\":\"no such project\"}}",
                ),
                "the server refuses the request (HTTP 404, Not Found): no such project",
            ),
            (
                refusal(429, &[("retry-after", "20")], ""),
                "takes more in 20 s",
            ),
            (refusal(429, &[], ""), "doesn't say when"),
            (
                refusal(302, &[("location", "https://x.example/")], ""),
                "redirects to https://x.example/; write",
            ),
            (
                refusal(503, &[], "<html><Title> Down </title>"),
                "has failed (HTTP 503, Service Unavailable): Down",
            ),
            (
                refusal(418, &[], "short\n and stout"),
                "I'm a teapot): short and stout",
            ),
        ];
        for (refusal, expected) in cases {
            let words = refusal.words(false, false);
            assert!(words.contains(expected), "{words}");
        }
        let expired = refusal(401, &[], "").words(true, true);
        assert!(expired.contains("expired"), "{expired}");
        let failed = refusal(500, &[], "").words(true, false);
        assert!(
            failed.contains("whether the call took effect isn't known"),
            "{failed}"
        );
    }

    #[test]
    fn a_pause_is_kept_where_asking_again_does_no_harm() {
        let after = [("retry-after", "2")];
        let cases = [
            (refusal(429, &after, ""), true, Some(2)),
            (refusal(429, &[], ""), true, None),
            (
                refusal(429, &[("retry-after", "Sun, 06 Nov 1994 08:49:37 GMT")], ""),
                true,
                Some(0),
            ),
            (refusal(429, &[("retry-after", "soon")], ""), true, None),
            (refusal(503, &after, ""), true, None),
            (refusal(503, &after, ""), false, Some(2)),
            (refusal(500, &after, ""), false, None),
        ];
        for (refusal, is_call, expected) in cases {
            let pause = refusal.pause(is_call).map(|pause| pause.as_secs());
            assert_eq!(pause, expected, "{}", refusal.status);
        }
    }

    #[test]
    fn a_session_is_over_when_the_server_says_so() {
        assert!(refusal(404, &[], "").ends_session());
        assert!(refusal(400, &[], "Bad Request: No valid session ID provided").ends_session());
        assert!(!refusal(400, &[], "Bad Request").ends_session());
        assert!(!refusal(401, &[], "the session has expired").ends_session());
    }
}
