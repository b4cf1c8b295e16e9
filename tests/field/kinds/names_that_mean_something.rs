//! A tool is called by a script and by nothing else: what the language calls by itself, or finds on every object, isn't the
//! name of one.

use serde_json::json;

use crate::support::{configuration, declared, run_script, stdio, tools_file};

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

#[test]
fn a_property_that_would_be_a_prototype_is_declared_so_that_it_is_sent() {
    let tools = json!([{ "name": "put", "inputSchema": { "type": "object", "required": ["__proto__"], "properties": {
        "__proto__": { "type": "string" }, "inner": { "type": "object", "properties": { "__proto__": { "type": "number" } } },
    } } }]);
    for done in declared("prototype", tools.clone()) {
        assert!(
            done.stdout.contains("[\"__proto__\"]:") && done.stdout.contains("[\"__proto__\"]?:"),
            "{}",
            done.stdout
        );
    }

    let file = tools_file("prototype-live", &json!({ "tools": tools }));
    let config = configuration("prototype", &json!({ "s": stdio("list.mjs", &[&file]) }));
    let sent = "return JSON.parse(await s.put({ ['__proto__']: 'a', inner: { ['__proto__']: 1 } }) as string).input;";
    let outcome = run_script(&["--mcp-config", &config], sent);
    assert_eq!(
        outcome["value"].to_string(),
        r#"{"__proto__":"a","inner":{"__proto__":1}}"#,
        "{outcome}"
    );
    let lost =
        "const a = 'a';\nreturn await s.put({ ['__proto__']: a, inner: {\n  '__proto__': 1 } });";
    for (script, line, column) in [
        (lost, 3, 3),
        ("return await s.put({ __proto__: 'a' });", 1, 22),
    ] {
        let outcome = run_script(&["--mcp-config", &config], script);
        let problem = &outcome["error"]["diagnostics"][0];
        let message = problem["message"].as_str().unwrap_or_default();
        assert!(message.contains("write `[\"__proto__\"]: …`"), "{outcome}");
        assert_eq!(
            (&problem["line"], &problem["column"]),
            (&json!(line), &json!(column)),
            "{outcome}"
        );
        assert_eq!(outcome["calls"], json!([]));
    }
}
