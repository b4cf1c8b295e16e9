//! Where the tests and their harness are.

use std::fs;
use std::path::{Path, PathBuf};

/// The suite on disk, as its own repository has it or as Firefox's.
pub(super) struct Checkout {
    tests: PathBuf,
    harness: Harness,
    paths: Vec<String>,
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
        let mut open = vec![tests.clone()];
        while let Some(directory) = open.pop() {
            let entries = fs::read_dir(&directory)
                .map_err(|error| format!("{}: {error}", directory.display()))?;
            for entry in entries {
                let path = entry.map_err(|error| error.to_string())?.path();
                if path.is_dir() {
                    open.push(path);
                } else if let Some(path) = test_path(&tests, &path) {
                    paths.push(path);
                }
            }
        }
        paths.sort();
        Ok(Self {
            tests,
            harness,
            paths,
        })
    }

    /// The tests' paths below the directory of tests.
    pub(super) fn tests(&self) -> &[String] {
        &self.paths
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

fn test_path(tests: &Path, file: &Path) -> Option<String> {
    let path = file.strip_prefix(tests).ok()?.to_str()?.replace('\\', "/");
    let name = file.file_name()?.to_str()?;
    // What needs the language's Annex B, a locale or a certain version of Unicode is the engine's business, and `harness`
    // tests the harness.
    let elsewhere = [
        "annexB/",
        "intl402/",
        "harness/",
        "staging/",
        "built-ins/RegExp/property-escapes/generated/",
    ];
    let is_test = file.extension().is_some_and(|extension| extension == "js")
        && !name.contains("_FIXTURE")
        && !["shell.js", "browser.js"].contains(&name)
        && !elsewhere.iter().any(|start| path.starts_with(start));
    is_test.then_some(path)
}
