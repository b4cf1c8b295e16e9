//! Mistakes in scripts, as models make them, and what has to be said of each.

mod arguments;
mod code;
mod judge;
mod names;
mod values;
mod world;

use std::path::Path;
use std::thread;

use serde_json::json;

use crate::end::{self, Seen};
use crate::play::Profile;
use crate::task::{Table, Turn, tables};
use crate::world::World;

use self::code::Code;
pub use self::judge::{Verdict, print, summary, verdict};

/// A script with a mistake.
#[derive(Clone, Debug)]
pub struct Fault {
    /// The kind of mistake.
    pub kind: &'static str,
    /// Which it is.
    pub what: String,
    /// The script with it.
    pub script: String,
    /// What the answer has to say: one of each line.
    pub repair: Vec<Vec<String>>,
}

/// A fault, and what became of it.
#[derive(Clone, Debug)]
pub struct Judged {
    /// The session and the task.
    pub task: String,
    /// The mistake.
    pub fault: Fault,
    /// What the model read.
    pub text: String,
    /// What that is worth.
    pub verdict: Verdict,
}

/// A script that a mistake is to be made in.
struct Original<'a> {
    code: Code<'a>,
    namespaces: &'a [String],
    /// Counts scripts through, so that each gets other mistakes of those that fit anywhere.
    number: usize,
}

/// All kinds of mistakes.
const MAKERS: &[fn(&Original) -> Vec<Fault>] = &[
    names::wrong_field,
    names::misspelt_tool,
    names::misspelt_namespace,
    values::forgotten_await,
    arguments::wrong_type,
    arguments::missing,
    arguments::extra,
    arguments::misnamed,
    world::absent_global,
    world::import,
    values::null_not_handled,
    values::misuse_of_a_map,
    values::parsed_twice,
    world::too_many_calls,
    world::no_end,
    values::bigint,
    values::circular,
    world::shell,
    world::global_variable,
];

/// Makes all mistakes, runs them, and judges the answers.
#[must_use]
pub fn all(program: &Path) -> Vec<Judged> {
    let mut first = 0;
    let threads: Vec<_> = tables()
        .into_iter()
        .map(|table| {
            let (program, number) = (program.to_owned(), first);
            first += table.task.len();
            thread::spawn(move || of_table(&program, &table, number))
        })
        .collect();
    threads
        .into_iter()
        .flat_map(|thread| thread.join().unwrap())
        .collect()
}

fn of_table(program: &Path, table: &Table, first: usize) -> Vec<Judged> {
    let world = World::new(table);
    let is_short = table
        .namespaces
        .iter()
        .any(|name| name == "sequentialThinking");
    // Where scripts without an end are run, nothing else takes its time.
    let timeout: &[&str] = if is_short { &["--timeout", "2s"] } else { &[] };
    let (mut client, _) = world.serve(program, Profile::Scripts, timeout);
    let mut judged = Vec::new();
    for (number, task) in table.task.iter().enumerate() {
        let script = task.scripts.iter().find_map(|turn| match turn {
            Turn::Run(script) => Some(script.trim()),
            _ => None,
        });
        let original = Original {
            code: Code::new(script.unwrap()),
            namespaces: &table.namespaces,
            number: first + number,
        };
        for fault in MAKERS.iter().flat_map(|make| make(&original)) {
            world.begin(task);
            let mut answer = client.call("run", &json!({ "script": world.inside(&fault.script) }));
            let text = world.anywhere(&answer.text);
            let seen = Seen {
                value: answer.structured["value"].take(),
                text: text.clone(),
            };
            let is_fine = !answer.is_error
                && end::check(&task.end, &world, &mut client, Profile::Scripts, &seen).is_ok();
            let verdict = if is_fine {
                Verdict::Harmless
            } else {
                judge::verdict(&text, answer.is_error, &fault.repair)
            };
            judged.push(Judged {
                task: format!("{}/{}", table.name, task.name),
                fault,
                text,
                verdict,
            });
        }
    }
    judged
}
