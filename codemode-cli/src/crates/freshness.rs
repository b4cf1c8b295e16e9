//! What was built last, and of what. While nothing of that has changed, cargo needn't be asked again, which takes it half a
//! second to say no more than that.
//!
//! All that cargo may look at is looked at, and rather too much of it: every file of every package that isn't of a registry,
//! the files of cargo's and rustup's settings, the compiler, and the environment. Whatever can't be told for sure is a
//! change.

use std::collections::BTreeSet;
use std::collections::hash_map::DefaultHasher;
use std::env;
use std::ffi::{OsStr, OsString};
use std::fs::{self, Metadata};
use std::hash::{Hash as _, Hasher as _};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use serde::{Deserialize, Serialize};

use super::project::{Project, Source};
use super::runner_program::Runner;
use super::tool_crates::ToolCrate;

/// A project with more files isn't looked through.
const MAX_FILES: usize = 20_000;

/// What differs from one terminal to the next, and that nothing is built of.
const OF_THE_TERMINAL: [&str; 7] = ["_", "COLUMNS", "LINES", "OLDPWD", "PWD", "SHLVL", "TERM"];

/// A program that was built, and what of.
#[derive(Serialize, Deserialize)]
pub(crate) struct Built {
    program: PathBuf,
    tool_crates: Vec<ToolCrate>,
    inputs: Inputs,
    /// What `inputs` came to when the building began.
    digest: u64,
    program_digest: u64,
}

/// What a program is built of.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Inputs {
    folders: BTreeSet<PathBuf>,
    /// Others, whether they are there or not.
    files: BTreeSet<PathBuf>,
}

impl Built {
    /// The program of the last time, if it's the one that cargo would build now.
    pub(crate) fn read(record: &Path) -> Option<Runner> {
        let built: Self = serde_json::from_str(&fs::read_to_string(record).ok()?).ok()?;
        let same = built.inputs.digest()? == built.digest
            && digest_of(|hasher| stamp(&built.program, hasher)) == built.program_digest;
        same.then_some(Runner {
            program: built.program,
            tool_crates: built.tool_crates,
        })
    }

    /// Remembers what was built. Without that, cargo is asked the next time.
    pub(crate) fn write(record: &Path, before: Before, runner: &Runner) {
        let Runner {
            program,
            tool_crates,
        } = runner;
        let Before {
            time,
            digest,
            mut inputs,
        } = before;
        let others = sources_elsewhere(program, &inputs, time);
        // What has changed meanwhile may be in the program or not.
        let (Some(others), true) = (others, inputs.digest() == digest) else {
            let _ = fs::remove_file(record);
            return;
        };
        inputs.files.extend(others);
        let Some(digest) = inputs.digest() else {
            return;
        };
        let built = Self {
            program: program.to_owned(),
            tool_crates: tool_crates.clone(),
            inputs,
            digest,
            program_digest: digest_of(|hasher| stamp(program, hasher)),
        };
        if let Ok(text) = serde_json::to_string(&built) {
            let _ = fs::write(record, text);
        }
    }
}

/// The inputs as they are before something is built of them.
pub(crate) struct Before {
    time: SystemTime,
    inputs: Inputs,
    digest: Option<u64>,
}

impl Before {
    pub(crate) fn building(project: &Project) -> Self {
        let time = SystemTime::now();
        let inputs = Inputs::of(project);
        Self {
            time,
            digest: inputs.digest(),
            inputs,
        }
    }
}

impl Inputs {
    fn of(project: &Project) -> Self {
        let mut folders = project.local_packages.clone();
        if let Source::Folder(folder) = &project.runtime {
            // The runner uses it, whether the package does or not.
            folders.insert(folder.join("codemode-cli"));
        }
        let root = &project.workspace_root;
        let mut files = BTreeSet::from([root.join("Cargo.toml"), root.join("Cargo.lock")]);
        let here = env::current_dir().unwrap_or_default();
        for folder in root.ancestors().chain(here.ancestors()) {
            let names = [
                ".cargo/config",
                ".cargo/config.toml",
                "rust-toolchain",
                "rust-toolchain.toml",
            ];
            files.extend(names.map(|name| folder.join(name)));
        }
        let home = env::home_dir().unwrap_or_default();
        let set = |name: &str, default: &str| {
            env::var_os(name).map_or_else(|| home.join(default), PathBuf::from)
        };
        let cargo = set("CARGO_HOME", ".cargo");
        files.extend([cargo.join("config"), cargo.join("config.toml")]);
        files.insert(set("RUSTUP_HOME", ".rustup").join("settings.toml"));
        let folders_of_programs = env::var_os("PATH").unwrap_or_default();
        for folder in env::split_paths(&folders_of_programs) {
            files.extend(["cargo", "rustc"].map(|name| folder.join(name)));
        }
        files.extend(env::current_exe());
        Self { folders, files }
    }

