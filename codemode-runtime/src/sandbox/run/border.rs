//! What happens to a call between the script and the tool. Both isolation tiers' calls come through here.

use std::panic::AssertUnwindSafe;

use futures_util::FutureExt as _;
use tracing::Instrument as _;

use super::state::Run;
use crate::exact;
use crate::sandbox::cut::cut;
use crate::sandbox::options::policy::{CallRequest, Decision, Policy};
use crate::sandbox::tools::table::{OfferedTool, Tools};
use crate::tool::error::ToolError;

/// How deep a call's argument may be nested, which is as deep as `serde_json` reads.
const MAX_DEPTH: usize = 127;

/// Makes the call that a script's side asks for by the number of its tool, and replies as that side reads it.
pub(crate) async fn reply(run: &Run, tools: &Tools, tool: u32, input: String) -> String {
    reply_text(match tools.get(tool) {
        Some(tool) => call_tool(run, tool, input).await,
        None => Err(ToolError::failed("there is no such tool")),
    })
}

/// Makes one call: within its limits, with the host's permission, recorded, and never with a panic.
///
/// `input` is what the script's side wrote: JSON text, or nothing for a call without an argument.
///
/// # Errors
///
/// Why there is no result, in words for the script's author.
async fn call_tool(run: &Run, tool: &OfferedTool, input: String) -> Result<String, ToolError> {
    let Some(call) = run.begin_call(tool.path.clone()) else {
        return Err(ToolError::failed("no more calls are allowed"));
    };
    let sent = run.session.as_ref().map(|_| input.clone());
    let span = tracing::debug_span!(parent: &run.span, "call", tool = &*tool.path);
    let result = attempt(run, tool, input).instrument(span.clone()).await;
    if let Err(error) = &result {
        span.in_scope(|| tracing::debug!(error = error.message(), "the call failed"));
    }
    if let (Some(session), Some(input), Ok(result)) = (&run.session, &sent, &result) {
        session.returned(call, &tool.path, input, result);
    }
    run.end_call(call, result.is_ok());
    result
}

/// The reply as the script's side reads it. JSON text never starts with an exclamation mark, so one tells a refusal from a
/// result without wrapping every result.
pub(crate) fn reply_text(result: Result<String, ToolError>) -> String {
    result.unwrap_or_else(|error| {
        let fields = serde_json::json!({ "kind": error.kind(), "message": error.message() });
        format!("!{fields}")
    })
}

async fn attempt(run: &Run, tool: &OfferedTool, input: String) -> Result<String, ToolError> {
    check_input(&input, tool.argument_bytes(&run.limits))?;
    if let Some(policy) = &run.policy {
        // Elsewhere, so that calls that nobody is asked about needn't be moved about with room for a question.
        Box::pin(ask(run, &**policy, tool, &input)).await?;
    }
    let _turn = run.turn().await;
    match tool.call(run.context.for_call(), input).await {
        Ok(result) if result.len() > run.limits.result_bytes => Err(ToolError::failed(format!(
            "the result has {} bytes of JSON, more than the {} that it may have; ask for less",
            result.len(),
            run.limits.result_bytes
        ))),
        Ok(result) => Ok(result),
        Err(error) => Err(error.map_message(|message| cut(message, run.limits.error_bytes))),
    }
}

/// Asks the host whether the call may be made.
async fn ask(
    run: &Run,
    policy: &dyn Policy,
    tool: &OfferedTool,
    input: &str,
) -> Result<(), ToolError> {
    let arguments = exact::unmark(input);
    let request = CallRequest {
        run_id: run.context.run_id(),
        tool: &tool.path,
        arguments: &arguments,
        annotations: tool.annotations,
        source: tool.source,
    };
    let decide = async {
        let mut decision = policy.decide(&request);
        loop {
            decision = match decision {
                Decision::Allow => return Ok(()),
                Decision::Deny(reason) => return Err(reason),
                Decision::Wait(answer) => {
                    let _question = run.clock.ask();
                    answer.await
                }
            };
        }
    };
    let decided = AssertUnwindSafe(decide).catch_unwind().await;
    let reason = match decided {
        Ok(Ok(())) => return Ok(()),
        Ok(Err(reason)) => reason,
        Err(_) => {
            tracing::error!("the policy panicked");
            "it couldn't decide".to_owned()
        }
    };
    Err(ToolError::failed(format!(
        "the host doesn't allow this call: {}",
        cut(&reason, run.limits.error_bytes)
    )))
}

/// Looks at the size and the depth of an argument before anybody spends memory or stack on reading it.
fn check_input(input: &str, max_bytes: usize) -> Result<(), ToolError> {
    if input.len() > max_bytes {
        return Err(ToolError::input(format!(
            "the input has {} bytes of JSON, more than the {max_bytes} that it may have",
            input.len()
        )));
    }
    if depth_exceeds(input, MAX_DEPTH) {
        return Err(ToolError::input(format!(
            "the input is nested deeper than {MAX_DEPTH} levels"
        )));
    }
    Ok(())
}

