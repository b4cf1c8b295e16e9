//! What a script's header may say.

use std::collections::BTreeMap;
use std::time::Duration;

use codemode_runtime::{ErrorKind, Limits};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::engine::Engine;
use crate::limits::{PLENTY, read_limits, usual_limits};
use crate::tier::Tier;

/// The time of a script that doesn't. It has to be enough for a harmless one, too: for making an isolate, which is slow
/// where there is no snapshot.
const LITTLE: Duration = Duration::from_millis(if cfg!(feature = "v8") { 250 } else { 1_000 });

/// What stands between a script's title and its text, one `// key: value` a line.
#[derive(Clone, Debug, Default)]
pub(crate) struct Header {
    /// `expect: ok`, for no value; `expect: ok JSON`; or `expect: KIND` or `expect: KIND|KIND`, then a part of the error's
    /// `name: message`, or `=` and all of it. Where the kind says it all, that may be missing; a `timeout` without it is the end
    /// of the wall time.
    expect: Option<Expectation>,
    /// `process: expect …`: another expectation for one tier; and `in-process: goes on`, `may go on`, `ends the host, WORDS`
    /// or `may end the host`. With V8. Also `v8: expect …`, for an error in the engine's own words.
    v8: Difference,
    /// `quickjs: expect …`, or `quickjs in-process: …` and `quickjs process: …` with what may stand for V8, too. Nothing
    /// that is said of V8 counts. Also `quickjs: calls …` and `quickjs: logs …`; and `quickjs: left out, REASON` for a
    /// script that has nothing to ask of QuickJS.
    quickjs: Difference,
    /// `limits: wall 300ms, heap 32MiB, calls 10, output 1000`: what differs from the suite's usual. [`read_limits`] has
    /// all names.
    limits: Option<Limits>,
    /// `calls: desk.add, !desk.fail, ?desk.add x3`: all calls in order. One that failed has an exclamation mark; one that was
    /// refused before its tool saw it has a question mark.
    calls: Option<Vec<CallMade>>,
    /// `inputs: [{ "a": 1 }, null]`: what the tools were called with, in order.
    inputs: Option<Vec<Value>>,
    /// `logs: ["a", "b"]`: all texts of the log.
    logs: Option<Vec<String>>,
    /// `never: TEXT`: a text that may be nowhere in the outcome.
    pub(crate) never: Vec<String>,
}

/// A call, and what came of it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct CallMade {
    pub(crate) tool: String,
    pub(crate) ok: bool,
    /// Whether its tool saw it; one that waited for its turn to the end needn't have.
    pub(crate) seen: bool,
}

/// What is different with one engine.
#[derive(Clone, Debug, Default)]
struct Difference {
    expect: Option<Expectation>,
    in_tier: BTreeMap<Tier, Expectation>,
    calls: Option<Vec<CallMade>>,
    logs: Option<Vec<String>>,
    unstoppable: Option<Unstoppable>,
    /// What the engine says when it ends the host.
    last_words: String,
    left_out: Option<String>,
}

/// What a run has to come to.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Expectation {
    /// The script returns this; `None` stands for `undefined`.
    Ok(Option<Value>),
    /// It fails in one of these ways, and `name: message` has the text in it, or is the text behind a `=`. There is more than one way only where the
    /// machine decides which bound of its memory a script meets first.
    Fails { kinds: Vec<ErrorKind>, says: String },
}

/// What an in-process sandbox can't stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unstoppable {
    /// The run comes back on time, but its thread is busy for as long as the host lives, or for very long.
    GoesOn,
    /// That depends on the machine, or on when the engine collects its garbage.
    MayGoOn,
    /// The engine ends the process.
    EndsTheHost,
    /// That depends on the machine, or on when the engine collects its garbage.
    MayEndTheHost,
}

