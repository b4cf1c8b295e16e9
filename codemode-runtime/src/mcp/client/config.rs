//! Which MCP servers there are, in the form that MCP clients keep such lists in.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use serde::Deserialize;

use super::learned::Store;
use super::secrets::Secrets;

/// The servers of a configuration file: an object with `mcpServers`, as other MCP clients have it.
///
/// A server is started with `command`, `args`, `env` and `cwd`, or is at a `url`, with `headers`. `${NAME}` in any of these
/// stands for an environment variable, and `${NAME:-text}` has a text for when there is none. A server with `disabled`
/// is left out. `timeout`, such as `"45s"`, is how long a call may take without a sign of progress. With `learn`, the shape of
/// results that the server doesn't describe is learned from them.
///
/// A started server gets the variables of its `env`, and of this process only those that programs need to run at all, such as
/// `PATH`.
///
/// ```
/// use codemode_runtime::McpConfig;
///
/// let config: McpConfig = r#"{ "mcpServers": {
///     "files": { "command": "npx", "args": ["-y", "@modelcontextprotocol/server-filesystem", "/tmp"] },
///     "tickets": { "url": "https://tickets.example/mcp", "headers": { "Authorization": "Bearer ${TICKETS_TOKEN}" } }
/// } }"#.parse()?;
/// assert_eq!(config.servers().collect::<Vec<_>>(), ["files", "tickets"]);
/// # Ok::<_, codemode_runtime::McpConfigError>(())
/// ```
#[derive(Clone, Default)]
pub struct McpConfig {
    servers: BTreeMap<String, Result<ServerConfig, String>>,
    store: Arc<Store>,
}

/// Why a configuration can't be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum McpConfigError {
    /// The file can't be read.
    #[error("can't read {path}: {error}")]
    Read {
        /// The file.
        path: String,
        /// Why.
        error: std::io::Error,
    },
    /// The file of learned shapes can't be used.
    #[error("can't use the file of learned shapes, {0}")]
    Learned(String),
    /// The text isn't such an object.
    #[error(
        "this is no list of MCP servers, which is a JSON object with `mcpServers`, and in that an object with `command` or \
         `url` for each server: {0}"
    )]
    Json(#[from] serde_json::Error),
}

/// How one server is reached.
#[derive(Clone)]
pub(super) struct ServerConfig {
    pub(super) way: Way,
    pub(super) timeout: Option<Duration>,
    pub(super) learn: bool,
    pub(super) secrets: Secrets,
}

#[derive(Clone)]
pub(super) enum Way {
    Command {
        program: String,
        arguments: Vec<String>,
        environment: BTreeMap<String, String>,
        folder: Option<String>,
    },
    Http {
        url: String,
        headers: BTreeMap<String, String>,
    },
}

#[derive(Deserialize)]
struct File {
    // VS Code says `servers`.
    #[serde(rename = "mcpServers", alias = "servers")]
    servers: BTreeMap<String, Entry>,
}

#[derive(Deserialize)]
struct Entry {
    command: Option<String>,
    #[serde(default)]
    args: Vec<String>,
    #[serde(default)]
    env: BTreeMap<String, String>,
    cwd: Option<String>,
    #[serde(alias = "serverUrl")]
    url: Option<String>,
    #[serde(default)]
    headers: BTreeMap<String, String>,
    #[serde(rename = "type")]
    transport: Option<String>,
    #[serde(default)]
    disabled: bool,
    #[serde(default)]
    learn: bool,
    timeout: Option<serde_json::Value>,
}

impl std::str::FromStr for McpConfig {
    type Err = McpConfigError;

    fn from_str(text: &str) -> Result<Self, McpConfigError> {
        Self::parse(text, &|name| std::env::var(name).ok())
    }
}

impl McpConfig {
    /// Reads a configuration file.
    ///
    /// # Errors
    ///
    /// If the file can't be read or isn't such a list. What is wrong with a single server is reported when it is to be started, so
    /// that the others can be used.
    pub fn read(path: &Path) -> Result<Self, McpConfigError> {
        std::fs::read_to_string(path)
            .map_err(|error| McpConfigError::Read {
                path: path.display().to_string(),
                error,
            })?
            .parse()
    }

