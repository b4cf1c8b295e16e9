//! The lists in the documentation that the suite knows better: what an in-process sandbox can't stop, and what is run on the
//! engine that wasn't chosen.

use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use crate::case::Group;
use crate::engine::Engine;
use crate::header::Unstoppable;
use crate::suite::SMOKE;
use crate::tier::Tier;

/// The documentation names exactly the scripts and the groups that are marked. With `CODEMODE_UPDATE_GOLDEN=1`, it is written anew.
pub(crate) fn is_documented(groups: &[Arc<Group>]) -> Result<(), String> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/security.md");
    let documented = fs::read_to_string(&file)
        .map_err(|error| format!("{}: {error}", file.display()))?
        .replace("\r\n", "\n");
    let mut right = documented.clone();
    for engine in Engine::ALL {
        let mark = format!("unstoppable with {}", engine.name());
        right = with_list(&right, &mark, &list(groups, engine))?;
    }
    right = with_list(&right, "groups on the other engine", &smoke_groups())?;
    if documented == right {
        return Ok(());
    }
    if std::env::var_os("CODEMODE_UPDATE_GOLDEN").is_some_and(|value| value == "1") {
        return fs::write(&file, right).map_err(|error| error.to_string());
    }
    Err("docs/security.md doesn't list what the scripts say; run again with CODEMODE_UPDATE_GOLDEN=1".to_owned())
}

/// The text with another list between its marks.
fn with_list(text: &str, mark: &str, list: &str) -> Result<String, String> {
    let begin = format!("<!-- {mark}: begin -->\n");
    let end = format!("<!-- {mark}: end -->\n");
    let cut = |text: &str, at: &str| {
        text.split_once(at)
            .map(|(before, after)| (before.to_owned(), after.to_owned()))
            .ok_or(format!("docs/security.md has no line {at}"))
    };
    let (before, rest) = cut(text, &begin)?;
    let (_, after) = cut(&rest, &end)?;
    Ok(format!("{before}{begin}{list}{end}{after}"))
}

fn smoke_groups() -> String {
    let items = SMOKE.map(|group| format!("- [{group}]\n"));
    format!("\n{}\n", items.concat())
}

fn list(groups: &[Arc<Group>], engine: Engine) -> String {
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
            let named =
                cases.filter(|case| case.header.unstoppable(engine, Tier::InProcess) == Some(kind));
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
