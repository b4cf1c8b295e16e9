//! The names that clients have for ways to a server.

/// A way to a server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Transport {
    Program,
    Http,
    Sse,
}

impl Transport {
    /// Why a server can't be reached that way.
    pub(super) fn refusal(self) -> String {
        match self {
            Self::Sse => {
                "its transport is the old HTTP with SSE; only streamable HTTP is spoken here"
            }
            Self::Program | Self::Http => "it can't be reached that way",
        }
        .to_owned()
    }
}

/// The way that a name stands for.
pub(super) fn known_transport(name: &str) -> Option<Transport> {
    let name: String = name
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|letter| letter.to_ascii_lowercase())
        .collect();
    match name.as_str() {
        "stdio" | "local" | "command" | "process" => Some(Transport::Program),
        "http" | "https" | "httpstream" | "remote" | "streamable" | "streamablehttp" => {
            Some(Transport::Http)
        }
        "sse" => Some(Transport::Sse),
        _ => None,
    }
}
