//! `codemode-cli run --isolation`.

use crate::support::{Done, cli_in, command, finish};

/// Runs a script, without any tools.
fn run(script: &str, arguments: &[&str]) -> Done {
    let folder = tempfile::tempdir().unwrap();
    let arguments = [&["run", "-", "--no-tools"], arguments].concat();
    cli_in(folder.path(), &arguments, script)
}

/// What ends a process that it runs in, and shows so which one that was.
const FATAL: &str = if cfg!(feature = "v8") {
    "console.log('soon'); return 'x'.repeat(2 ** 28).split('').length"
} else {
    "console.log('soon'); const all: any = new Proxy({}, { get: () => () => { throw error } }); \
     const error: any = new Proxy({}, all); throw error"
};

#[test]
fn a_script_runs_in_a_process_of_its_own_unless_told_otherwise() {
    for arguments in [&[][..], &["--isolation", "process"]] {
        run(FATAL, arguments).expect(1).complains(&[
            "soon\n",
            "error[crashed]: the process of the script crashed: ",
        ]);
    }
}

#[test]
fn both_tiers_give_the_same_outcome() {
    for (script, status) in [
        ("return [1, 'ä', null]", 0),
        ("console.warn('a'); throw new RangeError('b')", 1),
        ("const = 1", 1),
        ("await new Promise(() => {})", 1),
    ] {
        let [here, there] = ["in-process", "process"]
            .map(|tier| run(script, &["--isolation", tier]).expect(status));
        assert_eq!((here.stdout, here.stderr), (there.stdout, there.stderr));
    }
}

#[test]
fn a_script_that_can_not_be_stopped_is_killed() {
    run(
        "[].indexOf.call({ length: 2 ** 53 - 1 }, 1 as never)",
        &["--timeout", "300ms"],
    )
    .expect(1)
    .complains(&["error[timeout]: "]);
}

#[test]
fn a_process_that_can_be_locked_down_runs_with_best_effort_as_well() {
    let done = run("return 1", &["--lock-down", "best-effort"]).expect(0);
    assert_eq!(done.stdout, "1\n");
    assert!(!done.stderr.contains("locked down"), "{}", done.stderr);
}

/// Does something on a system without landlock.
#[cfg(target_os = "linux")]
fn without_landlock<T: Send + 'static>(act: impl FnOnce() -> T + Send + 'static) -> T {
    use seccompiler::{BpfProgram, SeccompAction, SeccompFilter};

    let filter = SeccompFilter::new(
        [(libc::SYS_landlock_create_ruleset, vec![])].into(),
        SeccompAction::Allow,
        SeccompAction::Errno(libc::ENOSYS.unsigned_abs()),
        std::env::consts::ARCH.try_into().unwrap(),
    );
    let filter: BpfProgram = filter.unwrap().try_into().unwrap();
    // It holds for a thread and for all that this one starts.
    let running = std::thread::spawn(move || {
        seccompiler::apply_filter(&filter).unwrap();
        act()
    });
    running.join().unwrap()
}

#[cfg(target_os = "linux")]
fn run_without_landlock(script: &'static str, arguments: &'static [&str]) -> Done {
    without_landlock(move || run(script, arguments))
}

/// What `serve` says first on its standard error, on a system without landlock.
#[cfg(target_os = "linux")]
fn serve_says_without_landlock(arguments: &'static [&str]) -> String {
    use std::io::{BufRead as _, BufReader};
    use std::process::Stdio;

    without_landlock(move || {
        let folder = tempfile::tempdir().unwrap();
        let mut command = command(env!("CARGO_BIN_EXE_codemode-cli"));
        command.args([&["serve", "--no-tools", "--no-check"], arguments].concat());
        command.current_dir(folder.path());
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::piped());
        let mut server = command.spawn().unwrap();
        let mut said = String::new();
        let mut errors = BufReader::new(server.stderr.take().unwrap());
        errors.read_line(&mut said).unwrap();
        // It serves as long as its input is open.
        drop(server.stdin.take());
        server.wait().unwrap();
        said
    })
}

#[cfg(target_os = "linux")]
#[test]
fn a_process_that_can_not_be_locked_down_runs_with_best_effort_only_and_says_what_is_missing() {
    run_without_landlock("return 1", &[])
        .expect(2)
        .complains(&["the worker can't be locked down (landlock: "]);

    let done = run_without_landlock("return 1", &["--lock-down", "best-effort"]).expect(0);
    assert_eq!(done.stdout, "1\n");
    done.complains(&["note: the script's process wasn't locked down in every way: landlock: "]);

    let arguments = &["--lock-down", "best-effort", "--json"];
    let done = run_without_landlock("return 1", arguments).expect(0);
    let outcome: serde_json::Value = serde_json::from_str(&done.stdout).unwrap();
    let missing = outcome["not_locked_down"][0].as_str().unwrap();
    assert!(missing.starts_with("landlock: "), "{outcome}");
}

#[cfg(target_os = "linux")]
#[test]
fn who_serves_scripts_is_told_at_once_that_their_processes_are_not_locked_down() {
    let said = serve_says_without_landlock(&["--lock-down", "best-effort"]);
    let note = "note: the script's process wasn't locked down in every way: landlock: ";
    assert!(said.starts_with(note), "{said}");

    let said = serve_says_without_landlock(&[]);
    let warning = "warning: scripts can't run here: no worker could be started: the worker can't be locked down (landlock: ";
    assert!(said.starts_with(warning), "{said}");
}

#[test]
fn a_process_knows_nothing_of_where_its_host_is() {
    let zone = |tier| {
        let mut command = command(env!("CARGO_BIN_EXE_codemode-cli"));
        command.env("TZ", "Asia/Tokyo");
        command.args(["run", "-", "--no-tools", "--isolation", tier]);
        let script = "return new Date(0).getTimezoneOffset()";
        finish(command, script).expect(0).stdout
    };
    assert_eq!(zone("process"), "0\n");
    if cfg!(feature = "v8") {
        // It would be another one.
        assert_eq!(zone("in-process"), "-540\n");
    }
}
