//! A script runs, and the client hears of it.

#![expect(
    deprecated,
    reason = "the protocol is to lose log messages; the clients of today show them"
)]

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use rmcp::RoleServer;
use rmcp::model::{
    CallToolResult, ContentBlock, ErrorData, LoggingLevel, LoggingMessageNotificationParam,
    ProgressNotificationParam, ResourceContents,
};
use rmcp::service::RequestContext;
use tokio::sync::mpsc;

use super::approval;
use super::offer::Offer;
use super::session::Session;
use codemode_runtime::Report;
use codemode_runtime::{LogLevel, Outcome};
use codemode_runtime::{RunEvent, RunOptions};

/// Something to tell the client.
enum Notification {
    Log(LoggingLevel, String),
    Progress(String),
}

/// Runs a script. What it prints and calls is told to the client meanwhile, and it stops when the client says so.
pub(super) async fn observed(
    session: &Session,
    offer: &Offer,
    script: String,
    context: &RequestContext<RoleServer>,
) -> Result<Outcome, ErrorData> {
    let (sender, receiver) = mpsc::unbounded_channel();
    let wants = session.wants();
    let mut options = RunOptions::default().observer(move |event| {
        let notification = match event {
            RunEvent::Logged(line) => {
                let level = level(line.level);
                if !wants(level) {
                    return;
                }
                Notification::Log(level, line.text.clone())
            }
            RunEvent::CallStarted { tool, .. } => {
                Notification::Progress(format!("{tool} is called"))
            }
            RunEvent::CallEnded { tool, ok: true, .. } => {
                Notification::Progress(format!("{tool} returned"))
            }
            RunEvent::CallEnded { tool, .. } => Notification::Progress(format!("{tool} failed")),
            // A client that is told less is still told the result.
            _ => return,
        };
        // Nobody listens any more once the client has cancelled.
        let _ = sender.send(notification);
    });
    let person = approval::Person::at(&context.peer);
    options = options
        .store(session.store.clone())
        .questions(person.clone());
    if let Some(policy) = approval::policy(session.server.shared.approval, &person) {
        options = options.policy(policy);
    }
    let telling = tokio::spawn(tell(receiver, context.clone()));
    let run = offer.sandbox.run_with(script, options);
    let outcome = tokio::select! {
        outcome = run => outcome,
        // Dropping the run stops the script.
        () = context.ct.cancelled() => {
            telling.abort();
            return Err(ErrorData::internal_error("the script was stopped, as you wished", None));
        }
    };
    // The result is the last thing that the client hears. The observer has gone with the run, so this ends.
    let _ = telling.await;
    Ok(outcome)
}

async fn tell(
    mut notifications: mpsc::UnboundedReceiver<Notification>,
    context: RequestContext<RoleServer>,
) {
    let token = context.meta.get_progress_token();
    let mut steps = 0.0;
    while let Some(notification) = notifications.recv().await {
        let told = match notification {
            Notification::Log(level, text) => {
                let message =
                    LoggingMessageNotificationParam::new(level, text.into()).with_logger("script");
                context.peer.notify_logging_message(message).await
            }
            Notification::Progress(message) => {
                let Some(token) = token.clone() else { continue };
                steps += 1.0;
                let step = ProgressNotificationParam::new(token, steps).with_message(message);
                context.peer.notify_progress(step).await
            }
        };
        if told.is_err() {
            return;
        }
    }
}

fn level(level: LogLevel) -> LoggingLevel {
    match level {
        LogLevel::Debug => LoggingLevel::Debug,
        LogLevel::Log | LogLevel::Info => LoggingLevel::Info,
        LogLevel::Warn => LoggingLevel::Warning,
        LogLevel::Error => LoggingLevel::Error,
    }
}

/// How long the text for the model is at most. Clients cut at some 10,000 tokens, and not with care.
pub(super) const REPORT_TOKENS: usize = 6_000;

/// An outcome as the result of a tool call: as text for the model, as data for programs, and what was handed out.
/// `more` is a line for the model beside.
pub(super) fn result(
    outcome: &Outcome,
    script: &str,
    offer: &Offer,
    more: Option<String>,
) -> CallToolResult {
    let report = Report::new(outcome, script, Some(offer.sandbox.catalogue()));
    let mut text = report.for_model(REPORT_TOKENS);
    if let Some(more) = more {
        text = format!("{}\n{more}\n", text.trim_end_matches('\n'));
    }
    let mut content = vec![ContentBlock::text(text)];
    for (number, attachment) in outcome.attachments.iter().enumerate() {
        let bytes = BASE64_STANDARD.encode(&*attachment.bytes);
        content.push(if attachment.media_type.starts_with("image/") {
            ContentBlock::image(bytes, attachment.media_type.as_str())
        } else {
            let uri = format!("codemode://attachments/{number}/{}", attachment.name);
            let contents =
                ResourceContents::blob(bytes, uri).with_mime_type(attachment.media_type.as_str());
            ContentBlock::resource(contents)
        });
    }
    let mut result = match outcome.error() {
        None => CallToolResult::success(content),
        Some(_) => CallToolResult::error(content),
    };
    let mut structured = serde_json::to_value(outcome).ok();
    if let Some(fields) = structured.as_mut().and_then(|value| value.as_object_mut()) {
        // They are in the content already, and large.
        fields.shift_remove("attachments");
        // What the host lacks is the business of who runs it, and not of who might make use of it.
        fields.shift_remove("not_locked_down");
    }
    result.structured_content = structured;
    result
}

/// The outcome of a script that is one call, as that call's own result.
pub(super) fn plain_result(outcome: &Outcome, described: bool) -> CallToolResult {
    let failed = outcome.error().map(|error| error.message.clone());
    if let Some(message) = failed {
        return CallToolResult::error(vec![ContentBlock::text(message)]);
    }
    let value = outcome.value().cloned().unwrap_or_default();
    let text = match &value {
        serde_json::Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let mut result = CallToolResult::success(vec![ContentBlock::text(text)]);
    if described {
        result.structured_content = Some(value);
    }
    result
}
