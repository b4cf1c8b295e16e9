//! From inside: this test binary starts itself again, locks itself down, and tries what a compromised engine would.

use std::fmt::Debug;
use std::fs::{self, File};
use std::io;
use std::net::TcpListener;
use std::os::fd::AsRawFd as _;
use std::os::unix::net::UnixStream;
use std::process::{Command, Stdio};
use std::time::Duration;

use rustix::process::Resource;

use super::{Memory, Missing, alone, system_calls, without_files, without_system_calls};
use crate::sandbox::options::limits::Limits;

/// The test that isn't one: what it does can't be undone, so it runs in a process of its own.
const INSIDE: &str = "sandbox::process::worker::lockdown::tests::inside";

/// Starts this binary again for [`inside`], and returns what that has printed.
fn tell_from_inside(part: &str) -> Vec<String> {
    let program = std::env::current_exe().unwrap();
    let (kept, _other_end) = UnixStream::pair().unwrap();
    let inherited = rustix::io::dup(&kept).unwrap();
    rustix::io::fcntl_setfd(&inherited, rustix::io::FdFlags::empty()).unwrap();
    let output = Command::new(program)
        .args([
            INSIDE,
            "--exact",
            "--ignored",
            "--nocapture",
            "--test-threads=1",
        ])
        .env_clear()
        .env("CODEMODE_TEST_PART", part)
        .env("CODEMODE_TEST_INHERITED", inherited.as_raw_fd().to_string())
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let told: Vec<String> = text
        .lines()
        .filter_map(|line| line.strip_prefix("> "))
        .map(str::to_owned)
        .collect();
    assert!(
        told.last().is_some_and(|last| last == "the end"),
        "{text}{}",
        String::from_utf8_lossy(&output.stderr)
    );
    told
}

fn say(what: &str, result: io::Result<impl Debug>) {
    match result {
        Ok(_) => println!("> {what}: done"),
        Err(error) => println!("> {what}: {}", error.kind()),
    }
}

#[test]
#[ignore = "it gives up everything; the other tests here start it in a process of its own"]
fn inside() {
    let limits = Limits::default();
    let inherited: i32 = std::env::var("CODEMODE_TEST_INHERITED")
        .unwrap()
        .parse()
        .unwrap();
    let descriptor = format!("/proc/self/fd/{inherited}");
    // Ends the line on which the test is announced.
    println!();
    match std::env::var("CODEMODE_TEST_PART").unwrap().as_str() {
        "descriptors" => {
            say("before", fs::read_link(&descriptor));
            let mut missing = Missing::default();
            alone(&mut missing);
            assert!(missing.is_empty(), "{missing:?}");
            say("after", fs::read_link(&descriptor));
            // An undumpable process is closed to the looks of others of the same user.
            println!("> {:?}", rustix::process::dumpable_behavior().unwrap());
        }
        "landlock" => {
            try_files_and_network();
            let mut missing = Missing::default();
            without_files(&limits, &mut missing);
            assert!(missing.is_empty(), "{missing:?}");
            try_files_and_network();
        }
        "seccomp" => {
            let parent = rustix::process::getppid();
            without_system_calls().unwrap();
            say(
                "a system call that isn't listed",
                system_call(libc::SYS_getppid, [0; 3]),
            );
            let parent = parent.map_or(1, |parent| parent.as_raw_nonzero().get());
            say(
                "a signal to another process",
                system_call(libc::SYS_tgkill, [parent, parent, 0]),
            );
            let own = i32::try_from(std::process::id()).unwrap();
            say(
                "a signal to itself",
                system_call(libc::SYS_tgkill, [own, own, 0]),
            );
            // No process has this number, and the kernel would say so.
            say(
                "how a thread is scheduled",
                system_call(libc::SYS_sched_getscheduler, [i32::MAX, 0, 0]),
            );
            say("memory", take(1));
            say("shared memory", map(libc::MAP_SHARED));
            say(
                "memory that is validated and shared",
                map(libc::MAP_SHARED_VALIDATE),
            );
            say(
                "memory that grows",
                map(libc::MAP_PRIVATE | libc::MAP_GROWSDOWN),
            );
            say(
                "a stack",
                map(libc::MAP_PRIVATE | libc::MAP_STACK | libc::MAP_NORESERVE),
            );
            std::thread::sleep(Duration::from_millis(1));
            say("waiting", Ok(()));
        }
        "every system call" => {
            for filter in system_calls::filters_with(NO_ANSWER_OF_THE_KERNEL).unwrap() {
                seccompiler::apply_filter_all_threads(&filter).unwrap();
            }
            for number in (0..=HIGHEST).filter(|number| !IRREVOCABLE.contains(number)) {
                if !is_refused(number) {
                    println!("> {number}");
                }
                // The same call in the other convention for arguments that the processor has.
                let other = OTHER_CONVENTION | number;
                assert!(is_refused(other), "{other:#x}");
            }
        }
        "memory" => {
            let memory = Memory::open().unwrap();
            say("much", take(700));
            memory.limit(&limits).unwrap();
            say("some", take(500));
            say("much", take(700));
        }
        "limits" => {
            let mut missing = Missing::default();
            without_files(&limits, &mut missing);
            assert!(missing.is_empty(), "{missing:?}");
            for resource in [
                Resource::Core,
                Resource::Fsize,
                Resource::Memlock,
                Resource::Nofile,
                Resource::Cpu,
            ] {
                let limit = rustix::process::getrlimit(resource);
                let figures = [limit.current, limit.maximum].map(Option::unwrap);
                println!("> {resource:?}: {figures:?}");
            }
        }
        "limits of its own" => limits_of_its_own(&limits),
        part => panic!("there is no part {part}"),
    }
    println!("> the end");
}

