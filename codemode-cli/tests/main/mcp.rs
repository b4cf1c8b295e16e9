//! `emit-dts --mcp-tools`, `emit-dts --compact` and `emit-schema`.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use crate::support::cli_on;

fn run(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_codemode-cli"))
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

/// A folder with one file of tools: one that can be declared, one that can't, one that can be in part, and two that come to
/// one name.
fn folder_with_tools() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let tools = r#"{ "tools": [
        { "name": "get-user", "description": "One user of the book.", "inputSchema": {
            "type": "object", "properties": { "id": { "type": "number", "minimum": 1 } }, "required": ["id"] } },
        { "name": "broken", "inputSchema": "none" },
        { "name": "put", "inputSchema": { "type": "object", "properties": { "at": { "type": "date" } } } },
        5,
        { "name": "a-b", "inputSchema": { "type": "object" } },
        { "name": "a_b", "inputSchema": { "type": "object" } }
    ] }"#;
    fs::write(folder.path().join("address-book.json"), tools).unwrap();
    folder
}

const DECLARATIONS: &str = "declare namespace addressBook {
  function aB(input?: Record<string, unknown>): Promise<unknown>;

  function aB2(input?: Record<string, unknown>): Promise<unknown>;

  /** One user of the book. */
  function getUser(input: GetUserInput): Promise<unknown>;

  function put(input?: PutInput): Promise<unknown>;

  interface GetUserInput {
    /** @minimum 1 */
    id: number;
  }

  interface PutInput {
    /** @schema \"type\": \"date\" */
    at?: unknown;
  }
}
";

#[test]
fn tools_of_a_list_are_declared_and_those_that_cannot_be_are_named() {
    let folder = folder_with_tools();
    let output = run(
        folder.path(),
        &["emit-dts", "--mcp-tools", "address-book.json"],
    );
    let stderr = text(&output.stderr);
    assert!(output.status.success(), "{stderr}");
    assert_eq!(text(&output.stdout), DECLARATIONS);
    for part in [
        "warning: left out: the tool `addressBook.broken` can't be declared",
        "warning: left out: entry 3 of the MCP `tools/list` result isn't a tool: it isn't an object",
        "the schemas of the tool `addressBook.put` can't be read everywhere",
        "`input.at` says `\"type\": \"date\"`",
    ] {
        assert!(stderr.contains(part), "{part:?} isn't in: {stderr}");
    }
}

#[test]
fn compact_declarations_say_the_same_in_less() {
    let folder = folder_with_tools();
    let arguments = ["emit-dts", "--mcp-tools", "address-book.json", "--compact"];
    let output = run(folder.path(), &arguments);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let stdout = text(&output.stdout);
    assert!(stdout.contains("getUser("), "{stdout}");
    assert!(stdout.contains("One user of the book."), "{stdout}");
    assert!(stdout.contains(">=1"), "{stdout}");
    assert!(stdout.len() < DECLARATIONS.len(), "{stdout}");
}

#[test]
fn a_file_is_written_and_checked() {
    let folder = folder_with_tools();
    let arguments = |more: &[&'static str]| {
        let mut arguments = vec![
            "emit-dts",
            "--mcp-tools",
            "address-book.json",
            "-o",
            "a.d.ts",
        ];
        arguments.extend(more);
        run(folder.path(), &arguments)
    };
    let written = arguments(&[]);
    assert!(written.status.success(), "{}", text(&written.stderr));
    assert!(written.stdout.is_empty());
    let file = folder.path().join("a.d.ts");
    assert_eq!(fs::read_to_string(&file).unwrap(), DECLARATIONS);
    assert!(arguments(&["--check"]).status.success());

    fs::write(&file, DECLARATIONS.replace("number", "string")).unwrap();
    let checked = arguments(&["--check"]);
    assert_eq!(checked.status.code(), Some(1));
    let stderr = text(&checked.stderr);
    assert!(
        stderr.contains("-    id: string;\n+    id: number;"),
        "{stderr}"
    );
    assert!(stderr.contains("a.d.ts is out of date"), "{stderr}");
}

#[test]
fn what_is_no_list_of_tools_is_refused_with_the_reason() {
    let cases = [
        ("{", "a.json can't be read as JSON: EOF while parsing"),
        ("{\"result\": {}}", "an object without `tools`"),
        (
            "{\"tools\": [], \"nextCursor\": \"2\"}",
            "names the next page in `nextCursor`",
        ),
        (
            "[{}]",
            "entry 0 of the MCP `tools/list` result isn't a tool",
        ),
        ("[]", "a.json has no tool that can be declared"),
        (
            "[{\"name\": \"f\", \"inputSchema\": 3}]",
            "a.json has no tool that can be declared",
        ),
    ];
    let folder = tempfile::tempdir().unwrap();
    for (content, expected) in cases {
        fs::write(folder.path().join("a.json"), content).unwrap();
        let output = run(folder.path(), &["emit-dts", "--mcp-tools", "a.json"]);
        let stderr = text(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{content}\n{stderr}");
        assert!(stderr.contains(expected), "{content}\n{stderr}");
        assert!(output.stdout.is_empty(), "{content}");
    }
}

#[test]
fn a_list_and_a_crate_exclude_each_other() {
    let folder = folder_with_tools();
    let output = run(
        folder.path(),
        &["emit-dts", "--mcp-tools", "address-book.json", "-p", "some"],
    );
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("cannot be used with"));
}

#[test]
fn a_crate_s_tools_are_listed_as_an_mcp_server_lists_them_and_read_back() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("fixture.json");
    let emit = |more: &[&str]| {
        let path = ["emit-schema", "-o", file.to_str().unwrap()];
        cli_on("fixture-tools", &[&path, more].concat(), "").expect(0)
    };
    emit(&[]);
    let listed: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
    let tools = listed["tools"].as_array().unwrap();
    assert!(!tools.is_empty());
    for tool in tools {
        assert_eq!(tool["inputSchema"]["type"], "object", "{tool:#}");
        assert!(tool["name"].as_str().unwrap().contains('.'), "{tool:#}");
    }
    emit(&["--check"]);

    let read_back = run(folder.path(), &["emit-dts", "--mcp-tools", "fixture.json"]);
    assert!(read_back.status.success());
    assert_eq!(text(&read_back.stderr), "");
    let declarations = text(&read_back.stdout);
    assert_eq!(declarations.matches("function ").count(), tools.len());
}
