//! Prints a prompt that holds the declarations of the tools. They were written when this program was built: it has no
//! engine, links no tools, and can't be out of date.
//!
//! ```text
//! cargo run -p tools-from-build-script -- "Where is it warmer tomorrow?"
//! ```

/// What `build.rs` wrote.
const DECLARATIONS: &str = include_str!(concat!(env!("OUT_DIR"), "/tools.d.ts"));

fn main() {
    let task = std::env::args()
        .nth(1)
        .unwrap_or_else(|| "Where is it warmer tomorrow?".into());
    println!("{}", prompt(&task));
}

fn prompt(task: &str) -> String {
    format!(
        "Write a TypeScript script that does the task below. It may use `await` and `return` at its top level, standard\n\
         ECMAScript, and these tools:\n\n\
         ```ts\n{DECLARATIONS}```\n\n\
         Task: {task}"
    )
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;
    // Linked into this test only, so that it can ask the tools themselves.
    use weather_tools as _;

    #[test]
    fn the_build_script_wrote_what_the_tools_declare_now() {
        assert_eq!(DECLARATIONS, codemode_runtime::declarations().unwrap());
    }

    #[test]
    fn the_prompt_holds_each_tool_and_the_task() {
        let prompt = prompt("Where is it warmer?");
        for part in [
            "declare namespace weather {",
            "function cities(): Promise<string[]>;",
            "function forecast(input: ForecastInput): Promise<Forecast | null>;",
            "/** One of those that `cities` lists. */",
            "Task: Where is it warmer?",
        ] {
            assert!(prompt.contains(part), "no {part:?} in\n{prompt}");
        }
    }
}
