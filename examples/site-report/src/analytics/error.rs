//! What goes wrong when a script asks about traffic.

use chrono::NaiveDate;
use thiserror::Error;

use crate::db::DbError;

/// Why there is no answer. The author of a script reads these texts, and that is often a model: they say what was
/// asked for and what could be asked for instead.
#[derive(Debug, Error)]
pub enum AnalyticsError {
    /// The period ends before it begins.
    #[error("the period is empty: `from` is {from}, which is after `to`, {to}")]
    EmptyPeriod {
        /// First day of the period.
        from: NaiveDate,
        /// Last day of the period.
        to: NaiveDate,
    },
    /// The log is of another time.
    #[error("the log has nothing from {from} to {to}: it covers {first} to {last}")]
    NotInLog {
        /// First day that was asked for.
        from: NaiveDate,
        /// Last day that was asked for.
        to: NaiveDate,
        /// First day of the log.
        first: NaiveDate,
        /// Last day of the log.
        last: NaiveDate,
    },
    /// No line of the log is a request.
    #[error("the log holds no requests; analytics.importReport() tells what became of its lines")]
    EmptyLog,
    /// A number is too small or too large.
    #[error("`{parameter}` is {found}, but must be from 1 to {max}")]
    OutOfBounds {
        /// Name of the parameter.
        parameter: &'static str,
        /// Its value.
        found: u32,
        /// The largest value it may have.
        max: u32,
    },
    /// The database fails.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<rusqlite::Error> for AnalyticsError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Db(error.into())
    }
}

pub(super) fn check_bounds(
    parameter: &'static str,
    found: u32,
    max: u32,
) -> Result<(), AnalyticsError> {
    if (1..=max).contains(&found) {
        Ok(())
    } else {
        Err(AnalyticsError::OutOfBounds {
            parameter,
            found,
            max,
        })
    }
}
