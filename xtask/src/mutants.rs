//! `cargo xtask mutants`: breaks the code where a mistake hurts, one operator or function at a time, and says which breaks no
//! test notices.

use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::tools;
use crate::workspace::Workspace;

/// A part of the code whose unit tests have to notice every mistake.
struct Module {
    name: &'static str,
    package: &'static str,
    /// Below the package's sources, as `cargo mutants` matches them.
    files: &'static [&'static str],
    /// What the names of its tests begin with.
    tests: &'static str,
    needs: Needs,
}

/// What has to be built for a module's tests.
#[derive(Clone, Copy, PartialEq)]
enum Needs {
    /// The package as it is by itself.
    Nothing,
    /// The runtime without an engine.
    NoEngine,
    Engine,
}

/// In the order in which a mistake hurts.
const MODULES: &[Module] = &[
    runtime(
        "lock-down",
        &[
            "sandbox/process/worker/lockdown.rs",
            "sandbox/process/worker/lockdown/*.rs",
        ],
        "sandbox::process::worker::lockdown",
        Needs::Engine,
    ),
    runtime(
        "limits",
        &[
            "sandbox/options/limits.rs",
            "sandbox/run/clock.rs",
            "sandbox/run/cpu.rs",
            "sandbox/run/watchdog.rs",
            "sandbox/run/watched.rs",
            "sandbox/isolate/memory.rs",
            "sandbox/isolate/buffers.rs",
        ],
        "sandbox::",
        Needs::Engine,
    ),
    runtime(
        "policy",
        &["sandbox/options/policy.rs"],
        "sandbox::options::policy",
        Needs::Engine,
    ),
    runtime(
        "border",
        &["sandbox/run/border.rs"],
        "sandbox::run::border",
        Needs::Engine,
    ),
    runtime(
        "calls",
        &["sandbox/run/calls.rs"],
        "sandbox::run::calls",
        Needs::Engine,
    ),
    runtime(
        "frames",
        &["sandbox/process/frame/*.rs"],
        "sandbox::process::frame",
        Needs::Engine,
    ),
    runtime(
        "exact",
        &["exact/*.rs", "exact/*/*.rs"],
        "exact::",
        Needs::NoEngine,
    ),
    Module {
        name: "secrets",
        package: "codemode-mcp",
        files: &["client/secrets.rs", "client/secrets/*.rs"],
        tests: "client::secrets",
        needs: Needs::Engine,
    },
    Module {
        name: "fit",
        package: "codemode-declarations",
        files: &["fit/*.rs"],
        tests: "fit::",
        needs: Needs::Nothing,
    },
    Module {
        name: "verdict",
        package: "codemode-check",
        files: &[
            "compiler/cold.rs",
            "compiler/ending.rs",
            "compiler/kept.rs",
            "compiler/program.rs",
        ],
        tests: "compiler::",
        needs: Needs::Nothing,
    },
    Module {
        name: "script",
        package: "codemode-script",
        files: &["script/normal_form.rs", "script/functions.rs"],
        tests: "script::",
        needs: Needs::Nothing,
    },
    Module {
        name: "nearest",
        package: "codemode-script",
        files: &["nearest.rs"],
        tests: "nearest::",
        needs: Needs::Nothing,
    },
    Module {
        name: "freshness",
        package: "codemode-cli",
        files: &["crates/freshness.rs"],
        tests: "crates::freshness::",
        needs: Needs::Engine,
    },
];

const fn runtime(
    name: &'static str,
    files: &'static [&'static str],
    tests: &'static str,
    needs: Needs,
) -> Module {
    Module {
        name,
        package: "codemode-runtime",
        files,
        tests,
        needs,
    }
}

/// Which mutants are tried.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Which {
    All,
    /// Those of one module.
    Of(String),
    /// Those of lines that have changed since a commit.
    Changed {
        since: String,
    },
}

