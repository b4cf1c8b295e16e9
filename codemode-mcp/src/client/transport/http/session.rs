//! What a session over HTTP goes by.

use reqwest::Url;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};

use super::response::{PROTOCOL_VERSION, SESSION_ID};

/// What a server goes by.
#[derive(Clone, Default)]
pub(super) struct Session {
    /// Tells it from earlier ones.
    pub(super) number: u64,
    pub(super) id: Option<HeaderValue>,
    pub(super) version: Option<HeaderValue>,
    /// What it was begun with.
    pub(super) greeting: Option<Vec<u8>>,
    /// Where the server wants to be asked instead.
    pub(super) address: Option<Url>,
    /// Whether what the server says by itself is heard.
    pub(super) is_listening: bool,
}

impl Session {
    pub(super) fn headers(&self) -> HeaderMap {
        let named = [(SESSION_ID, &self.id), (PROTOCOL_VERSION, &self.version)];
        let named = named
            .into_iter()
            .filter_map(|(name, value)| Some((HeaderName::from_static(name), value.clone()?)));
        named.collect()
    }
}
