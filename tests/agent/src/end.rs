//! Whether a task has come to its end: looked at from outside, whatever a script says.

use std::fs;

use serde_json::Value;

use crate::client::Client;
use crate::play::Profile;
use crate::task::End;
use crate::world::World;

/// What was seen of a task while it was played.
#[derive(Debug, Default)]
pub struct Seen {
    /// What the last script returned.
    pub value: Value,
    /// All that the answers said.
    pub text: String,
}

/// Compares the world with the state that a task has to bring about.
///
/// # Errors
///
/// What is otherwise.
pub fn check(
    end: &End,
    world: &World,
    client: &mut Client,
    profile: Profile,
    seen: &Seen,
) -> Result<(), String> {
    if let (Some(expected), Profile::Scripts) = (&end.value, profile) {
        equal("the value", &seen.value, &json(expected))?;
    }
    if profile == Profile::Direct {
        let missing = end
            .shown
            .iter()
            .find(|part| !seen.text.contains(part.as_str()));
        missing.map_or(Ok(()), |part| {
            Err(format!("`{part}` wasn't shown in {}", seen.text))
        })?;
    }
    for (name, expected) in &end.files {
        let text = fs::read_to_string(world.files().join(name))
            .map_err(|error| format!("{name}: {error}"))?;
        equal(name, &text, expected)?;
    }
    if let Some(name) = end
        .gone
        .iter()
        .find(|name| world.files().join(name).exists())
    {
        return Err(format!("{name} is still there"));
    }
    if let Some(expected) = &end.memory {
        let text = fs::read_to_string(world.memory()).unwrap_or_default();
        equal(
            "the memory",
            &sorted(text.lines()),
            &sorted(expected.iter().map(String::as_str)),
        )?;
    }
    if let Some(expected) = &end.outbox {
        let messages = messages(world);
        equal("the number of messages", &messages.len(), &expected.len())?;
        for parts in expected {
            let is_there = messages
                .iter()
                .any(|message| parts.split('…').all(|part| message.contains(part)));
            if !is_there {
                return Err(format!("no message has `{parts}`: {messages:?}"));
            }
        }
    }
    let Some(after) = &end.after else {
        return Ok(());
    };
    let value = match profile {
        Profile::Scripts => {
            let script = serde_json::json!({ "script": format!("return {};", after.script) });
            client.call("run", &script).structured["value"].take()
        }
        Profile::Direct => json(&client.call(&after.tool, &serde_json::json!({})).text),
    };
    equal("afterwards", &value, &json(&after.value))
}

fn messages(world: &World) -> Vec<String> {
    let entries = fs::read_dir(world.outbox()).unwrap();
    entries
        .map(|entry| fs::read_to_string(entry.unwrap().path()).unwrap())
        .collect()
}

fn sorted<'a>(lines: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut lines: Vec<String> = lines.map(|line| json(line).to_string()).collect();
    lines.sort();
    lines
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

fn equal<T: PartialEq + std::fmt::Debug>(what: &str, is: &T, expected: &T) -> Result<(), String> {
    if is == expected {
        Ok(())
    } else {
        Err(format!("{what} is {is:?}, and should be {expected:?}"))
    }
}