/// Whether lists and objects are nested deeper than `max` levels. Whether the text is JSON is somebody else's question.
fn depth_exceeds(json: &str, max: usize) -> bool {
    // So many brackets have to be there, and as many to close them.
    if json.len() < 2 * max {
        return false;
    }
    let mut depth = 0;
    let mut in_string = false;
    let mut bytes = json.bytes();
    while let Some(byte) = bytes.next() {
        match byte {
            b'"' => in_string = !in_string,
            b'\\' if in_string => {
                bytes.next();
            }
            b'[' | b'{' if !in_string => {
                depth += 1;
                if depth > max {
                    return true;
                }
            }
            b']' | b'}' if !in_string => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::*;
    use crate::registry::set::ToolSet;
    use crate::sandbox::lock::lock;
    use crate::sandbox::{HostedCall, Limits, RunOptions, ToolHost};
    use crate::tool::context::{CallContext, State};
    use crate::{Catalogue, ToolInfo};

    /// A tool that returns its input, and keeps account of its calls.
    struct Echo {
        catalogue: Catalogue,
        called_with: Mutex<Vec<String>>,
    }

    impl ToolHost for Echo {
        fn catalogue(&self) -> &Catalogue {
            &self.catalogue
        }

        fn call(&self, _: usize, _: CallContext, input: String) -> HostedCall {
            lock(&self.called_with).push(input.clone());
            Box::pin(std::future::ready(Ok(input)))
        }
    }

    /// Makes these calls in one run, and returns their replies, with what has got to the tool.
    async fn replies(
        limits: Limits,
        options: RunOptions,
        inputs: &[&str],
    ) -> (Vec<String>, Vec<String>) {
        let echo = serde_json::json!({ "namespace": "n", "name": "echo", "output": true });
        let echo: ToolInfo = serde_json::from_value(echo).unwrap();
        let host = Arc::new(Echo {
            catalogue: Catalogue::from_tools(vec![echo]),
            called_with: Mutex::default(),
        });
        let tools = Tools::new(&ToolSet::empty(), &[Arc::clone(&host) as _]).unwrap();
        let (run, _) = Run::new(0, limits, State::default(), options);
        let mut replies = Vec::new();
        for input in inputs {
            replies.push(reply(&run, &tools, 0, (*input).to_owned()).await);
        }
        let called_with = lock(&host.called_with).clone();
        (replies, called_with)
    }

    #[tokio::test]
    async fn the_policy_is_asked_before_each_call_and_what_it_denies_is_not_made() {
        let asked = Arc::new(Mutex::new(Vec::new()));
        let by = Arc::clone(&asked);
        let options = RunOptions::default().policy(move |call: &CallRequest<'_>| {
            lock(&by).push(format!("{} {}", call.tool, call.arguments));
            match call.arguments {
                "1" => Decision::Allow,
                _ => Decision::Deny("it is odd".to_owned()),
            }
        });
        let (replies, called_with) = replies(Limits::default(), options, &["1", "2"]).await;
        let denied =
            r#"!{"kind":"failed","message":"the host doesn't allow this call: it is odd"}"#;
        assert_eq!(replies, ["1", denied]);
        assert_eq!(called_with, ["1"]);
        assert_eq!(*lock(&asked), ["n.echo 1", "n.echo 2"]);
    }

    #[tokio::test]
    async fn a_call_is_made_within_its_limits_only() {
        let limits = Limits {
            argument_bytes: 5,
            result_bytes: 4,
            tool_calls: 3,
            ..Limits::default()
        };
        let inputs = ["1234", "12345", "123456", "1"];
        let (replies, called_with) = replies(limits, RunOptions::default(), &inputs).await;
        let expected = [
            "1234",
            "the result has 5 bytes of JSON, more than the 4",
            "the input has 6 bytes of JSON, more than the 5",
            "no more calls are allowed",
        ];
        for (reply, expected) in replies.iter().zip(expected) {
            assert!(reply.contains(expected), "{reply}");
        }
        assert_eq!(called_with, ["1234", "12345"]);
    }

    #[test]
    fn an_argument_is_refused_for_its_size_and_its_depth_before_it_is_read() {
        let lists = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
        let text = format!(r#"["{}","\"{}"]"#, "[".repeat(500), "{\\\\".repeat(500));
        for fine in [lists(127), "[]".repeat(500), text, String::new()] {
            assert_eq!(check_input(&fine, 10_000), Ok(()), "{fine}");
        }
        // Brackets in texts close nothing.
        let closing = r#"["]}","#.repeat(128);
        for deep in [
            lists(128),
            r#"{"a":["#.repeat(64),
            "[".repeat(5_000),
            "[".repeat(254),
            closing,
        ] {
            let error = check_input(&deep, 10_000).unwrap_err();
            assert_eq!(
                error.message(),
                "the input is nested deeper than 127 levels"
            );
        }
        assert!(check_input("12345", 5).is_ok());
        let error = check_input("123456", 5).unwrap_err();
        assert_eq!(
            error.message(),
            "the input has 6 bytes of JSON, more than the 5 that it may have"
        );
    }
}
