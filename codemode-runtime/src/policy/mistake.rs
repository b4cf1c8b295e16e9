//! What is wrong with a file.

use std::fmt;
use std::io;
use std::path::PathBuf;

/// One thing that is wrong with a policy file.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Mistake {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong, and what to write.
    pub message: String,
}

impl Mistake {
    pub(in crate::policy) fn new(line: usize, message: impl Into<String>) -> Self {
        Self {
            line,
            message: message.into(),
        }
    }
}

/// Why a policy can't be had from a file.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PolicyFileError {
    /// The file can't be read.
    #[error("can't read {}: {error}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// There are mistakes in it, in the order of their lines.
    #[error("{}", Lines(path, mistakes))]
    Mistakes {
        /// What the file is called.
        path: PathBuf,
        /// All of them.
        mistakes: Vec<Mistake>,
    },
}

/// One line a mistake, as compilers write theirs.
struct Lines<'a>(&'a PathBuf, &'a [Mistake]);

impl fmt::Display for Lines<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, mistake) in self.1.iter().enumerate() {
            if place > 0 {
                formatter.write_str("\n")?;
            }
            let Mistake { line, message } = mistake;
            write!(formatter, "{}:{line}: {message}", self.0.display())?;
        }
        Ok(())
    }
}
