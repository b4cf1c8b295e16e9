//! A tool is called by a script and by nothing else: what the language calls by itself, or finds on every object, isn't the
//! name of one.

use serde_json::json;

use crate::support::{configuration, run_script, stdio};

#[test]
fn the_language_calls_no_tool() {
    let names = [
        "then",
        "toJSON",
        "toString",
        "to_string",
        "valueOf",
        "constructor",
        "prototype",
        "__proto__",
        "hasOwnProperty",
        "catch",
        "finally",
        "name",
        "length",
        "arguments",
        "caller",
        "apply",
        "call",
        "bind",
    ];
    let server = stdio("names.mjs", &names);
    let config = configuration("meaning", &json!({ "s": server }));
    let script = r"
        const namespace = s as any;
        const same = (await namespace) === s;
        const told: Record<string, string> = {};
        for (const name of Object.keys(s)) told[name] = await namespace[name]();
        const calls = Object.keys(told).length;
        const inherited = ['then', 'toJSON', 'toString', 'valueOf', 'constructor'].filter((name) => name in namespace);
        return [same, inherited, calls, told.then_, told.toJSON_, told.constructor_, told.proto, told.name];";
    let outcome = run_script(&["--mcp-config", &config], script);
    assert_eq!(
        outcome["value"],
        json!([
            true,
            [],
            names.len(),
            "then",
            "toJSON",
            "constructor",
            "__proto__",
            "name"
        ]),
        "{outcome}"
    );
    assert_eq!(outcome["calls"].as_array().unwrap().len(), names.len());
}

#[test]
fn they_are_declared_by_the_names_that_they_have() {
    let server = stdio("names.mjs", &["then", "toJSON", "constructor"]);
    let config = configuration("meaning-declared", &json!({ "s": server }));
    let script =
        "return [await s.then_(), await s.toJSON_(), await s.constructor_(), (await s) === s];";
    let outcome = run_script(&["--mcp-config", &config], script);
    assert_eq!(outcome["checked"], true, "{outcome}");
    assert_eq!(
        outcome["value"],
        json!(["then", "toJSON", "constructor", true]),
        "{outcome}"
    );
}
