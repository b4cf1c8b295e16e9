//! Each tool can be called by a name that the declarations show, and the call goes to the right one. Of tools that come to one
//! name all but one get a number, whatever the order of the list.

use serde_json::{Value, json};

use crate::support::{configuration, folder, run_cli, run_script, stdio};

const NAMES: [&str; 20] = [
    "catalog.query",
    "catalog_query",
    "build/dev",
    "build:dev",
    "build dev",
    "buildDev2",
    "release prod",
    "foo",
    "foo:*",
    "Foo",
    "delete",
    "typeof",
    "阿里巴巴",
    "...",
    "-MCP",
    "123MCP",
    "",
    "a_name_that_goes_on_and_on_until_it_is_longer_than_the_sixty_four_characters_that_many_clients_take_and_ends_in_one",
    "a_name_that_goes_on_and_on_until_it_is_longer_than_the_sixty_four_characters_that_many_clients_take_and_ends_in_two",
    "search",
];

const CALLED: [&str; 9] = [
    "catalogQuery",
    "catalogQuery2",
    "buildDev",
    "buildDev3",
    "buildDev2",
    "foo",
    "foo2",
    "foo3",
    "_",
];

#[test]
fn every_tool_is_called_by_a_name_of_its_own() {
    let mut names = NAMES;
    let mut before: Option<Value> = None;
    for turn in [0, 7, 11] {
        names.rotate_left(turn);
        let server = stdio("names.mjs", &names);
        let config = configuration("collide", &json!({ "s": server }));
        let script = r"
            const told: Record<string, string> = {};
            for (const name of Object.keys(s)) told[name] = await (s as any)[name]();
            return told;";
        let outcome = run_script(&["--mcp-config", &config], script);
        let told = outcome["value"]
            .as_object()
            .unwrap_or_else(|| panic!("{outcome}"));
        let mut reached: Vec<&str> = told.values().map(|name| name.as_str().unwrap()).collect();
        let mut expected = names.to_vec();
        reached.sort_unstable();
        expected.sort_unstable();
        assert_eq!(reached, expected);
        for called in CALLED {
            assert!(told.contains_key(called), "{called}: {outcome}");
        }
        assert_eq!(told["buildDev2"], "buildDev2");
        assert_eq!(told["foo"], "foo");
        // The same the next time.
        let told = outcome["value"].clone();
        assert_eq!(before.get_or_insert_with(|| told.clone()), &told);
    }
}

#[test]
fn a_list_from_a_file_has_the_same_names() {
    let tools: Vec<Value> = NAMES.iter().map(|name| json!({ "name": name })).collect();
    let file = folder("lists").join("collide.json");
    std::fs::write(&file, json!({ "tools": tools }).to_string()).unwrap();
    let file = file.display().to_string();
    let done = run_cli(&["emit-dts", "--mcp-tools", &file], "");
    assert!(!done.stderr.contains("left out"), "{}", done.stderr);
    assert_eq!(
        done.stdout.matches("  function ").count(),
        NAMES.len(),
        "{}",
        done.stdout
    );
    for called in CALLED {
        assert!(
            done.stdout.contains(&format!("  function {called}(")),
            "{called}: {}",
            done.stdout
        );
    }
}

#[test]
fn a_name_that_is_listed_twice_is_told() {
    let file = folder("lists").join("twice.json");
    let tools = json!([{ "name": "search", "description": "First." }, { "name": "search", "description": "Second." }]);
    std::fs::write(&file, tools.to_string()).unwrap();
    let done = run_cli(
        &["emit-dts", "--mcp-tools", &file.display().to_string()],
        "",
    );
    assert!(done.stdout.contains("First."), "{}", done.stdout);
    assert!(
        done.stderr
            .contains("the MCP tool `search`: two tools have this name, and the first one counts"),
        "{}",
        done.stderr
    );
}
