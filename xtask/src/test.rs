//! `cargo xtask test`: everything that has to pass.

use std::process::{Command, ExitCode};

use codemode_test_support::typescript::VARIABLE;

use crate::alone;
use crate::build::Build;
use crate::demo;
use crate::demo_mcp;
use crate::engine::{self, Choice, Engine};
use crate::nextest;
use crate::npm;
use crate::report::{self, Done, Report};
use crate::test262;
use crate::tools;
use crate::typescript;
use crate::v8;
use crate::workspace::Workspace;

/// The package of compile-fail cases. It is tested by itself, because in one build with the others cargo would give it
/// their engine.
const COMPILE_FAIL: &str = "codemode-compile-fail";

/// The folder that pins the MCP servers whose tools the tests declare and call.
const MCP_SERVERS: &str = "tests/mcp-servers";

/// The package of hostile scripts, with tests that are tests of the engine.
const HOSTILE: &str = "codemode-hostile";

/// The package of tests that don't choose where scripts run, and the variable that does.
const END_TO_END: &str = "codemode-tests";
const ISOLATION: (&str, &str) = ("CODEMODE_ISOLATION", "process");

/// The test that asks the language's conformance suite; it is there when the suite is.
const CONFORMANCE: &str = "test262::differs_as_listed";

/// Tests whose names contain this run on the engine not chosen too.
const SMOKE: &str = "smoke";

/// Runs tests, but for those in documentation.
const RUN: &str = "nextest run --no-fail-fast";

/// Runs all steps; one that fails doesn't keep the later ones from running unless they need it.
pub(crate) fn run(workspace: &Workspace, choice: Choice, lints: bool) -> ExitCode {
    let mut report = Report::new();
    let engine = report.obtain("Engine", || {
        Build::set_up(workspace, engine::choose(workspace, choice)?)
    });
    let Some(mut build) = engine else {
        return report.finish();
    };
    let compiler = report.obtain("TypeScript compiler", || typescript::compiler(workspace));
    let Some(path) = report.obtain("Test runner", || nextest::obtain(workspace)) else {
        return report.finish();
    };
    let equip = |build: &mut Build<'_>| {
        build.set(VARIABLE, compiler.as_deref());
        build.set("PATH", path.as_deref());
    };
    equip(&mut build);
    report.step("MCP servers", || {
        npm::install(workspace, MCP_SERVERS).map(|_| ()).into()
    });
    if lints {
        run_lints(&mut report, &build);
    }
    run_tests(&mut report, &build);
    report.step("Smoke suite, other engine", || {
        smoke_on_other_engine(&build, equip)
    });
    report.finish()
}

fn run_lints(report: &mut Report, build: &Build<'_>) {
    report.step("Formatting", || check(build.cargo("fmt --all --check")));
    report.step("Clippy", || {
        let mut clippy = build.cargo_workspace("clippy --all-targets");
        clippy.args(["--", "--deny", "warnings"]);
        check(clippy)
    });
    report.step("Crates alone", || alone::check(build));
    report.step("Rustdoc", || {
        let mut rustdoc = build.cargo_workspace("doc --no-deps");
        rustdoc.env("RUSTDOCFLAGS", "--deny warnings");
        check(rustdoc)
    });
}

fn run_tests(report: &mut Report, build: &Build<'_>) {
    let with_engine =
        |words: &str| build.cargo_workspace(&format!("{words} --exclude {COMPILE_FAIL}"));
    let compiled = report.step("Build", || check(with_engine("build --all-targets")));
    let needs_build = |run: &dyn Fn() -> Done| {
        if compiled {
            run()
        } else {
            Done::failed("the build failed")
        }
    };

    report.step("Unit and integration tests", || {
        needs_build(&|| report::suite(with_engine(RUN), 700))
    });
    report.step("End-to-end tests, in worker processes", || {
        needs_build(&|| {
            // Built with the others: in a build of its own it would have other features.
            let mut tests = with_engine(RUN);
            let (name, value) = ISOLATION;
            tests
                .arg("--filterset")
                .arg(format!("package({END_TO_END})"))
                .env(name, value);
            report::suite(tests, 160)
        })
    });
    if build.engine() == Engine::V8 {
        report.step("The language's conformance suite, one test of ten", || {
            needs_build(&|| match test262::obtain(build.workspace) {
                Err(problem) => Done::left_out(problem),
                Ok(suite) => {
                    let mut tests = with_engine(RUN);
                    tests
                        .arg("--filterset")
                        .arg(format!("package({HOSTILE}) & test({CONFORMANCE})"))
                        .env(test262::VARIABLE, suite);
                    report::suite(tests, 1)
                }
            })
        });
    }
    report.step("Documentation tests", || {
        needs_build(&|| report::suite(with_engine("test --doc --no-fail-fast"), 1))
    });
    report.step("Compile-fail cases", || {
        report::suite(build.cargo(&format!("{RUN} --package {COMPILE_FAIL}")), 5)
    });
    report.step("Fuzz targets", || check(fuzz_targets(build)));
    report.step("Example: build script", || {
        check(build.cargo("run --package tools-from-build-script"))
    });
    report.step("Example: demo", || {
        needs_build(&|| {
            demo::show(build)
                .and_then(|()| demo_mcp::show(build))
                .into()
        })
    });
}

/// Those that need no engine build: their lock file is another one, and so would be the engine. What they find takes longer
/// than anybody waits for here.
fn fuzz_targets(build: &Build<'_>) -> Command {
    let mut command = build.cargo("check --manifest-path fuzz/Cargo.toml --features script");
    command
        .arg("--target-dir")
        .arg(&build.workspace.target)
        // Nothing is linked, so the fuzzer's own library, which is written in C++, need not be built.
        .env(
            "CUSTOM_LIBFUZZER_PATH",
            build.workspace.target.join("libfuzzer.a"),
        );
    command
}

fn smoke_on_other_engine(build: &Build<'_>, equip: impl Fn(&mut Build<'_>)) -> Done {
    let engine = build.engine().other();
    let reachable = match engine {
        Engine::QuickJs => Ok(true),
        Engine::V8 => v8::find(build.workspace).map(|source| source.is_some()),
    };
    match reachable {
        Err(problem) => return Done::left_out(problem),
        Ok(false) => return Done::left_out(v8::OUT_OF_REACH),
        Ok(true) => {}
    }
    match Build::set_up(build.workspace, engine) {
        Err(problem) => Done::left_out(problem),
        Ok(mut other) => {
            equip(&mut other);
            let words = format!("{RUN} --package {HOSTILE}");
            let mut tests = other.cargo_package(&words, END_TO_END, &[]);
            tests.arg(SMOKE);
            report::suite(tests, 10)
        }
    }
}

/// A step that is right when its command exits with 0.
fn check(mut command: Command) -> Done {
    match tools::run_for_status(&mut command) {
        Ok(status) if status.success() => Done::passed(),
        Ok(status) => Done::failed(status.to_string()),
        Err(problem) => Done::failed(problem),
    }
}
