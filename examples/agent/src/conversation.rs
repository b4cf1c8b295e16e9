//! The conversation with a model, in the form of chat completions that many endpoints understand.

use serde::Deserialize;
use serde_json::{Value, json};

/// A model behind an address.
pub struct Endpoint {
    client: reqwest::Client,
    /// Up to `/v1`, as in `https://api.openai.com/v1`.
    base_url: String,
    model: String,
    key: Option<String>,
}

/// Why there is nothing from the model. The key is in none of them.
#[derive(Debug, thiserror::Error)]
pub enum EndpointError {
    /// It can't be reached, or sends what is no JSON.
    #[error("the endpoint can't be used: {0}")]
    Http(#[from] reqwest::Error),
    /// It refuses.
    #[error("the endpoint answers with status {status}: {text}")]
    Refused {
        /// The HTTP status.
        status: u16,
        /// What it says.
        text: String,
    },
    /// Its answer has another form.
    #[error("the endpoint's answer isn't one of a chat: {0}")]
    Form(#[from] serde_json::Error),
    /// Its answer is empty.
    #[error("the endpoint's answer has neither a text nor a script")]
    Empty,
}

/// One message.
pub struct Message(Value);

/// What a model does when it is its turn.
pub enum Turn {
    /// It is done.
    Answer(String),
    /// It wants these scripts run; the message belongs into the conversation.
    Scripts(Message, Vec<Script>),
}

/// A script that a model has written.
pub struct Script {
    /// What its result refers to.
    pub id: String,
    /// Its text.
    pub text: String,
}

impl Message {
    /// What the agent's author says.
    pub fn system(text: &str) -> Self {
        Self(json!({ "role": "system", "content": text }))
    }

    /// What the user says.
    pub fn user(text: &str) -> Self {
        Self(json!({ "role": "user", "content": text }))
    }

    /// What came of a script.
    pub fn result(id: &str, text: &str) -> Self {
        Self(json!({ "role": "tool", "tool_call_id": id, "content": text }))
    }
}

#[derive(Deserialize)]
struct Completion {
    choices: Vec<Choice>,
}

#[derive(Deserialize)]
struct Choice {
    message: Value,
}

#[derive(Deserialize)]
struct Spoken {
    content: Option<String>,
    #[serde(default)]
    tool_calls: Vec<ToolCall>,
}

#[derive(Deserialize)]
struct ToolCall {
    id: String,
    function: Function,
}

#[derive(Deserialize)]
struct Function {
    arguments: String,
}

impl Endpoint {
    /// The endpoint at an address, which ends with `/v1` for most.
    pub fn new(base_url: &str, model: &str, key: Option<String>) -> Self {
        // Some provider of cryptography has to be chosen. The second one to choose is refused, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        Self {
            client: reqwest::Client::new(),
            base_url: base_url.trim_end_matches('/').to_owned(),
            model: model.to_owned(),
            key,
        }
    }

    /// Asks the model to go on.
    ///
    /// # Errors
    ///
    /// If the endpoint can't be reached, refuses, or doesn't answer as one of this kind does.
    pub async fn next(&self, messages: &[Message]) -> Result<Turn, EndpointError> {
        let messages: Vec<&Value> = messages.iter().map(|message| &message.0).collect();
        let mut request = self
            .client
            .post(format!("{}/chat/completions", self.base_url))
            .json(&json!({ "model": self.model, "messages": messages, "tools": [run_script()] }));
        if let Some(key) = &self.key {
            request = request.bearer_auth(key);
        }
        let response = request.send().await?;
        let status = response.status();
        let text = response.text().await?;
        if !status.is_success() {
            let status = status.as_u16();
            return Err(EndpointError::Refused { status, text });
        }
        let completion: Completion = serde_json::from_str(&text)?;
        let choice = completion.choices.into_iter().next();
        let message = choice.ok_or(EndpointError::Empty)?.message;
        let spoken: Spoken = serde_json::from_value(message.clone())?;
        if spoken.tool_calls.is_empty() {
            return spoken.content.map(Turn::Answer).ok_or(EndpointError::Empty);
        }
        let scripts = spoken.tool_calls.into_iter().map(|call| Script {
            id: call.id,
            text: script_in(call.function.arguments),
        });
        Ok(Turn::Scripts(Message(message), scripts.collect()))
    }
}

/// The one tool that the model has.
fn run_script() -> Value {
    json!({ "type": "function", "function": {
        "name": "run_script",
        "description": "Runs a TypeScript script and returns what it returns.",
        "parameters": {
            "type": "object",
            "properties": { "script": { "type": "string" } },
            "required": ["script"],
        },
    } })
}

/// The script in a call's arguments. Small models forget to wrap it; then all of it is the script.
fn script_in(arguments: String) -> String {
    #[derive(Deserialize)]
    struct Arguments {
        script: String,
    }
    match serde_json::from_str(&arguments) {
        Ok(Arguments { script }) => script,
        Err(_) => arguments,
    }
}
