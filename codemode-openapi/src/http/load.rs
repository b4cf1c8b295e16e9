//! The document of a service, from where it is.

use std::path::Path;

use reqwest::Method;
use reqwest::header::{ACCEPT, HeaderMap, HeaderValue};
use url::Url;

use super::clients::Clients;
use super::error::OpenError;
use super::send::Outgoing;
use crate::config::Config;
use crate::security::{Base, Credentials};

/// The text of a document, and its address, if it has one.
pub(super) async fn load(
    config: &Config,
    clients: &Clients,
    credentials: &Credentials,
) -> Result<(String, Option<Url>), OpenError> {
    let place = &config.openapi;
    let failed = |problem: String| OpenError::NoDocument {
        place: place.clone(),
        problem,
    };
    let Some(url) = address(place) else {
        let text =
            std::fs::read_to_string(Path::new(place)).map_err(|error| failed(error.to_string()))?;
        return Ok((text, None));
    };
    let at_document = Base::of(
        Some(url.origin().ascii_serialization().as_str()),
        None,
        None,
    )?;
    // The credentials are the service's: its document has them if it is there.
    let is_at_service = match &config.base_url {
        Some(base) => Url::parse(base).is_ok_and(|base| at_document.trusts(&base)),
        None => true,
    };
    let none = Credentials::default();
    let mut headers = HeaderMap::new();
    headers.insert(
        ACCEPT,
        HeaderValue::from_static("application/json, application/yaml;q=0.9, */*;q=0.8"),
    );
    let outgoing = Outgoing {
        clients,
        base: &at_document,
        credentials: if is_at_service { credentials } else { &none },
        method: Method::GET,
        url: url.clone(),
        headers,
        body: None,
    };
    let answer = tokio::time::timeout(config.call_timeout(), outgoing.send())
        .await
        .map_err(|_| failed(format!("nothing came within {:?}", config.call_timeout())))?
        .map_err(|error| failed(error.to_string()))?;
    if answer.status != 200 {
        return Err(failed(format!(
            "the answer has the status {}",
            answer.status
        )));
    }
    let text =
        String::from_utf8(answer.body).map_err(|_| failed("it isn't in UTF-8".to_owned()))?;
    Ok((text, Some(url)))
}

/// The address that a place is, if it is one.
fn address(place: &str) -> Option<Url> {
    Url::parse(place)
        .ok()
        .filter(|url| matches!(url.scheme(), "http" | "https"))
}