    /// A number that is another one when anything has changed. `None` if that can't be told.
    fn digest(&self) -> Option<u64> {
        let mut found = self.files.clone();
        for folder in &self.folders {
            collect(folder, &mut found)?;
        }
        Some(digest_of(|hasher| {
            let mut variables: Vec<(OsString, OsString)> = env::vars_os()
                .filter(|(name, _)| may_matter(name))
                .collect();
            variables.sort();
            variables.hash(hasher);
            for file in found {
                stamp(&file, hasher);
            }
        }))
    }
}

/// Whether something could be built of a variable.
fn may_matter(name: &OsStr) -> bool {
    !OF_THE_TERMINAL.iter().any(|other| name == *other)
}

/// Adds the files in a folder, and those in its folders.
fn collect(folder: &Path, files: &mut BTreeSet<PathBuf>) -> Option<()> {
    let entries: Vec<_> = fs::read_dir(folder).ok()?.collect::<Result<_, _>>().ok()?;
    // What programs have put aside, such as cargo's target directory.
    if entries
        .iter()
        .any(|entry| entry.file_name() == "CACHEDIR.TAG")
    {
        return Some(());
    }
    for entry in entries {
        let name = entry.file_name();
        let kind = entry.file_type().ok()?;
        let is_hidden = name.as_encoded_bytes().starts_with(b".");
        if kind.is_dir() && !is_hidden && name != "node_modules" {
            collect(&entry.path(), files)?;
        } else if kind.is_file() {
            files.insert(entry.path());
        } else if kind.is_symlink() {
            // It could lead anywhere, and around in a circle.
            fs::metadata(entry.path()).ok().filter(Metadata::is_file)?;
            files.insert(entry.path());
        }
        if files.len() > MAX_FILES {
            return None;
        }
    }
    Some(())
}

/// The files that the compiler has read and that are in none of the folders. `None` if one may have changed since.
fn sources_elsewhere(program: &Path, inputs: &Inputs, time: SystemTime) -> Option<Vec<PathBuf>> {
    let list = fs::read_to_string(program.with_extension("d")).ok()?;
    let mut known = inputs.files.clone();
    for folder in &inputs.folders {
        collect(folder, &mut known)?;
    }
    let elsewhere: Vec<PathBuf> = dependencies(&list)
        .filter(|path| !known.contains(path))
        .collect();
    let is_older = |path: &PathBuf| {
        let changed = fs::metadata(path).and_then(|found| found.modified());
        changed.is_ok_and(|changed| changed < time)
    };
    elsewhere.iter().all(is_older).then_some(elsewhere)
}

/// The files behind the colon of a list as `make` reads it.
fn dependencies(list: &str) -> impl Iterator<Item = PathBuf> {
    let (_, files) = list.split_once(": ").unwrap_or_default();
    let line = files.lines().next().unwrap_or_default();
    let names = line.replace("\\ ", "\0");
    let names: Vec<String> = names
        .split_whitespace()
        .map(|name| name.replace('\0', " "))
        .collect();
    names.into_iter().map(PathBuf::from)
}

/// What tells a file from the one that it was, without reading it.
fn stamp(file: &Path, hasher: &mut DefaultHasher) {
    file.hash(hasher);
    let Ok(found) = fs::metadata(file) else {
        return;
    };
    found.len().hash(hasher);
    found.modified().ok().hash(hasher);
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        // Nobody sets this one back.
        (found.ctime(), found.ctime_nsec(), found.ino()).hash(hasher);
    }
}

