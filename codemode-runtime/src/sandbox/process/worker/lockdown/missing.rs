//! Steps that couldn't be taken.

/// A step that couldn't be taken: what it is, and what the system said.
#[derive(Debug, thiserror::Error)]
#[error("{step}: {reason}")]
pub(in super::super) struct Failed {
    step: &'static str,
    pub(super) reason: String,
}

impl Failed {
    pub(super) fn new(step: &'static str, reason: impl std::fmt::Display) -> Self {
        Self {
            step,
            reason: reason.to_string(),
        }
    }
}

/// The steps that couldn't be taken so far.
#[derive(Debug, Default)]
pub(in super::super) struct Missing(Vec<Failed>);

impl Missing {
    /// Takes note of a step, and returns what it has given if it could be taken.
    pub(in super::super) fn note<T>(&mut self, step: Result<T, Failed>) -> Option<T> {
        step.map_err(|failed| self.0.push(failed)).ok()
    }

    pub(in super::super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Each one in words.
    pub(in super::super) fn texts(&self) -> Vec<String> {
        self.0.iter().map(ToString::to_string).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{Failed, Missing};

    #[test]
    fn a_step_gives_what_it_has_or_is_missing_with_its_reason() {
        let mut missing = Missing::default();
        assert_eq!(missing.note(Ok(3)), Some(3));
        assert!(missing.is_empty());
        let failed = ["one", "two"].map(|step| Failed::new(step, "not here"));
        for failed in failed {
            assert_eq!(missing.note::<i32>(Err(failed)), None);
        }
        assert!(!missing.is_empty());
        assert_eq!(missing.texts(), ["one: not here", "two: not here"]);
    }
}