/// What becomes of limits that the process has already.
fn limits_of_its_own(limits: &Limits) {
    for (current, maximum) in [(8, 64), (8, 32), (8, 16)] {
        let allowed = rustix::process::Rlimit {
            current: Some(current),
            maximum: Some(maximum),
        };
        rustix::process::setrlimit(Resource::Nofile, allowed).unwrap();
        let mut missing = Missing::default();
        without_files(limits, &mut missing);
        assert!(missing.is_empty(), "{missing:?}");
        let limit = rustix::process::getrlimit(Resource::Nofile);
        let figures = [limit.current, limit.maximum].map(Option::unwrap);
        println!("> {maximum}: {figures:?}");
    }
}

fn take(megabytes: usize) -> io::Result<()> {
    let mut memory: Vec<u8> = Vec::new();
    memory
        .try_reserve_exact(megabytes * 1024 * 1024)
        .map_err(|_| io::Error::from(io::ErrorKind::OutOfMemory))?;
    std::hint::black_box(&mut memory);
    Ok(())
}

fn try_files_and_network() {
    say("read a file", File::open("/etc/passwd"));
    say("read a folder", fs::read_dir("/"));
    let own = std::env::temp_dir().join(format!("codemode-lockdown-{}", std::process::id()));
    say("write a file", File::create(&own));
    say("remove a file", fs::remove_file(&own));
    say("listen", TcpListener::bind("127.0.0.1:0"));
}

/// A system call with arguments that make it fail in another way than by being forbidden, if it can fail.
#[allow(unsafe_code, reason = "a system call by its number is unsafe")]
fn system_call(number: libc::c_long, arguments: [i32; 3]) -> io::Result<()> {
    let [first, second, third] = arguments;
    // SAFETY: none of the arguments is an address that anything is written to: they are zero, or the number of a process.
    let result = unsafe { libc::syscall(number, first, second, third, 0, 0, 0) };
    if result < 0 {
        return Err(io::Error::last_os_error());
    }
    Ok(())
}

/// Asks for a page of memory of this kind, which nothing may be done to.
#[allow(unsafe_code, reason = "a system call by its number is unsafe")]
fn map(kind: i32) -> io::Result<()> {
    let flags = kind | libc::MAP_ANONYMOUS;
    // SAFETY: the page is new, and nobody knows where it is.
    let result = unsafe { libc::syscall(libc::SYS_mmap, 0, 4096, libc::PROT_NONE, flags, -1, 0) };
    if result < 0 {
        return Err(io::Error::last_os_error());
    }
    Ok(())
}

/// An error that no system call has by itself: whoever gets it was refused by the filter, and by nothing else. An
/// unprivileged user, or a container, is refused much anyway.
const NO_ANSWER_OF_THE_KERNEL: i32 = libc::ENOTNAM;

/// Beyond every number that a system call has or will soon have.
const HIGHEST: libc::c_long = 2_000;

/// The bit of `x32`, on x86-64; elsewhere the number is one that doesn't exist.
const OTHER_CONVENTION: libc::c_long = 0x4000_0000;

/// What can't be tried by a process that wants to tell about it: its own end, and waiting for ever. A worker couldn't do
/// without them.
const IRREVOCABLE: &[libc::c_long] = &[
    libc::SYS_exit,
    libc::SYS_exit_group,
    libc::SYS_rt_sigreturn,
    libc::SYS_ppoll,
    // `uretprobe` and `uprobe` of x86-64, which no filter is asked about: a process that makes them is ended for it, unless
    // the kernel has put the call there.
    335,
    336,
];

