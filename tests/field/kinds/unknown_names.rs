//! Each name that a script doesn't have gets its own way out: what there is instead, or the tool that is meant. Nothing that
//! is suggested misleads, and what the engine says of an unchecked script leads to the same.

use serde_json::{Value, json};

use crate::support::{configuration, outcome, run_cli, run_script, stdio};

fn config() -> String {
    configuration(
        "unknown-names",
        &json!({ "s": stdio("odd-words.mjs", &[]) }),
    )
}

/// What is said of a script with and without the check.
fn said(script: &str) -> [String; 2] {
    let config = config();
    let said = |outcome: Value| match outcome["error"]["diagnostics"].as_array() {
        Some(problems) => problems
            .iter()
            .map(|problem| problem["message"].as_str().unwrap())
            .collect::<Vec<_>>()
            .join("\n"),
        None => outcome["error"]["message"]
            .as_str()
            .unwrap_or_default()
            .to_owned(),
    };
    let checked = said(run_script(&["--mcp-config", &config], script));
    let outcome = run_script(&["--mcp-config", &config, "--no-check"], script);
    let message = outcome["error"]["message"].as_str().unwrap_or_default();
    [checked, message.to_owned()]
}

#[test]
fn names_of_the_web_and_of_node_lead_to_what_there_is() {
    for (script, words) in [
        (
            "return await (await fetch('https://example.org')).json()",
            "no network",
        ),
        ("return new XMLHttpRequest()", "no network"),
        ("return new WebSocket('')", "no network"),
        ("return await axios.get('')", "no network"),
        ("const fs = require('fs'); return fs", "no modules"),
        ("return process.env.TOKEN", "no environment"),
        ("return fs.readFileSync('/etc/hostname')", "no files"),
        ("return __dirname", "no modules"),
        ("module.exports = 1", "no modules"),
        ("return Deno.args", "no process"),
        ("return Bun.env", "no process"),
        ("return Buffer.from('a').toString('base64')", "toBase64"),
        ("localStorage.setItem('a', 'b')", "Nothing is kept"),
        ("(window as any).count = 2", "globalThis"),
        ("return document.title", "no page"),
        ("return prompt('Which?')", "Nobody can be asked"),
        ("alert('a')", "Nobody can be asked"),
        ("print('a')", "console.log"),
        ("await sleep(5)", "setTimeout"),
        ("setImmediate(() => {})", "setTimeout"),
        ("return new Blob([])", "Uint8Array"),
        ("return new FormData()", "Uint8Array"),
        ("return new Worker('a')", "Promise.all"),
        ("return Temporal.Now.instant()", "Intl.DateTimeFormat"),
        ("return dayjs()", "Intl.DateTimeFormat"),
        ("return _.chunk([1], 1)", "no libraries"),
        ("const a = None; return a", "`null`"),
        ("await multi_tool_use.parallel({})", "Promise.all"),
    ] {
        for said in said(script) {
            assert!(said.contains(words), "{script}: {said}");
            assert!(!said.contains("Did you mean"), "{script}: {said}");
        }
    }
}

#[test]
fn names_that_tools_have_elsewhere_lead_to_the_tool() {
    for script in [
        "return await functions.echo({ text: 'a' })",
        "return await tools.s.echo({ text: 'a' })",
        "return await mcp__s__echo({ text: 'a' })",
        "return await mcp.s.echo({ text: 'a' })",
        "return await callTool('s.echo', { text: 'a' })",
        "return await callTool({ name: 'echo', arguments: { text: 'a' } })",
        "return await codemode.s_echo({ text: 'a' })",
        "return await default_api.s_echo({ text: 'a' })",
        "return await s__echo({ text: 'a' })",
        "return await s_echo({ text: 'a' })",
        "return await echo({ text: 'a' })",
        "return await client.callTool({ name: 'echo' })",
    ] {
        for said in said(script) {
            assert!(said.contains("`s.echo`"), "{script}: {said}");
            assert!(!said.contains("Did you mean"), "{script}: {said}");
        }
    }
    let [checked, unchecked] = said("return await s({ text: 'a' })");
    assert!(
        checked.contains("`s` is a namespace") && unchecked.contains("`s` is a namespace"),
        "{checked}\n{unchecked}"
    );
}

