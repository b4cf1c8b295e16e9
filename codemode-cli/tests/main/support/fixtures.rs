//! Crates for the program to work on, generated below the target folder.
//!
//! They are few, and most tests share one: each is built, and builds wait for each other. They share the target folder of
//! these tests, too, so that what they have in common is built once. Their sources are in `tests/fixtures`.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use super::{command, finish};

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

/// What a crate of tools depends on. It is what `init` gives a new one, with the same features: with others, cargo would
/// build all of it again.
const RUNTIME: &str = "codemode-runtime = { path = \"ROOT/codemode-runtime\", default-features = false }\n\
                       schemars = \"1\"\n\
                       serde = { version = \"1\", features = [\"derive\"] }";

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

/// The root of this repository.
pub(crate) fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
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
    for (path, text) in files {
        write(&folder, path, &with_root(text));
    }
    folder
}

/// Makes a project use the versions of this repository, and fetches what is missing of them.
pub(crate) fn share_lock_file(folder: &Path) {
    fs::copy(repository().join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    let fetch = |offline: &str| {
        let mut cargo = command(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo
            .args(["metadata", "--quiet", "--format-version", "1"])
            .current_dir(folder)
            .env("CARGO_NET_OFFLINE", offline);
        finish(cargo, "")
    };
    if fetch("true").status != Some(0) {
        fetch("false").expect(0);
    }
}

/// A manifest's text with the repository's path in it.
fn with_root(text: &str) -> String {
    // As a TOML string, in which a backslash would start an escape sequence.
    text.replace(
        "ROOT",
        &repository().display().to_string().replace('\\', "/"),
    )
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

/// Writes a file unless it has that text already, since cargo builds anew what has a new time. Tells whether it did.
fn write(folder: &Path, path: &str, text: &str) -> bool {
    let path = folder.join(path);
    if fs::read_to_string(&path).is_ok_and(|known| known == text) {
        return false;
    }
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
    true
}
