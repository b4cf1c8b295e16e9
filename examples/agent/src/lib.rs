//! An agent that has one tool for its model: to run a script. What the script can call are Rust functions.

pub mod conversation;
pub mod pantry;

use codemode_runtime::{PromptError, PromptOptions, Report, Sandbox};

use self::conversation::{Endpoint, EndpointError, Message, Turn};

/// An agent: a model somewhere, and a sandbox here.
pub struct Agent {
    endpoint: Endpoint,
    sandbox: Sandbox,
    /// What the model is told before anything else.
    prompt: String,
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum AgentError {
    /// The endpoint gave none.
    #[error(transparent)]
    Endpoint(#[from] EndpointError),
    /// The model went on and on.
    #[error("the model ran {MAX_SCRIPTS} scripts without coming to an answer")]
    NoEnd,
}

/// A model that hasn't come to an end by then goes in circles, and each round costs.
const MAX_SCRIPTS: usize = 8;

/// How much the model reads of what came of a script, in tokens.
const REPORT_TOKENS: usize = 2_000;

impl Agent {
    /// An agent whose scripts run in this sandbox.
    ///
    /// # Errors
    ///
    /// If what there is to say about the tools doesn't fit into a prompt.
    pub fn new(endpoint: Endpoint, sandbox: Sandbox) -> Result<Self, PromptError> {
        let prompt = sandbox.catalogue().prompt(&PromptOptions::default())?;
        Ok(Self {
            endpoint,
            sandbox,
            prompt,
        })
    }

    /// Lets the model work on a task, script by script, until it has an answer.
    ///
    /// # Errors
    ///
    /// If the endpoint fails, or if the model comes to no end.
    pub async fn answer(&self, task: &str) -> Result<String, AgentError> {
        let mut messages = vec![Message::system(&self.prompt), Message::user(task)];
        for _ in 0..MAX_SCRIPTS {
            let turn = self.endpoint.next(&messages).await?;
            let scripts = match turn {
                Turn::Answer(text) => return Ok(text),
                Turn::Scripts(message, scripts) => {
                    messages.push(message);
                    scripts
                }
            };
            for script in scripts {
                let outcome = self.sandbox.run(script.text.as_str()).await;
                let report = Report::new(&outcome, &script.text, Some(self.sandbox.catalogue()));
                messages.push(Message::result(
                    &script.id,
                    &report.for_model(REPORT_TOKENS),
                ));
            }
        }
        Err(AgentError::NoEnd)
    }
}
