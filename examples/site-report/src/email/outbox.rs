//! A folder with one file a message, named by the time it was sent, so that a listing shows them in order.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use chrono::{DateTime, TimeDelta, Utc};

/// Writes a message into a new file and returns its path.
pub(super) async fn write(folder: &Path, message: Vec<u8>) -> io::Result<PathBuf> {
    let folder = folder.to_owned();
    tokio::task::spawn_blocking(move || write_new(&folder, Utc::now(), &message))
        .await
        .map_err(io::Error::other)?
}

fn write_new(folder: &Path, mut time: DateTime<Utc>, message: &[u8]) -> io::Result<PathBuf> {
    fs::create_dir_all(folder)?;
    loop {
        // No colons: Windows forbids them in file names.
        let path = folder.join(time.format("%Y-%m-%dT%H-%M-%S%.6fZ.eml").to_string());
        match File::create_new(&path) {
            // Another message of the same microsecond was first.
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                time += TimeDelta::microseconds(1);
            }
            file => {
                file?.write_all(message)?;
                return Ok(path);
            }
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;

    #[test]
    fn messages_of_the_same_microsecond_get_files_of_their_own_in_order() {
        let folder = tempfile::tempdir().unwrap();
        let time = DateTime::from_timestamp_nanos(1_795_000_000_123_456_789);
        let first = write_new(folder.path(), time, b"first").unwrap();
        let second = write_new(folder.path(), time, b"second").unwrap();
        assert!(first < second, "{first:?} sorts before {second:?}");
        assert_eq!(fs::read(first).unwrap(), b"first");
        assert_eq!(fs::read(second).unwrap(), b"second");
    }
}
