//! A call of MCP sends an object: of an input's schema that is declared which one can be, and a tool that takes nothing else is
//! left out with a line.

use serde_json::{Value, json};

use crate::support::{configuration, declared, run_cli, run_script, stdio, tools_file};

fn tools() -> Value {
    let object =
        json!({ "type": "object", "properties": { "a": { "type": "string" } }, "required": ["a"] });
    let or_null =
        json!({ "type": ["object", "null"], "properties": { "a": { "type": "string" } } });
    json!([
        { "name": "plain", "inputSchema": object },
        { "name": "or_null", "inputSchema": or_null },
        { "name": "one_of", "inputSchema": { "oneOf": [object, { "type": "array" }, { "type": "null" }] } },
        { "name": "list", "inputSchema": { "type": "array", "items": { "type": "string" } } },
        { "name": "text", "inputSchema": { "type": "string" } },
    ])
}

#[test]
fn what_no_object_fits_is_left_out_of_a_file_with_a_line() {
    for done in declared("no-object", tools()) {
        for name in ["plain", "orNull", "oneOf"] {
            let function = format!("function {name}(input");
            assert!(done.stdout.contains(&function), "{name}: {}", done.stdout);
        }
        for other in ["function list", "function text", "null", "unknown[]"] {
            assert!(!done.stdout.contains(other), "{other}: {}", done.stdout);
        }
        done.complains(&["entry 3 ", "entry 4 ", "of something else than objects"]);
    }
}

#[test]
fn what_no_object_fits_is_left_out_of_a_servers_tools_with_a_line() {
    let file = tools_file("no-object-live", &json!({ "tools": tools() }));
    let config = configuration("no-object", &json!({ "s": stdio("list.mjs", &[&file]) }));
    let script =
        "return JSON.parse(await s.oneOf({ a: 'b' }) as string).input.a + Object.keys(s).join();";
    let outcome = run_script(&["--mcp-config", &config], script);
    assert_eq!(outcome["value"], "boneOf,orNull,plain", "{outcome}");
    let listed = run_cli(&["list", "--no-tools", "--mcp-config", &config], "").expect(0);
    listed.complains(&["the tool `list` can't be called", "the tool `text` can't"]);
}

#[test]
fn what_a_server_cannot_be_sent_is_told_with_the_remedy() {
    let config = configuration("not-sent", &json!({ "s": stdio("patient.mjs", &[]) }));
    let script = "
        const told = (input: any) => s.echo(input).catch((error) => error.message);
        return Promise.all([
            told({ value: new Uint8Array(2) }), told({ value: 2n ** 70n }), told({ value: 2n ** 60n }), told([1]), told(1),
        ]);";
    let outcome = run_script(&["--mcp-config", &config, "--no-check"], script);
    assert_eq!(
        outcome["value"],
        json!([
            "s.echo: input.value: a Uint8Array can't be read here; write bytes.toBase64()",
            "s.echo: input.value: the bigint 1180591620717411303424n can't be read here; write String(value)",
            "1152921504606847000",
            "s.echo: input: invalid type: a list, expected an object",
            "s.echo: input: invalid type: integer `1`, expected an object",
        ]),
        "{outcome}"
    );
}

#[test]
fn what_a_script_cannot_be_sent_says_nothing_to_the_tools_author() {
    let tool = json!({ "name": "count", "outputSchema": { "type": "object" } });
    let file = tools_file("not-sent-back", &json!({ "tools": [tool] }));
    let config = configuration(
        "not-sent-back",
        &json!({ "s": stdio("list.mjs", &[&file]) }),
    );
    let script = "return await s.count({ structured: { id: 2n ** 60n } });";
    let outcome = run_script(&["--mcp-config", &config, "--no-check"], script);
    let message = outcome["error"]["message"].as_str().unwrap_or_default();
    assert!(message.contains("can't hold it exactly"), "{outcome}");
    assert!(!message.contains("codemode_runtime"), "{outcome}");
}
