//! What a script may leave behind in its host, as the system tells of it: threads, processes, and the processor time that
//! went by.

use std::fs;
use std::thread;
use std::time::{Duration, Instant};

use crate::tier::Tier;

/// How many workers a sandbox keeps that has nothing to do.
pub(super) const WARM_WORKERS: usize = 1;

/// The letters that the system keeps of the name of a thread that runs scripts.
const ISOLATE_THREAD: &str = "codemode-isolat";

/// How many of the system's clock ticks are a second: what every Linux tells a program.
const TICKS: u64 = 100;

/// Whether the thread or the worker of a script is still there after some time. `None` where that can't be told.
pub(super) fn go_on(tier: Tier, patience: Duration) -> Option<bool> {
    let end = Instant::now() + patience;
    while is_there(tier)? {
        if Instant::now() > end {
            return Some(true);
        }
        thread::sleep(Duration::from_millis(2));
    }
    Some(false)
}

fn is_there(tier: Tier) -> Option<bool> {
    match tier {
        Tier::InProcess => Some(isolate_threads()? > 0),
        // A worker runs one script and ends, so all that are left wait for their first.
        #[cfg(unix)]
        Tier::Process => Some(children()? > WARM_WORKERS),
    }
}

/// How many threads of this process run scripts.
fn isolate_threads() -> Option<usize> {
    let tasks = fs::read_dir("/proc/self/task").ok()?.flatten();
    let names = tasks.filter_map(|task| fs::read_to_string(task.path().join("comm")).ok());
    Some(
        names
            .filter(|name| name.starts_with(ISOLATE_THREAD))
            .count(),
    )
}

/// How many processes this one has started that are there or haven't been asked for their end.
#[cfg(unix)]
fn children() -> Option<usize> {
    let own = std::process::id().to_string();
    let is_own = |entry: &fs::DirEntry| {
        let status = fs::read_to_string(entry.path().join("status"));
        status.is_ok_and(|status| {
            status
                .lines()
                .find_map(|line| line.strip_prefix("PPid:"))
                .is_some_and(|parent| parent.trim() == own)
        })
    };
    let processes = fs::read_dir("/proc").ok()?.flatten();
    let found = processes.filter(is_own).count();
    // Where there is a `/proc` of another kind, or none, nobody is in it.
    fs::exists("/proc/self/status").ok()?.then_some(found)
}

/// The processor time that this process and those of its children that have ended have used.
pub(super) fn processor_time() -> Option<Duration> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    // The name in brackets may have anything in it.
    let (_, fields) = stat.rsplit_once(") ")?;
    let ticks = fields
        .split(' ')
        .skip(11)
        .take(4)
        .map(|field| field.parse::<u64>().ok())
        .sum::<Option<u64>>()?;
    Some(Duration::from_millis(ticks * 1_000 / TICKS))
}
