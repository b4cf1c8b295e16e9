//! Workers that aren't as they should be. Which one this program is, if it is one, is in the name that it is started under.

use std::fs;
use std::io::{Read as _, Write as _};
use std::path::PathBuf;

/// Does what the program's name says, and returns whether that was all.
pub(crate) fn of_this_program() -> bool {
    let program = PathBuf::from(std::env::args_os().next().unwrap_or_default());
    let name = program.file_name().and_then(|name| name.to_str());
    match name.unwrap_or_default() {
        "tells-what-it-has" => {
            let environment = std::env::vars_os()
                .map(|(name, value)| format!("{}={}\n", name.display(), value.display()));
            let folder = std::env::current_dir().unwrap();
            let text = environment.collect::<String>() + &format!("in {}\n", folder.display());
            fs::write(program.with_extension("txt"), text).unwrap();
            return false;
        }
        "has-said-too-much" => {
            let mut output = std::io::stderr();
            rustix::io::ioctl_fionbio(&output, true).unwrap();
            while output.write(b"too much ").is_ok() {}
            rustix::io::ioctl_fionbio(&output, false).unwrap();
            return false;
        }
        "refuses" => say(REFUSED, b"not in the mood"),
        "sends-a-frame-without-end" => after_start(|| send(&[0xff, 0xff, 0xff, 0xff, LOG, 1])),
        "sends-an-unknown-kind" => after_start(|| say(99, b"")),
        "sends-no-json" => after_start(|| say(DONE, b"{")),
        "is-ready-twice" => after_start(|| say(READY, b"")),
        "takes-memory" => after_start(take_memory),
        "takes-memory-and-never-stops-talking" => after_start(|| {
            let words = b"\x02\0\0\0\x06\x01".repeat(1_000);
            std::thread::spawn(move || {
                loop {
                    send(&words);
                }
            });
            take_memory();
        }),
        "returns-too-much" => after_start(|| {
            let result = format!("\"{}\"", "x".repeat(999));
            say(RETURNED, result.as_bytes());
        }),
        "returns-no-json" => after_start(|| say(RETURNED, b"{")),
        "returns-twice" => after_start(|| {
            say(RETURNED, b"1");
            say(RETURNED, b"2");
        }),
        "is-done-without-a-result" => after_start(|| say(DONE, END)),
        "dies-after-its-result" => after_start(|| {
            say(RETURNED, b"1");
            std::process::exit(7);
        }),
        "leaves-a-process-behind" => after_start(|| {
            // It has everything that its parent has, for longer than the test takes.
            std::process::Command::new("/bin/sleep")
                .arg("30")
                .spawn()
                .unwrap();
            std::process::exit(7);
        }),
        "ends-in-between" => after_start(|| std::process::exit(7)),
        "calls-a-tool-that-is-not-there" => after_start(|| {
            say(CALL, &[5, 0, 0, 0, 0xff, 0xff, 0, 0, b'{', b'}']);
            let reply = receive();
            assert_eq!(reply[..6], [REPLY, 5, 0, 0, 0, b'!']);
            say(RETURNED, &reply[6..]);
            say(DONE, END);
        }),
        _ => return false,
    }
    true
}

// The protocol in its own words, so that a change of it is noticed.
const REPLY: u8 = 3;
const READY: u8 = 4;
const REFUSED: u8 = 5;
const LOG: u8 = 6;
const CALL: u8 = 7;
const RETURNED: u8 = 8;
const DONE: u8 = 9;

const END: &[u8] = br#"{"error":null,"cpu_micros":0,"heap_peak_bytes":0}"#;

/// Behaves well until there is a script, logs a line, and waits to be killed after what it does then.
fn after_start(act: impl FnOnce()) {
    receive();
    say(READY, b"");
    receive();
    say(LOG, b"\x01before");
    act();
    loop {
        std::thread::park();
    }
}

/// More than any limit allows, and holds it.
fn take_memory() {
    // A byte of each page is enough.
    let mut memory = vec![0_u8; 1024 * 1024 * 1024];
    for page in memory.chunks_mut(4096) {
        page[0] = 1;
    }
    std::mem::forget(std::hint::black_box(memory));
}

fn say(kind: u8, content: &[u8]) {
    let length = u32::try_from(content.len() + 1).unwrap();
    send(&[&length.to_le_bytes(), &[kind][..], content].concat());
}

fn send(bytes: &[u8]) {
    socket().write_all(bytes).unwrap();
}

/// The kind and the content of a frame.
fn receive() -> Vec<u8> {
    let mut length = [0; 4];
    socket().read_exact(&mut length).unwrap();
    let mut frame = vec![0; u32::from_le_bytes(length) as usize];
    socket().read_exact(&mut frame).unwrap();
    frame
}

fn socket() -> fs::File {
    use std::os::fd::AsFd as _;
    fs::File::from(std::io::stdin().as_fd().try_clone_to_owned().unwrap())
}
