//! Of a greeting only the version of the protocol matters, and a server that speaks another one is spoken to in that.

use serde_json::{Value, json};

use crate::support::{configuration, outcome, run_cli, stdio};

#[test]
fn a_server_with_an_odd_greeting_works() {
    let modes = [
        "old",
        "odd",
        "future",
        "number",
        "missing",
        "noCapabilities",
        "listOfCapabilities",
        "flag",
        "nulls",
        "experimental",
        "noVersion",
        "noServer",
        "textServer",
        "meta",
        "instructions",
        "refusesInWords",
        "refusesInData",
    ];
    let servers: Value = modes
        .map(|mode| (mode.to_owned(), stdio("greetings.mjs", &[mode])))
        .into_iter()
        .collect::<serde_json::Map<_, _>>()
        .into();
    let config = configuration("greetings", &servers);
    let calls: Vec<_> = modes
        .iter()
        .map(|mode| format!("await {mode}.one()"))
        .collect();
    let script = format!("return [{}];", calls.join(", "));
    let done = run_cli(
        &["run", "-", "--json", "--no-tools", "--mcp-config", &config],
        &script,
    );
    assert_eq!(
        outcome(&done)["value"],
        json!(modes),
        "{}\n{}",
        done.stdout,
        done.stderr
    );
}

#[test]
fn a_server_that_greets_nobody_is_told_in_its_own_words() {
    let servers = json!({ "closed": stdio("greetings.mjs", &["closed"]), "nothing": stdio("greetings.mjs", &["nothing"]) });
    let config = configuration("greetings-refused", &servers);
    let done = run_cli(
        &["run", "-", "--no-tools", "--mcp-config", &config],
        "return 1;",
    );
    for expected in [
        "The licence has expired.",
        "should be an object, and is null",
    ] {
        assert!(done.stderr.contains(expected), "{}", done.stderr);
    }
    for of_rust in ["ErrorData", "Some(", "JsonRpc"] {
        assert!(!done.stderr.contains(of_rust), "{}", done.stderr);
    }
}
