//! A list of tools is read entry by entry: what is odd about one tool costs that tool at the most, and is told with its name.

use serde_json::json;

use crate::support::{configuration, outcome, run_cli, stdio};

#[test]
fn the_other_tools_of_a_list_are_there() {
    let config = configuration(
        "lists-entries",
        &json!({ "s": stdio("lists.mjs", &["entries"]) }),
    );
    let names = [
        "goodOne",
        "noSchema",
        "nullSchema",
        "textSchema",
        "pythonSchema",
        "descriptionList",
        "titleObject",
        "iconsText",
        "iconSizes",
        "hintsText",
        "hintsList",
        "outputTrue",
        "outputList",
        "metaList",
        "goodTwo",
    ];
    let calls: Vec<_> = names
        .iter()
        .map(|name| format!("await s.{name}()"))
        .collect();
    let script = format!("return [{}].length;", calls.join(", "));
    let done = run_cli(
        &["run", "-", "--json", "--no-tools", "--mcp-config", &config],
        &script,
    );
    assert_eq!(
        outcome(&done)["value"],
        json!(names.len()),
        "{}\n{}",
        done.stdout,
        done.stderr
    );
    for told in [
        "entry 1 ",
        "entry 2 ",
        "`list_schema`",
        "the name 7",
        "has no `name`",
        "`text_schema`",
        "`output_list`",
    ] {
        assert!(done.stderr.contains(told), "{told}: {}", done.stderr);
    }
}

#[test]
fn a_list_that_is_none_loses_no_server() {
    for (mode, told) in [("none", "is null"), ("text", "is a text")] {
        let config = configuration(
            &format!("lists-{mode}"),
            &json!({ "s": stdio("lists.mjs", &[mode]) }),
        );
        let done = run_cli(
            &["run", "-", "--no-tools", "--mcp-config", &config],
            "return 1;",
        );
        assert_eq!(done.stdout.trim(), "1", "{}", done.stderr);
        assert!(done.stderr.contains(told), "{}", done.stderr);
        assert!(!done.stderr.contains("lost"), "{}", done.stderr);
    }
}

#[test]
fn a_number_that_json_does_not_have_costs_its_place() {
    for number in ["1e400", "NaN", "Infinity", "-Infinity"] {
        let config = configuration(
            &format!("lists-number-{number}"),
            &json!({ "s": stdio("lists.mjs", &[&format!("number-{number}")]) }),
        );
        let script = "return [await s.odd({ n: 7 }), await s.one()].length;";
        let arguments = ["run", "-", "--json", "--no-tools", "--mcp-config", &config];
        let done = run_cli(&arguments, script);
        assert_eq!(
            outcome(&done)["value"],
            2,
            "{}\n{}",
            done.stdout,
            done.stderr
        );
        let listed = run_cli(&["list", "--no-tools", "--mcp-config", &config], "").expect(0);
        let told = format!("{}{}{}", done.stderr, listed.stdout, listed.stderr);
        let note = format!("`input.n` says `\"maximum\": {number}`");
        assert!(told.contains("s.odd") && told.contains(&note), "{told}");
        assert!(!told.contains("taken effect"), "{told}");
    }
}

#[test]
fn a_list_that_cannot_be_read_is_no_call() {
    let config = configuration(
        "lists-number-broken",
        &json!({ "s": stdio("lists.mjs", &["number-nothing"]) }),
    );
    let arguments = ["run", "-", "--no-tools", "--mcp-config", &config];
    let done = run_cli(&arguments, "return 1;").expect(0);
    assert!(done.stderr.contains("can't be listed"), "{}", done.stderr);
    assert!(done.stderr.contains("it has `nothing`"), "{}", done.stderr);
    assert!(!done.stderr.contains("taken effect"), "{}", done.stderr);
}
