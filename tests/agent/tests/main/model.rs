//! A program that asks a model.

use std::path::Path;

use codemode_agent::model;
use codemode_agent::play::Profile;

#[test]
fn a_program_works_on_tasks_and_is_believed_only_what_came_of_it() {
    let author = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/main/author.mjs");
    let author = ["node".to_owned(), author.display().to_string()];
    let played = |which: &str| {
        let mut all = Vec::new();
        model::play(
            super::program(),
            Profile::Scripts,
            which,
            &author,
            |name, played| {
                all.push((name.to_owned(), played.turns, played.problem.clone()));
            },
        );
        all
    };
    assert_eq!(
        played("everything/an echo"),
        [("everything/an echo".to_owned(), 1, None)]
    );
    let problem = "`139` isn't in: I don't know.".to_owned();
    let name = "everything/a sum of four numbers".to_owned();
    assert_eq!(played(&name), [(name.clone(), 1, Some(problem))]);
}
