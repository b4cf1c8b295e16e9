//! Linux: landlock, seccomp, resource limits.

use std::fs::File;
use std::os::unix::fs::FileExt as _;

use landlock::{
    ABI, Access as _, AccessFs, AccessNet, RestrictionStatus, Ruleset, RulesetAttr as _,
    RulesetError, RulesetStatus, Scope,
};
use rustix::process::{DumpableBehavior, Resource, Rlimit, Signal};

use super::missing::{Failed, Missing};
use super::system_calls;
use crate::sandbox::options::limits::Limits;

/// The first descriptor that isn't the channel, the output or the error output.
const FIRST_INHERITED: u32 = 3;

/// As many descriptors as the engine's event loop has, with some room. A limit of 0 would make waiting for one fail.
const MAX_DESCRIPTORS: u64 = 32;

/// Closes what was inherited, ends with the sandbox, and is closed to other processes' looks.
///
/// Called before anything else, on the only thread.
pub(in super::super) fn alone(missing: &mut Missing) {
    missing.note(close_inherited());
    // The sandbox may have ended before this; then the channel's end tells.
    let ending = rustix::process::set_parent_process_death_signal(Some(Signal::KILL));
    missing.note(ending.map_err(|error| Failed::new("ending with the host", error)));
    let closed = rustix::process::set_dumpable_behavior(DumpableBehavior::NotDumpable);
    missing
        .note(closed.map_err(|error| Failed::new("closing its memory to other processes", error)));
}

/// A host may have descriptors that are inherited by every program it starts, through no fault of its own.
#[allow(
    unsafe_code,
    reason = "closing a descriptor by its number is unsafe, since somebody may own it"
)]
fn close_inherited() -> Result<(), Failed> {
    // SAFETY: nothing in this process owns one of these descriptors: this is the first that the process does, on its only
    // thread, and it has opened none.
    let closed = unsafe { libc::syscall(libc::SYS_close_range, FIRST_INHERITED, u32::MAX, 0) };
    if closed == 0 {
        return Ok(());
    }
    Err(Failed::new(
        "closing inherited descriptors",
        std::io::Error::last_os_error(),
    ))
}

/// No files and no network for this thread and all that it will start, and no traces on disks.
pub(in super::super) fn without_files(limits: &Limits, missing: &mut Missing) {
    missing.note(limit(Resource::Core, 0));
    missing.note(limit(Resource::Fsize, 0));
    missing.note(limit(Resource::Memlock, 0));
    missing.note(limit(Resource::Nofile, MAX_DESCRIPTORS));
    missing.note(limit(Resource::Cpu, cpu_seconds(limits)));
    let given_up = rustix::thread::set_no_new_privs(true);
    missing.note(given_up.map_err(|error| Failed::new("giving up new privileges", error)));
    missing.note(landlocked());
}

fn landlocked() -> Result<(), Failed> {
    let restricted = restrict().map_err(|error| Failed::new("landlock", error))?;
    if restricted.ruleset == RulesetStatus::NotEnforced {
        return Err(Failed::new("landlock", "this kernel doesn't have it"));
    }
    Ok(())
}

/// Nothing is allowed of what this kernel's landlock can forbid.
fn restrict() -> Result<RestrictionStatus, RulesetError> {
    let newest = ABI::V6;
    Ruleset::default()
        .handle_access(AccessFs::from_all(newest))?
        .handle_access(AccessNet::from_all(newest))?
        .scope(Scope::from_all(newest))?
        .create()?
        .restrict_self()
}

/// What is left of the system after this is in [`system_calls`]. It holds for all threads of the process.
pub(in super::super) fn without_system_calls() -> Result<(), Failed> {
    let failed = |error: &dyn std::fmt::Display| Failed::new("seccomp", error);
    for filter in system_calls::filters().map_err(|error| failed(&error))? {
        seccompiler::apply_filter_all_threads(&filter).map_err(|error| failed(&error))?;
    }
    Ok(())
}

/// The script's own limit in whole seconds, with room for the engine's helpers and for stopping in an orderly way: this one
/// kills. It holds when nobody watches any more.
fn cpu_seconds(limits: &Limits) -> u64 {
    limits
        .wall_time
        .as_secs()
        .saturating_mul(2)
        .saturating_add(5)
}

fn limit(resource: Resource, bound: u64) -> Result<(), Failed> {
    let limit = Rlimit {
        current: Some(bound),
        maximum: Some(bound),
    };
    // Never more than what was allowed before.
    let allowed = rustix::process::getrlimit(resource);
    if allowed.maximum.is_some_and(|maximum| maximum < bound) {
        return Ok(());
    }
    rustix::process::setrlimit(resource, limit)
        .map_err(|error| Failed::new("a resource limit", format!("{resource:?}: {error}")))
}

/// How much memory this process has; opened while files can still be.
pub(in super::super) struct Memory {
    statistics: File,
}

/// What an isolate may need beyond the limits of its script: the engine's own tables, compiled code, and the text of the
/// script and of its messages on their way.
const ENGINE_BYTES: usize = 256 * 1024 * 1024;

impl Memory {
    pub(in super::super) fn open() -> Result<Self, Failed> {
        File::open("/proc/self/statm")
            .map(|statistics| Self { statistics })
            .map_err(|error| Failed::new("a memory limit", format!("/proc/self/statm: {error}")))
    }

    /// Bounds what the process may have from now on, beyond what it has.
    ///
    /// This counts what can be written to, touched or not, so the kernel refuses the first byte too much at once, where a
    /// watch from outside would be late.
    pub(in super::super) fn limit(self, limits: &Limits) -> Result<(), Failed> {
        let failed = |reason: &dyn std::fmt::Display| Failed::new("a memory limit", reason);
        let mut text = [0; 256];
        let length = self
            .statistics
            .read_at(&mut text, 0)
            .map_err(|error| failed(&error))?;
        let text = String::from_utf8_lossy(&text[..length]);
        // The sixth figure is the size of data and stack, in pages.
        let pages: usize = text
            .split_whitespace()
            .nth(5)
            .and_then(|figure| figure.parse().ok())
            .ok_or_else(|| failed(&"/proc/self/statm has no such figure"))?;
        let bytes = pages
            .saturating_mul(rustix::param::page_size())
            .saturating_add(limits.heap_bytes.saturating_mul(2))
            .saturating_add(limits.buffer_bytes)
            .saturating_add(ENGINE_BYTES);
        limit(Resource::Data, bytes as u64).map_err(|error| failed(&error.reason))
    }
}
