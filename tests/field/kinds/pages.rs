//! A list ends where it comes back to where it was: each tool is there once, no page is asked for again and again.

use serde_json::json;

use crate::support::{configuration, outcome, run_cli, stdio};

#[test]
fn lists_that_have_no_end_are_ended() {
    // The call and what it says: the mode, the tool, and how many pages were asked for.
    let cases = [
        ("same", "two", 2, true),
        ("empty", "two", 3, true),
        ("circle", "two", 3, true),
        ("twice", "two", 2, false),
        ("counting", "one", 11, true),
        ("numbered", "two", 2, false),
        ("bare", "one", 1, false),
        ("later", "one", 2, true),
    ];
    for (mode, tool, pages, is_told) in cases {
        let config = configuration(
            &format!("pages-{mode}"),
            &json!({ "s": stdio("lists.mjs", &[mode]) }),
        );
        let arguments = ["run", "-", "--json", "--no-tools", "--mcp-config", &config];
        let done = run_cli(&arguments, &format!("return await s.{tool}();"));
        let value = outcome(&done)["value"].clone();
        let expected = format!("{mode} {tool} {pages}");
        // A list that couldn't be had to its end is asked for again a second later.
        let is_as_expected = value == json!(expected) || (mode == "later" && value.is_string());
        assert!(
            is_as_expected,
            "{expected}: {}\n{}",
            done.stdout, done.stderr
        );
        let is_warned = done.stderr.contains("warning: the MCP server `s`");
        assert_eq!(is_warned, is_told, "{mode}: {}", done.stderr);
    }
}
