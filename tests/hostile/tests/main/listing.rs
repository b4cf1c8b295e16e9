//! The list of what an in-process sandbox can't stop, in the documentation.

use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use crate::case::Group;
use crate::header::Unstoppable;
use crate::tier::Tier;

const BEGIN: &str = "<!-- unstoppable: begin -->\n";
const END: &str = "<!-- unstoppable: end -->\n";

/// The documentation names exactly the scripts that are marked. With `CODEMODE_UPDATE_GOLDEN=1`, it is written anew.
pub(crate) fn is_documented(groups: &[Arc<Group>]) -> Result<(), String> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/security.md");
    let text = fs::read_to_string(&file)
        .map_err(|error| format!("{}: {error}", file.display()))?
        .replace("\r\n", "\n");
    let (before, rest) = text.split_once(BEGIN).ok_or(format!("no line {BEGIN}"))?;
    let (documented, after) = rest.split_once(END).ok_or(format!("no line {END}"))?;
    let listed = list(groups);
    if documented == listed {
        return Ok(());
    }
    if std::env::var_os("CODEMODE_UPDATE_GOLDEN").is_some_and(|value| value == "1") {
        return fs::write(&file, format!("{before}{BEGIN}{listed}{END}{after}"))
            .map_err(|error| error.to_string());
    }
    Err(format!(
        "docs/security.md doesn't list what the scripts say; run again with CODEMODE_UPDATE_GOLDEN=1:\n{listed}"
    ))
}

fn list(groups: &[Arc<Group>]) -> String {
    let mut list = String::new();
    for (kind, heading) in [
        (
            Unstoppable::GoesOn,
            "The run comes back on time; its thread stays, busy or waiting, with what it has:",
        ),
        (
            Unstoppable::MayGoOn,
            "The same, depending on the machine and on when the engine collects its garbage:",
        ),
        (
            Unstoppable::EndsTheHost,
            "The engine ends the host's process:",
        ),
        (
            Unstoppable::MayEndTheHost,
            "The same, depending on the machine and on when the engine collects its garbage:",
        ),
    ] {
        let mut names = groups.iter().flat_map(|group| {
            let cases = group.cases.iter();
            let named = cases.filter(|case| case.header.unstoppable(Tier::InProcess) == Some(kind));
            named.map(|case| (&case.title, &group.name))
        });
        let Some(first) = names.next() else {
            continue;
        };
        writeln!(list, "\n{heading}\n").unwrap();
        for (title, group) in std::iter::once(first).chain(names) {
            writeln!(list, "- {title} (`{group}`)").unwrap();
        }
    }
    list.push('\n');
    list
}
