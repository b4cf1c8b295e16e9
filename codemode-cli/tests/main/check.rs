//! `codemode-cli check`, and the check before a run.

use serde_json::Value;

use crate::support::{Done, cli_in, cli_on, command, finish};

const WRONG: &str = "const sum = await math.add({ a: '2' });\nreturn sum;";

fn alone(arguments: &[&str], script: &str) -> Done {
    let folder = tempfile::tempdir().unwrap();
    cli_in(folder.path(), arguments, script)
}

#[test]
fn a_script_that_is_right_passes_in_silence() {
    let done = alone(
        &["check", "-", "--no-tools"],
        "const a: number = 1; return a",
    )
    .expect(0);
    assert_eq!((done.stdout.as_str(), done.stderr.as_str()), ("", ""));
}

#[test]
fn a_wrong_argument_is_shown_with_its_line_and_what_the_tool_takes() {
    let done = cli_on("fixture-tools", &["check", "-"], WRONG).expect(1);
    assert_eq!(done.stdout, "");
    done.complains(&[
        "error[type_check]: TS2322: Type 'string' is not assignable to type 'number'. `Number(text)` makes a number of a text.\n",
        "  at -:1:30\n",
        "  1 | const sum = await math.add({ a: '2' });\n",
        "    |                              ^\n",
        "  help: `math.add` takes `{a:number,b?:number}`.\n",
    ]);
}

#[test]
fn with_json_a_check_gives_the_same_object_as_a_run() {
    let done = alone(&["check", "-", "--no-tools", "--json"], "return fetch('')").expect(1);
    let outcome: Value = serde_json::from_str(&done.stdout).unwrap();
    assert_eq!(outcome["status"], "error");
    assert_eq!(outcome["error"]["kind"], "type_check");
    assert_eq!(outcome["checked"], true);
    let problem = &outcome["error"]["diagnostics"][0];
    assert_eq!(
        (&problem["line"], &problem["column"]),
        (&1.into(), &8.into())
    );
    assert_eq!(problem["code"], "TS2304");
}

#[test]
fn a_run_checks_first_unless_it_is_told_not_to() {
    let script = "console.log('star' + 'ted'); return missing";
    let done = alone(&["run", "-", "--no-tools"], script).expect(1);
    done.complains(&["error[type_check]: TS2304: Cannot find name 'missing'."]);
    assert!(!done.stderr.contains("started"), "{}", done.stderr);
    let done = alone(&["run", "-", "--no-tools", "--no-check"], script).expect(1);
    done.complains(&[
        "started\n",
        "error: ReferenceError: missing is not defined\n",
    ]);
}

#[test]
fn without_a_compiler_a_script_runs_and_a_check_says_what_is_missing() {
    let without = |arguments: &[&str]| {
        let folder = tempfile::tempdir().unwrap();
        let mut command = command(env!("CARGO_BIN_EXE_codemode-cli"));
        command.args(arguments).current_dir(folder.path());
        command.env("CODEMODE_TSC", folder.path().join("no-tsc"));
        finish(command, "return [missing = 1].length")
    };
    let advice = "install it with `npm install typescript@7`, or name it in CODEMODE_TSC";
    let done = without(&["run", "-", "--no-tools"]).expect(1);
    done.complains(&[
        "note: the script's types aren't checked: ",
        advice,
        "error: ReferenceError: ",
    ]);
    let done = without(&["run", "-", "--no-tools", "--json"]).expect(1);
    let outcome: Value = serde_json::from_str(&done.stdout).unwrap();
    assert_eq!(
        (&outcome["checked"], done.stderr.as_str()),
        (&false.into(), "")
    );
    without(&["check", "-", "--no-tools"])
        .expect(2)
        .complains(&["error: there is no native `tsc` at ", advice]);
}
