//! What counts as a visit: rules of thumb that every web statistic has, kept in one place.

use crate::log::LogEntry;

/// What programs that aren't read by a person call themselves, in lower case.
const BOT_WORDS: [&str; 10] = [
    "bot", "crawl", "spider", "slurp", "curl/", "wget/", "python-", "monitor", "feed", "rss",
];

/// Says whether a program made the request, rather than a person with a browser.
pub fn is_bot(entry: &LogEntry) -> bool {
    // Every browser says what it is.
    entry.user_agent.as_deref().is_none_or(|agent| {
        let agent = agent.to_ascii_lowercase();
        BOT_WORDS.iter().any(|word| agent.contains(word))
    })
}

/// Says whether a person got to see a page: a `GET` of something that isn't a part of a page, such as an image,
/// answered in full or from the browser's cache.
pub fn is_view(entry: &LogEntry) -> bool {
    entry
        .request
        .as_ref()
        .is_some_and(|request| request.method == "GET" && is_page(request.path()))
        && matches!(entry.status, 200 | 304)
        && !is_bot(entry)
}

/// Pages end in a slash, have no extension, or have that of a document.
fn is_page(path: &str) -> bool {
    let name = path.rsplit_once('/').map_or(path, |(_, name)| name);
    match name.rsplit_once('.') {
        None => true,
        Some((_, extension)) => matches!(extension, "html" | "htm" | "php"),
    }
}
