//! One server's entry, read so that what is odd in it costs no more than itself.

use std::collections::BTreeMap;
use std::time::Duration;

use http::{HeaderName, HeaderValue};

use super::choice::{ONLY, SWITCHES, WITHOUT};
use super::expand::{at_home, expand};
use super::fields::{Entry, Notes};
use super::jsonc::{Data, Node};
use super::transport::{Transport, known_transport};
use super::{ServerConfig, Way};
use crate::client::environment;
use crate::client::secrets::{Secrets, Told};
use crate::client::transport::SET_BY_HTTP;

const ARGUMENTS: &[&str] = &["args", "arguments"];
const ENVIRONMENT: &[&str] = &["env", "environment"];
const FOLDER: &[&str] = &["cwd", "workingDirectory"];
const ADDRESS: &[&str] = &["url", "serverUrl", "server_url", "httpUrl"];
const COMMAND: &[&str] = &["command", "cmd"];
const HEADERS: &[&str] = &["headers", "http_headers"];
const TRANSPORT: &[&str] = &["type", "transport", "transportType"];
const ENABLED: &[&str] = &["enabled", "isActive"];
const OWN: &[&str] = &[
    "disabled",
    "learn",
    "name",
    "public",
    "requestInit",
    "secrets",
    "sseUrl",
    "timeout",
];

/// What other clients keep in an entry for themselves, and that says nothing about the server.
#[rustfmt::skip]
const OF_OTHERS: &[&str] = &[
    "$schema", "//", "_comment", "alwaysAllow", "autoApprove", "autoStart", "comment", "description", "dev", "displayName", "gallery", "icon",
    "iconUrl", "id", "logoUrl", "note", "notes", "registry", "settings", "source", "tags", "title", "trust", "version",
];

/// Reads an entry. `None` if it is switched off.
///
/// # Errors
///
/// If the server can't be reached with it, with the line that is to blame.
pub(super) fn read(
    entry: &Node,
    variable: &dyn Fn(&str) -> Option<String>,
    notes: &mut Notes,
) -> Option<Result<ServerConfig, (usize, String)>> {
    let mut reader = Entry {
        fields: Vec::new(),
        notes,
    };
    reader.collect(entry);
    if reader.is_off() {
        return None;
    }
    let line = entry.line;
    if let Some((line, problem)) = entry.unreadable() {
        return Some(Err((line, problem.to_owned())));
    }
    if !matches!(entry.data, Data::Object(_)) {
        let problem = format!(
            "it is {}, and should be an object with `command` or `url`",
            entry.kind()
        );
        return Some(Err((line, problem)));
    }
    reader.note_unknown();
    Some(reader.server(variable).map_err(|problem| (line, problem)))
}

