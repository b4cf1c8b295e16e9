//! A run in this process, on a thread of its own.

use std::sync::Arc;

use tokio::runtime::Handle;

use super::doors::Here;
use super::prepared::Prepared;
use crate::outcome::{RunError, RunResult};
use crate::sandbox::run::cpu;
use crate::sandbox::run::state::Run;
use crate::sandbox::saved::program::{Program, Source};
use crate::sandbox::tools::table::Tools;

/// Runs a script and reports to `run`. Called on a thread that has nothing else to do.
pub(crate) fn execute(
    tools: &Arc<Tools>,
    run: &Arc<Run>,
    source: &Source,
    host_runtime: Option<Handle>,
) {
    let _span = run.span.enter();
    let measuring = cpu::Measuring::start(run);
    let mut isolate = None;
    let result = attempt(tools, run, source, host_runtime, &mut isolate);
    drop(measuring);
    // The host's own reason wins over whatever came of stopping the script, success included: a script can catch its end.
    let result = match (run.stopped(), result) {
        (Some(reason), _) => RunResult::Error {
            error: reason.clone(),
        },
        (None, Ok(())) => RunResult::Ok { value: None },
        (None, Err(error)) => RunResult::Error { error },
    };
    match &result {
        RunResult::Ok { .. } => tracing::debug!("the script ended"),
        RunResult::Error { error } => {
            tracing::info!(
                kind = error.kind.as_str(),
                error = error.message,
                "the script failed"
            );
        }
    }
    run.finish(result);
    // Taking the isolate apart takes as long as making it, and nobody has to wait for that.
    drop(isolate);
}

fn attempt(
    tools: &Arc<Tools>,
    run: &Arc<Run>,
    source: &Source,
    host_runtime: Option<Handle>,
    isolate: &mut Option<Prepared>,
) -> Result<(), RunError> {
    let saved = source
        .saved
        .iter()
        .map(|(name, text)| (name.as_str(), &**text));
    let program = Program::compile(&source.script, saved, &run.limits)?;
    let isolate = isolate.insert(Prepared::new(&run.limits)?);
    let runtime = host_runtime.unwrap_or_else(|| isolate.event_loop.handle().clone());
    let calls = Here::new(Arc::clone(run), Arc::clone(tools), runtime);
    isolate.run(
        run,
        Box::new(calls),
        &tools.named_in(&source.all()),
        &program,
    )
}
