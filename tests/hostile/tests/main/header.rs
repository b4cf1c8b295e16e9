//! What a script's header may say.

use std::collections::BTreeMap;
use std::time::Duration;

use codemode_runtime::{ErrorKind, Limits};
use serde_json::Value;

use crate::engine::Engine;
use crate::tier::Tier;

const MIB: usize = 1024 * 1024;

/// More time than any script needs that ends by itself.
const PLENTY: Duration = Duration::from_secs(20);

/// The time of a script that doesn't. It has to be enough for a harmless one, too: for making an isolate, which is slow
/// where there is no snapshot.
const LITTLE: Duration = Duration::from_millis(if cfg!(feature = "v8") { 250 } else { 1_000 });

/// What stands between a script's title and its text, one `// key: value` a line.
#[derive(Clone, Debug, Default)]
pub(crate) struct Header {
    /// `expect: ok`, for no value; `expect: ok JSON`; or `expect: KIND` or `expect: KIND|KIND`, then perhaps a
    /// part of the error's `name: message`.
    expect: Option<Expectation>,
    /// `process: expect …`: another expectation for one tier; and `in-process: goes on`, `may go on`, `ends the host` or
    /// `may end the host`. With V8.
    v8: Difference,
    /// `quickjs: expect …`, or `quickjs in-process: …` and `quickjs process: …` with what may stand for V8, too. Nothing
    /// that is said of V8 counts. Also `quickjs: calls …` and `quickjs: logs …`; and `quickjs: left out, REASON` for a
    /// script that has nothing to ask of QuickJS.
    quickjs: Difference,
    /// `limits: wall 300ms, heap 32MiB, calls 10, output 1000`: what differs from the suite's usual. [`read_limits`] has
    /// all names.
    limits: Option<Limits>,
    /// `calls: desk.add, !desk.fail, desk.add x3`: all calls in order; a failed one has an exclamation mark.
    calls: Option<Vec<CallMade>>,
    /// `logs: ["a", "b"]`: all texts of the log.
    logs: Option<Vec<String>>,
    /// `never: TEXT`: a text that may be nowhere in the outcome.
    pub(crate) never: Vec<String>,
}

/// A tool's path, and whether the call succeeded.
pub(crate) type CallMade = (String, bool);

/// What is different with one engine.
#[derive(Clone, Debug, Default)]
struct Difference {
    expect: Option<Expectation>,
    in_tier: BTreeMap<Tier, Expectation>,
    calls: Option<Vec<CallMade>>,
    logs: Option<Vec<String>>,
    unstoppable: Option<Unstoppable>,
    left_out: Option<String>,
}

/// What a run has to come to.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Expectation {
    /// The script returns this; `None` stands for `undefined`.
    Ok(Option<Value>),
    /// It fails in one of these ways, and `name: message` has the text in it. There is more than one way only where the
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
            "logs" => self.logs = Some(read_logs(value)?),
            "never" => self.never.push(value.to_owned()),
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

    pub(crate) fn is_complete(&self) -> bool {
        self.expect.is_some()
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
            "logs" => self.logs = Some(read_logs(rest)?),
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
}

/// What every script may use that says nothing else: little, so that a run of the suite needs little.
pub(crate) fn usual_limits() -> Limits {
    Limits {
        wall_time: PLENTY,
        script_time: PLENTY,
        cpu_time: PLENTY,
        heap_bytes: 64 * MIB,
        output_bytes: 64 * 1024,
        log_bytes: 64 * 1024,
        ..Limits::default()
    }
}

fn read_limits(text: &str) -> Result<Limits, String> {
    let mut limits = usual_limits();
    for part in text.split(", ") {
        let (name, value) = part
            .split_once(' ')
            .ok_or("a limit is a name and a value")?;
        match name {
            "wall" => limits.wall_time = milliseconds(value)?,
            "script" => limits.script_time = milliseconds(value)?,
            "cpu" => limits.cpu_time = milliseconds(value)?,
            "grace" => limits.grace_time = milliseconds(value)?,
            "heap" => limits.heap_bytes = number(value, "MiB")? * MIB,
            "buffers" => limits.buffer_bytes = number(value, "MiB")? * MIB,
            "source" => limits.source_bytes = number(value, "")?,
            "argument" => limits.argument_bytes = number(value, "")?,
            "result" => limits.result_bytes = number(value, "")?,
            "calls" => limits.tool_calls = number(value, "")? as u64,
            "in-flight" => limits.calls_in_flight = number(value, "")?,
            "output" => limits.output_bytes = number(value, "")?,
            "log" => limits.log_bytes = number(value, "")?,
            "lines" => limits.log_lines = number(value, "")?,
            "timers" => limits.timers = number(value, "")?,
            "error" => limits.error_bytes = number(value, "")?,
            _ => return Err(format!("no limit is called `{name}`")),
        }
    }
    Ok(limits)
}

fn milliseconds(text: &str) -> Result<Duration, String> {
    Ok(Duration::from_millis(number(text, "ms")? as u64))
}

fn number(text: &str, unit: &str) -> Result<usize, String> {
    text.strip_suffix(unit)
        .and_then(|digits| digits.parse().ok())
        .ok_or_else(|| format!("`{text}` is no number of `{unit}`"))
}

fn read_logs(text: &str) -> Result<Vec<String>, String> {
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
        let name = call.trim_start_matches('!');
        calls.extend(std::iter::repeat_n(
            (name.to_owned(), name.len() == call.len()),
            times,
        ));
    }
    Ok(calls)
}
