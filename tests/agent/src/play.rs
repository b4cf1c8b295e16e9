//! Plays what a model would write, and counts what that costs.

use std::path::Path;

use codemode_runtime::estimate_tokens;
use serde_json::{Value, json};

use crate::end::{self, Seen};
use crate::task::{Table, Task, Turn};
use crate::world::World;

/// What a client sees of the tools.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    /// `search`, `describe` and `run`.
    Scripts,
    /// Each tool by itself.
    Direct,
}

impl Profile {
    /// Its name on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Scripts => "scripts",
            Self::Direct => "direct",
        }
    }
}

/// What a task has cost.
#[derive(Clone, Debug)]
pub struct Played {
    /// Calls of the server.
    pub turns: usize,
    /// Tokens that the model reads: instructions, tools and answers.
    pub shown: usize,
    /// Tokens that it writes.
    pub written: usize,
    /// What is otherwise than it should be.
    pub problem: Option<String>,
}

/// Plays all tasks of a table in one profile.
#[must_use]
pub fn table(program: &Path, table: &Table, profile: Profile) -> Vec<Played> {
    let world = World::new(table);
    let (mut client, tools) = world.serve(program, profile, &[]);
    let prompt = estimate_tokens(&client.instructions) + estimate_tokens(&tools.to_string());
    let play = |task: &Task| {
        world.begin(task);
        let mut played = Played {
            turns: 0,
            shown: prompt,
            written: 0,
            problem: None,
        };
        let mut seen = Seen::default();
        for (tool, arguments) in turns(task, profile) {
            let arguments = arguments.to_string();
            let inside = serde_json::from_str(&world.inside(&arguments)).unwrap();
            let mut answer = client.call(&tool, &inside);
            let text = world.anywhere(&answer.text);
            played.turns += 1;
            played.shown += estimate_tokens(&text);
            played.written += estimate_tokens(&tool) + estimate_tokens(&arguments);
            if answer.is_error {
                played.problem = Some(text);
                return played;
            }
            seen.text.push_str(&text);
            seen.value = answer.structured["value"].take();
        }
        let value = world.anywhere(&seen.value.to_string());
        seen.value = serde_json::from_str(&value).unwrap();
        played.problem = end::check(&task.end, &world, &mut client, profile, &seen).err();
        played
    };
    table.task.iter().map(play).collect()
}

/// The calls of a task.
fn turns(task: &Task, profile: Profile) -> Vec<(String, Value)> {
    let scripted = |turn: &Turn| match turn {
        Turn::Search(query) => ("search".to_owned(), json!({ "query": query })),
        Turn::Describe(names) => ("describe".to_owned(), json!({ "names": names })),
        Turn::Run(script) => ("run".to_owned(), json!({ "script": script })),
    };
    let direct = |(tool, arguments): &(String, String)| {
        let arguments = serde_json::from_str(arguments)
            .unwrap_or_else(|error| panic!("{}: {error}", task.name));
        (tool.clone(), arguments)
    };
    match profile {
        Profile::Scripts => task.scripts.iter().map(scripted).collect(),
        Profile::Direct => task.direct.iter().map(direct).collect(),
    }
}
