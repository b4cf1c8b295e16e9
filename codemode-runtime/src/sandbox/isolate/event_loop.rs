//! An isolate at work: its script from the first step to what it leaves under way.

use std::future::poll_fn;
use std::pin::pin;
use std::task::{Context, Poll};

use deno_core::error::{CoreError, CoreErrorKind, JsError};
use deno_core::{JsRuntime, PollEventLoopOptions, v8};
use futures_util::future::{Either, select};

use super::doors::Doors;
use super::errors::host_error;
use super::handed_back::HandedBack;
#[cfg(feature = "v8")]
use super::place;
use super::{errors, memory, rejections};
use crate::outcome::{ErrorKind, LogLevel, RunError};
use crate::sandbox::run::state::Run;
use crate::sandbox::saved::program::Program;
use codemode_script::{SCRIPT_NAME, Script};

/// How many rejections are told that came at once, after the script's end.
const MAX_TOLD: usize = 10;

/// An isolate at work.
pub(crate) struct Isolate<'a> {
    pub(crate) engine: &'a mut JsRuntime,
    pub(crate) runner: &'a v8::Global<v8::Function>,
    pub(crate) run: &'a Run,
    pub(crate) doors: &'a Doors,
    pub(crate) program: &'a Program,
}

impl Isolate<'_> {
    /// Runs the script, with its tools and what it may hand out as JSON, until it has returned and what it left under way has ended.
    ///
    /// # Errors
    ///
    /// Why it has failed.
    pub(crate) async fn run(&mut self, given: &str) -> Result<(), RunError> {
        let stopped = self.run.until_stopped();
        // Giving the evaluation up leaves the isolate to be dropped, and the tools' futures with it.
        let result = match select(pin!(self.evaluate(given)), pin!(stopped)).await {
            Either::Left((result, _)) => result,
            Either::Right(_) => Err(RunError::new(ErrorKind::Host, "the script was stopped")),
        };
        #[cfg(feature = "v8")]
        self.run.was_at(place::interrupted_at(self.program));
        let used = self
            .engine
            .v8_isolate()
            .get_heap_statistics()
            .used_heap_size();
        memory::check(used, self.run);
        result
    }

    async fn evaluate(&mut self, given: &str) -> Result<(), RunError> {
        let main = self.compiled(SCRIPT_NAME.to_owned(), &self.program.script)?;
        let given = {
            deno_core::scope!(scope, self.engine);
            let text = v8::String::new(scope, given)
                .ok_or_else(|| host_error("too many tools", given.len()))?;
            v8::Global::new(scope, v8::Local::<v8::Value>::from(text))
        };
        let mut values = vec![main, given];
        for saved in &self.program.saved {
            values.push(self.compiled(saved.engine_name(), &saved.script)?);
        }
        let mut returned = pin!(self.engine.call_with_args(self.runner, &values));
        let returned = poll_fn(|cx| {
            if let Poll::Ready(result) = returned.as_mut().poll(cx) {
                return Poll::Ready(self.ended(result));
            }
            match self.turn(cx) {
                Poll::Pending => Poll::Pending,
                Poll::Ready(Err(error)) => Poll::Ready(Err(error)),
                // Once more, for it may have come about in this turn.
                Poll::Ready(Ok(())) => Poll::Ready(match returned.as_mut().poll(cx) {
                    Poll::Ready(result) => self.ended(result),
                    Poll::Pending => Err(self.rejected_before_the_end().unwrap_or_else(|| {
                        self.core_error(CoreErrorKind::PendingPromiseResolution.into_box())
                    })),
                }),
            }
        })
        .await?;
        // Unless it was taken the moment that it came.
        if !self.doors.has_returned.get() {
            deno_core::scope!(scope, self.engine);
            let returned = v8::Local::new(scope, &returned);
            let result = HandedBack::read(scope, returned, self.run.limits.output_bytes);
            self.doors.take(result, Some(&self.program.script))?;
        }
        self.settle().await;
        Ok(())
    }

    /// The function that a script is.
    fn compiled(
        &mut self,
        name: String,
        script: &Script,
    ) -> Result<v8::Global<v8::Value>, RunError> {
        let compiled = self.engine.execute_script(name, script.javascript.clone());
        // Nothing of the script has run yet, so this is about its text.
        compiled.map_err(|error| errors::from_compiling(&error, self.program, self.run))
    }

    /// What has come of the script at its end. Only now it is known which rejections nobody looks at: a script may start
    /// several calls, and wait for the first while the second one fails.
    fn ended<T>(&mut self, result: Result<T, Box<JsError>>) -> Result<T, RunError> {
        let left = self.rejected_before_the_end();
        let value = result.map_err(|error| self.js_error(&error))?;
        left.map_or(Ok(value), Err)
    }

    /// Lets the engine go on.
    fn turn(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), RunError>> {
        self.engine
            .poll_event_loop(cx, PollEventLoopOptions::default())
            .map_err(|error| self.core_error(error))
    }

    /// Lets the calls that the script has left under way come to their end. Its result stands, whatever comes of them.
    async fn settle(&mut self) {
        poll_fn(|cx| match self.turn_after_the_end(cx) {
            Poll::Pending if self.run.in_flight() > 0 && self.run.stopped().is_none() => {
                Poll::Pending
            }
            Poll::Ready(Err(error)) => {
                self.note(&error);
                Poll::Ready(())
            }
            Poll::Pending | Poll::Ready(Ok(())) => Poll::Ready(()),
        })
        .await;
    }

    /// Lets the engine go on, and tells of rejections.
    fn turn_after_the_end(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), RunError>> {
        let polled = self.turn(cx);
        match self.rejected_before_the_end() {
            Some(error) => Poll::Ready(Err(error)),
            None => polled,
        }
    }

    /// The first promise that the script left rejected before its end. Tells of those after it.
    fn rejected_before_the_end(&mut self) -> Option<RunError> {
        let rejections = rejections::take();
        // What it has failed with is told already, and of one that was stopped nothing can be read any more.
        if self.doors.closed.get() || self.run.stopped().is_some() {
            return None;
        }
        // Those of before the end come first.
        for rejection in rejections.into_iter().take(MAX_TOLD) {
            let reason = self.read(&rejection.reason);
            if !rejection.after_end {
                return Some(reason);
            }
            self.note(&reason);
        }
        None
    }

    /// Tells of what went wrong after the script's end.
    fn note(&self, error: &RunError) {
        let name = error.name.as_deref().map(|name| format!("{name}: "));
        let place = error.frames.first();
        let place = place.map(|frame| {
            let file = frame.file.as_deref().map(|file| format!("{file}, "));
            let file = file.unwrap_or_default();
            format!(" ({file}line {}, column {})", frame.line, frame.column)
        });
        let (name, place) = (name.unwrap_or_default(), place.unwrap_or_default());
        let text = format!(
            "after the script had returned: {name}{}{place}",
            error.message
        );
        self.doors.note(LogLevel::Warn, &text);
    }

    /// Reads what a promise was rejected with.
    fn read(&mut self, reason: &v8::Global<v8::Value>) -> RunError {
        self.doors.while_closed(|| {
            deno_core::scope!(scope, self.engine);
            v8::tc_scope!(let scope, scope);
            let reason = v8::Local::new(scope, reason);
            let error = JsError::from_v8_exception(scope, reason);
            errors::from_js(&error, self.program, self.run)
        })
    }

    fn js_error(&self, error: &JsError) -> RunError {
        errors::from_js(error, self.program, self.run)
    }

    fn core_error(&self, error: CoreError) -> RunError {
        errors::from_core(error, self.program, self.run)
    }
}
