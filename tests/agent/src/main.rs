//! `codemode-agent tables` prints what tasks cost, `codemode-agent faults` what is said of mistakes; with other arguments this
//! is `codemode-cli`.

use std::process::ExitCode;

use codemode_agent::{fault, rows};

fn main() -> ExitCode {
    codemode_runtime::run_if_worker();
    let program = std::env::current_exe();
    match (std::env::args().nth(1).as_deref(), program) {
        (Some("tables"), Ok(program)) => tables(&program),
        (Some("faults"), Ok(program)) => faults(&program),
        _ => codemode_cli::main(),
    }
}

fn tables(program: &std::path::Path) -> ExitCode {
    let all = rows::all(program);
    print!("{}", rows::print(&all));
    let problems = rows::problems(&all);
    for problem in &problems {
        eprintln!("{problem}");
    }
    if problems.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn faults(program: &std::path::Path) -> ExitCode {
    let judged = fault::all(program);
    print!("{}", fault::print(&judged));
    for one in &judged {
        eprintln!(
            "## {}: {} ({}): {:?}\n\n{}\n\n{}\n",
            one.fault.kind, one.fault.what, one.task, one.verdict, one.fault.script, one.text
        );
    }
    ExitCode::SUCCESS
}
