//! The limits of the scripts, by the names that headers have for them.

use std::time::Duration;

use codemode_runtime::Limits;

const MIB: usize = 1024 * 1024;

/// More time than any script needs that ends by itself, also on a machine that does other things.
pub(crate) const PLENTY: Duration = Duration::from_secs(40);

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

/// Reads `wall 300ms, heap 32MiB, calls 10`: what differs from the usual.
pub(crate) fn read_limits(text: &str) -> Result<Limits, String> {
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
            "attachments" => limits.attachment_bytes = number(value, "")?,
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

/// All limits, and whether each is another than the usual. Whoever adds one to the sandbox finds that this doesn't compile, and
/// that the suite wants scripts for it.
pub(crate) fn unusual(limits: &Limits) -> [(&'static str, bool); 17] {
    let usual = usual_limits();
    let Limits {
        wall_time,
        script_time,
        cpu_time,
        grace_time,
        heap_bytes,
        buffer_bytes,
        source_bytes,
        argument_bytes,
        result_bytes,
        tool_calls,
        calls_in_flight,
        output_bytes,
        attachment_bytes,
        log_bytes,
        log_lines,
        timers,
        error_bytes,
        // What time it is and what is random are no limits.
        clock: _,
        random_seed: _,
    } = limits;
    [
        ("wall", *wall_time != usual.wall_time),
        ("script", *script_time != usual.script_time),
        ("cpu", *cpu_time != usual.cpu_time),
        ("grace", *grace_time != usual.grace_time),
        ("heap", *heap_bytes != usual.heap_bytes),
        ("buffers", *buffer_bytes != usual.buffer_bytes),
        ("source", *source_bytes != usual.source_bytes),
        ("argument", *argument_bytes != usual.argument_bytes),
        ("result", *result_bytes != usual.result_bytes),
        ("calls", *tool_calls != usual.tool_calls),
        ("in-flight", *calls_in_flight != usual.calls_in_flight),
        ("output", *output_bytes != usual.output_bytes),
        ("attachments", *attachment_bytes != usual.attachment_bytes),
        ("log", *log_bytes != usual.log_bytes),
        ("lines", *log_lines != usual.log_lines),
        ("timers", *timers != usual.timers),
        ("error", *error_bytes != usual.error_bytes),
    ]
}

fn milliseconds(text: &str) -> Result<Duration, String> {
    Ok(Duration::from_millis(number(text, "ms")? as u64))
}

fn number(text: &str, unit: &str) -> Result<usize, String> {
    text.strip_suffix(unit)
        .and_then(|digits| digits.parse().ok())
        .ok_or_else(|| format!("`{text}` is no number of `{unit}`"))
}
