//! What a run may use.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// What a run may use, and what it can tell of the world.
///
/// Each field says what happens to a script that goes further. Most often the run is stopped with the kind
/// [`ErrorKind::Limit`](crate::ErrorKind::Limit), but where going on is harmless the script gets an error that it can catch, or
/// output is cut and the outcome says so.
///
/// ```
/// use std::time::Duration;
///
/// use codemode_runtime::Limits;
///
/// let limits = Limits {
///     wall_time: Duration::from_secs(5),
///     tool_calls: 20,
///     ..Limits::default()
/// };
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Limits {
    /// How long the run may take in all, tool calls included, but not the time in which a person is asked whether a call
    /// may be made. Then it is stopped as a timeout. Default: 30 s.
    pub wall_time: Duration,
    /// How long the run may take without the time in which some tool call is under way. Then it is stopped as a timeout.
    /// Default: 10 s.
    pub script_time: Duration,
    /// How much processor time the script's thread may use, including that of tools that run on it. Then the run is
    /// stopped as a timeout. Watched on Unix only. Default: 10 s.
    pub cpu_time: Duration,
    /// How long the tool calls that are still under way when the script returns may take, and what the script has them
    /// followed by. Then they are cancelled. What the script returned stands in any case. Default: 5 s.
    pub grace_time: Duration,
    /// How large the script's heap may grow, in bytes; less than 8 MiB counts as 8 MiB, which an empty script needs. Then
    /// the run is stopped as out of memory. Default: 128 MiB.
    pub heap_bytes: usize,
    /// How much memory the script's array buffers may have together, in bytes. A script that asks for more gets a
    /// `RangeError`. For buffers that can be resized it bounds each one alone, and the heap limit bounds their sum; on
    /// QuickJS the heap limit bounds all. Default: 64 MiB.
    pub buffer_bytes: usize,
    /// How large the script's text may be, in bytes. A larger one isn't run. Default: 256 KiB, which is also the most that
    /// counts.
    pub source_bytes: usize,
    /// How large the argument of one tool call may be as JSON text, in bytes. A call with a larger one fails with a
    /// `TypeError`. Default: 1 MiB.
    pub argument_bytes: usize,
    /// How large the result of one tool call may be as JSON text, in bytes. A call with a larger one fails with a
    /// `ToolError`. Default: 8 MiB.
    pub result_bytes: usize,
    /// How many tool calls the script may start. Then the run is stopped. Default: 1,000.
    pub tool_calls: u64,
    /// How many tool calls may be under way at the same time; further ones wait for their turn. 0 counts as 1.
    /// Default: 32.
    pub calls_in_flight: usize,
    /// How large the script's own result may be as JSON text, in bytes. A larger one fails the run. Default: 1 MiB.
    pub output_bytes: usize,
    /// How large the pictures and files that are handed out may be together, in bytes. Handing out more fails with a
    /// `ToolError`. Default: 16 MiB.
    pub attachment_bytes: usize,
    /// How many bytes the log may have, what tools log included. What doesn't fit is left out. Default: 256 KiB.
    pub log_bytes: usize,
    /// How many lines the log may have. What doesn't fit is left out. Default: 1,000.
    pub log_lines: usize,
    /// How many timers may wait at the same time. Then the run is stopped. Default: 1,000.
    pub timers: usize,
    /// How large the name and the message of an error may be, in bytes each. What doesn't fit is cut. Default: 8 KiB.
    pub error_bytes: usize,
    /// What time the script sees. Default: [`ScriptClock::Real`].
    pub clock: ScriptClock,
    /// What `Math.random` and `crypto` start from, for runs that are to be the same every time. Default: `None`, which is something
    /// else for each run.
    pub random_seed: Option<u32>,
}

/// How much a run may hand out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Room {
    pub(crate) output_bytes: usize,
    pub(crate) log_bytes: usize,
    pub(crate) log_lines: usize,
}

/// How large a value of a store may be as a script sends it, in bytes; the store itself may take less.
const STORED: usize = 8 * MIB;

impl Limits {
    /// How large what is handed out may be as JSON text: bytes are base64 there.
    pub(crate) fn attached_text_bytes(&self) -> usize {
        self.argument_bytes
            .max(self.attachment_bytes / 3 * 4 + 64 * KIB)
    }

    /// How large the arguments of `$store` may be as JSON text.
    pub(crate) fn stored_text_bytes(&self) -> usize {
        self.argument_bytes.max(STORED)
    }

    pub(crate) fn room(&self) -> Room {
        Room {
            output_bytes: self.output_bytes,
            log_bytes: self.log_bytes,
            log_lines: self.log_lines,
        }
    }

    /// The same limits for a run that may hand out so much.
    pub(crate) fn with_room(self, room: Room) -> Self {
        Self {
            output_bytes: room.output_bytes,
            log_bytes: room.log_bytes,
            log_lines: room.log_lines,
            ..self
        }
    }
}

/// What time a script sees. Timers and limits go by the real one all the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ScriptClock {
    /// The system's, in milliseconds.
    #[default]
    Real,
    /// The system's, rounded down to a multiple of so many milliseconds: too coarse to measure by it what other code does.
    /// 0 counts as 1.
    Coarse(u32),
    /// It stands still at so many milliseconds after the start of 1970 (UTC).
    Frozen(i64),
}

const KIB: usize = 1024;
const MIB: usize = 1024 * KIB;

impl Default for Limits {
    fn default() -> Self {
        Self {
            wall_time: Duration::from_secs(30),
            script_time: Duration::from_secs(10),
            cpu_time: Duration::from_secs(10),
            grace_time: Duration::from_secs(5),
            heap_bytes: 128 * MIB,
            buffer_bytes: 64 * MIB,
            source_bytes: 256 * KIB,
            argument_bytes: MIB,
            result_bytes: 8 * MIB,
            tool_calls: 1_000,
            calls_in_flight: 32,
            output_bytes: MIB,
            attachment_bytes: 16 * MIB,
            log_bytes: 256 * KIB,
            log_lines: 1_000,
            timers: 1_000,
            error_bytes: 8 * KIB,
            clock: ScriptClock::Real,
            random_seed: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_defaults_are_those_that_are_documented() {
        let limits = Limits::default();
        let bytes = [
            limits.heap_bytes,
            limits.buffer_bytes,
            limits.source_bytes,
            limits.argument_bytes,
            limits.result_bytes,
            limits.output_bytes,
            limits.attachment_bytes,
            limits.log_bytes,
            limits.error_bytes,
        ];
        assert_eq!(
            bytes,
            [
                134_217_728,
                67_108_864,
                262_144,
                1_048_576,
                8_388_608,
                1_048_576,
                16_777_216,
                262_144,
                8_192,
            ]
        );
        let times = [
            limits.wall_time,
            limits.script_time,
            limits.cpu_time,
            limits.grace_time,
        ];
        assert_eq!(times.map(|time| time.as_secs()), [30, 10, 10, 5]);
        assert_eq!(limits.tool_calls, 1_000);
        let counts = [limits.calls_in_flight, limits.log_lines, limits.timers];
        assert_eq!(counts, [32, 1_000, 1_000]);
        assert_eq!(
            (limits.clock, limits.random_seed),
            (ScriptClock::Real, None)
        );
    }
}
