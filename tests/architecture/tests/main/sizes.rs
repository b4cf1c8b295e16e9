//! A file is about one thing, and a folder can be looked over.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use codemode_architecture::source_files;

use super::{crates, repository};

const MOST_LINES: usize = 450;
const MOST_FILES: usize = 12;

/// What is larger, and why.
const REASONS: &[(&str, &str)] = &[
    (
        "codemode-cli/src/commands",
        "one file a command, and what they share",
    ),
    (
        "codemode-runtime/src/sandbox/isolate",
        "the engine is named nowhere else",
    ),
    (
        "codemode-runtime/src/sandbox/isolate/world/bootstrap.js",
        "it runs as one script, whose functions share what they have taken from the language before a script could change it",
    ),
];

#[test]
fn what_is_large_has_a_reason() {
    let root = repository();
    let mut large = BTreeSet::new();
    for path in crates() {
        let mut files: BTreeMap<&Path, usize> = BTreeMap::new();
        let sources = source_files(&path.join("src"), &["js", "rs"]).unwrap();
        for source in &sources {
            let lines = std::fs::read_to_string(source).unwrap().lines().count();
            if lines > MOST_LINES {
                large.insert(
                    source
                        .strip_prefix(&root)
                        .unwrap()
                        .to_string_lossy()
                        .into_owned(),
                );
            }
            *files.entry(source.parent().unwrap()).or_default() += 1;
        }
        let folders = files.into_iter().filter(|(_, count)| *count > MOST_FILES);
        large.extend(folders.map(|(folder, _)| {
            folder
                .strip_prefix(&root)
                .unwrap()
                .to_string_lossy()
                .into_owned()
        }));
    }
    let reasons: BTreeSet<String> = REASONS
        .iter()
        .filter(|(_, reason)| !reason.is_empty())
        .map(|(path, _)| (*path).to_owned())
        .collect();
    let without: Vec<_> = large.difference(&reasons).collect();
    assert!(
        without.is_empty(),
        "larger than {MOST_LINES} lines or {MOST_FILES} files, without a reason: {without:?}"
    );
    let needless: Vec<_> = reasons.difference(&large).collect();
    assert!(needless.is_empty(), "no longer large: {needless:?}");
}
