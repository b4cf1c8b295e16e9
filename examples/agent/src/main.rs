//! `agent TASK`: works on a task with the model that the environment names.

use std::env;
use std::error::Error;

use agent::Agent;
use agent::conversation::Endpoint;
use agent::pantry::Pantry;
use codemode_runtime::{Checker, Sandbox};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let task = env::args().nth(1).ok_or("usage: agent TASK")?;
    let base_url = env::var("OPENAI_BASE_URL").unwrap_or("https://api.openai.com/v1".to_owned());
    let model = env::var("OPENAI_MODEL").map_err(|_| "OPENAI_MODEL isn't set")?;
    let endpoint = Endpoint::new(&base_url, &model, env::var("OPENAI_API_KEY").ok());

    let mut sandbox =
        Sandbox::builder().state(Pantry::with([("flour", 900), ("sugar", 400), ("salt", 50)]));
    // Without the compiler, mistakes show when they happen.
    if let Ok(checker) = Checker::find() {
        sandbox = sandbox.checker(checker);
    }
    println!(
        "{}",
        Agent::new(endpoint, sandbox.build()?)?
            .answer(&task)
            .await?
    );
    Ok(())
}