impl Entry<'_> {
    /// Whether somebody has switched the server off.
    fn is_off(&mut self) -> bool {
        self.switch(&["disabled"]).unwrap_or(false) || !self.switch(ENABLED).unwrap_or(true)
    }

    fn note_unknown(&mut self) {
        let known = [
            ARGUMENTS,
            ENVIRONMENT,
            FOLDER,
            ADDRESS,
            COMMAND,
            HEADERS,
            TRANSPORT,
            ENABLED,
            ONLY,
            WITHOUT,
            &[SWITCHES],
            OWN,
            OF_OTHERS,
        ];
        let is_unknown = |name: &str| !known.iter().any(|names| names.contains(&name));
        let unknown: Vec<_> = self
            .fields
            .iter()
            .filter(|(name, _)| is_unknown(name))
            .map(|(name, value)| {
                (
                    value.line,
                    format!("it has `{name}`, which isn't known here and has no effect"),
                )
            })
            .collect();
        self.notes.extend(unknown);
    }

    fn server(
        &mut self,
        variable: &dyn Fn(&str) -> Option<String>,
    ) -> Result<ServerConfig, String> {
        let secret = self.list(&["secrets"]);
        let public = self.list(&["public"]);
        let mut secrets = Secrets::told(Told::new(secret, public));
        let way = self.way(variable, &mut secrets)?;
        self.know(&way, &mut secrets);
        let learn = self.switch(&["learn"]);
        let timeout = self.timeout();
        let tools = self.choice()?;
        Ok(ServerConfig {
            namespace: String::new(),
            way,
            timeout,
            learn,
            tools,
            secrets,
            notes: Vec::new(),
        })
    }

    fn way(
        &mut self,
        variable: &dyn Fn(&str) -> Option<String>,
        secrets: &mut Secrets,
    ) -> Result<Way, String> {
        let said = self.field(TRANSPORT);
        let transport = said.and_then(|(_, value)| known_transport(&value.scalar()?));
        let command = self.field(COMMAND);
        let url = self.text(ADDRESS)?;
        let is_program = match (command.is_some(), url.is_some(), transport) {
            (true, true, Some(Transport::Program)) | (true, false, _) => true,
            (true, true, Some(Transport::Http)) => false,
            (true, true, _) => return Err("it has both `command` and `url`".to_owned()),
            (false, true, Some(Transport::Sse)) => return Err(Transport::Sse.refusal()),
            (false, true, None) if said.is_some() => {
                let said = said
                    .and_then(|(_, value)| value.scalar())
                    .unwrap_or_default();
                return Err(format!(
                    "its transport is `{said}`; only stdio and streamable HTTP are spoken here"
                ));
            }
            (false, true, _) => false,
            (false, false, _) if self.field(&["sseUrl"]).is_some() => {
                return Err(Transport::Sse.refusal());
            }
            (false, false, _) => return Err("it has neither `command` nor `url`".to_owned()),
        };
        if let Some((name, value)) = said
            && value.scalar().is_some()
            && transport
                != Some(if is_program {
                    Transport::Program
                } else {
                    Transport::Http
                })
        {
            let way = if is_program { "`command`" } else { "`url`" };
            let note = format!("its `{name}` isn't that of a server with {way}, and has no effect");
            self.note(value.line, note);
        }
        let mut expand = |text: &str| expand(text, variable, secrets);
        if is_program {
            let mut words = Vec::new();
            if let Some((name, value)) = command {
                words.extend(self.texts(name, value)?);
            }
            if let Some((name, value)) = self.field(ARGUMENTS) {
                words.extend(self.texts(name, value)?);
            }
            let words = words.iter().map(|word| expand(word));
            let mut words = words.collect::<Result<Vec<_>, _>>()?.into_iter();
            let program = words.next().ok_or("its `command` is an empty list")?;
            let folder = self.text(FOLDER)?.as_deref().map(&mut expand).transpose()?;
            return Ok(Way::Command {
                program: at_home(program, variable),
                arguments: words.collect(),
                environment: expanded(self.pairs(ENVIRONMENT), &mut expand)?,
                folder: folder.map(|folder| at_home(folder, variable)),
            });
        }
        let url = expand(url.unwrap_or_default().trim())?;
        let scheme = url
            .split_once("://")
            .map(|(scheme, _)| scheme.to_ascii_lowercase());
        match scheme.as_deref() {
            Some("http" | "https") => {}
            Some(other) => {
                return Err(format!(
                    "its address begins with `{other}://`; only `http://` and `https://` are spoken here"
                ));
            }
            None => return Err("its address has no `https://` or `http://` before it".to_owned()),
        }
        let headers = expanded(self.pairs(HEADERS), &mut expand)?;
        Ok(Way::Http {
            url,
            headers: self.sendable(headers),
        })
    }

    /// Tells the secrets apart from what is in every text.
    fn know(&mut self, way: &Way, secrets: &mut Secrets) {
        let mut problems = Vec::new();
        let named = match way {
            Way::Command {
                arguments,
                environment,
                ..
            } => {
                for (position, argument) in arguments.iter().enumerate() {
                    secrets.add_found(argument);
                    if argument.starts_with('-')
                        && !argument.contains('=')
                        && let Some(value) = arguments.get(position + 1)
                        && !value.starts_with('-')
                    {
                        problems.extend(
                            secrets
                                .add_named(argument.trim_start_matches('-'), value)
                                .err(),
                        );
                    }
                }
                for address in environment::addresses() {
                    secrets.add_url(&address);
                }
                environment
            }
            Way::Http { url, headers } => {
                secrets.add_url(url);
                headers
            }
        };
        for (name, value) in named {
            problems.extend(secrets.add_named(name, value).err());
        }
        problems.extend(secrets.unmet().map(|name| {
            format!("`{name}` is among its `secrets`, and there is no variable, header or parameter of that name")
        }));
        let line = self.field(&["secrets"]).map_or(0, |(_, value)| value.line);
        for problem in problems {
            self.note(line, problem);
        }
    }

    /// The headers that can be sent beside those of the connection.
    fn sendable(&mut self, headers: BTreeMap<String, String>) -> BTreeMap<String, String> {
        let line = self.field_line(HEADERS);
        let mut sendable = BTreeMap::new();
        for (name, value) in headers {
            let value = value.trim().to_owned();
            if SET_BY_HTTP.contains(&name.to_ascii_lowercase().as_str()) {
                self.note(
                    line,
                    format!("its header `{name}` is left out, since the connection sets it"),
                );
            } else if HeaderName::try_from(name.as_str()).is_err()
                || HeaderValue::try_from(value.as_str()).is_err()
            {
                self.note(
                    line,
                    format!(
                        "its header `{name}` has characters that no header has, and is left out"
                    ),
                );
            } else {
                sendable.insert(name, value);
            }
        }
        sendable
    }

    /// Other clients have a bare number there, some as seconds and some as milliseconds, so it can't be taken.
    fn timeout(&mut self) -> Option<Duration> {
        let (_, value) = self.field(&["timeout"])?;
        let timeout = match &value.data {
            Data::Text(text) => humantime::parse_duration(text.trim()).ok(),
            _ => None,
        };
        if timeout.is_some_and(|timeout| timeout.is_zero()) {
            let note = "its `timeout` is zero, in which nothing can be answered, so it has no effect: it should be longer, such as \"45s\"";
            self.note(value.line, note.to_owned());
            return None;
        }
        if timeout.is_none() {
            let shown = value.scalar().unwrap_or_else(|| value.kind().to_owned());
            self.note(
                value.line,
                format!("its `timeout` is {shown}, which has no effect: it should be a text with a unit, such as \"45s\""),
            );
        }
        timeout
    }
}

fn expanded(
    pairs: BTreeMap<String, String>,
    expand: &mut impl FnMut(&str) -> Result<String, String>,
) -> Result<BTreeMap<String, String>, String> {
    pairs
        .into_iter()
        .map(|(name, value)| Ok((name, expand(&value)?)))
        .collect()
}
