//! The Combined Log Format that Apache and nginx write by default.
//!
//! One request a line:
//!
//! ```text
//! address ident user [15/Nov/2026:10:05:03 +0000] "GET /docs HTTP/1.1" 200 5120 "https://referrer/" "user agent"
//! ```
//!
//! Real logs hold more than that line promises: request lines that are random bytes, because somebody spoke TLS to a
//! plain port; user agents with escaped quotes; names with spaces; lines cut short when the disk was full. So the
//! parser works on bytes, takes everything a server is known to write, and says of the rest what is wrong with it.

use std::io::{self, BufRead};

use chrono::{DateTime, FixedOffset};
use thiserror::Error;

/// One request, as the server recorded it. A `-` in the log is `None` here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogEntry {
    /// The client: an IPv4 or IPv6 address, or a host name where the server looks names up.
    pub address: String,
    /// The name the client signed in with.
    pub user: Option<String>,
    /// When the request arrived, in the server's own offset from UTC.
    pub time: DateTime<FixedOffset>,
    /// What the client asked for; `None` when it sent nothing, or something that isn't an HTTP request line.
    pub request: Option<Request>,
    /// The HTTP status of the answer, from 100 to 599.
    pub status: u16,
    /// Size of the answer's body in bytes; `None` when there was none.
    pub bytes: Option<u64>,
    /// The page whose link was followed, as the client claims.
    pub referrer: Option<String>,
    /// The client's program, as it calls itself.
    pub user_agent: Option<String>,
}

/// The request line `GET /docs?page=2 HTTP/1.1`, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// In capitals, such as `GET`.
    pub method: String,
    /// Path and query, as sent.
    pub target: String,
}

impl Request {
    /// The target without its query and fragment.
    pub fn path(&self) -> &str {
        let end = self.target.find(['?', '#']).unwrap_or(self.target.len());
        &self.target[..end]
    }

    fn parse(line: &str) -> Option<Self> {
        let mut words = line.split(' ');
        let (method, target) = (words.next()?, words.next()?);
        // HTTP/0.9 has no version; a third word that isn't one means that this isn't HTTP.
        let is_http = words
            .next()
            .is_none_or(|version| version.starts_with("HTTP/"))
            && words.next().is_none();
        let is_method = !method.is_empty() && method.bytes().all(|byte| byte.is_ascii_uppercase());
        (is_http && is_method && !target.is_empty()).then(|| Self {
            method: method.into(),
            target: target.into(),
        })
    }
}

/// Why a line isn't a request in the Combined Log Format.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum LineError {
    /// Nothing but white space.
    #[error("the line is empty")]
    Empty,
    /// The line ends before the named field.
    #[error("the line ends before the {field}")]
    Missing {
        /// The field that was expected next.
        field: &'static str,
    },
    /// A field starts, but its closing quote or bracket isn't there.
    #[error("the {field} isn't closed")]
    Unclosed {
        /// The field that was begun.
        field: &'static str,
    },
    /// The time isn't one.
    #[error("`{found}` is not a time such as 15/Nov/2026:10:05:03 +0000")]
    Time {
        /// What stands between the brackets; its start, when that is long.
        found: String,
    },
    /// The status isn't an HTTP status.
    #[error("`{found}` is not an HTTP status from 100 to 599")]
    Status {
        /// What stands in its place; its start, when that is long.
        found: String,
    },
    /// The size is neither a number nor `-`.
    #[error("`{found}` is not a size in bytes, nor `-`")]
    Bytes {
        /// What stands in its place; its start, when that is long.
        found: String,
    },
}

/// A line of a log: its number, counted from 1, and what it says.
#[derive(Debug)]
pub struct Line {
    /// Counted from 1, as editors do.
    pub number: u32,
    /// The request, or what is wrong with the line.
    pub entry: Result<LogEntry, LineError>,
}

/// Reads a log line by line. A line that can't be understood is an item like the others, so one bad line never costs
/// the rest of the log.
///
/// # Errors
/// An item is an error when the log can't be read on.
pub fn read(log: impl BufRead) -> impl Iterator<Item = io::Result<Line>> {
    log.split(b'\n').zip(1..).map(|(line, number)| {
        Ok(Line {
            number,
            entry: parse(&line?),
        })
    })
}

