//! The SQL behind the tools.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row, named_params};

use super::{
    AnalyticsError, Audience, DayViews, FailedPath, PageViews, Period, RequestTotals, Source,
    SourceViews, Summary,
};

type Result<T, E = AnalyticsError> = std::result::Result<T, E>;

/// The part of a period that the log covers.
fn covered(connection: &Connection, Period { from, to }: Period) -> Result<Period> {
    if from > to {
        return Err(AnalyticsError::EmptyPeriod { from, to });
    }
    let (first, last): (Option<NaiveDate>, Option<NaiveDate>) =
        connection.query_row("SELECT min(day), max(day) FROM requests", [], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?;
    let (first, last) = first.zip(last).ok_or(AnalyticsError::EmptyLog)?;
    if to < first || last < from {
        return Err(AnalyticsError::NotInLog {
            from,
            to,
            first,
            last,
        });
    }
    Ok(Period {
        from: from.max(first),
        to: to.min(last),
    })
}

pub(super) fn views_by_day(connection: &Connection, period: Period) -> Result<Vec<DayViews>> {
    let period = covered(connection, period)?;
    let mut days: BTreeMap<NaiveDate, DayViews> = period
        .from
        .iter_days()
        .take_while(|day| *day <= period.to)
        .map(|day| {
            (
                day,
                DayViews {
                    day,
                    views: 0,
                    visitors: 0,
                },
            )
        })
        .collect();
    let mut statement = connection.prepare(
        "SELECT day, count(*), count(DISTINCT address) FROM requests
         WHERE is_view AND day BETWEEN :from AND :to GROUP BY day",
    )?;
    let rows = statement.query_map(
        named_params! { ":from": period.from, ":to": period.to },
        day_views,
    )?;
    for row in rows {
        let row = row?;
        days.insert(row.day, row);
    }
    Ok(days.into_values().collect())
}

pub(super) fn top_pages(
    connection: &Connection,
    period: Period,
    limit: u32,
) -> Result<Vec<PageViews>> {
    let period = covered(connection, period)?;
    let mut statement = connection.prepare(
        "SELECT path, count(*) AS views, count(DISTINCT address), count(*) * 1.0 / sum(count(*)) OVER () FROM requests
         WHERE is_view AND day BETWEEN :from AND :to GROUP BY path ORDER BY views DESC, path LIMIT :limit",
    )?;
    let rows = statement.query_map(
        named_params! { ":from": period.from, ":to": period.to, ":limit": limit },
        |row| {
            Ok(PageViews {
                path: row.get(0)?,
                views: row.get(1)?,
                visitors: row.get(2)?,
                share: row.get(3)?,
            })
        },
    )?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(super) fn sources(
    connection: &Connection,
    period: Period,
    own_host: Option<&str>,
    limit: u32,
) -> Result<Vec<SourceViews>> {
    let period = covered(connection, period)?;
    let own_host = own_host.map(Source::from_host);
    let mut statement = connection.prepare(
        "SELECT referrer, count(*) FROM requests WHERE is_view AND day BETWEEN :from AND :to GROUP BY referrer",
    )?;
    let rows = statement.query_map(
        named_params! { ":from": period.from, ":to": period.to },
        |row| Ok((row.get::<_, Option<String>>(0)?, row.get::<_, u32>(1)?)),
    )?;
    let mut views_of = BTreeMap::<Source, u32>::new();
    for row in rows {
        let (referrer, views) = row?;
        let source = Source::from_referrer(referrer.as_deref());
        if Some(&source) != own_host.as_ref() {
            *views_of.entry(source).or_default() += views;
        }
    }
    let mut sources: Vec<_> = views_of
        .into_iter()
        .map(|(source, views)| SourceViews { source, views })
        .collect();
    // A stable sort: equals keep the map's order, so that the answer is the same each time.
    sources.sort_by_key(|source| Reverse(source.views));
    sources.truncate(limit as usize);
    Ok(sources)
}

pub(super) fn by_status(
    connection: &Connection,
    period: Period,
    audience: Audience,
) -> Result<BTreeMap<String, u32>> {
    let period = covered(connection, period)?;
    let mut statement = connection.prepare(
        "SELECT CAST(status AS TEXT), count(*) FROM requests
         WHERE day BETWEEN :from AND :to AND (:bots IS NULL OR is_bot = :bots) GROUP BY status",
    )?;
    let rows = statement.query_map(
        named_params! { ":from": period.from, ":to": period.to, ":bots": audience.bots() },
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(super) fn failed_paths(
    connection: &Connection,
    period: Period,
    audience: Audience,
    limit: u32,
) -> Result<Vec<FailedPath>> {
    let period = covered(connection, period)?;
    let mut statement = connection.prepare(
        "SELECT path, status, count(*) AS requests FROM requests
         WHERE status >= 400 AND path IS NOT NULL
           AND day BETWEEN :from AND :to AND (:bots IS NULL OR is_bot = :bots)
         GROUP BY path, status ORDER BY requests DESC, path, status LIMIT :limit",
    )?;
    let rows = statement.query_map(
        named_params! { ":from": period.from, ":to": period.to, ":bots": audience.bots(), ":limit": limit },
        |row| Ok(FailedPath { path: row.get(0)?, status: row.get(1)?, requests: row.get(2)?, linked_from: Vec::new() }),
    )?;
    let mut failed: Vec<FailedPath> = rows.collect::<Result<_, _>>()?;

    let mut statement = connection.prepare(
        "SELECT DISTINCT referrer FROM requests
         WHERE path = :path AND status = :status AND referrer IS NOT NULL
           AND day BETWEEN :from AND :to AND (:bots IS NULL OR is_bot = :bots)
         ORDER BY referrer",
    )?;
    for FailedPath {
        path,
        status,
        linked_from,
        ..
    } in &mut failed
    {
        let rows = statement.query_map(
            named_params! {
                ":path": &*path, ":status": &*status,
                ":from": period.from, ":to": period.to, ":bots": audience.bots(),
            },
            |row| row.get(0),
        )?;
        *linked_from = rows.collect::<Result<_, _>>()?;
    }
    Ok(failed)
}

pub(super) fn summary(connection: &Connection, asked: Period) -> Result<Summary> {
    let period = covered(connection, asked)?;
    let bounds = named_params! { ":from": period.from, ":to": period.to };
    let (views, visitors) = connection.query_row(
        "SELECT count(*), count(DISTINCT address) FROM requests WHERE is_view AND day BETWEEN :from AND :to",
        bounds,
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    let busiest_day = connection
        .query_row(
            "SELECT day, count(*) AS views, count(DISTINCT address) FROM requests
             WHERE is_view AND day BETWEEN :from AND :to GROUP BY day ORDER BY views DESC, day LIMIT 1",
            bounds,
            day_views,
        )
        .optional()?;
    let by_status = by_status(connection, period, Audience::Everyone)?;
    let requests = connection.query_row(
        "SELECT count(*), count(*) FILTER (WHERE is_bot), count(*) FILTER (WHERE status >= 400), total(bytes) FROM requests
         WHERE day BETWEEN :from AND :to",
        bounds,
        |row| {
            Ok(RequestTotals {
                total: row.get(0)?,
                bots: row.get(1)?,
                failed: row.get(2)?,
                bytes: row.get(3)?,
                by_status,
            })
        },
    )?;
    Ok(Summary {
        period: asked,
        days: u32::try_from((asked.to - asked.from).num_days() + 1).unwrap_or(u32::MAX),
        views,
        visitors,
        requests,
        busiest_day,
        top_page: top_pages(connection, period, 1)?.pop(),
    })
}

fn day_views(row: &Row<'_>) -> rusqlite::Result<DayViews> {
    Ok(DayViews {
        day: row.get(0)?,
        views: row.get(1)?,
        visitors: row.get(2)?,
    })
}

impl Audience {
    /// The value of the column `is_bot`; both of them when there is none.
    fn bots(self) -> Option<bool> {
        match self {
            Self::People => Some(false),
            Self::Bots => Some(true),
            Self::Everyone => None,
        }
    }
}
