//! Pictures and files that a script handed out, as files.

use std::fs::OpenOptions;
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use bytesize::ByteSize;
use codemode_runtime::Attachment;

use crate::error::CliError;
use crate::terminal::complain;

/// Saves them in a folder, without replacing anything there, and says so on standard error.
pub(super) fn save(folder: &Path, attachments: &[Attachment]) -> Result<(), CliError> {
    for attachment in attachments {
        let path = save_one(folder, attachment)?;
        let size = ByteSize::b(attachment.bytes.len() as u64);
        complain(&format!(
            "saved {} ({}, {size})",
            path.display(),
            attachment.media_type
        ));
    }
    Ok(())
}

fn save_one(folder: &Path, attachment: &Attachment) -> Result<PathBuf, CliError> {
    let mut number = 1;
    loop {
        let path = folder.join(numbered(&attachment.name, number));
        let written = OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(&path)
            .and_then(|mut file| file.write_all(&attachment.bytes));
        match written {
            Ok(()) => return Ok(path),
            Err(error) if is_taken(&error) => number += 1,
            Err(error) => return Err(CliError::Write { path, error }),
        }
    }
}

fn is_taken(error: &io::Error) -> bool {
    error.kind() == ErrorKind::AlreadyExists
}

/// `chart.png`, `chart-2.png`, `chart-3.png` …
fn numbered(name: &str, number: usize) -> String {
    match (number, name.rsplit_once('.')) {
        (1, _) => name.to_owned(),
        (_, Some((stem, ending))) => format!("{stem}-{number}.{ending}"),
        (_, None) => format!("{name}-{number}"),
    }
}
