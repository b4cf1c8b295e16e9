//! From inside: this test binary starts itself again, locks itself down, and tries what a compromised engine would.

use std::fmt::Debug;
use std::fs::{self, File};
use std::io;
use std::net::TcpListener;
use std::os::fd::AsRawFd as _;
use std::os::unix::net::UnixStream;
use std::process::{Command, Stdio};
use std::time::Duration;

use super::{Memory, alone, without_files, without_system_calls};
use crate::sandbox::Limits;

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
            alone().unwrap();
            say("after", fs::read_link(&descriptor));
            // An undumpable process is closed to the looks of others of the same user.
            println!("> {:?}", rustix::process::dumpable_behavior().unwrap());
        }
        "landlock" => {
            try_files_and_network();
            without_files(&limits).unwrap();
            try_files_and_network();
        }
        "seccomp" => {
            let parent = rustix::process::getppid();
            without_system_calls().unwrap();
            for (name, number) in FORBIDDEN {
                say(name, system_call(*number, [0; 3]));
            }
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
        "memory" => {
            let memory = Memory::open().unwrap();
            say("much", take(2_000));
            memory.limit(&limits).unwrap();
            say("some", take(100));
            say("much", take(2_000));
        }
        part => panic!("there is no part {part}"),
    }
    println!("> the end");
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

/// What somebody who has taken the engine over would like to have.
const FORBIDDEN: &[(&str, libc::c_long)] = &[
    // Files.
    ("openat", libc::SYS_openat),
    ("openat2", libc::SYS_openat2),
    ("unlinkat", libc::SYS_unlinkat),
    ("renameat2", libc::SYS_renameat2),
    ("mkdirat", libc::SYS_mkdirat),
    ("linkat", libc::SYS_linkat),
    ("readlinkat", libc::SYS_readlinkat),
    ("statx", libc::SYS_statx),
    ("newfstatat", libc::SYS_newfstatat),
    ("getdents64", libc::SYS_getdents64),
    ("truncate", libc::SYS_truncate),
    ("fchmodat", libc::SYS_fchmodat),
    ("chdir", libc::SYS_chdir),
    ("chroot", libc::SYS_chroot),
    ("mount", libc::SYS_mount),
    ("memfd_create", libc::SYS_memfd_create),
    ("inotify_init1", libc::SYS_inotify_init1),
    ("open_by_handle_at", libc::SYS_open_by_handle_at),
    // The network, and messages with descriptors in them.
    ("socket", libc::SYS_socket),
    ("socketpair", libc::SYS_socketpair),
    ("connect", libc::SYS_connect),
    ("bind", libc::SYS_bind),
    ("listen", libc::SYS_listen),
    ("accept4", libc::SYS_accept4),
    ("sendmsg", libc::SYS_sendmsg),
    ("recvmsg", libc::SYS_recvmsg),
    // Programs and threads.
    ("execve", libc::SYS_execve),
    ("execveat", libc::SYS_execveat),
    ("clone", libc::SYS_clone),
    ("clone3", libc::SYS_clone3),
    // Other processes.
    ("ptrace", libc::SYS_ptrace),
    ("process_vm_readv", libc::SYS_process_vm_readv),
    ("process_vm_writev", libc::SYS_process_vm_writev),
    ("kill", libc::SYS_kill),
    ("tkill", libc::SYS_tkill),
    ("rt_sigqueueinfo", libc::SYS_rt_sigqueueinfo),
    ("pidfd_open", libc::SYS_pidfd_open),
    ("pidfd_getfd", libc::SYS_pidfd_getfd),
    ("getppid", libc::SYS_getppid),
    ("shmget", libc::SYS_shmget),
    ("mq_open", libc::SYS_mq_open),
    // Privileges, and what has let many a program out of its cage.
    ("setuid", libc::SYS_setuid),
    ("setgid", libc::SYS_setgid),
    ("capset", libc::SYS_capset),
    ("prctl", libc::SYS_prctl),
    ("seccomp", libc::SYS_seccomp),
    ("setrlimit", libc::SYS_setrlimit),
    ("prlimit64", libc::SYS_prlimit64),
    ("personality", libc::SYS_personality),
    ("unshare", libc::SYS_unshare),
    ("setns", libc::SYS_setns),
    ("bpf", libc::SYS_bpf),
    ("perf_event_open", libc::SYS_perf_event_open),
    ("io_uring_setup", libc::SYS_io_uring_setup),
    ("userfaultfd", libc::SYS_userfaultfd),
    ("keyctl", libc::SYS_keyctl),
    ("add_key", libc::SYS_add_key),
    ("init_module", libc::SYS_init_module),
    // Descriptors.
    ("ioctl", libc::SYS_ioctl),
    ("fcntl", libc::SYS_fcntl),
    ("dup", libc::SYS_dup),
    ("pipe2", libc::SYS_pipe2),
    ("eventfd2", libc::SYS_eventfd2),
    ("splice", libc::SYS_splice),
];

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
    let told = tell_from_inside("seccomp");
    let mut expected: Vec<String> = FORBIDDEN
        .iter()
        .map(|(name, _)| format!("{name}: permission denied"))
        .collect();
    expected.extend(
        [
            "a signal to another process: permission denied",
            "a signal to itself: done",
            "memory: done",
            "shared memory: permission denied",
            "memory that is validated and shared: permission denied",
            "memory that grows: permission denied",
            "a stack: done",
            "waiting: done",
            "the end",
        ]
        .map(str::to_owned),
    );
    assert_eq!(told, expected);
}

#[test]
fn a_worker_has_no_more_memory_than_its_script_may_need() {
    let told = tell_from_inside("memory");
    assert_eq!(
        told,
        ["much: done", "some: done", "much: out of memory", "the end"]
    );
}
