//! Cargo commands of a build with one engine.

use std::path::{Path, PathBuf};
use std::process::Command;

use codemode_test_support::golden;

use crate::engine::Engine;
use crate::quickjs;
use crate::workspace::Workspace;

/// Everything cargo has to be told to build with `engine`.
pub(crate) struct Build<'w> {
    pub(crate) workspace: &'w Workspace,
    engine: Engine,
    variables: Vec<(&'static str, String)>,
}

impl<'w> Build<'w> {
    /// Makes the machine ready for builds with `engine`.
    ///
    /// # Errors
    /// What is missing and how to install it.
    pub(crate) fn set_up(workspace: &'w Workspace, engine: Engine) -> Result<Self, String> {
        let variables = match engine {
            // The `v8` crate gets its archive by itself.
            Engine::V8 => Vec::new(),
            Engine::QuickJs => quickjs::set_up(workspace)?,
        };
        Ok(Self {
            workspace,
            engine,
            variables,
        })
    }

    /// Sets a variable for every later command, if there is a value.
    pub(crate) fn set(&mut self, name: &'static str, value: Option<&Path>) {
        self.variables
            .extend(value.map(|value| (name, value.display().to_string())));
    }

    /// A program that may run cargo, or scripts.
    pub(crate) fn command(&self, program: impl AsRef<Path>) -> Command {
        self.equipped(self.workspace.command(program))
    }

    /// `cargo WORDS…`, split at white space.
    pub(crate) fn cargo(&self, words: &str) -> Command {
        let mut command = self.equipped(self.workspace.cargo());
        command.args(words.split_whitespace());
        command
    }

    fn equipped(&self, mut command: Command) -> Command {
        command
            .envs(self.variables.iter().map(|(name, value)| (name, value)))
            // Tests that write what they should compare with can't fail.
            .env_remove(golden::VARIABLE);
        command
    }

    /// `cargo WORDS… --workspace` with this build's engine.
    pub(crate) fn cargo_workspace(&self, words: &str) -> Command {
        let mut command = self.cargo(words);
        command.arg("--workspace");
        match self.engine {
            // The example's library has no engine by itself, and its scripts need one.
            Engine::V8 => command.args(["--features", "site-report/v8"]),
            Engine::QuickJs => command.args(self.features(&[
                "agent/quickjs",
                "codemode-agent/quickjs",
                "codemode-cli/cli",
                "codemode-cli/quickjs",
                "codemode-field/quickjs",
                "codemode-hostile/quickjs",
                "codemode-runtime/quickjs",
                "codemode-tests/quickjs",
                "site-report/quickjs",
            ])),
        };
        command
    }

    /// `cargo WORDS… --package PACKAGE` with this build's engine; `others` are features of the package's defaults
    /// that don't choose an engine.
    pub(crate) fn cargo_package(&self, words: &str, package: &str, others: &[&str]) -> Command {
        let mut command = self.cargo(words);
        let features: Vec<&str> = others.iter().copied().chain(["quickjs"]).collect();
        command
            .args(["--package", package])
            .args(self.features(&features));
        command
    }

    /// The arguments that choose the engine: none for V8, which is every package's default.
    fn features(&self, on_quickjs: &[&str]) -> Vec<String> {
        match self.engine {
            Engine::V8 => Vec::new(),
            Engine::QuickJs => {
                vec![
                    "--no-default-features".to_owned(),
                    "--features".to_owned(),
                    on_quickjs.join(","),
                ]
            }
        }
    }

    pub(crate) fn engine(&self) -> Engine {
        self.engine
    }

    /// Where a dev build puts codemode-cli.
    pub(crate) fn cli(&self) -> PathBuf {
        self.workspace
            .target
            .join("debug")
            .join(format!("codemode-cli{}", std::env::consts::EXE_SUFFIX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(engine: Engine, command: impl Fn(&Build<'_>) -> Command) -> String {
        let workspace = Workspace {
            root: PathBuf::from("/repository"),
            target: PathBuf::from("/repository/target"),
        };
        let build = Build {
            workspace: &workspace,
            engine,
            variables: Vec::new(),
        };
        let command = command(&build);
        command
            .get_args()
            .map(|word| word.to_string_lossy())
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn v8_is_what_the_packages_default_to() {
        assert_eq!(
            words(Engine::V8, |build| build.cargo_package(
                "build --locked",
                "codemode-cli",
                &["cli"]
            )),
            "build --locked --package codemode-cli"
        );
        assert_eq!(
            words(Engine::V8, |build| build.cargo_workspace("doc --no-deps")),
            "doc --no-deps --workspace --features site-report/v8"
        );
    }

    #[test]
    fn no_command_writes_golden_files() {
        let workspace = Workspace {
            root: PathBuf::from("/repository"),
            target: PathBuf::from("/repository/target"),
        };
        let build = Build {
            workspace: &workspace,
            engine: Engine::V8,
            variables: Vec::new(),
        };
        for command in [build.cargo("nextest run"), build.command("program")] {
            let removed = (golden::VARIABLE.as_ref(), None);
            assert!(command.get_envs().any(|variable| variable == removed));
        }
    }

    #[test]
    fn quickjs_replaces_the_default_engine_and_keeps_the_other_features() {
        assert_eq!(
            words(Engine::QuickJs, |build| build.cargo_package(
                "build",
                "codemode-cli",
                &["cli"]
            )),
            "build --package codemode-cli --no-default-features --features cli,quickjs"
        );
        assert_eq!(
            words(Engine::QuickJs, |build| build
                .cargo_workspace("doc --no-deps")),
            "doc --no-deps --workspace --no-default-features \
             --features agent/quickjs,codemode-agent/quickjs,codemode-cli/cli,codemode-cli/quickjs,codemode-field/quickjs,\
             codemode-hostile/quickjs,codemode-runtime/quickjs,codemode-tests/quickjs,site-report/quickjs"
        );
    }
}
