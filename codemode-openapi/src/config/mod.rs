//! How a service is reached, as users write it.

mod choice;
mod expand;

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use serde::Deserialize;
use serde_json::Value;

/// How long a call may take if the configuration says nothing.
const TIMEOUT: f64 = 60.0;

/// How a service is reached.
///
/// ```
/// use codemode_openapi::Config;
/// use serde_json::json;
///
/// let entry = json!({
///     "openapi": "https://api.example.com/openapi.json",
///     "auth": { "type": "bearer", "token": "${EXAMPLE_TOKEN}" },
///     "exclude": ["DELETE *", "admin.*"],
/// });
/// let config = Config::read(entry, &|name| (name == "EXAMPLE_TOKEN").then(|| "t0p-s3cret".to_owned()))?;
/// assert_eq!(config.exclude.len(), 2);
/// # Ok::<_, codemode_openapi::ConfigError>(())
/// ```
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct Config {
    /// The document: an address, or a file.
    pub openapi: String,
    /// The service's address, if it isn't where the document is.
    #[serde(default)]
    pub base_url: Option<String>,
    /// Headers of each request. They may hold credentials.
    #[serde(default)]
    pub headers: BTreeMap<String, Secret>,
    /// Who asks.
    #[serde(default)]
    pub auth: Option<Auth>,
    /// Patterns of the operations that are offered; all, if there are none.
    #[serde(default)]
    pub include: Vec<String>,
    /// Patterns of the operations that aren't offered.
    #[serde(default)]
    pub exclude: Vec<String>,
    /// The namespace of all operations; without it, each has that of its tag.
    #[serde(default)]
    pub namespace: Option<String>,
    /// How long a call may take, in seconds.
    #[serde(default)]
    pub timeout: Option<f64>,
}

/// Who asks.
#[derive(Clone, Debug, Deserialize)]
#[serde(tag = "type", rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub enum Auth {
    /// `Authorization: Bearer …`.
    Bearer {
        /// The token.
        token: Secret,
    },
    /// `Authorization: Basic …`.
    Basic {
        /// The user.
        username: String,
        /// The password.
        password: Secret,
    },
    /// A key in a place of its own.
    ApiKey {
        /// What it is called there.
        name: String,
        /// Where it stands.
        #[serde(rename = "in")]
        place: KeyPlace,
        /// The key.
        value: Secret,
    },
}

/// Where a key stands in a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum KeyPlace {
    /// In a header.
    Header,
    /// Behind the question mark.
    Query,
    /// In a cookie.
    Cookie,
}

/// A text that nobody sees who prints it.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    /// The text, for those who send it.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Secret(…)")
    }
}

/// What is wrong with a configuration.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ConfigError {
    /// It names an environment variable that isn't there.
    #[error(
        "the configuration of the service names the environment variable `{0}`, which isn't set"
    )]
    NoVariable(String),
    /// It has `${` without an end.
    #[error("the configuration of the service has `${{` without `}}`")]
    Unclosed,
    /// It has another shape.
    #[error("the configuration of the service can't be read: {0}")]
    Shape(String),
    /// Its `timeout` is no time.
    #[error("the `timeout` of the service's configuration should be a number of seconds above 0")]
    Timeout,
}

impl Config {
    /// Reads the entry of a service, with the values of environment variables in the place of `${NAME}`.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    pub fn read(
        mut entry: Value,
        variable: &dyn Fn(&str) -> Option<String>,
    ) -> Result<Self, ConfigError> {
        expand::all(&mut entry, variable)?;
        let config: Self =
            serde_json::from_value(entry).map_err(|error| ConfigError::Shape(error.to_string()))?;
        let seconds = config.timeout.unwrap_or(TIMEOUT);
        match Duration::try_from_secs_f64(seconds) {
            Ok(timeout) if !timeout.is_zero() => Ok(config),
            _ => Err(ConfigError::Timeout),
        }
    }

    /// How long a call may take.
    pub fn call_timeout(&self) -> Duration {
        Duration::try_from_secs_f64(self.timeout.unwrap_or(TIMEOUT)).unwrap_or(Duration::MAX)
    }
}

#[cfg(test)]
mod tests;
