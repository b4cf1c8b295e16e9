//! The requests of a log in a database: `SQLite`, through rusqlite.

use std::env;
use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::NaiveDate;
use codemode_runtime::provide_state;
use rusqlite::{Connection, Transaction, params};
use schemars::JsonSchema;
use serde::Serialize;
use thiserror::Error;

use crate::log::{self, Request};
use crate::visits;

/// How many malformed lines an [`ImportReport`] shows: enough to see what is wrong with a log, few enough to read.
const SHOWN_LINES: u32 = 5;

const SCHEMA: &str = "
    CREATE TABLE IF NOT EXISTS requests (
        -- The date in the server's own offset from UTC, so that a day here is the day its owner lived through.
        day      TEXT    NOT NULL,
        address  TEXT    NOT NULL,
        method   TEXT,
        path     TEXT,
        status   INTEGER NOT NULL,
        bytes    INTEGER NOT NULL,
        referrer TEXT,
        is_bot   INTEGER NOT NULL,
        is_view  INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX IF NOT EXISTS requests_by_day ON requests (day);
    CREATE TABLE IF NOT EXISTS malformed (line INTEGER NOT NULL, reason TEXT NOT NULL) STRICT;
";

/// A database of requests. Clones share it.
#[derive(Debug, Clone)]
pub struct SiteDb {
    connection: Arc<Mutex<Connection>>,
}

/// What became of a log's lines when it was imported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ImportReport {
    /// Lines that hold a request; all figures come from these.
    pub requests: u32,
    /// Lines that couldn't be understood and aren't in any figure.
    pub malformed: u32,
    /// The first few of the malformed lines.
    pub malformed_lines: Vec<MalformedLine>,
    /// The day of the first request; null when there is none.
    pub first_day: Option<NaiveDate>,
    /// The day of the last request; null when there is none.
    pub last_day: Option<NaiveDate>,
}

/// A line of the log that couldn't be understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct MalformedLine {
    /// Its number in the log, counted from 1.
    pub line: u32,
    /// What is wrong with it.
    pub reason: String,
}