impl Header {
    /// Reads one line; says whether it belongs to a header at all.
    pub(crate) fn read(&mut self, key: &str, value: &str) -> Result<bool, String> {
        match key {
            "expect" => self.expect = Some(Expectation::read(value)?),
            "limits" => self.limits = Some(read_limits(value)?),
            "calls" => self.calls = Some(read_calls(value)?),
            "inputs" => self.inputs = Some(read_json(value)?),
            "logs" => self.logs = Some(read_json(value)?),
            "never" => self.never.push(value.to_owned()),
            "v8" => self.v8.read(value)?,
            "quickjs" => self.quickjs.read(value)?,
            _ => {
                let (difference, tier) = match key.strip_prefix("quickjs ") {
                    Some(tier) => (&mut self.quickjs, tier),
                    None => (&mut self.v8, key),
                };
                let Some(tier) = Tier::named(tier) else {
                    return Ok(false);
                };
                difference.read_in_tier(tier, value)?;
            }
        }
        Ok(true)
    }

    /// Whether it says enough to tell the end that is meant from any other.
    pub(crate) fn is_complete(&self) -> Result<(), String> {
        if self.expect.is_none() {
            return Err("nothing is expected of it".to_owned());
        }
        // What QuickJS says of its errors is mostly left to it.
        if Engine::THIS != Engine::V8 {
            return Ok(());
        }
        if let Some(vague) = Tier::ALL
            .iter()
            .map(|tier| self.expectation(*tier))
            .find(|expectation| expectation.is_vague())
        {
            return Err(format!("any mistake in it would do for {vague:?}"));
        }
        if self.v8.unstoppable == Some(Unstoppable::EndsTheHost) && self.v8.last_words.is_empty() {
            return Err("any end of the host would do".to_owned());
        }
        Ok(())
    }

    fn difference(&self, engine: Engine) -> &Difference {
        match engine {
            Engine::V8 => &self.v8,
            Engine::QuickJs => &self.quickjs,
        }
    }

    /// What the run has to come to in a tier.
    pub(crate) fn expectation(&self, tier: Tier) -> &Expectation {
        let here = self.difference(Engine::THIS);
        here.in_tier
            .get(&tier)
            .or(here.expect.as_ref())
            .or(self.expect.as_ref())
            .expect("a case without an expectation isn't read")
    }

    /// All calls that have to be made, if the header says.
    pub(crate) fn calls(&self) -> Option<&[CallMade]> {
        let here = self.difference(Engine::THIS);
        here.calls.as_deref().or(self.calls.as_deref())
    }

    /// What the tools have to see, if the header says.
    pub(crate) fn inputs(&self) -> Option<&[Value]> {
        self.inputs.as_deref()
    }

    /// All that has to be logged, if the header says.
    pub(crate) fn logs(&self) -> Option<&[String]> {
        let here = self.difference(Engine::THIS);
        here.logs.as_deref().or(self.logs.as_deref())
    }

    /// Why this binary doesn't run it.
    pub(crate) fn left_out(&self) -> Option<&str> {
        self.difference(Engine::THIS).left_out.as_deref()
    }

    /// What can't be stopped about it.
    pub(crate) fn unstoppable(&self, engine: Engine, tier: Tier) -> Option<Unstoppable> {
        self.difference(engine)
            .unstoppable
            .filter(|_| tier == Tier::InProcess)
    }

    /// What the engine has to say when it ends the host.
    pub(crate) fn last_words(&self) -> &str {
        &self.difference(Engine::THIS).last_words
    }

    /// The limits of the run. A script that has to run into the clock gets little of it, and any other one plenty.
    pub(crate) fn limits(&self) -> Limits {
        let limits = self.limits.clone().unwrap_or_else(usual_limits);
        let times_out = Tier::ALL.iter().any(|tier| {
            matches!(
                self.expectation(*tier),
                Expectation::Fails { kinds, .. } if kinds.contains(&ErrorKind::Timeout)
            )
        });
        let has_a_clock = [limits.wall_time, limits.script_time, limits.cpu_time] != [PLENTY; 3];
        if times_out && !has_a_clock {
            Limits {
                wall_time: LITTLE,
                ..limits
            }
        } else {
            limits
        }
    }
}

