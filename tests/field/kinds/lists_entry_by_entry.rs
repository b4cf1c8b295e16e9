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
