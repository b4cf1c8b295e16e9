//! Pictures and files that scripts and tools hand out.

use std::fs;

use crate::support::fixtures::folder;
use crate::support::{cli_in, cli_on};

#[test]
fn they_are_saved_and_nothing_is_replaced() {
    let folder = folder("output");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let script = r#"
        await output.image(new Uint8Array([1, 2, 3]), "image/png", "../dot.png");
        await output.file("a,b\n1,2\n", "text/csv");
        return "done";"#;
    for tier in ["process", "in-process"] {
        let done = cli_in(
            &folder,
            &["run", "-", "--no-tools", "--no-check", "--isolation", tier],
            script,
        )
        .expect(0);
        assert_eq!(done.stdout, "\"done\"\n");
        done.complains(&[
            "saved ./dot",
            "(image/png, 3 B)",
            "saved ./file",
            "(text/csv, 8 B)",
        ]);
    }
    for (name, content) in [
        ("dot.png", [1, 2, 3].as_slice()),
        ("dot-2.png", &[1, 2, 3]),
        ("file.csv", b"a,b\n1,2\n"),
        ("file-2.csv", b"a,b\n1,2\n"),
    ] {
        assert_eq!(fs::read(folder.join(name)).unwrap(), content, "{name}");
    }
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 4);
}

#[test]
fn a_tool_hands_them_out_beside_its_result() {
    let done = cli_on(
        "fixture-tools",
        &["run", "-", "--json", "--no-check"],
        "return await odd.draw()",
    )
    .expect(0);
    let outcome: serde_json::Value = serde_json::from_str(&done.stdout).unwrap();
    assert_eq!(
        outcome["attachments"],
        serde_json::json!([{ "name": "dot.png", "media_type": "image/png", "bytes": "iVBORw==" }])
    );
    assert_eq!(outcome["value"], serde_json::Value::Null);
}

#[test]
fn what_is_no_picture_is_refused_with_the_way_to_do_it() {
    let cases = [
        (
            "output.image('text' as any, 'image/png')",
            "pass bytes (a Uint8Array)",
        ),
        (
            "output.image(new Uint8Array(1), 'png')",
            "one is \"image/png\"",
        ),
        (
            "output.image(new Uint8Array(1), 'text/csv')",
            "one is \"image/png\"",
        ),
        ("output.file('x', 'a/b\\r\\nc')", "one is \"text/csv\""),
        ("output.file(undefined as any, 'text/csv')", "pass bytes"),
    ];
    for (call, expected) in cases {
        let script = format!(
            "try {{ await {call} }} catch (error) {{ return `${{error.name}}: ${{error.message}}` }}"
        );
        let done = cli_in(
            &std::env::temp_dir(),
            &[
                "run",
                "-",
                "--no-tools",
                "--no-check",
                "--isolation",
                "in-process",
            ],
            &script,
        )
        .expect(0);
        let said: String = serde_json::from_str(&done.stdout).unwrap();
        assert!(said.starts_with("TypeError: output."), "{call}: {said}");
        assert!(said.contains(expected), "{call}: {said}");
    }
}

#[test]
fn no_more_is_handed_out_than_may_be() {
    let script = r#"
        for (let size = 0; ; size += 700_000) {
            try { await output.file(new Uint8Array(700_000), "application/octet-stream"); }
            catch (error) { return [size, error.message]; }
        }"#;
    let done = cli_in(
        &std::env::temp_dir(),
        &["run", "-", "--no-tools", "--no-check", "--json"],
        script,
    )
    .expect(0);
    let outcome: serde_json::Value = serde_json::from_str(&done.stdout).unwrap();
    let size = outcome["value"][0].as_u64().unwrap();
    assert!((15_000_000..=16 << 20).contains(&size), "{size}");
    assert!(
        outcome["value"][1]
            .as_str()
            .unwrap()
            .contains("no more than 16777216 bytes")
    );
}
