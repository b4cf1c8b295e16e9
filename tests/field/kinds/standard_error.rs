//! A server's standard error is read until it ends, whatever bytes are in it, and no line of it grows without a bound.

use serde_json::json;

use crate::support::{configuration, outcome, run_cli, stdio};

#[test]
fn a_server_may_say_what_it_likes() {
    for mode in ["latin", "bar", "endless"] {
        let config = configuration(
            &format!("stderr-{mode}"),
            &json!({ "s": stdio("stderr.mjs", &[mode]) }),
        );
        let arguments = ["run", "-", "--json", "--no-tools", "--mcp-config", &config];
        let done = run_cli(
            &arguments,
            "return [await s.one(), await s.one(), await s.one()];",
        );
        assert_eq!(
            outcome(&done)["value"],
            json!([mode, mode, mode]),
            "{}\n{}",
            done.stdout,
            done.stderr
        );
    }
}
