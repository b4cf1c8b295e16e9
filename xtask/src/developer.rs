//! What a developer types often. Each command prints what it runs, and runs nothing else.

use std::process::{Command, ExitCode};

use codemode_test_support::golden;
use codemode_test_support::typescript::VARIABLE;

use crate::build::Build;
use crate::engine::{self, Choice};
use crate::workspace::Workspace;
use crate::{nextest, tools, typescript};

/// One command.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Task {
    /// The tests of one crate, those with a word in their names.
    Crate {
        name: String,
        filter: Option<String>,
    },
    /// Golden files are written anew.
    Golden { name: String },
    /// One group of the hostile suite, or all.
    Hostile { group: Option<String> },
    /// One fuzz target, for so many seconds.
    Fuzz { target: String, seconds: String },
    /// One group of a bench.
    Bench { name: String, group: Option<String> },
}

/// The benches, with the package and the features of each.
const BENCHES: [(&str, &str); 5] = [
    ("sandbox", "--package codemode-runtime"),
    ("processes", "--package codemode-runtime"),
    (
        "results",
        "--package codemode-runtime --no-default-features",
    ),
    ("check", "--package codemode-real-world"),
    ("declarations", "--package codemode-real-world"),
];

impl Task {
    /// The task of a command's words, which begin with its name; `None` if it isn't one of these.
    ///
    /// # Errors
    /// A sentence about what is missing.
    pub(crate) fn of(words: &[String]) -> Option<Result<Self, String>> {
        let (name, rest) = words.split_first()?;
        let first = rest.first().cloned();
        let second = rest.get(1).cloned();
        let needs = |what: &str| format!("`{name}` needs {what}");
        let task = match name.as_str() {
            "crate" => first
                .map(|name| Self::Crate {
                    name,
                    filter: second,
                })
                .ok_or_else(|| needs("a crate, such as codemode-script")),
            "golden" => first
                .map(|name| Self::Golden { name })
                .ok_or_else(|| needs("the crate whose golden files are to be written")),
            "hostile" => Ok(Self::Hostile { group: first }),
            "fuzz" => first
                .map(|target| Self::Fuzz {
                    target,
                    seconds: second.unwrap_or_else(|| "60".to_owned()),
                })
                .ok_or_else(|| needs("a target: boundary, frames, outcome, printer or script")),
            "bench" => first
                .map(|name| Self::Bench {
                    name,
                    group: second,
                })
                .ok_or_else(|| {
                    needs("a bench: sandbox, processes, results, check or declarations")
                }),
            _ => return None,
        };
        Some(task)
    }

    /// Does it.
    ///
    /// # Errors
    /// What is missing on this machine.
    pub(crate) fn run(&self, workspace: &Workspace, choice: Choice) -> Result<ExitCode, String> {
        let mut build = Build::set_up(workspace, engine::choose(workspace, choice)?)?;
        let compiler = typescript::compiler(workspace)?;
        build.set(VARIABLE, Some(&compiler));
        let path = nextest::obtain(workspace)?;
        build.set("PATH", path.as_deref());
        let mut command = self.command(&build)?;
        println!("{command:?}");
        let status = tools::run_for_status(&mut command)?;
        Ok(if status.success() {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        })
    }

    fn command(&self, build: &Build<'_>) -> Result<Command, String> {
        Ok(match self {
            Self::Crate { name, filter } => {
                let mut command = build.cargo_workspace("nextest run --no-fail-fast");
                let filter = filter
                    .as_ref()
                    .map_or_else(String::new, |word| format!(" & test({word})"));
                command
                    .arg("--filterset")
                    .arg(format!("package({name}){filter}"));
                command
            }
            Self::Golden { name } => {
                let mut command = build.cargo_workspace("nextest run --no-fail-fast");
                command
                    .arg("--filterset")
                    .arg(format!("package({name})"))
                    .env(golden::VARIABLE, "1");
                command
            }
            Self::Hostile { group } => {
                let mut command = build.cargo_workspace("nextest run --no-fail-fast");
                let group = group
                    .as_ref()
                    .map_or_else(String::new, |group| format!(" & test({group})"));
                command
                    .arg("--filterset")
                    .arg(format!("package(codemode-hostile){group}"));
                command
            }
            Self::Fuzz { target, seconds } => {
                let features = if target == "frames" {
                    "engine"
                } else {
                    "script"
                };
                let corpus = format!("fuzz/corpus/{target}");
                let folder = build.workspace.root.join(&corpus);
                std::fs::create_dir_all(&folder)
                    .map_err(|error| format!("{}: {error}", folder.display()))?;
                // The parser recurses, so it needs a larger stack than usual.
                let line = format!(
                    "ulimit -s 65536 && exec cargo fuzz run --sanitizer none --features {features} {target} {corpus} \
                     fuzz/seeds/{target} -- -max_total_time={seconds}"
                );
                let mut command = build.command("sh");
                command.args(["-c", &line]);
                command
            }
            Self::Bench { name, group } => {
                let known = BENCHES.iter().find(|(known, _)| known == name);
                let (_, package) = known.ok_or_else(|| {
                    let names: Vec<_> = BENCHES.iter().map(|(name, _)| *name).collect();
                    format!("there is no bench `{name}`, but {}", names.join(", "))
                })?;
                let mut command = build.cargo(&format!("bench {package} --bench {name} --"));
                command.args(group);
                command
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(line: &str) -> Option<Result<Task, String>> {
        let words: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        Task::of(&words)
    }

    #[test]
    fn each_command_says_what_it_needs() {
        for name in ["crate", "golden", "fuzz", "bench"] {
            let missing = of(name).and_then(Result::err);
            assert!(
                missing.is_some_and(|missing| missing.contains("needs")),
                "{name}"
            );
        }
        assert_eq!(of("hostile"), Some(Ok(Task::Hostile { group: None })));
        assert_eq!(of("demo"), None);
        let fuzz = Task::Fuzz {
            target: "script".to_owned(),
            seconds: "60".to_owned(),
        };
        assert_eq!(of("fuzz script"), Some(Ok(fuzz)));
    }
}
