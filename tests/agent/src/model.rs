//! The same tasks for a model of one's own, behind a program that asks it.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};

use codemode_runtime::estimate_tokens;
use serde_json::{Value, json};

use crate::client::Client;
use crate::end::{self, Seen};
use crate::play::{Played, Profile};
use crate::task::{End, Table, Task, tables};
use crate::world::World;

/// Who takes longer goes in circles.
const MOST_TURNS: usize = 20;

/// Has a program work on the tasks whose `session/name` begins so. Calls `done` with each and what it has cost.
pub fn play(
    program: &Path,
    profile: Profile,
    which: &str,
    author: &[String],
    mut done: impl FnMut(&str, &Played),
) {
    for table in tables() {
        let name = |task: &Task| format!("{}/{}", table.name, task.name);
        let chosen: Vec<&Task> = table
            .task
            .iter()
            .filter(|task| name(task).starts_with(which))
            .collect();
        if chosen.is_empty() {
            continue;
        }
        for task in chosen {
            done(&name(task), &one(program, profile, &table, task, author));
        }
    }
}

fn one(program: &Path, profile: Profile, table: &Table, task: &Task, author: &[String]) -> Played {
    let world = World::new(table);
    // What a task leaves must not be there for the next one, whatever a model has done.
    let (mut client, tools) = world.serve(program, profile, &[]);
    world.begin(task);
    let mut played = Played {
        turns: 0,
        shown: estimate_tokens(&client.instructions) + estimate_tokens(&tools.to_string()),
        written: 0,
        problem: None,
    };
    let said = converse(&world, &mut client, &tools, task, author, &mut played);
    played.problem = said
        .and_then(|said| check(&task.end, &world, &mut client, profile, &said))
        .err();
    played
}

/// Lets the program and the server talk. Returns what the program says in the end.
fn converse(
    world: &World,
    client: &mut Client,
    tools: &Value,
    task: &Task,
    author: &[String],
    played: &mut Played,
) -> Result<String, String> {
    let (author, arguments) = author
        .split_first()
        .ok_or("there is no program that asks a model")?;
    let mut process = Command::new(author)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| format!("{author}: {error}"))?;
    let mut input = process.stdin.take().unwrap();
    let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
    let mut next = json!({
        "request": world.inside(&task.request), "instructions": client.instructions, "tools": tools,
    });
    let said = loop {
        if writeln!(input, "{next}").is_err() {
            break Err("the program ended".to_owned());
        }
        let Some(Ok(line)) = lines.next() else {
            break Err("the program said nothing".to_owned());
        };
        let turn: Value = match serde_json::from_str(&line) {
            Ok(turn) => turn,
            Err(error) => break Err(format!("{error}: {line}")),
        };
        if let Some(text) = turn["done"].as_str() {
            break Ok(text.to_owned());
        }
        let Some(tool) = turn["tool"].as_str() else {
            break Err(format!("neither `tool` nor `done`: {line}"));
        };
        if played.turns == MOST_TURNS {
            break Err(format!("no end after {MOST_TURNS} turns"));
        }
        let answer = client.call(tool, &turn["arguments"]);
        played.turns += 1;
        played.shown += estimate_tokens(&world.anywhere(&answer.text));
        let written = world.anywhere(&turn["arguments"].to_string());
        played.written += estimate_tokens(tool) + estimate_tokens(&written);
        next = json!({ "text": answer.text, "isError": answer.is_error });
    };
    drop(input);
    let _ = process.kill();
    let _ = process.wait();
    said
}

/// The state of the world, and in the words of the model what it was asked for.
fn check(
    end: &End,
    world: &World,
    client: &mut Client,
    profile: Profile,
    said: &str,
) -> Result<(), String> {
    let value: Value = end
        .value
        .as_ref()
        .map_or(Value::Null, |value| serde_json::from_str(value).unwrap());
    let missing = leaves(&value)
        .into_iter()
        .find(|leaf| !said.contains(leaf.as_str()));
    if let Some(missing) = missing {
        return Err(format!("`{missing}` isn't in: {said}"));
    }
    let end = End {
        value: None,
        shown: Vec::new(),
        ..end.clone()
    };
    end::check(&end, world, client, profile, &Seen::default())
}

fn leaves(value: &Value) -> Vec<String> {
    match value {
        Value::Null => Vec::new(),
        Value::Array(items) => items.iter().flat_map(leaves).collect(),
        Value::Object(fields) => fields.values().flat_map(leaves).collect(),
        Value::String(text) => vec![text.clone()],
        other => vec![other.to_string()],
    }
}
