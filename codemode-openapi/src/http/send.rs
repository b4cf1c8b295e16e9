//! One request and its answer, wherever the service sends it on to.

use reqwest::header::{
    ACCEPT, CONTENT_TYPE, COOKIE, HeaderMap, HeaderName, HeaderValue, LOCATION, RETRY_AFTER,
};
use reqwest::{Method, Response, StatusCode};
use url::Url;

use super::clients::{self, Clients};
use super::error::SendError;
use crate::answer::Answer;
use crate::request::Payload;
use crate::security::{Base, Credentials};

/// How often a request is sent on.
const MAX_REDIRECTS: usize = 5;

/// How long an answer may be, in bytes.
const MAX_ANSWER: usize = 64 << 20;

/// A request with all that is known of whom it may be sent to.
pub(super) struct Outgoing<'a> {
    pub(super) clients: &'a Clients,
    /// Who is trusted with credentials.
    pub(super) base: &'a Base,
    pub(super) credentials: &'a Credentials,
    pub(super) method: Method,
    pub(super) url: Url,
    pub(super) headers: HeaderMap,
    pub(super) body: Option<Payload>,
}

impl Outgoing<'_> {
    /// Sends it, and on to where the service says, and reads the answer.
    ///
    /// What a configuration and a script say of themselves goes to the service's host alone; to another one goes no more than the
    /// question for what is there.
    pub(super) async fn send(mut self) -> Result<Answer, SendError> {
        for _ in 0..=MAX_REDIRECTS {
            let response = self.send_once().await?;
            match redirected(&response, &self.url) {
                Some(url) => self.turn_to(url, response.status())?,
                None => return read(response).await,
            }
        }
        Err(SendError::TooOften(MAX_REDIRECTS))
    }

    async fn send_once(&self) -> Result<Response, SendError> {
        let client = self
            .clients
            .for_address(&self.url, self.base.names(&self.url))?;
        let mut url = self.url.clone();
        let mut headers = self.headers.clone();
        if self.base.trusts(&url) {
            self.credentials.sign(&mut url);
            for (name, value) in self.credentials.headers() {
                insert(&mut headers, name, value);
            }
        } else {
            headers = headers
                .remove(ACCEPT)
                .map(|accept| (ACCEPT, accept))
                .into_iter()
                .collect();
        }
        let mut request = client.request(self.method.clone(), url).headers(headers);
        if let Some(body) = &self.body {
            let media = HeaderValue::from_str(&body.media)
                .map_err(|_| SendError::Header("content-type".to_owned()))?;
            request = request.header(CONTENT_TYPE, media).body(body.bytes.clone());
        }
        request.send().await.map_err(failure)
    }

    /// Changes the request to what is sent on.
    fn turn_to(&mut self, url: Url, status: StatusCode) -> Result<(), SendError> {
        let is_question = matches!(self.method, Method::GET | Method::HEAD);
        let becomes_question = status == StatusCode::SEE_OTHER
            || (self.method == Method::POST
                && matches!(status, StatusCode::MOVED_PERMANENTLY | StatusCode::FOUND));
        if !is_question && becomes_question {
            self.method = Method::GET;
            self.body = None;
        } else if !is_question && !self.base.trusts(&url) {
            return Err(SendError::OtherHost(
                url.host_str().unwrap_or_default().to_owned(),
            ));
        } else if !self.base.trusts(&url) {
            self.body = None;
        }
        self.url = url;
        Ok(())
    }
}

/// Puts a credential into the place of what a script says; cookies stand beside each other.
fn insert(headers: &mut HeaderMap, name: &HeaderName, value: &HeaderValue) {
    let value = match headers.get(COOKIE).filter(|_| name == COOKIE) {
        Some(cookie) => {
            let both = [cookie.as_bytes(), b"; ", value.as_bytes()].concat();
            HeaderValue::from_bytes(&both).unwrap_or_else(|_| value.clone())
        }
        None => value.clone(),
    };
    headers.insert(name, value);
}

/// Where an answer sends the request on to, if it does; never to where it could be read on the way, if it couldn't before.
fn redirected(response: &Response, from: &Url) -> Option<Url> {
    let is_redirect = matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308);
    let location = response.headers().get(LOCATION).filter(|_| is_redirect)?;
    // Addresses are in UTF-8, whatever headers are in.
    let mut url = from
        .join(std::str::from_utf8(location.as_bytes()).ok()?)
        .ok()?;
    url.set_fragment(None);
    let is_as_safe = url.scheme() == "https" || (url.scheme() == "http" && from.scheme() == "http");
    (is_as_safe && url.username().is_empty() && url.password().is_none()).then_some(url)
}

async fn read(mut response: Response) -> Result<Answer, SendError> {
    let header = |name: HeaderName| {
        let value = response.headers().get(name)?;
        Some(String::from_utf8_lossy(value.as_bytes()).into_owned())
    };
    let mut answer = Answer {
        status: response.status().as_u16(),
        media: header(CONTENT_TYPE),
        retry_after: header(RETRY_AFTER),
        body: Vec::new(),
    };
    while let Some(piece) = response
        .chunk()
        .await
        .map_err(|error| SendError::Lost(clients::cause(error)))?
    {
        if answer.body.len() + piece.len() > MAX_ANSWER {
            return Err(SendError::TooLarge(MAX_ANSWER));
        }
        answer.body.extend_from_slice(&piece);
    }
    Ok(answer)
}

fn failure(error: reqwest::Error) -> SendError {
    if let Some(host) = clients::leads_to_private(&error) {
        return SendError::Private(host);
    }
    if error.is_connect() {
        SendError::Unreachable(clients::cause(error))
    } else {
        SendError::Lost(clients::cause(error))
    }
}
