//! `codemode-agent tables` prints what tasks cost, `faults` what is said of mistakes, and `model` has a model of one's own work on
//! the tasks; with other arguments this is `codemode-cli`.

use std::path::Path;
use std::process::ExitCode;

use codemode_agent::play::Profile;
use codemode_agent::{fault, model, rows};

fn main() -> ExitCode {
    codemode_runtime::run_if_worker();
    let Ok(program) = std::env::current_exe() else {
        return ExitCode::FAILURE;
    };
    let mut arguments = std::env::args().skip(1);
    match arguments.next().as_deref() {
        Some("tables") => tables(&program),
        Some("faults") => faults(&program),
        Some("model") => of_model(&program, &arguments.collect::<Vec<_>>()),
        _ => codemode_cli::main(),
    }
}

fn tables(program: &Path) -> ExitCode {
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

fn faults(program: &Path) -> ExitCode {
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

fn of_model(program: &Path, arguments: &[String]) -> ExitCode {
    let [profile, which, author @ ..] = arguments else {
        eprintln!("usage: codemode-agent model scripts|direct TASKS PROGRAM [ARGUMENT …]");
        return ExitCode::FAILURE;
    };
    let profile = match profile.as_str() {
        "direct" => Profile::Direct,
        _ => Profile::Scripts,
    };
    println!("| task | turns | shown | written | end |\n|---|--:|--:|--:|---|");
    model::play(program, profile, which, author, |name, played| {
        let end = played
            .problem
            .as_deref()
            .unwrap_or("reached")
            .replace('\n', " ");
        println!(
            "| {name} | {} | {} | {} | {end} |",
            played.turns, played.shown, played.written
        );
    });
    ExitCode::SUCCESS
}