fn digest_of(add: impl FnOnce(&mut DefaultHasher)) -> u64 {
    let mut hasher = DefaultHasher::new();
    add(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn project(folder: &Path) -> Inputs {
        fs::create_dir_all(folder.join("src")).unwrap();
        fs::create_dir_all(folder.join("target")).unwrap();
        fs::write(folder.join("Cargo.toml"), "[package]").unwrap();
        fs::write(folder.join("src/lib.rs"), "fn one() {}").unwrap();
        fs::write(folder.join("target/CACHEDIR.TAG"), "").unwrap();
        Inputs {
            folders: BTreeSet::from([folder.to_owned()]),
            files: BTreeSet::from([folder.join("../config.toml")]),
        }
    }

    #[test]
    fn every_change_that_cargo_would_see_is_seen() {
        type Change = (&'static str, bool, fn(&Path) -> std::io::Result<()>);
        let changes: [Change; 9] = [
            ("nothing", false, |_| Ok(())),
            ("a build", false, |at| fs::write(at.join("target/new"), "")),
            ("a source", true, |at| {
                fs::write(at.join("src/lib.rs"), "fn two() {}")
            }),
            ("a new file", true, |at| {
                fs::write(at.join("src/new.rs"), "")
            }),
            ("a file gone", true, |at| {
                fs::remove_file(at.join("Cargo.toml"))
            }),
            ("a settings file", true, |at| {
                fs::write(at.join("../config.toml"), "")
            }),
            ("a file renamed", true, |at| {
                fs::rename(at.join("src/lib.rs"), at.join("src/lob.rs"))
            }),
            ("the same text with the old time", true, |at| {
                let file = at.join("src/lib.rs");
                let time = fs::metadata(&file)?.modified()?;
                fs::write(&file, "fn two() {}")?;
                fs::File::options()
                    .write(true)
                    .open(&file)?
                    .set_modified(time)
            }),
            ("a folder gone", true, |at| fs::remove_dir_all(at)),
        ];
        for (change, seen, make) in changes {
            let around = tempfile::tempdir().unwrap();
            let folder = around.path().join("crate");
            let inputs = project(&folder);
            let before = inputs.digest().unwrap();
            make(&folder).unwrap();
            assert_eq!(inputs.digest() != Some(before), seen, "{change}");
        }
    }

    #[test]
    fn a_program_is_remembered_until_it_or_its_sources_change() {
        let around = tempfile::tempdir().unwrap();
        let [folder, program, record] =
            ["crate", "program", "record.json"].map(|name| around.path().join(name));
        let inputs = project(&folder);
        let elsewhere = around.path().join("a text.txt");
        let remember = || {
            fs::write(&program, "built").unwrap();
            fs::write(&elsewhere, "included").unwrap();
            let list = format!(
                "{}: {} {}\n",
                program.display(),
                folder.join("src/lib.rs").display(),
                elsewhere.display().to_string().replace(' ', "\\ ")
            );
            fs::write(program.with_extension("d"), list).unwrap();
            let before = Before {
                time: SystemTime::now() + std::time::Duration::from_secs(1),
                digest: inputs.digest(),
                inputs: inputs.clone(),
            };
            let runner = Runner {
                program: program.clone(),
                tool_crates: Vec::new(),
            };
            Built::write(&record, before, &runner);
            assert_eq!(Built::read(&record), Some(runner));
        };
        remember();
        fs::write(&elsewhere, "included anew").unwrap();
        assert_eq!(Built::read(&record), None, "what is included has changed");
        remember();
        fs::write(&program, "built by somebody else").unwrap();
        assert_eq!(Built::read(&record), None, "the program has changed");
        remember();
        fs::write(folder.join("src/lib.rs"), "fn three() {}").unwrap();
        assert_eq!(Built::read(&record), None, "a source has changed");
        remember();
        fs::remove_file(&program).unwrap();
        assert_eq!(Built::read(&record), None, "the program is gone");
    }

    #[test]
    fn what_changes_while_it_is_built_is_built_again() {
        let around = tempfile::tempdir().unwrap();
        let [folder, program, record] =
            ["crate", "program", "record.json"].map(|name| around.path().join(name));
        let inputs = project(&folder);
        fs::write(&program, "built").unwrap();
        fs::write(program.with_extension("d"), "program: \n").unwrap();
        let before = Before {
            time: SystemTime::now(),
            digest: inputs.digest(),
            inputs,
        };
        fs::write(folder.join("src/lib.rs"), "fn two() {}").unwrap();
        let runner = Runner {
            program,
            tool_crates: Vec::new(),
        };
        Built::write(&record, before, &runner);
        assert_eq!(Built::read(&record), None);
    }

    #[test]
    fn what_differs_between_terminals_is_no_change() {
        for name in ["PWD", "COLUMNS", "_"] {
            assert!(!may_matter(name.as_ref()), "{name}");
        }
        for name in ["PATH", "RUSTFLAGS", "CODEMODE_TSC", ""] {
            assert!(may_matter(name.as_ref()), "{name}");
        }
    }

    #[test]
    fn a_project_of_twenty_thousand_files_is_looked_through_and_a_larger_one_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let mut files: BTreeSet<PathBuf> =
            (1..20_000).map(|file| file.to_string().into()).collect();
        fs::write(folder.path().join("one.rs"), "").unwrap();
        assert_eq!(collect(folder.path(), &mut files), Some(()));
        assert_eq!(files.len(), 20_000);
        fs::write(folder.path().join("two.rs"), "").unwrap();
        assert_eq!(collect(folder.path(), &mut files), None);
    }

    #[test]
    fn a_source_elsewhere_that_is_not_older_than_the_build_may_have_changed_since() {
        let around = tempfile::tempdir().unwrap();
        let [program, source] = ["program", "text.txt"].map(|name| around.path().join(name));
        fs::write(&source, "included").unwrap();
        let list = format!("{}: {}\n", program.display(), source.display());
        fs::write(program.with_extension("d"), list).unwrap();
        let changed = fs::metadata(&source).unwrap().modified().unwrap();
        let inputs = Inputs {
            folders: BTreeSet::new(),
            files: BTreeSet::new(),
        };
        let later = changed + std::time::Duration::from_nanos(1);
        assert_eq!(sources_elsewhere(&program, &inputs, changed), None);
        assert_eq!(
            sources_elsewhere(&program, &inputs, later),
            Some(vec![source])
        );
    }
}
