//! Where the tests and their harness are.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The suite on disk, as its own repository has it or as Firefox's.
pub(super) struct Checkout {
    tests: PathBuf,
    harness: Harness,
    paths: Vec<String>,
    elsewhere: BTreeMap<&'static str, usize>,
}

enum Harness {
    /// Files that each test asks for.
    Includes(PathBuf),
    /// `shell.js` in each directory on the way to a test has what its tests ask for.
    Shells,
}

/// From here on, Firefox's harness is about Firefox.
const END_OF_SHELL: &str = "// file: test262-host.js";

/// What every test may use, whether it asks for it or not.
const ALWAYS: [&str; 2] = ["assert.js", "sta.js"];

impl Checkout {
    pub(super) fn open(root: &Path) -> Result<Self, String> {
        let harness = root.join("harness");
        let (tests, harness) = if root.join("test").is_dir() && harness.join("sta.js").is_file() {
            (root.join("test"), Harness::Includes(harness))
        } else if root.join("shell.js").is_file() {
            (root.to_owned(), Harness::Shells)
        } else {
            return Err(format!(
                "{} has neither harness/sta.js, as test262 has, nor shell.js, as Firefox's copy has",
                root.display()
            ));
        };
        let mut paths = Vec::new();
        let mut elsewhere = BTreeMap::new();
        let mut open = vec![tests.clone()];
        while let Some(directory) = open.pop() {
            let entries = fs::read_dir(&directory)
                .map_err(|error| format!("{}: {error}", directory.display()))?;
            for entry in entries {
                let path = entry.map_err(|error| error.to_string())?.path();
                if path.is_dir() {
                    open.push(path);
                } else if let Some(path) = test_path(&tests, &path) {
                    match ELSEWHERE.iter().find(|start| path.starts_with(**start)) {
                        Some(start) => *elsewhere.entry(*start).or_default() += 1,
                        None => paths.push(path),
                    }
                }
            }
        }
        paths.sort();
        Ok(Self {
            tests,
            harness,
            paths,
            elsewhere,
        })
    }

    /// The tests' paths below the directory of tests.
    pub(super) fn tests(&self) -> &[String] {
        &self.paths
    }

    /// How many tests aren't asked at all, by their directory.
    pub(super) fn elsewhere(&self) -> &BTreeMap<&'static str, usize> {
        &self.elsewhere
    }

    pub(super) fn read(&self, path: &str) -> String {
        // A few tests aren't UTF-8 on purpose.
        String::from_utf8_lossy(&fs::read(self.tests.join(path)).unwrap()).into_owned()
    }

    /// What a test finds defined.
    pub(super) fn harness(&self, path: &str, includes: &[String]) -> String {
        match &self.harness {
            Harness::Includes(directory) => ALWAYS
                .into_iter()
                .chain(includes.iter().map(String::as_str))
                .filter(|name| *name != "doneprintHandle.js")
                .map(|name| fs::read_to_string(directory.join(name)).unwrap())
                .collect(),
            Harness::Shells => Path::new(path)
                .ancestors()
                .skip(1)
                .collect::<Vec<_>>()
                .into_iter()
                .rev()
                .filter_map(|part| fs::read_to_string(self.tests.join(part).join("shell.js")).ok())
                .map(|text| match text.split_once(END_OF_SHELL) {
                    Some((before, _)) => before.to_owned(),
                    None => text,
                })
                .collect(),
        }
    }
}

/// What isn't asked at all: what needs the language's Annex B, a locale or a certain version of Unicode is the engine's
/// business, `staging` isn't part of the suite yet, and `harness` tests the harness.
const ELSEWHERE: [&str; 5] = [
    "annexB/",
    "built-ins/RegExp/property-escapes/generated/",
    "harness/",
    "intl402/",
    "staging/",
];

/// The path of a file below the tests, if it is one.
fn test_path(tests: &Path, file: &Path) -> Option<String> {
    let path = file.strip_prefix(tests).ok()?.to_str()?.replace('\\', "/");
    let name = file.file_name()?.to_str()?;
    let is_test = file.extension().is_some_and(|extension| extension == "js")
        && !name.contains("_FIXTURE")
        && !["shell.js", "browser.js"].contains(&name);
    is_test.then_some(path)
}
