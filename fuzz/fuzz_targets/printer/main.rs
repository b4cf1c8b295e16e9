//! Any JSON Schema: the printer declares it or refuses it, in the same words each time, and what it prints is TypeScript.
#![no_main]

mod schema;

use codemode_mcp::McpCatalogue as _;
use codemode_runtime::Catalogue;
use libfuzzer_sys::fuzz_target;
use oxc::allocator::Allocator;
use oxc::parser::Parser;
use oxc::span::SourceType;
use serde_json::{Value, json};

fuzz_target!(|data: &[u8]| {
    // Either the schema itself, as in the seeds, or what its bytes choose from all that a schema can say.
    let (input, output) = match serde_json::from_slice::<Value>(data) {
        Ok(schema) => (schema.clone(), schema),
        Err(_) => {
            let mut choices = schema::Choices::new(data);
            (choices.root(), choices.root())
        }
    };
    let listed = json!([{ "name": "f", "description": "Does it. */", "inputSchema": input, "outputSchema": output }]);
    let catalogue = Catalogue::from_mcp("n", listed).expect("a list of one tool");
    for print in [Catalogue::declarable, Catalogue::compact] {
        let (text, left_out) = print(&catalogue);
        assert_eq!(print(&catalogue), (text.clone(), left_out.clone()));
        assert_eq!(text.contains("function f("), left_out.is_empty(), "{text}\n{left_out:?}");
        let allocator = Allocator::default();
        let parsed = Parser::new(&allocator, &text, SourceType::d_ts()).parse();
        assert!(parsed.diagnostics.is_empty(), "{:?}\n{text}", parsed.diagnostics);
    }
    let listed_again = Catalogue::from_mcp("n", catalogue.to_mcp()).expect("what was listed here");
    assert_eq!(listed_again.tools().len(), 1);
});