/// Why requests couldn't be read or stored.
#[derive(Debug, Error)]
pub enum DbError {
    /// The log isn't there, or can't be read to its end.
    #[error("can't read the log {}: {source}", path.display())]
    Log {
        /// The log that was asked for.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The database can't do what it should.
    #[error("the database of requests fails: {0}")]
    Sqlite(#[from] rusqlite::Error),
    /// The thread of a query ended before it had an answer.
    #[error("the query was given up: {0}")]
    Query(#[from] tokio::task::JoinError),
}

impl SiteDb {
    /// Opens the database file at `path`; an empty one is made when there is none.
    ///
    /// # Errors
    /// When the file can't be opened, or is something else than such a database.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, DbError> {
        Self::with_schema(Connection::open(path)?)
    }

    /// Makes an empty database that lives in memory.
    ///
    /// # Errors
    /// When there is no memory for it.
    pub fn in_memory() -> Result<Self, DbError> {
        Self::with_schema(Connection::open_in_memory()?)
    }

    /// Imports the log at `path` into a database in memory.
    ///
    /// # Errors
    /// When the log can't be read. Malformed lines are no error: see [`SiteDb::import_report`].
    pub fn from_log(path: impl AsRef<Path>) -> Result<Self, DbError> {
        let path = path.as_ref();
        let unreadable = |source| DbError::Log {
            path: path.into(),
            source,
        };
        let db = Self::in_memory()?;
        let log = File::open(path).map_err(unreadable)?;
        match db.import(BufReader::new(log)) {
            Err(ImportError::Log(source)) => Err(unreadable(source)),
            Err(ImportError::Db(error)) => Err(error),
            Ok(()) => Ok(db),
        }
    }

    /// Adds the requests of a log: all of them, or none when there is an error.
    ///
    /// # Errors
    /// When the log can't be read to its end, or the database takes no more.
    pub fn import(&self, log: impl BufRead) -> Result<(), ImportError> {
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        insert_lines(&transaction, log)?;
        transaction.commit()?;
        Ok(())
    }

    /// Tells what became of the imported lines.
    ///
    /// # Errors
    /// When the database can't be read.
    ///
    /// # Panics
    /// As [`SiteDb::query`].
    pub async fn import_report(&self) -> Result<ImportReport, DbError> {
        self.query(|connection| {
            let (requests, first_day, last_day) = connection.query_row(
                "SELECT count(*), min(day), max(day) FROM requests",
                [],
                |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
            )?;
            let malformed =
                connection.query_row("SELECT count(*) FROM malformed", [], |row| row.get(0))?;
            let malformed_lines = connection
                .prepare("SELECT line, reason FROM malformed ORDER BY rowid LIMIT ?1")?
                .query_map([SHOWN_LINES], |row| {
                    Ok(MalformedLine {
                        line: row.get(0)?,
                        reason: row.get(1)?,
                    })
                })?
                .collect::<Result<_, _>>()?;
            Ok(ImportReport {
                requests,
                malformed,
                malformed_lines,
                first_day,
                last_day,
            })
        })
        .await
    }

    /// Asks the database, on a thread where waiting is allowed: a query may take a while, and an async function that
    /// waits for it itself would hold up every other one of its thread.
    ///
    /// # Errors
    /// Those of `query`, and [`DbError::Query`] when it panics.
    ///
    /// # Panics
    /// Outside of a tokio runtime.
    pub async fn query<T, E>(
        &self,
        query: impl FnOnce(&Connection) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        let db = self.clone();
        tokio::task::spawn_blocking(move || query(&db.lock()))
            .await
            .map_err(DbError::from)?
    }

    fn with_schema(connection: Connection) -> Result<Self, DbError> {
        connection.execute_batch(SCHEMA)?;
        Ok(Self {
            connection: Arc::new(Mutex::new(connection)),
        })
    }

    fn lock(&self) -> MutexGuard<'_, Connection> {
        // A panic elsewhere leaves the connection whole: SQLite rolls back what wasn't committed.
        self.connection
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

/// Called when a sandbox is built and its host hasn't handed it a database: takes the log that the environment variable
/// `SITE_LOG` names, else the sample log beside this crate's sources.
#[provide_state]
fn site_db_of_environment() -> Result<SiteDb, DbError> {
    let sample = || concat!(env!("CARGO_MANIFEST_DIR"), "/data/access.log").into();
    SiteDb::from_log(PathBuf::from(
        env::var_os("SITE_LOG").unwrap_or_else(sample),
    ))
}

/// Why a log wasn't imported.
#[derive(Debug, Error)]
pub enum ImportError {
    /// The log can't be read on.
    #[error("can't read the log: {0}")]
    Log(#[from] io::Error),
    /// The database takes no more.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<rusqlite::Error> for ImportError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Db(error.into())
    }
}

fn insert_lines(transaction: &Transaction<'_>, log: impl BufRead) -> Result<(), ImportError> {
    let mut insert_request = transaction.prepare(
        "INSERT INTO requests (day, address, method, path, status, bytes, referrer, is_bot, is_view)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?;
    let mut insert_malformed =
        transaction.prepare("INSERT INTO malformed (line, reason) VALUES (?1, ?2)")?;
    for line in log::read(log) {
        let line = line?;
        match line.entry {
            Ok(entry) => insert_request.execute(params![
                entry.time.date_naive(),
                entry.address,
                entry.request.as_ref().map(|request| &request.method),
                entry.request.as_ref().map(Request::path),
                entry.status,
                // SQLite's integers end at i64::MAX.
                i64::try_from(entry.bytes.unwrap_or(0)).unwrap_or(i64::MAX),
                entry.referrer,
                visits::is_bot(&entry),
                visits::is_view(&entry),
            ])?,
            Err(reason) => insert_malformed.execute(params![line.number, reason.to_string()])?,
        };
    }
    Ok(())
}
