//! What all tasks cost, as tables.

use std::path::Path;
use std::thread;

use crate::play::{self, Played, Profile};
use crate::task::{Table, tables};

/// The tasks of a table, each with what it has cost in `scripts` and in `direct`.
pub struct Rows {
    /// The table.
    pub table: Table,
    /// What each task has cost.
    pub played: Vec<[Played; 2]>,
}

/// Plays everything.
#[must_use]
pub fn all(program: &Path) -> Vec<Rows> {
    let play = |table: Table| {
        let [scripts, direct] = [Profile::Scripts, Profile::Direct].map(|profile| {
            let (program, table) = (program.to_owned(), table.clone());
            thread::spawn(move || play::table(&program, &table, profile))
        });
        let [scripts, direct] = [scripts, direct].map(|thread| thread.join().unwrap());
        let played = scripts
            .into_iter()
            .zip(direct)
            .map(|(scripts, direct)| [scripts, direct]);
        Rows {
            played: played.collect(),
            table,
        }
    };
    tables().into_iter().map(play).collect()
}

/// What is otherwise than it should be.
#[must_use]
pub fn problems(all: &[Rows]) -> Vec<String> {
    let each = all.iter().flat_map(|rows| {
        rows.table
            .task
            .iter()
            .zip(&rows.played)
            .map(move |pair| (rows, pair))
    });
    each.flat_map(|(rows, (task, played))| {
        let profiles = [Profile::Scripts, Profile::Direct].into_iter().zip(played);
        profiles.filter_map(move |(profile, played)| {
            let problem = played.problem.as_ref()?;
            Some(format!(
                "{}/{} ({}): {problem}",
                rows.table.name,
                task.name,
                profile.name()
            ))
        })
    })
    .collect()
}

/// A line for each table, and one for all.
#[must_use]
pub fn summary(all: &[Rows]) -> String {
    let mut text = head("servers");
    let tasks: usize = all.iter().map(|rows| rows.played.len()).sum();
    for rows in all {
        let name = format!("{}: {} tasks", rows.table.name, rows.played.len());
        text.push_str(&line(&name, &rows.played.iter().collect::<Vec<_>>()));
    }
    let played: Vec<_> = all.iter().flat_map(|rows| &rows.played).collect();
    text + &line(&format!("all: {tasks} tasks"), &played)
}

/// A line for each task.
#[must_use]
pub fn print(all: &[Rows]) -> String {
    let mut text = format!("{}\n", summary(all));
    for rows in all {
        text.push_str(&format!("## {}\n\n{}", rows.table.name, head("task")));
        for (task, played) in rows.table.task.iter().zip(&rows.played) {
            text.push_str(&line(&task.name, &[played]));
        }
        text.push('\n');
    }
    text
}

fn head(first: &str) -> String {
    format!(
        "| {first} | scripts: turns | shown | written | direct: turns | shown | written |\n|---|--:|--:|--:|--:|--:|--:|\n"
    )
}

fn line(name: &str, played: &[&[Played; 2]]) -> String {
    let figures = [0, 1].map(|profile| {
        let of = |figure: fn(&Played) -> usize| -> usize {
            played.iter().map(|both| figure(&both[profile])).sum()
        };
        let [turns, shown, written] = [
            of(|played| played.turns),
            of(|played| played.shown),
            of(|played| played.written),
        ];
        format!("{turns} | {shown} | {written}")
    });
    format!("| {name} | {} |\n", figures.join(" | "))
}
