//! Texts as models write them, and what comes of each.
//!
//! The texts are in the files of `texts/`: a line `=== name` starts one, a line that starts with `--- ` what is expected of
//! it. Marks behind the name change the text: `[crlf]` its line ends, `[bom]` puts a byte order mark before it, `[cut]`
//! takes the last line end away.

mod office;
mod table;

use codemode_runtime::{Outcome, RunResult};
use serde_json::Value;

use self::office::Office;
use self::table::{Case, Table};

/// The files, and how many texts there are at least.
const FILES: [&str; 6] = [
    "fences",
    "expressions",
    "functions",
    "modules",
    "typescript",
    "sloppy",
];
const AT_LEAST: usize = 200;

#[tokio::test]
async fn every_text_gives_what_is_expected() {
    let mut texts = 0;
    for name in FILES {
        let mut table = Table::read(name);
        for case in &mut table.cases {
            let outcome = Office::sandbox().run(case.text()).await;
            case.came_out(&shown(&outcome));
        }
        texts += table.cases.len();
        table.assert();
    }
    assert!(texts >= AT_LEAST, "{texts} texts");
}

#[test]
fn no_two_texts_have_one_name() {
    let mut names: Vec<String> = FILES
        .iter()
        .flat_map(|file| Table::read(file).cases)
        .map(|case: Case| case.name)
        .collect();
    names.sort();
    let all = names.len();
    names.dedup();
    assert_eq!(names.len(), all);
}

/// An outcome in few lines: the value, or the error with the places that it names.
fn shown(outcome: &Outcome) -> String {
    let mut shown = match &outcome.result {
        RunResult::Ok { value: None } => "--- nothing\n".to_owned(),
        RunResult::Ok { value: Some(value) } => format!("--- value\n{}\n", compact(value)),
        RunResult::Error { error } => {
            let mut shown = format!("--- {}\n", error.kind.as_str());
            if error.diagnostics.is_empty() {
                let name = error.name.as_deref().unwrap_or("Error");
                shown += &format!("{name}: {}\n", error.message);
            }
            for problem in &error.diagnostics {
                let (line, column) = (problem.line, problem.column);
                shown += &format!("{line}:{column} {}\n", problem.message);
            }
            for frame in &error.frames {
                let function = frame.function.as_deref().unwrap_or("the script");
                shown += &format!("at {}:{} in {function}\n", frame.line, frame.column);
            }
            shown
        }
    };
    if !outcome.logs.is_empty() {
        shown += "--- log\n";
        for line in &outcome.logs {
            shown += &format!("{}\n", line.text);
        }
    }
    shown
}

fn compact(value: &Value) -> String {
    serde_json::to_string(value).unwrap()
}
