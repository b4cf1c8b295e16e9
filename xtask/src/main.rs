//! The two commands of a fresh clone, `cargo xtask demo` and `cargo xtask test`, and what a developer types often.
//!
//! Each does its own set-up, so a machine needs only Rust, a C compiler and a package manager.
//! Nothing but the standard library is used: the first command must start in a second, before any dependency is there.

mod alone;
mod arguments;
mod build;
mod compile_time;
mod counts;
mod demo;
mod demo_mcp;
mod developer;
mod engine;
mod mutants;
mod nextest;
mod npm;
mod quickjs;
mod report;
mod test;
mod test262;
mod tools;
mod typescript;
mod v8;
mod workspace;

use std::env;
use std::process::ExitCode;

use arguments::{HELP, Request};
use workspace::Workspace;

fn main() -> ExitCode {
    let request = match arguments::parse(env::args().skip(1)) {
        Ok(request) => request,
        Err(mistake) => {
            eprintln!("error: {mistake}\n\n{HELP}");
            return ExitCode::from(2);
        }
    };
    let done = Workspace::find().and_then(|workspace| match request {
        Request::Help => {
            println!("{HELP}");
            Ok(ExitCode::SUCCESS)
        }
        Request::Demo { engine } => demo::run(&workspace, engine).map(|()| ExitCode::SUCCESS),
        Request::Mutants(which) => mutants::run(&workspace, &which).map(|()| ExitCode::SUCCESS),
        Request::CompileTime { tools } => {
            compile_time::run(&workspace, tools).map(|()| ExitCode::SUCCESS)
        }
        Request::Test { engine, lints } => Ok(test::run(&workspace, engine, lints)),
        Request::Developer { engine, task } => task.run(&workspace, engine),
    });
    done.unwrap_or_else(|problem| {
        eprintln!("error: {problem}");
        ExitCode::FAILURE
    })
}