    /// Keeps the shapes that are learned in a file, from one session to the next. Without it they are forgotten with the
    /// servers.
    ///
    /// The file has names of fields in it and how values look, and no values. It need not exist.
    ///
    /// # Errors
    ///
    /// If there is a file that can't be read or has something else in it.
    pub fn learned_in(self, path: &Path) -> Result<Self, McpConfigError> {
        let store = Store::in_file(path).map_err(McpConfigError::Learned)?;
        Ok(Self {
            store: Arc::new(store),
            ..self
        })
    }

    pub(super) fn store(&self) -> Arc<Store> {
        Arc::clone(&self.store)
    }

    /// The names of the servers, in alphabetical order.
    pub fn servers(&self) -> impl Iterator<Item = &str> {
        self.servers.keys().map(String::as_str)
    }

    pub(super) fn into_servers(
        self,
    ) -> impl Iterator<Item = (String, Result<ServerConfig, String>)> {
        self.servers.into_iter()
    }

    pub(super) fn parse(
        text: &str,
        variable: &dyn Fn(&str) -> Option<String>,
    ) -> Result<Self, McpConfigError> {
        let file: File = serde_json::from_str(text)?;
        let enabled = file
            .servers
            .into_iter()
            .filter(|(_, entry)| !entry.disabled);
        Ok(Self {
            servers: enabled
                .map(|(name, entry)| (name, server(entry, variable)))
                .collect(),
            store: Arc::default(),
        })
    }
}

fn server(entry: Entry, variable: &dyn Fn(&str) -> Option<String>) -> Result<ServerConfig, String> {
    let mut secrets = Secrets::default();
    let mut expand = |text: &str| expand(text, variable, &mut secrets);
    let way = match (entry.command, entry.url) {
        (Some(_), Some(_)) => return Err("it has both `command` and `url`".to_owned()),
        (None, None) => return Err("it has neither `command` nor `url`".to_owned()),
        (Some(command), None) => Way::Command {
            program: expand(&command)?,
            arguments: entry
                .args
                .iter()
                .map(|argument| expand(argument))
                .collect::<Result<_, _>>()?,
            environment: entry
                .env
                .iter()
                .map(|(name, value)| Ok((name.clone(), expand(value)?)))
                .collect::<Result<_, String>>()?,
            folder: entry.cwd.as_deref().map(&mut expand).transpose()?,
        },
        (None, Some(_)) if entry.transport.as_deref() == Some("sse") => {
            return Err(
                "its transport is the old HTTP with SSE; only streamable HTTP is spoken here"
                    .to_owned(),
            );
        }
        (None, Some(url)) => Way::Http {
            url: expand(&url)?,
            headers: entry
                .headers
                .iter()
                .map(|(name, value)| Ok((name.clone(), expand(value)?)))
                .collect::<Result<_, String>>()?,
        },
    };
    match &way {
        Way::Command { environment, .. } => {
            for (name, value) in environment {
                secrets.add_named(name, value);
            }
        }
        Way::Http { url, headers } => {
            secrets.add_url(url);
            for value in headers.values() {
                secrets.add(value);
            }
        }
    }
    Ok(ServerConfig {
        way,
        timeout: entry.timeout.as_ref().map(timeout).transpose()?,
        learn: entry.learn,
        secrets,
    })
}

/// Other clients have a bare number there, some as seconds and some as milliseconds, so it can't be taken.
fn timeout(value: &serde_json::Value) -> Result<Duration, String> {
    value
        .as_str()
        .and_then(|text| humantime::parse_duration(text).ok())
        .ok_or_else(|| {
            format!("its `timeout` is {value}, and should be a text with a unit, such as \"45s\"")
        })
}

