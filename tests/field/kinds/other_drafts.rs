//! Words of older drafts and of `OpenAPI` are read as what they say today.

use serde_json::json;

use crate::support::declared;

#[test]
fn older_words_are_translated() {
    let schema = json!({
        "$schema": "http://json-schema.org/draft-04/schema#",
        "id": "https://schemas.example/replicas",
        "type": "object",
        "properties": {
            "above": { "type": "number", "minimum": 0, "exclusiveMinimum": true },
            "below": { "type": "number", "maximum": 1, "exclusiveMaximum": true, "minimum": 0, "exclusiveMinimum": false },
            "even": { "type": "integer", "divisibleBy": 2 },
            "kind": { "id": "#kind", "type": "string", "enum": ["a", "b"] },
            "same": { "$ref": "#kind" },
            "cluster": { "type": "string", "required": true },
            "limit": { "type": "integer", "required": false },
            "point": { "$ref": "#/definitions/Point", "nullable": true },
            "name": { "type": "string", "nullable": true, "example": "Ada" },
            "any": { "type": "any" },
        },
        "definitions": { "Point": { "type": "object", "properties": { "x": { "type": "number", "required": true } } } },
    });
    let [readable, compact] = declared("drafts", json!([{ "name": "set", "inputSchema": schema }]));
    for part in [
        "@exclusiveMinimum 0\n",
        "@exclusiveMaximum 1\n",
        "@multipleOf 2\n",
        "cluster: string;",
        "limit?: number;",
        "point?: Point | null;",
        "x: number;",
        "name?: string | null;",
        "@example \"Ada\"",
        "any?: unknown;",
    ] {
        let text = readable.stdout.replace(" */", "\n");
        assert!(text.contains(part), "{part}: {text}");
    }
    for part in ["above?:number // >0", "below?:number // >=0 and <1"] {
        assert!(compact.stdout.contains(part), "{part}: {}", compact.stdout);
    }
    for wrong in ["true", "false", "@schema"] {
        assert!(
            !readable.stdout.contains(wrong),
            "{wrong}: {}",
            readable.stdout
        );
    }
    assert_eq!(readable.stderr, "");
}
