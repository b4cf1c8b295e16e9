//! Texts as models write them, and what comes of each.
//!
//! The texts are in the files of `texts/`: a line `=== name` starts one, a line that starts with `--- ` what is expected of
//! it. Marks behind the name change the text: `[crlf]` its line ends, `[bom]` puts a byte order mark before it, `[cut]`
//! takes the last line end away.

mod office;
mod table;

use std::fmt::Write as _;

use codemode_runtime::{CatalogueTypes, Checker, Diagnostic, ErrorKind, Outcome, RunResult};
use serde_json::Value;

pub(crate) use self::office::Office;
use self::table::{Case, Table};

/// The files, and how many texts each has. Whoever adds one counts it here, so that none gets lost unseen.
const FILES: &[(&str, usize)] = &[
    ("fences", 46),
    ("expressions", 67),
    ("functions", 52),
    ("modules", 45),
    ("typescript", 45),
    // What is said of a mistake, and where it is, is the engine's own.
    #[cfg(feature = "v8")]
    ("sloppy", 65),
];

#[tokio::test]
async fn every_text_gives_what_is_expected() {
    let checker = Checker::find().unwrap();
    let types = CatalogueTypes::new(&Office::new().catalogue);
    for (name, _) in FILES {
        let mut table = Table::read(name);
        for case in &mut table.cases {
            let text = case.text();
            let problem = checker.check(&text, &types).await.unwrap();
            let outcome = Office::sandbox().run(text).await;
            if let Some(problem) = problem.filter(|problem| problem.kind == ErrorKind::TypeCheck) {
                case.came_out(&complaints(&problem.diagnostics));
            }
            case.came_out(&shown(&outcome));
        }
        table.assert();
    }
}

#[test]
fn no_text_is_lost() {
    for (name, texts) in FILES {
        assert_eq!(Table::read(name).cases.len(), *texts, "{name}");
    }
}

#[test]
fn no_two_texts_have_one_name() {
    let mut names: Vec<String> = FILES
        .iter()
        .flat_map(|(name, _)| Table::read(name).cases)
        .map(|case: Case| case.name)
        .collect();
    names.sort();
    let all = names.len();
    names.dedup();
    assert_eq!(names.len(), all);
}

/// What the check says, where it says something. The text is run all the same, to show what a check is good for.
fn complaints(diagnostics: &[Diagnostic]) -> String {
    let mut shown = "--- type_check\n".to_owned();
    for problem in diagnostics {
        let code = problem.code.as_deref().unwrap_or("-");
        let (line, column) = (problem.line, problem.column);
        writeln!(shown, "{line}:{column} {code} {}", problem.message).unwrap();
    }
    shown
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
                writeln!(shown, "{name}: {}", error.message).unwrap();
            }
            for problem in &error.diagnostics {
                let (line, column) = (problem.line, problem.column);
                writeln!(shown, "{line}:{column} {}", problem.message).unwrap();
            }
            for frame in &error.frames {
                let function = frame.function.as_deref().unwrap_or("the script");
                writeln!(shown, "at {}:{} in {function}", frame.line, frame.column).unwrap();
            }
            shown
        }
    };
    if !outcome.logs.is_empty() {
        shown += "--- log\n";
        for line in &outcome.logs {
            writeln!(shown, "{}", line.text).unwrap();
        }
    }
    shown
}

fn compact(value: &Value) -> String {
    serde_json::to_string(value).unwrap()
}
