//! What a server calls its tools and says of them is shown and never obeyed: nothing that a terminal would take for a
//! command or that would show text in another order is printed as it is, and in declarations it still means the same.

use std::fs;

use serde_json::json;

use crate::support::{configuration, folder, run_cli, run_script, stdio};

const HIDDEN: [char; 7] = [
    '\u{1b}', '\u{7}', '\u{9b}', '\u{202e}', '\u{2066}', '\u{200b}', '\u{2028}',
];

fn config() -> String {
    configuration(
        "terminal-escapes",
        &json!({ "s": stdio("odd-words.mjs", &[]) }),
    )
}

#[test]
fn no_command_prints_what_a_terminal_obeys() {
    let config = config();
    let schema = json!({ "tools": [{
        "name": "evil",
        "description": "\u{1b}[2Jred \u{9b}31m \u{202e}right\u{2066} \u{200b}\u{2028}",
        "inputSchema": { "type": "object", "properties": { "a\u{202e}b": { "enum": ["\u{1b}[2J", "\u{2066}"] } } },
    }] });
    let file = folder("terminal-escapes").join("evil.json");
    fs::write(&file, schema.to_string()).unwrap();
    let file = file.display().to_string();
    for arguments in [
        &["list", "--no-tools", "--mcp-config", &config][..],
        &["prompt", "--no-tools", "--mcp-config", &config],
        &[
            "prompt",
            "--no-tools",
            "--discovery",
            "--mcp-config",
            &config,
        ],
        &["emit-dts", "--mcp-tools", &file],
        &["emit-dts", "--compact", "--mcp-tools", &file],
    ] {
        let done = run_cli(arguments, "").expect(0);
        for hidden in HIDDEN {
            assert!(
                !done.stdout.contains(hidden),
                "{arguments:?} prints {hidden:?}:\n{:?}",
                done.stdout
            );
            assert!(
                !done.stderr.contains(hidden),
                "{arguments:?} says {hidden:?}:\n{:?}",
                done.stderr
            );
        }
        if !arguments.contains(&"--discovery") {
            assert!(
                done.stdout.contains("\\u{202e}"),
                "{arguments:?}:\n{}",
                done.stdout
            );
        }
    }
}

#[test]
fn what_a_script_is_told_shows_it_as_well() {
    let config = config();
    for script in [
        "return await $tools.describe({ names: ['s.evil'] })",
        "return await $tools.search({ query: 'evil red' })",
    ] {
        let outcome = run_script(&["--mcp-config", &config], script);
        assert_eq!(outcome["status"], "ok", "{outcome}");
        // Escapes of TypeScript are text; those of JSON stand for what they escape.
        let value = outcome["value"].to_string().replace("\\\\", "");
        for hidden in HIDDEN {
            assert!(
                !value.contains(hidden)
                    && !value.contains(&format!("\\u{:04x}", u32::from(hidden))),
                "{script}: {value}"
            );
        }
    }
}

#[test]
fn a_value_that_is_shown_is_still_itself() {
    let config = config();
    let odd = r"\u001b[31mred\u0007 \u009b31m \u202eright\u2066 \u200bnothing";
    let script = format!("return await s.evil({{ which: \"{odd}\", \"{odd}\": 'a' }})");
    let outcome = run_script(&["--mcp-config", &config], &script);
    assert_eq!(
        (&outcome["value"], &outcome["checked"]),
        (&json!("true"), &json!(true)),
        "{outcome}"
    );
}
