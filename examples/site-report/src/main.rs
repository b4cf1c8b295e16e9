//! Runs one script against the tools of this crate: all that it takes to host scripts in a program.
//!
//! ```text
//! cargo run -p site-report --features v8 -- examples/site-report/scripts/compare-periods.ts
//! ```

use std::error::Error;
use std::process::ExitCode;
use std::{env, fs};

use codemode_runtime::Sandbox;
// Tools register themselves when their crate is linked, and a crate that isn't named isn't linked.
use site_report as _;

#[tokio::main]
async fn main() -> Result<ExitCode, Box<dyn Error>> {
    let path = env::args_os().nth(1).ok_or("give the path of a script")?;
    let script = fs::read_to_string(path)?;

    // The state of the tools comes from their crate; `.state(…)` would hand them another.
    let sandbox = Sandbox::builder().build()?;
    let outcome = sandbox.run(&script).await;

    for line in &outcome.logs {
        eprintln!("{}", line.text);
    }
    if let Some(error) = outcome.error() {
        eprintln!("error: {}", error.message);
        return Ok(ExitCode::FAILURE);
    }
    if let Some(value) = outcome.value() {
        println!("{value:#}");
    }
    Ok(ExitCode::SUCCESS)
}
