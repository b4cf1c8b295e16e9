//! Faults as users meet them, one file a kind of fault.
//!
//! A kind has a rule, which the head of its file states, and inputs that broke it: of peers' bug reports, and of the
//! neighbours that a report leads to. Servers are small programs in `servers/`, started by the test that needs them.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod support;

mod separators;
