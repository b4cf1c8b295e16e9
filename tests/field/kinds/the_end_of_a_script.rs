//! What a script returned stands, whatever it has left under way: that is awaited for some time, then cancelled, and told.

use serde_json::{Value, json};

use crate::support::{configuration, run_script, stdio};

/// Runs a script in a tier, with the tools of one server.
fn run(tier: &str, script: &str) -> Value {
    let config = configuration("patient", &json!({ "s": stdio("patient.mjs", &[]) }));
    let arguments = ["--mcp-config", &config, "--isolation", tier, "--no-check"];
    run_script(&arguments, script)
}

const TIERS: [&str; 2] = ["process", "in-process"];

/// What is told of each call: the tool, whether it succeeded, and whether it was cancelled.
fn calls(outcome: &Value) -> Vec<(&str, bool, bool)> {
    let calls = outcome["calls"].as_array().unwrap().iter();
    calls
        .map(|call| {
            let tool = call["tool"].as_str().unwrap();
            (tool, call["ok"] == true, call["pending"] == true)
        })
        .collect()
}

fn log(outcome: &Value) -> String {
    let lines = outcome["logs"].as_array().unwrap().iter();
    let texts: Vec<_> = lines.map(|line| line["text"].as_str().unwrap()).collect();
    texts.join("\n")
}

#[test]
fn a_call_that_lost_a_race_is_cancelled_and_told() {
    let script = "const late = new Promise((done) => setTimeout(done, 50, 'late'));
        return await Promise.race([s.slow({ milliseconds: 60_000 }), late]);";
    for tier in TIERS {
        let outcome = run(tier, script);
        assert_eq!(outcome["value"], "late", "{outcome}");
        assert_eq!(calls(&outcome), [("s.slow", false, true)]);
        assert!(log(&outcome).contains("(s.slow) was ended"), "{outcome}");
        let ms = outcome["stats"]["wall_ms"].as_f64().unwrap();
        assert!((5_000.0..15_000.0).contains(&ms), "{ms}");
    }
}

#[test]
fn a_call_that_nobody_awaits_comes_to_its_end() {
    let cases = [
        "void s.slow({ milliseconds: 200 }); return 1;",
        "void s.echo({ value: 1 }).then(() => s.slow({ milliseconds: 200 })); return 1;",
        "[1, 2].forEach(async (value) => { await s.echo({ value }); await s.slow({ milliseconds: 100 }); }); return 1;",
        "setTimeout(() => console.log('a timer'), 50); void s.slow({ milliseconds: 200 }); return 1;",
    ];
    for tier in TIERS {
        for script in cases {
            let outcome = run(tier, script);
            assert_eq!(outcome["value"], 1, "{script}: {outcome}");
            let calls = calls(&outcome);
            assert_eq!(calls.last(), Some(&("s.slow", true, false)), "{script}");
            assert!(calls.iter().all(|(_, ok, _)| *ok), "{script}: {calls:?}");
            assert_eq!(log(&outcome), "", "{script}");
        }
    }
}

#[test]
fn what_fails_early_can_be_looked_at_late() {
    let script =
        "const [slow, failing] = [s.slow({ milliseconds: 300 }), s.fail({ why: 'no room' })];
        await slow;
        return await failing.catch((error) => error.message);";
    for tier in TIERS {
        let outcome = run(tier, script);
        assert_eq!(outcome["value"], "s.fail: no room", "{outcome}");
        assert_eq!(log(&outcome), "");
    }
}

#[test]
fn what_fails_after_the_end_is_a_line_in_the_log() {
    for tier in TIERS {
        let outcome = run(tier, "\nvoid s.fail({ why: 'no room' });\nreturn 1;");
        assert_eq!(outcome["value"], 1, "{outcome}");
        assert_eq!(calls(&outcome), [("s.fail", false, false)]);
        let told = log(&outcome);
        assert!(
            told.starts_with("after the script had returned: ToolError: s.fail: no room"),
            "{told}"
        );
    }
}

#[test]
fn what_fails_before_the_end_fails_the_script() {
    let cases = [
        "void s.fail({ why: 'no room' }); await s.slow({ milliseconds: 500 }); return 1;",
        "void Promise.reject(new Error('no room')); return 1;",
        "void s.fail({ why: 'no room' }); await new Promise(() => {}); return 1;",
        "setTimeout(() => { throw new Error('no room') }, 1); await s.slow({ milliseconds: 500 }); return 1;",
    ];
    for tier in TIERS {
        for script in cases {
            let outcome = run(tier, script);
            assert_eq!(outcome["error"]["kind"], "exception", "{script}: {outcome}");
            let message = outcome["error"]["message"].as_str().unwrap();
            assert!(message.contains("no room"), "{script}: {message}");
        }
    }
}

#[test]
fn a_loop_after_the_end_takes_nothing_with_it() {
    for tier in TIERS {
        let outcome = run(
            tier,
            "void s.echo({ value: 1 }).then(() => { for (;;); }); return 1;",
        );
        assert_eq!(outcome["value"], 1, "{outcome}");
        assert_eq!(calls(&outcome), [("s.echo", true, false)]);
        assert!(log(&outcome).contains("was ended"), "{outcome}");
    }
}

#[test]
fn a_namespace_is_no_promise() {
    let outcome = run("process", "return [typeof s.then, (await s) === s];");
    assert_eq!(outcome["value"], json!(["undefined", true]), "{outcome}");
}
