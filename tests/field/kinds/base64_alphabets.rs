//! Bytes come through in every way to write base64; what is none is shown as it came.

use serde_json::json;

use crate::support::{configuration, run_script, stdio};

#[test]
fn bytes_are_read_in_every_alphabet() {
    let images: Vec<_> = [
        "++//AQ==",
        "--__AQ==",
        "++//AQ",
        "--__AQ",
        "++//\nAQ==\n",
        "data:image/png;base64,++//AQ==",
        "data:image/png;base64,%2B%2B//AQ",
        // What is none.
        "++//AQ== and more",
        "###",
    ]
    .iter()
    .map(|data| json!({ "type": "image", "data": data, "mimeType": "image/png" }))
    .chain([json!({ "type": "resource", "resource": { "uri": "a:b", "blob": "--__AQ" } })])
    .collect();
    let results = json!({ "look": { "content": images } });
    let server = stdio("results.mjs", &[&results.to_string()]);
    let config = configuration("base64", &json!({ "s": server }));
    let script = r#"
        const parts = await s.look();
        if (typeof parts === "string") return parts;
        return parts.map((part) => "bytes" in part ? [...part.bytes ?? []].join() : part.type);"#;
    let outcome = run_script(&["--mcp-config", &config], script);
    let bytes = "251,239,255,1";
    assert_eq!(
        outcome["value"],
        json!([
            bytes, bytes, bytes, bytes, bytes, bytes, bytes, "unknown", "unknown", bytes
        ]),
        "{outcome}"
    );
}
