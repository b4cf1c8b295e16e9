//! The namespace `analytics`: what a script can ask about a site's traffic.
//!
//! Each function is an ordinary one, too: a host program and the tests call it as it stands.

#![allow(
    clippy::missing_errors_doc,
    reason = "a script's author reads these comments, and learns of errors from their texts"
)]

mod error;
mod queries;
mod sources;
mod types;

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use codemode_runtime::tool;

pub use error::AnalyticsError;
pub use types::{
    Audience, DayViews, FailedPath, PageViews, Period, RequestTotals, Source, SourceViews, Summary,
};

use crate::db::{DbError, ImportReport, SiteDb};
use error::check_bounds;

/// The most days that [`daily_views`] answers at once.
const MAX_DAYS: u32 = 366;
/// The most items that a tool with a `limit` answers.
const MAX_ITEMS: u32 = 100;

/// Page views per day, oldest first.
///
/// A day without views is in the list, with zeros. Days before the log begins or after it ends aren't.
#[tool(namespace = "analytics")]
pub async fn daily_views(
    #[state] db: &SiteDb,
    /// First day, inclusive, as YYYY-MM-DD.
    since: NaiveDate,
    /// At most this many days.
    #[tool(default = 30)]
    #[schemars(range(min = 1, max = MAX_DAYS))]
    days: u32,
) -> Result<Vec<DayViews>, AnalyticsError> {
    check_bounds("days", days, MAX_DAYS)?;
    let to = since
        .checked_add_days(Days::new(u64::from(days) - 1))
        .unwrap_or(NaiveDate::MAX);
    let period = Period { from: since, to };
    db.query(move |connection| queries::views_by_day(connection, period))
        .await
}

/// The pages that people saw most, most views first.
#[tool(namespace = "analytics")]
pub async fn top_pages(
    #[state] db: &SiteDb,
    /// The days to count.
    period: Period,
    /// At most this many pages.
    #[tool(default = 10)]
    #[schemars(range(min = 1, max = MAX_ITEMS))]
    limit: u32,
) -> Result<Vec<PageViews>, AnalyticsError> {
    check_bounds("limit", limit, MAX_ITEMS)?;
    db.query(move |connection| queries::top_pages(connection, period, limit))
        .await
}

/// Where people came from, most views first.
#[tool(namespace = "analytics", rename_all = "camelCase")]
pub async fn referrers(
    #[state] db: &SiteDb,
    /// The days to count.
    period: Period,
    /// Host of the site itself, such as "www.example.com"; what its own links bring isn't counted.
    #[tool(default)]
    own_host: Option<String>,
    /// At most this many sources.
    #[tool(default = 10)]
    #[schemars(range(min = 1, max = MAX_ITEMS))]
    limit: u32,
) -> Result<Vec<SourceViews>, AnalyticsError> {
    check_bounds("limit", limit, MAX_ITEMS)?;
    db.query(move |connection| queries::sources(connection, period, own_host.as_deref(), limit))
        .await
}

/// Counts requests by their HTTP status, such as { "200": 57, "404": 3 }.
#[tool(namespace = "analytics")]
pub async fn status_codes(
    #[state] db: &SiteDb,
    /// The days to count.
    period: Period,
    /// Whose requests count.
    #[tool(default = Audience::Everyone)]
    audience: Audience,
) -> Result<BTreeMap<String, u32>, AnalyticsError> {
    db.query(move |connection| queries::by_status(connection, period, audience))
        .await
}

/// Paths that were asked for in vain, such as broken links, most requests first.
#[tool(namespace = "analytics")]
pub async fn failed_paths(
    #[state] db: &SiteDb,
    /// The days to count.
    period: Period,
    /// Whose requests count.
    #[tool(default = Audience::Everyone)]
    audience: Audience,
    /// At most this many paths.
    #[tool(default = 10)]
    #[schemars(range(min = 1, max = MAX_ITEMS))]
    limit: u32,
) -> Result<Vec<FailedPath>, AnalyticsError> {
    check_bounds("limit", limit, MAX_ITEMS)?;
    db.query(move |connection| queries::failed_paths(connection, period, audience, limit))
        .await
}

/// All the figures of a period at once. To compare two periods, ask for both and compare field by field.
#[tool(namespace = "analytics")]
pub async fn summary(
    #[state] db: &SiteDb,
    /// The days to count.
    period: Period,
) -> Result<Summary, AnalyticsError> {
    db.query(move |connection| queries::summary(connection, period))
        .await
}

/// Which days the log covers, and how many of its lines couldn't be understood.
#[tool(namespace = "analytics")]
pub async fn import_report(#[state] db: &SiteDb) -> Result<ImportReport, DbError> {
    db.import_report().await
}