/// Parses one line, with or without its line end.
///
/// Bytes that aren't UTF-8 become U+FFFD. Fields after the user agent, which many servers are configured to add, are
/// ignored.
///
/// # Errors
/// The first thing in the line that isn't as the format says.
///
/// # Examples
/// ```
/// let line = br#"2001:db8::7 - - [15/Nov/2026:10:05:03 +0000] "GET /docs?p=2 HTTP/1.1" 304 - "-" "curl/8.16.0""#;
/// let entry = site_report::log::parse(line)?;
/// assert_eq!(entry.address, "2001:db8::7");
/// assert_eq!(entry.request.unwrap().path(), "/docs");
/// assert_eq!(entry.bytes, None);
/// # Ok::<(), site_report::log::LineError>(())
/// ```
pub fn parse(line: &[u8]) -> Result<LogEntry, LineError> {
    let mut fields = Fields {
        rest: line.trim_ascii(),
    };
    if fields.rest.is_empty() {
        return Err(LineError::Empty);
    }
    Ok(LogEntry {
        address: fields.word("address")?,
        user: {
            fields.word("ident")?;
            fields.user()?
        },
        time: fields.time()?,
        request: fields
            .quoted("request line")?
            .as_deref()
            .and_then(Request::parse),
        status: fields.status()?,
        bytes: fields.bytes()?,
        referrer: fields.quoted("referrer")?,
        user_agent: fields.quoted("user agent")?,
    })
}

/// What is left of a line; each method takes one field off its front.
struct Fields<'line> {
    rest: &'line [u8],
}

impl Fields<'_> {
    fn word(&mut self, field: &'static str) -> Result<String, LineError> {
        if self.rest.is_empty() {
            return Err(LineError::Missing { field });
        }
        let end = self
            .rest
            .iter()
            .position(|&byte| byte == b' ')
            .unwrap_or(self.rest.len());
        let word = text(&self.rest[..end]);
        self.rest = self.rest[end..].trim_ascii_start();
        Ok(word)
    }

    /// A name may hold spaces, so it reaches to the bracket that opens the time.
    fn user(&mut self) -> Result<Option<String>, LineError> {
        let end =
            self.rest
                .windows(2)
                .position(|pair| pair == b" [")
                .ok_or(LineError::Missing {
                    field: "time in brackets",
                })?;
        let user = text(&self.rest[..end]);
        self.rest = &self.rest[end + 1..];
        Ok(present(user))
    }

    fn time(&mut self) -> Result<DateTime<FixedOffset>, LineError> {
        let end = self
            .rest
            .iter()
            .position(|&byte| byte == b']')
            .ok_or(LineError::Unclosed { field: "time" })?;
        let found = text(&self.rest[1..end]);
        self.rest = self.rest[end + 1..].trim_ascii_start();
        DateTime::parse_from_str(&found, "%d/%b/%Y:%H:%M:%S %z").map_err(|_| LineError::Time {
            found: shortened(&found),
        })
    }

    fn status(&mut self) -> Result<u16, LineError> {
        let found = self.word("status")?;
        match found.parse() {
            Ok(status @ 100..=599) => Ok(status),
            _ => Err(LineError::Status {
                found: shortened(&found),
            }),
        }
    }

    fn bytes(&mut self) -> Result<Option<u64>, LineError> {
        match present(self.word("size in bytes")?) {
            None => Ok(None),
            Some(found) => found.parse().map(Some).map_err(|_| LineError::Bytes {
                found: shortened(&found),
            }),
        }
    }

    fn quoted(&mut self, field: &'static str) -> Result<Option<String>, LineError> {
        let Some(inner) = self.rest.strip_prefix(b"\"") else {
            return Err(LineError::Missing { field });
        };
        let mut end = 0;
        while inner.get(end).is_some_and(|&byte| byte != b'"') {
            // The byte after a backslash is part of the text, also when it is a quote.
            end += if inner[end] == b'\\' { 2 } else { 1 };
        }
        if end >= inner.len() {
            return Err(LineError::Unclosed { field });
        }
        self.rest = inner[end + 1..].trim_ascii_start();
        Ok(present(text(&unescape(&inner[..end]))))
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// The start of a text, for an error: junk has any length, and a report of it shouldn't.
fn shortened(found: &str) -> String {
    const MAX_CHARS: usize = 40;
    match found.char_indices().nth(MAX_CHARS) {
        None => found.into(),
        Some((end, _)) => format!("{}…", &found[..end]),
    }
}

fn present(field: String) -> Option<String> {
    (!field.is_empty() && field != "-").then_some(field)
}

/// Undoes what servers do to bytes that would break the line: `\"` and `\\`, C's `\n` and the like, `\x` and two digits.
fn unescape(field: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(field.len());
    let mut rest = field;
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        if byte != b'\\' {
            plain.push(byte);
            continue;
        }
        let (unescaped, length) = match rest {
            [b'x', high, low, ..] if let (Some(high), Some(low)) = (hex(*high), hex(*low)) => {
                (high << 4 | low, 3)
            }
            [b'n', ..] => (b'\n', 1),
            [b'r', ..] => (b'\r', 1),
            [b't', ..] => (b'\t', 1),
            [b'"', ..] => (b'"', 1),
            [b'\\', ..] => (b'\\', 1),
            // Not an escape that a server writes: the backslash was the client's own.
            _ => (b'\\', 0),
        };
        plain.push(unescaped);
        rest = &rest[length..];
    }
    plain
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit)
        .to_digit(16)
        .and_then(|value| u8::try_from(value).ok())
}
