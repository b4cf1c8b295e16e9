//! Where the isolate lives.

use serde::{Deserialize, Serialize};

/// An isolation tier that the suite runs in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub(crate) enum Tier {
    InProcess,
}

impl Tier {
    pub(crate) const ALL: [Self; 1] = [Self::InProcess];

    /// The name in tests and in the headers of scripts.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::InProcess => "in-process",
        }
    }

    /// Whether every script has to come back on time, whatever it does.
    pub(crate) fn always_comes_back(self) -> bool {
        match self {
            Self::InProcess => false,
        }
    }
}
