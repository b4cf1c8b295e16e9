//! Only `\n` ends a line of the protocol: what else some languages take for the end of one is text.

use serde_json::json;

use crate::support::{configuration, run_script, stdio};

#[test]
fn texts_with_separators_come_through_in_both_directions() {
    let config = configuration("separators", &json!({ "s": stdio("separators.mjs", &[]) }));
    let script = r#"
        const odd = "one\u2028two\u2029three\u0085four\vfive\fsix\0seven";
        return [(await s.say()) === odd, await s.choose({ which: odd }), await s.choose({ which: "plain" })];"#;
    let outcome = run_script(&["--mcp-config", &config], script);
    assert_eq!(
        outcome["value"],
        json!([true, "true", "false"]),
        "{outcome}"
    );
    assert_eq!(outcome["checked"], true);
}