#[test]
fn a_suggestion_is_near_and_not_about_to_be_declared() {
    for (script, suggestion) in [
        ("const cities = [1]; return citis", Some("cities")),
        ("return math.max(1, 2)", Some("Math")),
        ("const list = Lists.of(1); return list", None),
        (
            "const controller = new SomeController(); return controller",
            None,
        ),
        ("const reader = new Readers(); return reader", None),
        ("return os.cpus()", None),
    ] {
        let [checked, _] = said(script);
        let found = checked
            .split("Did you mean '")
            .nth(1)
            .and_then(|rest| rest.split('\'').next());
        assert_eq!(found, suggestion, "{script}: {checked}");
    }
}

#[test]
fn a_name_may_be_asked_for_with_typeof() {
    for script in [
        "return [typeof self, typeof window]",
        "return typeof process !== 'undefined' ? process.env.HOME : 'none'",
        "if (typeof fetch === 'function') { await fetch('a'); } return 1",
        "const home = typeof process === 'object' && process.env && process.env.HOME; return home",
        "return typeof require === 'undefined' || require('fs')",
    ] {
        let outcome = run_script(&[], script);
        assert_eq!(
            (&outcome["status"], &outcome["checked"]),
            (&json!("ok"), &json!(true)),
            "{script}: {outcome}"
        );
    }
    let [checked, _] = said("const a = typeof process; return process.env");
    assert!(checked.contains("no environment"), "{checked}");
}

#[test]
fn properties_of_the_global_object_and_the_console_have_a_remedy() {
    for (script, words) in [
        (
            "globalThis.cache = { hits: 1 }; return 1",
            "`let cache = …`",
        ),
        ("return globalThis.fetch('')", "no network"),
        ("console.profile('a'); return 1", "`console` has `log`"),
        ("console.success('a'); return 1", "`console` has `log`"),
    ] {
        let [checked, _] = said(script);
        assert!(checked.contains(words), "{script}: {checked}");
    }
}

#[test]
fn parsing_too_much_or_too_little_is_told_as_that() {
    let [checked, unchecked] =
        said("const rows = await s.asObject(); return JSON.parse(rows).rows");
    assert!(checked.contains("without `JSON.parse`"), "{checked}");
    assert!(unchecked.contains("without `JSON.parse`"), "{unchecked}");
    let [checked, _] = said("const rows = await s.asText(); return rows.rows");
    assert!(checked.contains("`JSON.parse("), "{checked}");
    let [checked, _] = said("const text = 'a'; return text.rows");
    assert!(checked.contains("`JSON.parse("), "{checked}");
}

#[test]
fn help_shows_what_the_tool_takes_whose_call_the_place_is_in() {
    let config = config();
    let help =
        |script: &str| run_cli(&["run", "-", "--no-tools", "--mcp-config", &config], script).stderr;
    let said =
        help("const a = await s.asObject();\nconst b = await s.asText();\nreturn JSON.parse(a);");
    assert!(!said.contains("` takes "), "{said}");
    let said = help("await s.asText(); await s.echo({\n  text: 5,\n}); await s.asObject()");
    assert!(
        said.contains("`s.echo` takes ") && !said.contains("`s.asText` takes "),
        "{said}"
    );
    let said = help("await s.echo({ text: JSON.stringify(await s.asObject()), limit: 'a' })");
    assert!(said.contains("`s.echo` takes "), "{said}");
    let said = help("await Promise.all([s.asText(), s.echo()])");
    assert!(said.contains("`s.echo` takes "), "{said}");
}

#[test]
fn without_tools_nobody_is_sent_to_one() {
    let done = run_cli(
        &["run", "-", "--no-tools", "--json"],
        "return functions.echo()",
    );
    let message = outcome(&done)["error"]["message"].to_string();
    assert!(message.contains("namespace.tool"), "{message}");
}
