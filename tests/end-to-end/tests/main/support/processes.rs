//! Processes as Linux tells of them.

use std::fs;

/// The children of a process that haven't ended, whoever started them.
pub(crate) fn children(parent: u32) -> Vec<u32> {
    let mut children: Vec<u32> = fs::read_dir("/proc")
        .unwrap()
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
        .filter(|process| {
            status(*process).is_some_and(|status| {
                field(&status, "PPid") == Some(parent.to_string().as_str())
                    && field(&status, "State").is_some_and(|state| !state.starts_with(['Z', 'X']))
            })
        })
        .collect();
    children.sort_unstable();
    children
}

/// Whether there is no such process, or nothing but its number waits to be asked for.
pub(crate) fn gone_without_trace(process: u32) -> bool {
    status(process).is_none_or(|status| {
        field(&status, "State").is_some_and(|state| state.starts_with(['Z', 'X']))
    })
}

/// The status of each thread of a process; none if it has ended.
pub(crate) fn threads(process: u32) -> Vec<String> {
    let Ok(threads) = fs::read_dir(format!("/proc/{process}/task")) else {
        return Vec::new();
    };
    threads
        .filter_map(|thread| fs::read_to_string(thread.ok()?.path().join("status")).ok())
        .collect()
}

/// A field of a process's status.
pub(crate) fn field<'a>(status: &'a str, name: &str) -> Option<&'a str> {
    status
        .lines()
        .find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))
        .map(str::trim)
}

pub(crate) fn status(process: u32) -> Option<String> {
    fs::read_to_string(format!("/proc/{process}/status")).ok()
}
