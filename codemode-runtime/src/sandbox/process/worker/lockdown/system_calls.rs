//! The system calls that are left to a worker: memory, time, waiting, and its channel.

use std::collections::BTreeMap;

use seccompiler::{
    BackendError, BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition,
    SeccompFilter, SeccompRule, TargetArch,
};

/// Free of conditions.
const ALLOWED: &[libc::c_long] = &[
    // Its channel. No other descriptor is open but the event loop's own, and none can be opened.
    libc::SYS_read,
    libc::SYS_write,
    libc::SYS_readv,
    libc::SYS_writev,
    libc::SYS_recvfrom,
    libc::SYS_sendto,
    libc::SYS_close,
    // Waiting.
    libc::SYS_epoll_ctl,
    libc::SYS_epoll_pwait,
    libc::SYS_ppoll,
    libc::SYS_futex,
    libc::SYS_nanosleep,
    libc::SYS_clock_nanosleep,
    libc::SYS_sched_yield,
    libc::SYS_restart_syscall,
    // Time.
    libc::SYS_clock_gettime,
    libc::SYS_clock_getres,
    libc::SYS_gettimeofday,
    // Memory. A just-in-time compiler needs pages that can be executed.
    libc::SYS_brk,
    libc::SYS_munmap,
    libc::SYS_mremap,
    libc::SYS_mprotect,
    libc::SYS_madvise,
    libc::SYS_pkey_mprotect,
    libc::SYS_membarrier,
    // Threads that there are already, and their end.
    libc::SYS_rseq,
    libc::SYS_set_robust_list,
    libc::SYS_rt_sigaction,
    libc::SYS_rt_sigprocmask,
    libc::SYS_rt_sigreturn,
    libc::SYS_sigaltstack,
    libc::SYS_gettid,
    libc::SYS_getpid,
    libc::SYS_exit,
    libc::SYS_exit_group,
    // Chance: hash tables' seeds.
    libc::SYS_getrandom,
];

/// The same under their older names, where the processor has those.
#[cfg(target_arch = "x86_64")]
const ALLOWED_OLDER: &[libc::c_long] = &[libc::SYS_poll, libc::SYS_epoll_wait, libc::SYS_time];
#[cfg(not(target_arch = "x86_64"))]
const ALLOWED_OLDER: &[libc::c_long] = &[];

/// Answered with success in place of the kernel, which isn't asked. The engine's locks want to know a thread's priority
/// whenever they wait, and complain aloud each time that they aren't told.
const ANSWERED: &[libc::c_long] = &[libc::SYS_sched_getparam, libc::SYS_sched_getscheduler];

/// The programs for the kernel, to be laid in this order. Whatever isn't listed fails with "not permitted".
pub(super) fn filters() -> Result<[BpfProgram; 2], BackendError> {
    filters_with(libc::EPERM)
}

/// The same with another answer to what isn't listed.
pub(super) fn filters_with(refusal: i32) -> Result<[BpfProgram; 2], BackendError> {
    const SUCCESS: u32 = 0;
    // What one filter allows is up to the other: of two answers, the stricter one counts.
    let answered = program(
        unconditional(ANSWERED).collect(),
        SeccompAction::Errno(SUCCESS),
        SeccompAction::Allow,
    )?;
    let mut rules: BTreeMap<i64, Vec<SeccompRule>> = unconditional(ALLOWED)
        .chain(unconditional(ALLOWED_OLDER))
        .chain(unconditional(ANSWERED))
        .collect();
    // To itself, so that an abort is one.
    rules.insert(
        libc::SYS_tgkill,
        vec![first_argument(u64::from(std::process::id()))?],
    );
    rules.insert(libc::SYS_mmap, vec![private_memory()?]);
    let not_permitted = SeccompAction::Errno(refusal.unsigned_abs());
    let allowed = program(rules, SeccompAction::Allow, not_permitted)?;
    Ok([answered, allowed])
}

fn unconditional(
    numbers: &'static [libc::c_long],
) -> impl Iterator<Item = (i64, Vec<SeccompRule>)> {
    numbers.iter().map(|number| (*number, Vec::new()))
}

fn program(
    rules: BTreeMap<i64, Vec<SeccompRule>>,
    listed: SeccompAction,
    others: SeccompAction,
) -> Result<BpfProgram, BackendError> {
    let architecture = TargetArch::try_from(std::env::consts::ARCH)?;
    SeccompFilter::new(rules, others, listed, architecture)?.try_into()
}

/// The limit on memory counts private mappings only, and none that grow by themselves. There is nothing to share them with.
fn private_memory() -> Result<SeccompRule, BackendError> {
    const FLAGS: u8 = 3;
    let kinds = libc::MAP_TYPE | libc::MAP_GROWSDOWN;
    SeccompRule::new(vec![SeccompCondition::new(
        FLAGS,
        SeccompCmpArgLen::Dword,
        SeccompCmpOp::MaskedEq(u64::from(kinds.unsigned_abs())),
        u64::from(libc::MAP_PRIVATE.unsigned_abs()),
    )?])
}

fn first_argument(value: u64) -> Result<SeccompRule, BackendError> {
    SeccompRule::new(vec![SeccompCondition::new(
        0,
        SeccompCmpArgLen::Dword,
        SeccompCmpOp::Eq,
        value,
    )?])
}
