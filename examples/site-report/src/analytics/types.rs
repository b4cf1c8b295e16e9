//! What the tools of `analytics` take and answer. The comments become the documentation that a model reads.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A span of whole days, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Period {
    /// First day, as YYYY-MM-DD.
    pub from: NaiveDate,
    /// Last day, as YYYY-MM-DD; not before `from`.
    pub to: NaiveDate,
}

/// The traffic of one day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct DayViews {
    /// The day, as YYYY-MM-DD.
    pub day: NaiveDate,
    /// Pages shown to people; requests of bots, and of images and other parts of pages, don't count.
    pub views: u32,
    /// Different addresses that these views came from.
    pub visitors: u32,
}

/// The traffic of one page.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct PageViews {
    /// Path of the page, without the query, such as "/docs/install".
    pub path: String,
    /// How often people saw it.
    pub views: u32,
    /// Different addresses that these views came from.
    pub visitors: u32,
    /// Its part of all views of the period, from 0 to 1.
    pub share: f64,
}

/// Where people came from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Source {
    /// From nowhere that is known: an address typed in, a bookmark, a link in a mail.
    Direct,
    /// From the results of a search engine.
    Search {
        /// Its name, such as "google".
        engine: String,
    },
    /// By a link on another site.
    Site {
        /// Host of that site, such as "news.example.org".
        host: String,
    },
}

/// The views that a source brought.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SourceViews {
    /// Where people came from.
    pub source: Source,
    /// Page views that it led to.
    pub views: u32,
}

/// Whose requests count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Audience {
    /// People with a browser.
    People,
    /// Search engines, monitors and other programs.
    Bots,
    /// All of them.
    Everyone,
}

/// A path that was asked for in vain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct FailedPath {
    /// The path, without the query.
    pub path: String,
    /// The HTTP status of the answers: 400 to 499 is the client's fault, 500 to 599 the server's.
    pub status: u16,
    /// How often it was asked for.
    pub requests: u32,
    /// The pages that link to it, as far as known, in alphabetical order.
    pub linked_from: Vec<String>,
}

/// All the figures of a period. Made for comparing two of them: fields are the same for each period.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Summary {
    /// The period, as it was asked for.
    pub period: Period,
    /// Days in the period.
    pub days: u32,
    /// Pages shown to people.
    pub views: u32,
    /// Different addresses that these views came from.
    pub visitors: u32,
    /// Requests of all kinds.
    pub requests: RequestTotals,
    /// The day with the most views, the earliest of equals; null when there was no view.
    pub busiest_day: Option<DayViews>,
    /// The page with the most views; null when there was no view.
    pub top_page: Option<PageViews>,
}

/// Requests of all kinds: pages and their parts, of people and of bots.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RequestTotals {
    /// All requests.
    pub total: u32,
    /// Those of bots.
    pub bots: u32,
    /// Those answered with a status from 400 to 599.
    pub failed: u32,
    /// Bytes sent in all.
    // A double, since an integer of SQLite can overflow in a sum, and scripts have no other numbers.
    pub bytes: f64,
    /// Requests for each HTTP status that occurred, such as { "200": 57, "404": 3 }.
    pub by_status: BTreeMap<String, u32>,
}
