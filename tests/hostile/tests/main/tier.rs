//! Where the isolate lives.

use codemode_runtime::Isolation;
use serde::{Deserialize, Serialize};

/// An isolation tier that the suite runs in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub(crate) enum Tier {
    InProcess,
    #[cfg(unix)]
    Process,
}

impl Tier {
    pub(crate) const ALL: &[Self] = &[
        Self::InProcess,
        #[cfg(unix)]
        Self::Process,
    ];

    /// The name in tests and in the headers of scripts.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::InProcess => "in-process",
            #[cfg(unix)]
            Self::Process => "process",
        }
    }

    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|tier| tier.name() == name)
    }

    pub(crate) fn isolation(self) -> Isolation {
        match self {
            Self::InProcess => Isolation::InProcess,
            #[cfg(unix)]
            Self::Process => Isolation::Process,
        }
    }
}
