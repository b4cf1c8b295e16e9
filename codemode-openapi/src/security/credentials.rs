//! What tells a service who asks.

use ::http::{HeaderName, HeaderValue};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use url::Url;

use super::secrets::Secrets;
use crate::config::{Auth, Config, KeyPlace};

/// Headers that say how a message is sent, and that a configuration can't set.
const OF_HTTP: [&str; 5] = [
    "connection",
    "content-length",
    "host",
    "transfer-encoding",
    "upgrade",
];

/// What tells a service who asks: it is added to requests to that service and to no others.
#[derive(Clone, Debug, Default)]
pub struct Credentials {
    headers: Vec<(HeaderName, HeaderValue)>,
    /// A key behind the question mark, and its name.
    query: Option<(String, crate::config::Secret)>,
}

/// What can't be sent of a configuration.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CredentialError {
    /// The name of a header is none.
    #[error("the configuration has the header `{0}`, which can't be set")]
    Name(String),
    /// The value of a header is none.
    #[error(
        "the value of the header `{0}` in the configuration has characters that no header can have"
    )]
    Value(String),
}

impl Credentials {
    /// Those of a configuration, and what must not be seen of them.
    ///
    /// # Errors
    ///
    /// If they can't be sent.
    pub fn of(config: &Config) -> Result<(Self, Secrets), CredentialError> {
        let mut credentials = Self::default();
        let mut secrets = Secrets::default();
        for (name, value) in &config.headers {
            secrets.add(value.expose());
            credentials.header(name, value.expose())?;
        }
        match &config.auth {
            Some(Auth::Bearer { token }) => {
                secrets.add(token.expose());
                credentials.header("authorization", &format!("Bearer {}", token.expose()))?;
            }
            Some(Auth::Basic { username, password }) => {
                let both = STANDARD.encode(format!("{username}:{}", password.expose()));
                secrets.add(password.expose());
                secrets.add(&both);
                credentials.header("authorization", &format!("Basic {both}"))?;
            }
            Some(Auth::ApiKey { name, place, value }) => {
                secrets.add(value.expose());
                match place {
                    KeyPlace::Header => credentials.header(name, value.expose())?,
                    KeyPlace::Query => credentials.query = Some((name.clone(), value.clone())),
                    KeyPlace::Cookie => {
                        credentials.header("cookie", &format!("{name}={}", value.expose()))?;
                    }
                }
            }
            None => {}
        }
        Ok((credentials, secrets))
    }

    fn header(&mut self, name: &str, value: &str) -> Result<(), CredentialError> {
        let is_of_http = OF_HTTP.contains(&name.to_ascii_lowercase().as_str());
        let known = name.parse::<HeaderName>().ok().filter(|_| !is_of_http);
        let header = known.ok_or_else(|| CredentialError::Name(name.to_owned()))?;
        let mut value =
            HeaderValue::from_str(value).map_err(|_| CredentialError::Value(name.to_owned()))?;
        value.set_sensitive(true);
        self.headers.push((header, value));
        Ok(())
    }

    /// The headers. What a script says under their names doesn't count.
    pub fn headers(&self) -> &[(HeaderName, HeaderValue)] {
        &self.headers
    }

    /// Adds what stands behind the question mark.
    pub fn sign(&self, url: &mut Url) {
        if let Some((name, value)) = &self.query {
            url.query_pairs_mut().append_pair(name, value.expose());
        }
    }
}