/// Puts the values of environment variables in the place of `${NAME}` and `${NAME:-text}`.
fn expand(
    text: &str,
    variable: &dyn Fn(&str) -> Option<String>,
    secrets: &mut Secrets,
) -> Result<String, String> {
    let mut expanded = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("${") {
        expanded.push_str(before);
        let (inside, after) = after
            .split_once('}')
            .ok_or_else(|| "it has `${` without `}`".to_owned())?;
        if inside.contains("${") {
            return Err("it has `${` within `${…}`, which isn't expanded".to_owned());
        }
        let (name, default) = match inside.split_once(":-") {
            Some((name, default)) => (name, Some(default)),
            None => (inside, None),
        };
        let name = name.strip_prefix("env:").unwrap_or(name);
        let value = variable(name)
            .or_else(|| default.map(str::to_owned))
            .ok_or_else(|| {
                format!("it needs the environment variable `{name}`, which isn't set")
            })?;
        secrets.add_named(name, &value);
        expanded.push_str(&value);
        rest = after;
    }
    expanded.push_str(rest);
    Ok(expanded)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(entry: &str) -> Result<ServerConfig, String> {
        let text = format!("{{ \"mcpServers\": {{ \"it\": {entry} }} }}");
        let variable = |name: &str| match name {
            "HOME" => Some("/home/me".to_owned()),
            "API_TOKEN" => Some("canary-12345".to_owned()),
            _ => None,
        };
        let config = McpConfig::parse(&text, &variable).unwrap();
        config.into_servers().next().unwrap().1
    }

    #[test]
    fn variables_are_put_in_their_places() {
        let entry = r#"{ "command": "${HOME}/bin/x", "args": ["${NOTHING:-a b}", "$HOME", "${env:HOME}"],
                         "env": { "KEY": "${API_TOKEN}!" }, "cwd": "${HOME}" }"#;
        let Ok(ServerConfig {
            way:
                Way::Command {
                    program,
                    arguments,
                    environment,
                    folder,
                },
            ..
        }) = parsed(entry)
        else {
            panic!("a command")
        };
        assert_eq!(program, "/home/me/bin/x");
        assert_eq!(arguments, ["a b", "$HOME", "/home/me"]);
        assert_eq!(environment["KEY"], "canary-12345!");
        assert_eq!(folder.as_deref(), Some("/home/me"));
    }

    #[test]
    fn what_is_wrong_with_a_server_is_said_without_its_values() {
        let cases = [
            ("{}", "neither `command` nor `url`"),
            (r#"{ "command": "a", "url": "b" }"#, "both"),
            (r#"{ "url": "http://x", "type": "sse" }"#, "streamable HTTP"),
            (
                r#"{ "command": "a", "env": { "T": "${API_TOKEN}${GONE}" } }"#,
                "`GONE`, which isn't set",
            ),
            (r#"{ "command": "${HOME" }"#, "without `}`"),
            (r#"{ "command": "${GONE:-${API_TOKEN}}" }"#, "within `${…}`"),
            (r#"{ "command": "a", "timeout": 30 }"#, "with a unit"),
        ];
        for (entry, expected) in cases {
            let error = parsed(entry).err().unwrap();
            assert!(error.contains(expected), "{entry}: {error}");
            assert!(!error.contains("canary"), "{entry}: {error}");
        }
    }

    #[test]
    fn what_is_no_configuration_is_refused() {
        for text in ["", "[]", "{}", r#"{ "mcpServers": 3 }"#] {
            let error = text.parse::<McpConfig>().err().unwrap();
            assert!(
                error.to_string().contains("`mcpServers`"),
                "{text}: {error}"
            );
        }
        let disabled = r#"{ "servers": { "a": { "command": "x", "disabled": true } } }"#;
        let config: McpConfig = disabled.parse().unwrap();
        assert_eq!(config.servers().count(), 0);
    }

    #[test]
    fn credentials_are_known_as_such() {
        let entry = r#"{ "url": "https://me:pass-word@x.example/mcp?key=url-secret&page=1",
                         "headers": { "Authorization": "Bearer header-secret" } }"#;
        let secrets = parsed(entry).ok().unwrap().secrets;
        let text = "pass-word url-secret header-secret https://x.example page=1 me";
        assert_eq!(
            secrets.scrub(text),
            "[secret] [secret] [secret] https://x.example page=1 me"
        );
        let entry = r#"{ "command": "x", "args": ["--token=${API_TOKEN}", "${HOME}"],
                         "env": { "GITHUB_PAT": "literal-secret", "NODE_ENV": "production" } }"#;
        let secrets = parsed(entry).ok().unwrap().secrets;
        assert_eq!(
            secrets.scrub("canary-12345 literal-secret production /home/me"),
            "[secret] [secret] production /home/me"
        );
    }
}
