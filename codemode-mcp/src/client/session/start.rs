//! A session with a server: the program is started, or the address connected to, and both sides handshake.

use std::path::Path;
use std::process::Stdio;
use std::sync::Arc;

use rmcp::RoleClient;
use rmcp::ServiceExt as _;
use rmcp::model::{ErrorData, ProtocolVersion};
use rmcp::service::RunningService;
use tokio::process::Command;

use super::connection::Connection;
use super::handler::Handler;
use super::words;
use crate::client::config::Way;
use crate::client::environment;
use crate::client::events::McpEventKind;
use crate::client::transport::{Group, Http, Oddities, Program, StandardError, says_final};

/// Why there is no session.
pub(crate) struct Refused {
    pub(crate) reason: String,
    /// Whether another attempt would end as this one did.
    pub(crate) is_final: bool,
}

impl From<String> for Refused {
    fn from(reason: String) -> Self {
        Self {
            reason,
            is_final: false,
        }
    }
}

pub(crate) type Service = RunningService<RoleClient, Handler>;

/// Starts a session. A server that doesn't speak the version of the protocol, and says which ones it speaks, is asked anew with the
/// latest of those.
pub(crate) async fn session(
    connection: &Arc<Connection>,
    handler: impl Fn(ProtocolVersion) -> Handler,
) -> Result<Service, Refused> {
    let mut tried = vec![ProtocolVersion::LATEST_WITH_INITIALIZE];
    loop {
        let version = tried.last().cloned().unwrap_or_default();
        let refused = match handshake(connection, handler(version)).await? {
            Ok(service) => return Ok(service),
            Err(refused) => refused,
        };
        match spoken(&refused).find(|version| !tried.contains(version)) {
            Some(version) => tried.push(version.clone()),
            None => return Err(unfit(&refused)),
        }
    }
}

/// The versions with a handshake that an error names, the latest first.
fn spoken(refused: &ErrorData) -> impl Iterator<Item = &'static ProtocolVersion> + use<> {
    let said = format!(
        "{} {}",
        refused.message,
        refused.data.clone().unwrap_or_default()
    );
    let is_about_versions = said.to_lowercase().contains("version");
    let known = ProtocolVersion::KNOWN_VERSIONS.iter().rev();
    known.filter(move |version| {
        is_about_versions && version.has_initialize() && said.contains(version.as_str())
    })
}

fn unfit(refused: &ErrorData) -> Refused {
    Refused {
        reason: format!("it refuses the session: {}", refused.message),
        is_final: says_final(refused),
    }
}

/// One handshake. `Ok(Err(…))` is the server's own error.
async fn handshake(
    connection: &Arc<Connection>,
    handler: Handler,
) -> Result<Result<Service, ErrorData>, Refused> {
    match &connection.config.way {
        Way::Command { .. } => handshake_with_program(connection, handler).await,
        Way::Http { url, headers } => {
            let transport =
                Http::new(url, headers, oddities(connection)).map_err(|reason| Refused {
                    reason,
                    is_final: true,
                })?;
            match handler.serve(transport).await.map_err(words::of_handshake) {
                Ok(service) => Ok(Ok(service)),
                Err(Err(refused)) => Ok(Err(refused)),
                Err(Ok(reason)) => Err(reason.into()),
            }
        }
    }
}

async fn handshake_with_program(
    connection: &Arc<Connection>,
    handler: Handler,
) -> Result<Result<Service, ErrorData>, Refused> {
    let Way::Command {
        program,
        arguments,
        environment,
        folder,
    } = &connection.config.way
    else {
        return Err("it isn't a program".to_owned().into());
    };
    let mut command = Command::new(program);
    command
        .args(arguments)
        .env_clear()
        .envs(environment::inherited())
        .envs(environment)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    if let Some(folder) = folder {
        command.current_dir(folder);
    }
    let mut group = Group::start(command).map_err(|error| {
        // The system has one error for both, and it would be told of the program.
        if let Some(folder) = folder
            .as_deref()
            .filter(|folder| !Path::new(folder).is_dir())
        {
            return format!("its `cwd` `{folder}` isn't there, or is no folder");
        }
        let is_line = program.contains(char::is_whitespace) && arguments.is_empty();
        let remedy = match error.kind() {
            std::io::ErrorKind::NotFound if is_line => {
                "; `command` is the program alone, and what follows it belongs into `args`"
            }
            _ => "",
        };
        format!("`{program}` can't be started: {error}{remedy}")
    })?;
    let child = group.child();
    let (Some(input), Some(output), Some(error)) =
        (child.stdin.take(), child.stdout.take(), child.stderr.take())
    else {
        return Err("it has no standard streams".to_owned().into());
    };
    let said = StandardError::default();
    let teller = Arc::clone(connection);
    let reading = said.clone().read(error, move |line| {
        let line = teller.config.secrets.scrub(line).into_owned();
        teller.report(McpEventKind::Said(line.clone()));
        line
    });
    tokio::spawn(reading);
    let transport = Program::new(group, input, output, oddities(connection));
    match handler.serve(transport).await {
        Ok(service) => Ok(Ok(service)),
        Err(error) => {
            let reason = match words::of_handshake(error) {
                Err(refused) => return Ok(Err(refused)),
                Ok(reason) => reason,
            };
            let said = said.last();
            let said = if said.is_empty() {
                said
            } else {
                format!("; it said: {said}")
            };
            Err(format!("it doesn't answer as an MCP server does: {reason}{said}").into())
        }
    }
}

/// Tells what is odd about a server, each thing once.
fn oddities(connection: &Arc<Connection>) -> Oddities {
    let connection = Arc::clone(connection);
    Arc::new(move |oddity| {
        let oddity = connection.config.secrets.scrub(&oddity).into_owned();
        if connection.is_news(&oddity) {
            connection.report(McpEventKind::Odd(oddity));
        }
    })
}
