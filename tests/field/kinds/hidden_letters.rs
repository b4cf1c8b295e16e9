//! What a reader of declarations wouldn't see, or would see in another order, is written out.

use serde_json::json;

use crate::support::declared;

#[test]
fn no_hidden_letter_is_in_declarations_as_it_is() {
    let odd = "a\u{202e}b\u{2066}c\u{1b}[31m\u{2028}d\u{7}\u{85}\u{9b}\u{feff}*/ e\rf\u{e0041}";
    let schema = json!({ "type": "object", "properties": {
        odd: { "type": "string", "description": odd, "default": odd, "pattern": odd },
        "choice": { "enum": [odd, "plain"] },
        "types": { "type": odd },
    } });
    let [readable, compact] = declared(
        "hidden",
        json!([{ "name": "put", "title": odd, "description": odd, "inputSchema": schema }]),
    );
    for text in [&readable.stdout, &compact.stdout, &readable.stderr] {
        let hidden = text.chars().find(|letter| {
            letter.is_control() && *letter != '\n'
                || matches!(letter, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{e0041}')
        });
        assert_eq!(hidden, None, "{text}");
    }
    assert!(
        readable
            .stdout
            .contains(r#""a\u202eb\u2066c\u001b[31m\u2028d"#),
        "{}",
        readable.stdout
    );
}
