/// Page views per day, oldest first.
#[tool(namespace = "analytics", read_only, idempotent = true, timeout = "5s")]
async fn daily_views(
    #[state] db: &SiteDb,
    #[context] call: &CallContext,
    /// First day, inclusive, as YYYY-MM-DD.
    since: NaiveDate,
    /// At most this many days.
    #[tool(default = 30)]
    days: u32,
) -> Result<Vec<DayViews>, AnalyticsError> {
    db.daily_views(call, since, days).await
}
