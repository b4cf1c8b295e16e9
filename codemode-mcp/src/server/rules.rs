//! What a run may use, in words for a model.

use std::time::Duration;

use codemode_runtime::Limits;

/// The limits that a script's author may come near, in one line.
pub(super) fn limits(limits: &Limits, shown_tokens: usize) -> String {
    let own = limits.script_time.min(limits.wall_time);
    format!(
        "Limits: {} of its own time, {} in all, {} calls, a result of {} of which about {} tokens are shown, a heap of {}.",
        time(own),
        time(limits.wall_time),
        grouped(limits.tool_calls),
        size(limits.output_bytes),
        grouped(shown_tokens as u64),
        size(limits.heap_bytes),
    )
}

fn time(time: Duration) -> String {
    match (time.as_secs(), time.subsec_millis()) {
        (seconds, 0) => format!("{} s", grouped(seconds)),
        _ => format!("{} ms", time.as_millis()),
    }
}

fn size(bytes: usize) -> String {
    const KIB: usize = 1024;
    const MIB: usize = 1024 * KIB;
    match bytes {
        _ if bytes >= MIB && bytes.is_multiple_of(MIB) => format!("{} MiB", bytes / MIB),
        _ if bytes >= KIB => format!("{} KiB", bytes / KIB),
        _ => format!("{bytes} bytes"),
    }
}

/// A number with a comma before each three digits.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_said_as_they_are() {
        assert_eq!(
            limits(&Limits::default(), 6_000),
            "Limits: 10 s of its own time, 30 s in all, 1,000 calls, a result of 1 MiB of which about 6,000 tokens are shown, a \
             heap of 128 MiB."
        );
        let small = Limits {
            wall_time: Duration::from_millis(1_500),
            tool_calls: 1_234_567,
            output_bytes: 1_500,
            heap_bytes: 100,
            ..Limits::default()
        };
        assert_eq!(
            limits(&small, 20),
            "Limits: 1500 ms of its own time, 1500 ms in all, 1,234,567 calls, a result of 1 KiB of which about 20 tokens are \
             shown, a heap of 100 bytes."
        );
    }
}
