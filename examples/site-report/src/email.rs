//! The namespace `email`: one tool, and the [`Mailer`] that it sends with.

#![allow(
    clippy::missing_errors_doc,
    reason = "a script's author reads these comments, and learns of errors from their texts"
)]

mod outbox;

use std::env;
use std::path::PathBuf;
use std::time::Duration;

use codemode_runtime::{provide_state, tool};
use lettre::message::{Mailbox, header::ContentType};
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use schemars::JsonSchema;
use serde::Serialize;
use thiserror::Error;

/// A mail server that is slower than this fails the call: a run has little more time in all.
const SMTP_TIMEOUT: Duration = Duration::from_secs(10);

/// What became of a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Receipt {
    /// The address that the message is for, without a name.
    pub to: String,
    /// Where it went.
    pub delivery: Delivery,
}

/// Where a message went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Delivery {
    /// Into a file of the outbox folder; nobody has got it.
    Outbox {
        /// Path of the file, which has the format of a mail message.
        file: String,
    },
    /// To a mail server, which has taken charge of it.
    Smtp {
        /// Host and port of the server.
        server: String,
    },
}

/// Why a message wasn't sent.
#[derive(Debug, Error)]
pub enum EmailError {
    /// The recipient's address isn't one.
    #[error("`to` is \"{found}\", which isn't an e-mail address such as team@example.org")]
    Recipient {
        /// What was given.
        found: String,
    },
    /// The subject would break out of its line in the message's header.
    #[error(
        "`subject` has a line break or another control character in it; it must be a single line"
    )]
    Subject,
    /// The message can't be built.
    #[error("the message can't be built: {0}")]
    Message(#[from] lettre::error::Error),
    /// The message can't be stored.
    #[error("can't write the message into the outbox {}: {error}", folder.display())]
    Outbox {
        /// The outbox folder.
        folder: PathBuf,
        /// What the system says.
        error: std::io::Error,
    },
    /// The server can't be reached, or refuses.
    #[error("the mail server {server} didn't take the message: {error}")]
    Smtp {
        /// Host and port of the server.
        server: String,
        /// What was tried, or what the server says.
        error: lettre::transport::smtp::Error,
    },
}

/// Sends a plain text message to one person or list.
#[tool(namespace = "email")]
pub async fn send(
    #[state] mailer: &Mailer,
    /// The recipient: "team@example.org", or "The team <team@example.org>".
    to: String,
    /// A single line.
    subject: String,
    /// The text, of as many lines as needed.
    body: String,
) -> Result<Receipt, EmailError> {
    mailer.send(&to, &subject, body).await
}

#[provide_state]
fn mailer_of_environment() -> Result<Mailer, MailerError> {
    Mailer::from_environment()
}

/// Sends messages of one sender, either into an outbox folder or through a mail server.
///
/// It is the host that chooses; a script neither sees nor changes it.
pub struct Mailer {
    sender: Mailbox,
    route: Route,
}

enum Route {
    Outbox(PathBuf),
    Smtp {
        server: String,
        transport: AsyncSmtpTransport<Tokio1Executor>,
    },
}

/// Why there is no [`Mailer`]. The texts never show the URL, which may hold a password.
#[derive(Debug, Error)]
pub enum MailerError {
    /// The sender's address isn't one.
    #[error(
        "the sender \"{found}\" isn't an e-mail address such as reports@example.org; look at MAIL_FROM"
    )]
    Sender {
        /// What was given.
        found: String,
    },
    /// The URL doesn't lead to a mail server.
    #[error(
        "the mail server's URL isn't like smtp://127.0.0.1:2525 or smtps://user:password@mail.example.org; \
         look at SMTP_URL: {0}"
    )]
    Url(#[source] lettre::transport::smtp::Error),
}

impl Mailer {
    /// A mailer that writes each message into a file of its own in `folder`, which is made when the first is sent.
    ///
    /// # Errors
    /// When `sender` isn't an e-mail address, with or without a name.
    pub fn to_outbox(sender: &str, folder: impl Into<PathBuf>) -> Result<Self, MailerError> {
        Ok(Self {
            sender: parse_sender(sender)?,
            route: Route::Outbox(folder.into()),
        })
    }

    /// A mailer that hands its messages to the server at `url`: `smtp://` for one on this machine or in a network that
    /// is trusted, `smtp://…?tls=required` or `smtps://` for any other. It connects when the first is sent.
    ///
    /// # Errors
    /// When `sender` isn't an e-mail address, or `url` not that of a mail server.
    pub fn to_server(sender: &str, url: &str) -> Result<Self, MailerError> {
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
            .map_err(MailerError::Url)?
            .timeout(Some(SMTP_TIMEOUT))
            .build();
        Ok(Self {
            sender: parse_sender(sender)?,
            route: Route::Smtp {
                server: server_of(url).into(),
                transport,
            },
        })
    }

    /// The mailer that the environment asks for: by `SMTP_URL` where it is set, else into the folder `OUTBOX`, which
    /// is `outbox` unless it is set. `MAIL_FROM` is the sender.
    ///
    /// # Errors
    /// As [`Mailer::to_server`].
    pub fn from_environment() -> Result<Self, MailerError> {
        let sender =
            env::var("MAIL_FROM").unwrap_or_else(|_| "Site report <site-report@localhost>".into());
        match env::var("SMTP_URL") {
            Ok(url) if !url.is_empty() => Self::to_server(&sender, &url),
            _ => Self::to_outbox(
                &sender,
                env::var_os("OUTBOX").unwrap_or_else(|| "outbox".into()),
            ),
        }
    }

    async fn send(&self, to: &str, subject: &str, body: String) -> Result<Receipt, EmailError> {
        let to: Mailbox = to
            .parse()
            .map_err(|_| EmailError::Recipient { found: to.into() })?;
        if subject.contains(char::is_control) {
            return Err(EmailError::Subject);
        }
        let address = to.email.to_string();
        let message = Message::builder()
            .from(self.sender.clone())
            .to(to)
            .subject(subject)
            .message_id(None)
            .header(ContentType::TEXT_PLAIN)
            .body(body)?;
        let delivery = match &self.route {
            Route::Outbox(folder) => match outbox::write(folder, message.formatted()).await {
                Ok(path) => Delivery::Outbox {
                    file: path.display().to_string(),
                },
                Err(error) => {
                    return Err(EmailError::Outbox {
                        folder: folder.clone(),
                        error,
                    });
                }
            },
            Route::Smtp { server, transport } => match transport.send(message).await {
                Ok(_) => Delivery::Smtp {
                    server: server.clone(),
                },
                Err(error) => {
                    return Err(EmailError::Smtp {
                        server: server.clone(),
                        error,
                    });
                }
            },
        };
        Ok(Receipt {
            to: address,
            delivery,
        })
    }
}

fn parse_sender(sender: &str) -> Result<Mailbox, MailerError> {
    sender.parse().map_err(|_| MailerError::Sender {
        found: sender.into(),
    })
}

/// Host and port of a URL: what may be shown to a script.
fn server_of(url: &str) -> &str {
    let after_scheme = url.split_once("://").map_or(url, |(_, rest)| rest);
    let authority = after_scheme
        .split(['/', '?', '#'])
        .next()
        .unwrap_or(after_scheme);
    authority
        .rsplit_once('@')
        .map_or(authority, |(_, host)| host)
}
