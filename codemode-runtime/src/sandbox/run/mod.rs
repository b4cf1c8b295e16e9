//! What is true of every run, wherever its isolate is: its clock, its calls, its log, its end. Nothing here names an engine.

pub(crate) mod border;
mod calls;
mod clock;
pub(crate) mod cpu;
mod log;
pub(crate) mod session;
pub(crate) mod state;
pub(crate) mod text;
pub(crate) mod watchdog;
mod watched;
