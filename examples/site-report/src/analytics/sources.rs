//! From a referrer to the place it stands for.

use super::Source;

/// The part of a search engine's host that says which one it is, whatever country it serves.
const SEARCH_ENGINES: [&str; 7] = [
    "baidu",
    "bing",
    "duckduckgo",
    "ecosia",
    "google",
    "yahoo",
    "yandex",
];

impl Source {
    /// The source that a log's referrer names.
    pub(super) fn from_referrer(referrer: Option<&str>) -> Self {
        let after_scheme = referrer
            .and_then(|url| url.split_once("://"))
            .map(|(_, rest)| rest);
        let host = after_scheme.and_then(|rest| rest.split(['/', '?', '#', ':']).next());
        match host {
            // What isn't a URL doesn't name a place either.
            None | Some("") => Self::Direct,
            Some(host) => Self::from_host(host),
        }
    }

    /// The source whose pages are on that host.
    pub(super) fn from_host(host: &str) -> Self {
        let host = host.to_ascii_lowercase();
        let host = host.strip_prefix("www.").unwrap_or(&host);
        match host.split('.').find(|label| SEARCH_ENGINES.contains(label)) {
            Some(engine) => Self::Search {
                engine: engine.into(),
            },
            None => Self::Site { host: host.into() },
        }
    }
}
