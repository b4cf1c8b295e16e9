//! The command line.

use crate::developer::Task;
use crate::engine::Choice;
use crate::mutants::Which;

/// What `cargo xtask --help` prints.
pub(crate) const HELP: &str = "\
Usage: cargo xtask <COMMAND> [--engine <v8|quickjs|auto>] [--no-lints]
       cargo xtask mutants [MODULE] [--changed <COMMIT>]

Commands:
  demo     Runs the site-report example step by step: declarations, script, result, calls, mail
  test     Runs everything that has to pass: lints, tests, doc tests, compile-fail cases, examples
  mutants  Breaks the code where a mistake hurts, and tells what no unit test notices: in one module, or in all

  crate NAME [WORD]       The tests of one crate, those with the word in their names
                            cargo xtask crate codemode-script markdown
  golden NAME             Writes the golden files of one crate anew: read the difference before you commit it
                            cargo xtask golden codemode-tests
  hostile [GROUP]         The hostile suite, or one group of it
                            cargo xtask hostile limits
  fuzz TARGET [SECONDS]   Fuzzes one target for a minute, or so many seconds (cargo install cargo-fuzz)
                            cargo xtask fuzz printer 300
  bench NAME [GROUP]      One bench, or one group of it: sandbox, processes, results, check, declarations
                            cargo xtask bench processes warm
  compile-time [TOOLS]    What a library of 200 tools, or so many, costs to check: beside rmcp's #[tool]

Options:
  --engine <ENGINE>  v8: the engine to ship, as a prebuilt archive that cargo downloads
                     quickjs: built from source, for machines that can't download the archive
                     auto: v8 where its archive can be had, else quickjs [default]
  --no-lints         test: leave out formatting, clippy and rustdoc
  --changed <COMMIT> mutants: only in lines that have changed since then
  -h, --help         Print this help";

/// What the user asked for.
#[derive(Debug, PartialEq)]
pub(crate) enum Request {
    Help,
    Demo { engine: Choice },
    Mutants(Which),
    CompileTime { tools: usize },
    Test { engine: Choice, lints: bool },
    Developer { engine: Choice, task: Task },
}

/// Parses the arguments after the program's name.
///
/// # Errors
/// A sentence about the first argument that doesn't fit.
pub(crate) fn parse(arguments: impl IntoIterator<Item = String>) -> Result<Request, String> {
    let mut arguments = arguments.into_iter();
    let mut command = None;
    let mut words: Vec<String> = Vec::new();
    let mut engine = Choice::Auto;
    let mut lints = true;
    let mut which = Which::All;
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "-h" | "--help" | "help" => return Ok(Request::Help),
            "--no-lints" => lints = false,
            "--engine" => {
                let name = arguments
                    .next()
                    .ok_or("--engine needs a value: v8, quickjs or auto")?;
                engine = name.parse()?;
            }
            "demo" | "test" if command.is_none() && words.is_empty() => command = Some(argument),
            "--changed" => {
                let since = arguments.next().ok_or("--changed needs a commit")?;
                which = Which::Changed { since };
            }
            other => match other.strip_prefix("--engine=") {
                Some(name) => engine = name.parse()?,
                None if command.is_none() && !other.starts_with('-') => words.push(argument),
                None => return Err(format!("unexpected argument `{other}`")),
            },
        }
    }
    match words.as_slice() {
        [mutants] if mutants == "mutants" => return Ok(Request::Mutants(which)),
        [mutants, module] if mutants == "mutants" && which == Which::All => {
            return Ok(Request::Mutants(Which::Of(module.clone())));
        }
        [mutants, .., extra] if mutants == "mutants" => {
            return Err(format!("unexpected argument `{extra}`"));
        }
        [time] if time == "compile-time" => return Ok(Request::CompileTime { tools: 200 }),
        [time, tools] if time == "compile-time" => {
            let tools = tools
                .parse()
                .map_err(|_| format!("`compile-time` takes a number of tools, not `{tools}`"))?;
            return Ok(Request::CompileTime { tools });
        }
        _ if which != Which::All => return Err("--changed belongs to `mutants`".to_owned()),
        _ => {}
    }
    match Task::of(&words) {
        Some(Ok(_)) if !lints => return Err("--no-lints belongs to `test`".to_owned()),
        Some(Ok(task)) => return Ok(Request::Developer { engine, task }),
        Some(Err(problem)) => return Err(problem),
        None => {}
    }
    if let Some(unknown) = words.first() {
        return Err(format!("unexpected argument `{unknown}`"));
    }
    match command.as_deref() {
        Some("demo") if !lints => Err("--no-lints belongs to `test`: `demo` runs none".to_owned()),
        Some("demo") => Ok(Request::Demo { engine }),
        Some(_) => Ok(Request::Test { engine, lints }),
        None => Err("which command: demo, test, or one of those below?".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Result<Request, String> {
        parse(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn accepted_command_lines() {
        let auto = Choice::Auto;
        let (v8, quickjs) = (Choice::V8, Choice::QuickJs);
        for (line, request) in [
            ("demo", Request::Demo { engine: auto }),
            (
                "test",
                Request::Test {
                    engine: auto,
                    lints: true,
                },
            ),
            (
                "test --engine quickjs",
                Request::Test {
                    engine: quickjs,
                    lints: true,
                },
            ),
            (
                "--engine=v8 test --no-lints",
                Request::Test {
                    engine: v8,
                    lints: false,
                },
            ),
            ("demo --engine auto", Request::Demo { engine: auto }),
            ("mutants", Request::Mutants(Which::All)),
            ("mutants fit", Request::Mutants(Which::Of("fit".to_owned()))),
            (
                "mutants --changed main",
                Request::Mutants(Which::Changed {
                    since: "main".to_owned(),
                }),
            ),
            (
                "hostile limits --engine v8",
                Request::Developer {
                    engine: v8,
                    task: Task::Hostile {
                        group: Some("limits".to_owned()),
                    },
                },
            ),
            (
                "crate codemode-script markdown",
                Request::Developer {
                    engine: auto,
                    task: Task::Crate {
                        name: "codemode-script".to_owned(),
                        filter: Some("markdown".to_owned()),
                    },
                },
            ),
            ("compile-time", Request::CompileTime { tools: 200 }),
            ("compile-time 20", Request::CompileTime { tools: 20 }),
            (
                "mutants border",
                Request::Mutants(Which::Of("border".to_owned())),
            ),
            ("test --help", Request::Help),
            ("help", Request::Help),
        ] {
            assert_eq!(parsed(line), Ok(request), "{line}");
        }
    }

    #[test]
    fn refused_command_lines_say_what_is_wrong() {
        for (line, complaint) in [
            ("", "which command"),
            ("demo --engine", "--engine needs a value"),
            ("demo --engine=jsc", "`jsc`"),
            ("demo test", "unexpected argument `test`"),
            ("test --fast", "unexpected argument `--fast`"),
            ("fuzz", "`fuzz` needs a target"),
            ("bench sandbox --no-lints", "--no-lints belongs to `test`"),
            ("compile-time many", "takes a number of tools"),
            ("nonsense", "unexpected argument `nonsense`"),
            ("demo --no-lints", "--no-lints belongs to `test`"),
            ("mutants fit border", "unexpected argument `border`"),
            ("mutants --changed", "--changed needs a commit"),
            ("test --changed main", "--changed belongs to `mutants`"),
        ] {
            let error = parsed(line).expect_err(line);
            assert!(error.contains(complaint), "{line}: {error}");
        }
    }
}
