//! Crates for the program to work on, generated below the target folder.
//!
//! They are few, and most tests share one: each is built, and builds wait for each other. They share the target folder of
//! these tests, too, so that what they have in common is built once. Their sources are in `tests/fixtures`.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

pub(crate) use codemode_test_support::project::repository;
use codemode_test_support::project::{self, DEPENDENCIES, with_root, write};

/// The packages of the fixtures' workspace, with their manifests' dependencies and their sources.
const PACKAGES: [Package; 9] = [
    Package {
        name: "fixture-tools",
        dependencies: &[RUNTIME, "fixture-answer = \"1\""],
        files: &[("src/lib.rs", include_str!("../../fixtures/tools.rs"))],
    },
    Package {
        name: "fixture-features",
        dependencies: &[RUNTIME, "[features]", "more = []"],
        files: &[("src/lib.rs", include_str!("../../fixtures/features.rs"))],
    },
    Package {
        name: "fixture-renamed",
        dependencies: &[
            "kit = { package = \"codemode-runtime\", path = \"ROOT/codemode-runtime\", default-features = false }",
        ],
        files: &[("src/lib.rs", include_str!("../../fixtures/renamed.rs"))],
    },
    Package {
        name: "fixture-state",
        dependencies: &[RUNTIME],
        files: &[("src/lib.rs", include_str!("../../fixtures/state.rs"))],
    },
    Package {
        name: "fixture-twins",
        dependencies: &[RUNTIME],
        files: &[("src/lib.rs", include_str!("../../fixtures/twins.rs"))],
    },
    Package {
        name: "fixture-empty",
        dependencies: &[RUNTIME],
        files: &[(
            "src/lib.rs",
            "//! A library whose tools are still to be written.\n",
        )],
    },
    Package {
        name: "fixture-broken",
        dependencies: &[RUNTIME],
        files: &[(
            "src/lib.rs",
            "//! Doesn't compile.\n\nfn broken() -> u8 { \"text\" }\n",
        )],
    },
    Package {
        name: "fixture-binary",
        // With what its mended form needs, so that it is in the lock file.
        dependencies: &[
            RUNTIME,
            "codemode-cli = { path = \"ROOT/codemode-cli\", default-features = false }",
        ],
        files: &[("src/main.rs", include_str!("../../fixtures/binary.rs"))],
    },
    Package {
        name: "fixture-plain",
        dependencies: &[],
        files: &[("src/lib.rs", "//! Has nothing to do with tools.\n")],
    },
];

/// What most of them depend on.
const RUNTIME: &str = DEPENDENCIES;

struct Package {
    name: &'static str,
    dependencies: &'static [&'static str],
    files: &'static [(&'static str, &'static str)],
}

/// The target folder that these tests themselves are built into.
pub(crate) fn target_folder() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR"))
        .parent()
        .unwrap()
        .to_owned()
}

/// The folder for a project of the given name.
pub(crate) fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("codemode-cli")
        .join(name)
}

/// The workspace with all packages, ready to be built without a network.
pub(crate) fn workspace() -> PathBuf {
    let folder = folder("workspace");
    fs::create_dir_all(&folder).unwrap();
    // Tests may run in processes of their own. The lock is released when the file is closed.
    let lock = File::create(folder.join("set-up.lock")).unwrap();
    lock.lock().unwrap();
    let changed = write(&folder, "Cargo.toml", &workspace_manifest())
        | write(
            &folder,
            "answer/Cargo.toml",
            &package_manifest("fixture-answer", "1.2.3", &[]),
        )
        | write(
            &folder,
            "answer/src/lib.rs",
            "//! Only the patch has this crate.\n\n/// The answer.\npub const ANSWER: u8 = 42;\n",
        )
        | PACKAGES.iter().fold(false, |changed, package| {
            changed | write_package(&folder, package)
        });
    if changed || !folder.join("Cargo.lock").is_file() {
        share_lock_file(&folder);
    }
    folder
}

/// Writes a project that is a workspace of its own, for one test.
pub(crate) fn project(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let folder = folder(name);
    project::write_all(&folder, files);
    folder
}

/// The manifest of a crate with tools that is a workspace of its own.
pub(crate) fn lone_manifest(name: &str) -> String {
    project::lone_manifest(
        name,
        "codemode-runtime = { path = \"ROOT/codemode-runtime\", default-features = false }",
    )
}

/// Makes a project use the versions of this repository, and fetches what is missing of them.
pub(crate) fn share_lock_file(folder: &Path) {
    project::share_lock_file(folder, &target_folder());
}

fn workspace_manifest() -> String {
    let members: Vec<_> = PACKAGES.iter().map(|package| package.name).collect();
    format!(
        "[workspace]\nresolver = \"3\"\nmembers = {members:?}\n\n\
         [patch.crates-io]\nfixture-answer = {{ path = \"answer\" }}\n\n\
         [profile.dev]\ndebug = \"line-tables-only\"\n\n\
         [profile.dev.package.fixture-tools]\noverflow-checks = false\n"
    )
}

fn package_manifest(name: &str, version: &str, dependencies: &[&str]) -> String {
    with_root(&format!(
        "[package]\nname = \"{name}\"\nversion = \"{version}\"\nedition = \"2024\"\npublish = false\n\n\
         [dependencies]\n{}\n",
        dependencies.join("\n")
    ))
}

fn write_package(workspace: &Path, package: &Package) -> bool {
    let folder = workspace.join(package.name);
    let manifest = package_manifest(package.name, "0.0.0", package.dependencies);
    package.files.iter().fold(
        write(&folder, "Cargo.toml", &manifest),
        |changed, (path, text)| changed | write(&folder, path, text),
    )
}