/// Tries mutants, module by module.
///
/// # Errors
/// When there is no such module, `cargo mutants` isn't there, or a mutant lives.
pub(crate) fn run(workspace: &Workspace, which: &Which) -> Result<(), String> {
    let modules: Vec<&Module> = MODULES
        .iter()
        .filter(|module| !matches!(which, Which::Of(name) if name != module.name))
        .collect();
    if modules.is_empty() {
        let names: Vec<_> = MODULES.iter().map(|module| module.name).collect();
        return Err(format!(
            "there is no such module: write one of {}",
            names.join(", ")
        ));
    }
    if !tools::succeeds(workspace.cargo().args(["mutants", "--version"])) {
        return Err(
            "this needs cargo-mutants: `cargo install cargo-mutants --locked`, once".to_owned(),
        );
    }
    let mut noticed_all = true;
    for module in modules {
        let difference = match which {
            Which::Changed { since } => match difference(workspace, module, since)? {
                Some(difference) => Some(difference),
                None => continue,
            },
            Which::All | Which::Of(_) => None,
        };
        tools::heading(&format!("Mutants of {}", module.name));
        let status = tools::run_for_status(&mut mutants(workspace, module, difference))?;
        match status.code() {
            // A mutant that never ends was noticed.
            Some(0 | NEVER_ENDED) => {}
            Some(LIVES) => noticed_all = false,
            _ => {
                return Err(format!(
                    "the mutants of {} weren't tried ({status})",
                    module.name
                ));
            }
        }
    }
    if noticed_all {
        Ok(())
    } else {
        Err("no test notices some of the mutants above: write one, or say in .cargo/mutants.toml why none can".to_owned())
    }
}

/// How `cargo mutants` exits where a mutant lives, and where the tests of one never ended.
const LIVES: i32 = 2;
const NEVER_ENDED: i32 = 3;

/// What has changed in a module's files since a commit, in a file; nothing if nothing has.
fn difference(
    workspace: &Workspace,
    module: &Module,
    since: &str,
) -> Result<Option<PathBuf>, String> {
    let mut git = workspace.command("git");
    git.args(["diff", since, "--"]);
    git.args(module.paths().map(|path| format!(":(glob){path}")));
    let output = git
        .output()
        .map_err(|error| format!("git can't be started: {error}"))?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    if output.stdout.is_empty() {
        return Ok(None);
    }
    let file = workspace.target.join(format!("{}.diff", module.name));
    fs::create_dir_all(&workspace.target)
        .and_then(|()| fs::write(&file, output.stdout))
        .map_err(|error| format!("{}: {error}", file.display()))?;
    Ok(Some(file))
}

fn mutants(workspace: &Workspace, module: &Module, difference: Option<PathBuf>) -> Command {
    let mut command = workspace.cargo();
    let results = workspace.target.join("mutants").join(module.name);
    command
        .args(module.arguments())
        .arg("--output")
        .arg(results);
    if let Some(difference) = difference {
        command.arg("--in-diff").arg(difference);
    }
    command.args(["--", "--lib", module.tests]);
    // It builds in a copy of the workspace that is another one each time. What isn't of the workspace is built once.
    command.env("CARGO_TARGET_DIR", workspace.target.join("mutants/build"));
    // The next mutant is a small change. Where a test fails nobody wants to know.
    command.envs([
        ("CARGO_INCREMENTAL", "1"),
        ("CARGO_PROFILE_DEV_DEBUG", "false"),
        ("RUST_BACKTRACE", "0"),
    ]);
    command
}

impl Module {
    fn paths(&self) -> impl Iterator<Item = String> {
        let package = self.package;
        self.files
            .iter()
            .map(move |file| format!("{package}/src/{file}"))
    }

    fn arguments(&self) -> Vec<OsString> {
        let mut words = vec!["mutants", "--package", self.package];
        if self.needs == Needs::NoEngine {
            words.extend(["--no-default-features", "--features=check,prompt"]);
        }
        if self.package == "codemode-mcp" {
            words.push("--features=codemode-runtime/v8");
        }
        let mut arguments: Vec<OsString> = words.into_iter().map(Into::into).collect();
        for path in self.paths() {
            arguments.extend(["--file".into(), path.into()]);
        }
        arguments
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn workspace() -> Workspace {
        Workspace::find().expect("the tests run in a folder")
    }

    #[test]
    fn every_module_has_its_files() {
        let workspace = workspace();
        for module in MODULES {
            for path in module.paths() {
                let path = path.split('*').next().unwrap_or_default();
                assert!(workspace.root.join(path).exists(), "{path}");
            }
        }
    }

    #[test]
    fn a_module_that_is_not_there_is_told_with_those_that_are() {
        let error = run(&workspace(), &Which::Of("luck".to_owned())).expect_err("there is none");
        assert!(error.contains("write one of lock-down, limits"), "{error}");
    }

    #[test]
    fn a_module_without_an_engine_is_built_without_one() {
        for module in MODULES {
            let arguments = module.arguments().join(" ".as_ref());
            let arguments = arguments.to_string_lossy();
            let is_without = arguments.contains("--no-default-features");
            assert_eq!(is_without, module.needs == Needs::NoEngine, "{arguments}");
        }
    }
}
