//! The engine that the suite was built with.

/// What runs a script. Two engines are never in one binary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Engine {
    V8,
    QuickJs,
}

impl Engine {
    pub(crate) const ALL: [Self; 2] = [Self::V8, Self::QuickJs];

    /// The one of this binary.
    pub(crate) const THIS: Self = if cfg!(feature = "v8") {
        Self::V8
    } else {
        Self::QuickJs
    };

    /// The name in the summary.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::V8 => "V8",
            Self::QuickJs => "QuickJS",
        }
    }
}
