//! Sessions that outlive a command: `run --session NAME`.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use codemode_runtime::{Kept, KeptKind, Outcome, Store};

use crate::error::CliError;
use crate::terminal::complain;

/// The store of a session, which is made if there is none.
pub(super) fn open(name: &str) -> Result<Store, CliError> {
    let path = path_of(name, |variable| std::env::var_os(variable))?;
    if let Some(folder) = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
    {
        std::fs::create_dir_all(folder).map_err(|error| CliError::Write {
            path: folder.to_owned(),
            error,
        })?;
    }
    Ok(Store::in_file(&path)?)
}

/// Tells where a result is that isn't printed.
pub(super) fn tell_kept(outcome: &Outcome) {
    let results = outcome.kept.iter();
    let mut results = results.filter(|kept| kept.kind == KeptKind::Returned);
    if outcome.value().is_none()
        && let Some(Kept { name, bytes, .. }) = results.next()
    {
        complain(&format!(
            "note: the result has {bytes} bytes of JSON, too many to print; the session has it: `await $store.get({name:?})`"
        ));
    }
}

/// The file of a session: that of a path, or of a name in the folder where programs keep their state.
fn path_of(name: &str, variable: impl Fn(&str) -> Option<OsString>) -> Result<PathBuf, CliError> {
    if name.contains(['/', '\\']) {
        return Ok(name.into());
    }
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "-_.".contains(letter);
    if name.is_empty() || name.starts_with('.') || name.len() > 100 || !name.chars().all(is_plain) {
        return Err(CliError::SessionName(name.to_owned()));
    }
    let folder = |variable_name: &str| {
        variable(variable_name)
            .filter(|folder| Path::new(folder).is_absolute())
            .map(PathBuf::from)
    };
    let state = folder("XDG_STATE_HOME")
        .or_else(|| folder("LOCALAPPDATA"))
        .or_else(|| Some(folder("HOME")?.join(".local").join("state")))
        .ok_or(CliError::NoStateFolder)?;
    Ok(state
        .join("codemode")
        .join("sessions")
        .join(format!("{name}.jsonl")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(name: &str, variables: &[(&str, &str)]) -> Result<PathBuf, String> {
        let variable = |wanted: &str| {
            let found = variables.iter().find(|(name, _)| *name == wanted);
            found.map(|(_, value)| value.into())
        };
        path_of(name, variable).map_err(|error| error.to_string())
    }

    #[test]
    fn a_name_is_a_file_where_programs_keep_their_state_and_a_path_is_itself() {
        let home = ("HOME", "/home/ada");
        let state = ("XDG_STATE_HOME", "/state");
        for (name, variables, expected) in [
            (
                "work",
                &[home][..],
                "/home/ada/.local/state/codemode/sessions/work.jsonl",
            ),
            (
                "work",
                &[home, state],
                "/state/codemode/sessions/work.jsonl",
            ),
            (
                "work",
                &[home, ("XDG_STATE_HOME", "state")],
                "/home/ada/.local/state/codemode/sessions/work.jsonl",
            ),
            ("./a.jsonl", &[], "./a.jsonl"),
        ] {
            assert_eq!(
                path(name, variables),
                Ok(expected.into()),
                "{name} {variables:?}"
            );
        }
    }

    #[test]
    fn what_is_no_name_leads_nowhere() {
        for name in ["", ".", "..", ".hidden", "a b", "ä", &"n".repeat(101)] {
            let error = path(name, &[("HOME", "/home/ada")]).unwrap_err();
            assert!(
                error.starts_with(&format!("{name:?} is no name of a session")),
                "{error}"
            );
        }
        let error = path("work", &[]).unwrap_err();
        assert!(error.contains("HOME"), "{error}");
    }
}
