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

/// The program for the kernel. Whatever isn't listed fails with "not permitted".
pub(super) fn filter() -> Result<BpfProgram, BackendError> {
    filter_with(libc::EPERM)
}

/// The same with another answer to what isn't listed.
pub(super) fn filter_with(answer: i32) -> Result<BpfProgram, BackendError> {
    let mut rules: BTreeMap<i64, Vec<SeccompRule>> = ALLOWED
        .iter()
        .chain(ALLOWED_OLDER)
        .map(|number| (*number, Vec::new()))
        .collect();
    // To itself, so that an abort is one.
    rules.insert(
        libc::SYS_tgkill,
        vec![first_argument(u64::from(std::process::id()))?],
    );
    rules.insert(libc::SYS_mmap, vec![private_memory()?]);
    let not_permitted = SeccompAction::Errno(answer.unsigned_abs());
    let architecture = TargetArch::try_from(std::env::consts::ARCH)?;
    SeccompFilter::new(rules, not_permitted, SeccompAction::Allow, architecture)?.try_into()
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