/// What the filter lets through, whatever its arguments are, but for [`IRREVOCABLE`]. This is the whole of it: a call that
/// isn't here has to be refused, and one that is here was thought about.
const LET_THROUGH: &[libc::c_long] = &[
    // Its channel.
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
    libc::SYS_futex,
    libc::SYS_nanosleep,
    libc::SYS_clock_nanosleep,
    libc::SYS_sched_yield,
    libc::SYS_restart_syscall,
    // Time.
    libc::SYS_clock_gettime,
    libc::SYS_clock_getres,
    libc::SYS_gettimeofday,
    // Memory; `mmap` is asked for below.
    libc::SYS_brk,
    libc::SYS_munmap,
    libc::SYS_mremap,
    libc::SYS_mprotect,
    libc::SYS_madvise,
    libc::SYS_pkey_mprotect,
    libc::SYS_membarrier,
    // Its own threads; how they are scheduled is answered without the kernel.
    libc::SYS_sched_getparam,
    libc::SYS_sched_getscheduler,
    libc::SYS_rseq,
    libc::SYS_set_robust_list,
    libc::SYS_rt_sigaction,
    libc::SYS_rt_sigprocmask,
    libc::SYS_sigaltstack,
    libc::SYS_gettid,
    libc::SYS_getpid,
    // Chance.
    libc::SYS_getrandom,
];

#[cfg(target_arch = "x86_64")]
const LET_THROUGH_OLDER: &[libc::c_long] = &[libc::SYS_poll, libc::SYS_epoll_wait, libc::SYS_time];
#[cfg(not(target_arch = "x86_64"))]
const LET_THROUGH_OLDER: &[libc::c_long] = &[];

fn is_refused(number: libc::c_long) -> bool {
    let result = system_call(number, [0; 3]);
    result.is_err_and(|error| error.raw_os_error() == Some(NO_ANSWER_OF_THE_KERNEL))
}

#[test]
fn what_a_worker_inherits_is_closed() {
    let told = tell_from_inside("descriptors");
    assert_eq!(
        told,
        [
            "before: done",
            "after: entity not found",
            "NotDumpable",
            "the end"
        ]
    );
}

#[test]
fn a_worker_has_no_files_and_no_network() {
    let told = tell_from_inside("landlock");
    let tried = [
        "read a file",
        "read a folder",
        "write a file",
        "remove a file",
        "listen",
    ];
    // Without this, it would show nothing that they fail afterwards.
    let before = tried.map(|what| format!("{what}: done"));
    // The file that would be removed isn't there.
    let after = tried.map(|what| match what {
        "remove a file" => format!("{what}: entity not found"),
        _ => format!("{what}: permission denied"),
    });
    let end = ["the end".to_owned()];
    assert_eq!(told, [&before[..], &after, &end].concat());
}

#[test]
fn a_worker_has_no_system_calls_but_those_for_memory_time_and_its_channel() {
    let told = tell_from_inside("every system call");
    let mut expected: Vec<_> = [LET_THROUGH, LET_THROUGH_OLDER].concat();
    expected.sort_unstable();
    let expected: Vec<String> = expected.iter().map(ToString::to_string).collect();
    assert_eq!(told[..told.len() - 1], expected);
}

#[test]
fn what_is_left_of_signals_and_memory_is_a_workers_own() {
    let told = tell_from_inside("seccomp");
    assert_eq!(
        told,
        [
            "a system call that isn't listed: permission denied",
            "a signal to another process: permission denied",
            "a signal to itself: done",
            "how a thread is scheduled: done",
            "memory: done",
            "shared memory: permission denied",
            "memory that is validated and shared: permission denied",
            "memory that grows: permission denied",
            "a stack: done",
            "waiting: done",
            "the end",
        ]
    );
}

#[test]
fn a_worker_has_the_limits_of_the_kernel_and_can_not_raise_them() {
    let told = tell_from_inside("limits");
    // A script has 30 seconds, and the kernel counts the engine's own threads, too.
    let expected = [
        "Core: [0, 0]",
        "Fsize: [0, 0]",
        "Memlock: [0, 0]",
        "Nofile: [32, 32]",
        "Cpu: [65, 65]",
        "the end",
    ];
    assert_eq!(told, expected);
}

// By default: twice 128 MiB for the heap, 64 MiB of buffers, and 256 MiB for the engine.
#[test]
fn a_worker_has_no_more_memory_than_its_script_may_need() {
    let told = tell_from_inside("memory");
    assert_eq!(
        told,
        ["much: done", "some: done", "much: out of memory", "the end"]
    );
}

#[test]
fn a_worker_takes_what_it_needs_where_it_may_and_never_more_than_it_may() {
    let told = tell_from_inside("limits of its own");
    assert_eq!(
        told,
        ["64: [32, 32]", "32: [32, 32]", "16: [8, 16]", "the end"]
    );
}
