//! A type that is longer than a line and stands in several places is declared once; what is too long to be read is cut for
//! models, and stays whole for the check.

use serde_json::{Value, json};

use crate::support::{configuration, declared, run_cli, run_script, stdio, tools_file};

fn zones(count: usize) -> Vec<String> {
    (0..count)
        .map(|number| format!("Region/City_{number:04}"))
        .collect()
}

fn tools(count: usize) -> Value {
    let zone = json!({ "type": "string", "enum": zones(count) });
    json!([
        { "name": "set_zone", "inputSchema": { "type": "object", "properties": { "zone": zone, "fallback": { "anyOf": [zone, { "type": "null" }] } } } },
        { "name": "list_zones", "inputSchema": { "type": "object", "properties": { "zones": { "type": "array", "items": zone } } } },
    ])
}

#[test]
fn equal_enumerations_are_one_type() {
    for count in [20, 2_500] {
        let [readable, compact] = declared("equal", tools(count));
        assert_eq!(
            readable.stdout.matches("Region/City_0004").count(),
            1,
            "{}",
            readable.stdout
        );
        assert!(!readable.stdout.contains("& string"));
        for part in ["zone?: Zone;", "fallback?: Zone | null;", "zones?: Zone[];"] {
            assert!(
                readable.stdout.contains(part),
                "{part}: {}",
                readable.stdout
            );
        }
        if count > 100 {
            assert!(compact.stdout.len() < 1_000, "{}", compact.stdout);
            assert!(
                compact.stdout.contains("one of 2500, such as"),
                "{}",
                compact.stdout
            );
        }
    }
}

#[test]
fn equal_structures_are_one_type_and_short_ones_stay() {
    let page = json!({ "type": "object", "properties": {
        "title": { "type": "string", "description": "What it is called, in the language of the reader." },
        "level": { "enum": ["low", "high"] },
        "authors": { "type": "array", "items": { "type": "object", "properties": { "name": { "type": "string" }, "mail": { "type": "string" } } } },
    }, "required": ["title", "level", "authors"] });
    let tool = |name: &str, level: Value| json!({ "name": name, "inputSchema": { "type": "object", "properties": { "page": page, "level": level } } });
    let level = json!({ "enum": ["low", "high"] });
    let [readable, _] = declared(
        "structures",
        json!([tool("a", level.clone()), tool("b", level)]),
    );
    assert_eq!(
        readable.stdout.matches("What it is called").count(),
        1,
        "{}",
        readable.stdout
    );
    assert_eq!(
        readable.stdout.matches("page?: Page;").count(),
        2,
        "{}",
        readable.stdout
    );
    assert_eq!(
        readable
            .stdout
            .matches(r#"level?: "low" | "high";"#)
            .count(),
        2,
        "{}",
        readable.stdout
    );
}

#[test]
fn the_check_knows_all_values_of_what_a_prompt_cuts() {
    let file = tools_file("equal-live", &json!({ "tools": tools(2_500) }));
    let config = configuration("equal-live", &json!({ "s": stdio("list.mjs", &[&file]) }));
    let prompt = run_cli(&["prompt", "--no-tools", "--mcp-config", &config], "").expect(0);
    assert!(
        prompt.stdout.contains("such as \"Region/City_0000\""),
        "{}",
        prompt.stdout
    );
    let run = |zone: &str| {
        let script = format!("return await s.setZone({{ zone: {zone:?} }});");
        run_script(&["--mcp-config", &config], &script)
    };
    assert_eq!(run("Region/City_2499")["status"], "ok");
    assert_eq!(run("Region/City_2500")["error"]["kind"], "type_check");
}
