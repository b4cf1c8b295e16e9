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