impl Difference {
    /// Reads what holds in both tiers.
    fn read(&mut self, value: &str) -> Result<(), String> {
        let (word, rest) = value.split_once(' ').unwrap_or((value, ""));
        match word {
            "expect" => self.expect = Some(Expectation::read(rest)?),
            "calls" => self.calls = Some(read_calls(rest)?),
            "logs" => self.logs = Some(read_json(rest)?),
            "left" => {
                let reason = rest
                    .strip_prefix("out, ")
                    .ok_or("a script is `left out, ` and a reason")?;
                self.left_out = Some(reason.to_owned());
            }
            _ => return Err("neither `expect …`, `calls …`, `logs …` nor `left out, …`".to_owned()),
        }
        Ok(())
    }

    fn read_in_tier(&mut self, tier: Tier, value: &str) -> Result<(), String> {
        match value {
            "goes on" => self.unstoppable = Some(Unstoppable::GoesOn),
            "may go on" => self.unstoppable = Some(Unstoppable::MayGoOn),
            "ends the host" => self.unstoppable = Some(Unstoppable::EndsTheHost),
            "may end the host" => self.unstoppable = Some(Unstoppable::MayEndTheHost),
            _ if value.starts_with("ends the host, ") => {
                self.unstoppable = Some(Unstoppable::EndsTheHost);
                value["ends the host, ".len()..].clone_into(&mut self.last_words);
            }
            _ => {
                let value = value
                    .strip_prefix("expect ")
                    .ok_or("neither an end nor `expect …`")?;
                self.in_tier.insert(tier, Expectation::read(value)?);
            }
        }
        Ok(())
    }
}

impl Expectation {
    fn read(text: &str) -> Result<Self, String> {
        let (word, rest) = text.split_once(' ').unwrap_or((text, ""));
        if word == "ok" {
            let value = match rest {
                "" => None,
                json => {
                    Some(serde_json::from_str(json).map_err(|error| format!("no JSON: {error}"))?)
                }
            };
            return Ok(Self::Ok(value));
        }
        let kinds = word
            .split('|')
            .map(|kind| {
                serde_json::from_value(Value::from(kind))
                    .map_err(|_| format!("`{kind}` is no kind of an outcome"))
            })
            .collect::<Result<_, _>>()?;
        Ok(Self::Fails {
            kinds,
            says: rest.to_owned(),
        })
    }

    /// Whether a slip in the script itself could be taken for the failure that is meant.
    fn is_vague(&self) -> bool {
        let Self::Fails { kinds, says } = self else {
            return false;
        };
        // Nothing but code from a text makes an `EvalError`, and what has a sign of equality is the whole text.
        let is_a_name_only = says.ends_with("Error") && !says.contains([' ', '=']);
        let has_a_kind_only = says.is_empty() || is_a_name_only && says != "EvalError";
        has_a_kind_only
            && matches!(
                kinds.as_slice(),
                [
                    ErrorKind::Exception
                        | ErrorKind::Limit
                        | ErrorKind::Syntax
                        | ErrorKind::Crashed
                ]
            )
    }
}

fn read_json<T: DeserializeOwned>(text: &str) -> Result<T, String> {
    serde_json::from_str(text).map_err(|error| error.to_string())
}

fn read_calls(text: &str) -> Result<Vec<CallMade>, String> {
    let mut calls = Vec::new();
    if text == "none" {
        return Ok(calls);
    }
    for part in text.split(", ") {
        let (call, times) = part.split_once(" x").unwrap_or((part, "1"));
        let times: usize = times
            .parse()
            .map_err(|_| format!("`{times}` is no number"))?;
        let tool = call.trim_start_matches(['!', '?']);
        let made = CallMade {
            tool: tool.to_owned(),
            ok: tool.len() == call.len(),
            seen: !call.starts_with('?'),
        };
        calls.extend(std::iter::repeat_n(made, times));
    }
    Ok(calls)
}
