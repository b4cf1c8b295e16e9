//! What a server writes to its standard output beside messages is skipped and told once, and nobody answers it.

use serde_json::json;

use crate::support::{configuration, outcome, run_cli, stdio};

#[test]
fn noise_costs_nothing_and_is_told_once() {
    for mode in ["banner", "logs", "object", "mark", "open"] {
        let config = configuration(
            &format!("noise-{mode}"),
            &json!({ "s": stdio("noise.mjs", &[mode]) }),
        );
        let script = "return [await s.one(), await s.one(), await s.told()];";
        let arguments = ["run", "-", "--json", "--no-tools", "--mcp-config", &config];
        let done = run_cli(&arguments, script);
        assert_eq!(
            outcome(&done)["value"],
            json!([mode, mode, "[]"]),
            "{mode}: {}",
            done.stderr
        );
        let told = done
            .stderr
            .matches("what is no message to its standard output")
            .count();
        assert_eq!(told, 1, "{mode}: {}", done.stderr);
        assert!(
            done.stderr.contains("the MCP server `s`"),
            "{}",
            done.stderr
        );
    }
}
