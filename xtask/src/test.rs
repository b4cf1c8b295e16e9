//! `cargo xtask test`: everything that has to pass.

use std::path::Path;
use std::process::{Command, ExitCode};

use codemode_test_support::typescript::VARIABLE;

use crate::build::Build;
use crate::demo;
use crate::demo_mcp;
use crate::engine::{self, Choice, Engine};
use crate::npm;
use crate::report::{self, Done, Report};
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

/// Tests whose names contain this run on the engine not chosen too.
const SMOKE: &str = "smoke";

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
    build.set(VARIABLE, compiler.as_deref());
    report.step("MCP servers", || {
        npm::install(workspace, MCP_SERVERS).map(|_| ()).into()
    });
    if lints {
        run_lints(&mut report, &build);
    }
    run_tests(&mut report, &build);
    report.step("Smoke suite, other engine", || {
        smoke_on_other_engine(&build, compiler.as_deref())
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
    report.step("Rustdoc", || {
        let mut rustdoc = build.cargo_workspace("doc --no-deps");
        rustdoc.env("RUSTDOCFLAGS", "--deny warnings");
        check(rustdoc)
    });
}

fn run_tests(report: &mut Report, build: &Build<'_>) {
    let with_engine =
        |words: &str| build.cargo_workspace(&format!("{words} --exclude {COMPILE_FAIL}"));
    let runner = runner(build);
    let compiled = report.step("Build", || check(with_engine("build --all-targets")));
    let needs_build = |run: &dyn Fn() -> Done| {
        if compiled {
            run()
        } else {
            Done::failed("the build failed")
        }
    };

    report.step("Unit and integration tests", || {
        needs_build(&|| report::suite(with_engine(runner)))
    });
    report.step("Documentation tests", || {
        needs_build(&|| report::suite(with_engine("test --doc --no-fail-fast")))
    });
    report.step("Compile-fail cases", || {
        report::suite(build.cargo(&format!("{runner} --package {COMPILE_FAIL}")))
    });
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

fn smoke_on_other_engine(build: &Build<'_>, compiler: Option<&Path>) -> Done {
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
            other.set(VARIABLE, compiler);
            let words = format!("{} --package {HOSTILE}", runner(build));
            let mut tests = other.cargo_package(&words, "codemode-tests", &[]);
            tests.arg(SMOKE);
            report::suite(tests)
        }
    }
}

/// The test runner of this machine, as words for cargo; either leaves documentation tests out.
fn runner(build: &Build<'_>) -> &'static str {
    if tools::succeeds(&mut build.cargo("nextest --version")) {
        "nextest run --no-fail-fast"
    } else {
        "test --tests --no-fail-fast"
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
