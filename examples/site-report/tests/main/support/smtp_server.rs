//! A mail server for one test: takes messages on a port of this machine and keeps them.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;

/// A message as the server got it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Received {
    /// The argument of `MAIL`.
    pub(crate) from: String,
    /// The arguments of `RCPT`.
    pub(crate) to: Vec<String>,
    /// Header and body, lines ending in `\n`.
    pub(crate) message: String,
}

pub(crate) struct SmtpServer {
    address: String,
    received: Receiver<Received>,
}

impl SmtpServer {
    /// A server that takes every message.
    pub(crate) fn start() -> Self {
        Self::answering("250 gladly")
    }

    /// A server that answers `RCPT` in this way.
    pub(crate) fn answering(recipient: &'static str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let (sender, received) = mpsc::channel();
        // Ends with the test's process.
        thread::spawn(move || {
            for connection in listener.incoming() {
                // A client that goes away ends its own session only.
                let _ = connection.and_then(|connection| serve(connection, recipient, &sender));
            }
        });
        Self { address, received }
    }

    /// Host and port.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    pub(crate) fn url(&self) -> String {
        format!("smtp://{}", self.address)
    }

    /// The messages that have come in so far.
    pub(crate) fn received(&self) -> Vec<Received> {
        self.received.try_iter().collect()
    }
}

fn serve(connection: TcpStream, recipient: &str, sender: &Sender<Received>) -> std::io::Result<()> {
    let mut out = connection.try_clone()?;
    let mut lines = BufReader::new(connection).lines();
    let mut from = String::new();
    let mut to = Vec::new();
    out.write_all(b"220 test server\r\n")?;
    while let Some(line) = lines.next().transpose()? {
        let (verb, argument) = line.split_once([' ', ':']).unwrap_or((&line, ""));
        let answer = match verb {
            "EHLO" => "250 test server",
            "MAIL" => {
                argument.clone_into(&mut from);
                "250 go on"
            }
            "RCPT" => {
                to.push(argument.to_owned());
                recipient
            }
            "DATA" => {
                out.write_all(b"354 go on\r\n")?;
                let mut message = String::new();
                while let Some(line) = lines.next().transpose()?.filter(|line| line != ".") {
                    message.push_str(line.strip_prefix('.').unwrap_or(&line));
                    message.push('\n');
                }
                let received = Received {
                    from: std::mem::take(&mut from),
                    to: std::mem::take(&mut to),
                    message,
                };
                // Before the answer, so that it is there when the client hears that it was taken. Nobody listens any
                // more when the test is over.
                let _ = sender.send(received);
                "250 taken"
            }
            "QUIT" => {
                out.write_all(b"221 farewell\r\n")?;
                return Ok(());
            }
            _ => "502 not here",
        };
        writeln!(out, "{answer}\r")?;
    }
    Ok(())
}
