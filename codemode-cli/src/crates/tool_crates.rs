//! Crates with tools that a runner doesn't link.
//!
//! A crate that is named in a Cargo.toml and nowhere in a program is left out by the compiler, and its tools with it. The
//! runner could link such crates by itself, but then the user's own program would lack tools that the command line shows. So
//! they are told, with the line that links them.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use codemode_runtime::Catalogue;
use serde::{Deserialize, Serialize};

use crate::terminal::complain;

/// What `#[tool]` leaves in a compiled library, around the tool's name.
const MARK: &[u8] = b"\x01codemode-tool ";
const END_OF_MARK: u8 = 1;

/// How many of a crate's tools are named.
const NAMED: usize = 3;

/// A crate with tools, and who depends on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ToolCrate {
    /// What the code of `user` calls it.
    name: String,
    /// The package that depends on it.
    user: String,
    /// Those that were compiled, as `namespace.name`.
    tools: BTreeSet<String>,
}

impl ToolCrate {
    /// Looks for tools in a compiled library; `None` if it has none.
    pub(crate) fn read(name: &str, user: &str, library: &Path) -> Option<Self> {
        let tools = tools_in(&fs::read(library).ok()?);
        (!tools.is_empty()).then(|| Self {
            name: name.to_owned(),
            user: user.to_owned(),
            tools,
        })
    }

    /// What to say if none of the crate's tools is in the catalogue: they are linked all together or not at all.
    fn warning(&self, catalogue: &Catalogue) -> Option<String> {
        let Self { name, user, tools } = self;
        let is_linked = catalogue
            .tools()
            .iter()
            .any(|tool| tools.contains(&tool.path()));
        let shown: Vec<&str> = tools.iter().take(NAMED).map(String::as_str).collect();
        let more = match tools.len() - shown.len() {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        (!is_linked).then(|| {
            format!(
                "the crate `{name}` has tools that are missing here ({}{more}): nothing in `{user}` names the crate, and so it \
                 isn't linked. Write `use {name} as _;` in the library of `{user}`, or take the dependency out",
                shown.join(", ")
            )
        })
    }
}

/// Says on standard error which crates' tools aren't in a runner's catalogue.
pub(crate) fn warn(crates: &[ToolCrate], catalogue: &Catalogue) {
    for warning in crates.iter().filter_map(|it| it.warning(catalogue)) {
        complain(&format!("warning: {warning}"));
    }
}

fn tools_in(library: &[u8]) -> BTreeSet<String> {
    let mut tools = BTreeSet::new();
    let mut rest = library;
    while let Some(start) = find(rest, MARK) {
        rest = &rest[start + MARK.len()..];
        let end = rest.iter().position(|byte| *byte == END_OF_MARK);
        let name = end.and_then(|end| std::str::from_utf8(&rest[..end]).ok());
        tools.extend(name.map(str::to_owned));
    }
    tools
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    let first = wanted.first()?;
    let mut from = 0;
    loop {
        let start = from + bytes.get(from..)?.iter().position(|byte| byte == first)?;
        if bytes[start..].starts_with(wanted) {
            return Some(start);
        }
        from = start + 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tools_are_found_between_anything_else() {
        let library = b"\x00\x01codemode-tool a.b\x01\x01codemode-tool c.d\x01\x01\x01codemode-\xff\x01codemode-tool a.b\x01";
        let tools: Vec<String> = tools_in(library).into_iter().collect();
        assert_eq!(tools, ["a.b", "c.d"]);
        for nothing in [
            &b""[..],
            b"codemode-tool a.b",
            b"\x01codemode-tool a.b",
            b"\x01",
        ] {
            assert!(tools_in(nothing).is_empty());
        }
    }
}
