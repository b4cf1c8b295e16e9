//! Workers on a system that lacks a part of what they are locked down with. Which one is in the name that this program is
//! started under: `without-` and the part.

use std::path::PathBuf;

use seccompiler::{
    BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter,
    SeccompRule,
};

/// Takes away what the program's name says, and leaves a system whose kernel doesn't know it.
pub(crate) fn if_named_so() {
    let program = PathBuf::from(std::env::args_os().next().unwrap_or_default());
    let name = program.file_name().and_then(|name| name.to_str());
    if let Some(part) = name.and_then(|name| name.strip_prefix("without-")) {
        let filter = filter(calls_for(part));
        // It gives up new privileges on the way, which doesn't keep a worker from asking for that once more.
        seccompiler::apply_filter(&filter).unwrap();
    }
}

/// A system call, with what its arguments have to be.
type Call = (libc::c_long, Vec<SeccompCondition>);

fn calls_for(part: &str) -> Vec<Call> {
    match part {
        "closing-a-range" => vec![(libc::SYS_close_range, vec![])],
        "a-signal-at-the-hosts-end" => vec![prctl(libc::PR_SET_PDEATHSIG)],
        "closed-memory" => vec![prctl(libc::PR_SET_DUMPABLE)],
        "giving-up-privileges" => vec![prctl(libc::PR_SET_NO_NEW_PRIVS)],
        "limits-on-core-files" => vec![limit(libc::RLIMIT_CORE)],
        "limits-on-files" => vec![limit(libc::RLIMIT_FSIZE)],
        "limits-on-locked-memory" => vec![limit(libc::RLIMIT_MEMLOCK)],
        "limits-on-descriptors" => vec![limit(libc::RLIMIT_NOFILE)],
        "limits-on-processor-time" => vec![limit(libc::RLIMIT_CPU)],
        "limits-on-memory" => vec![limit(libc::RLIMIT_DATA)],
        // The only file that a worker opens.
        "statistics-of-memory" => vec![(libc::SYS_openat, vec![])],
        "landlock" => vec![(libc::SYS_landlock_create_ruleset, vec![])],
        "seccomp" => vec![(libc::SYS_seccomp, vec![]), prctl(libc::PR_SET_SECCOMP)],
        part => panic!("nobody knows how to do without {part}"),
    }
}

fn prctl(operation: libc::c_int) -> Call {
    let operation = argument(0, SeccompCmpOp::Eq, u64::from(operation.unsigned_abs()));
    (libc::SYS_prctl, vec![operation])
}

/// Setting a limit; whoever only asks for it gives no new one.
fn limit(resource: libc::__rlimit_resource_t) -> Call {
    let resource = argument(1, SeccompCmpOp::Eq, u64::from(resource));
    let is_new = argument(2, SeccompCmpOp::Ne, 0);
    (libc::SYS_prlimit64, vec![resource, is_new])
}

fn argument(number: u8, operator: SeccompCmpOp, value: u64) -> SeccompCondition {
    SeccompCondition::new(number, SeccompCmpArgLen::Qword, operator, value).unwrap()
}

/// Answers these calls as a kernel does that has never heard of them.
fn filter(calls: Vec<Call>) -> BpfProgram {
    let rules = calls.into_iter().map(|(number, conditions)| {
        let rule = (!conditions.is_empty()).then(|| SeccompRule::new(conditions).unwrap());
        (number, rule.into_iter().collect())
    });
    let unknown = SeccompAction::Errno(libc::ENOSYS.unsigned_abs());
    let architecture = std::env::consts::ARCH.try_into().unwrap();
    let filter = SeccompFilter::new(rules.collect(), SeccompAction::Allow, unknown, architecture);
    filter.unwrap().try_into().unwrap()
}
