//! Wrong usage ends with status 2 and says what is right.

use std::path::Path;
use std::process::Stdio;

use crate::support::{cli_in, command, fixtures};

#[test]
fn wrong_arguments_are_told_with_the_usage() {
    let cases: [(&[&str], &str); 10] = [
        (&[], "Usage: codemode-cli <COMMAND>"),
        (&["emit"], "unrecognized subcommand 'emit'"),
        (&["run"], "<SCRIPT>"),
        (&["run", "a.ts", "--timeout", "soon"], "'--timeout <TIME>'"),
        (&["run", "a.ts", "--heap", "much"], "'--heap <BYTES>'"),
        (&["run", "a.ts", "--timeout", "0s"], "in no time"),
        (
            &["run", "a.ts", "--heap", "1MiB"],
            "an empty script needs 8.0 MiB",
        ),
        (
            &["run", "a.ts", "--max-tool-calls", "few"],
            "'--max-tool-calls <N>'",
        ),
        (&["list", "--manifest"], "--manifest-path"),
        (&["emit-dts", "extra"], "unexpected argument 'extra'"),
    ];
    for (arguments, part) in cases {
        let done = cli_in(Path::new("."), arguments, "").expect(2);
        assert_eq!(done.stdout, "", "{arguments:?}");
        done.complains(&[part]);
    }
}

#[test]
fn help_and_version_go_to_standard_output() {
    let done = cli_in(Path::new("."), &["--help"], "").expect(0);
    for command in ["emit-dts", "list", "run"] {
        assert!(done.stdout.contains(command), "{}", done.stdout);
    }
    let done = cli_in(Path::new("."), &["--version"], "").expect(0);
    assert_eq!(
        done.stdout,
        concat!("codemode-cli ", env!("CARGO_PKG_VERSION"), "\n")
    );
}

#[test]
fn output_that_nobody_reads_is_an_error_and_no_panic() {
    for arguments in [
        ["list", "-p", "fixture-tools"],
        ["emit-dts", "-p", "fixture-tools"],
    ] {
        let mut child = command(env!("CARGO_BIN_EXE_codemode-cli"))
            .args(arguments)
            .current_dir(fixtures::workspace())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        let complaint = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {complaint}");
        assert!(
            complaint.starts_with("error: can't write standard output: "),
            "{arguments:?}: {complaint}"
        );
    }
}
