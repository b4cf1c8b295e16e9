//! Declarations for what others have written.
#![allow(clippy::unwrap_used, reason = "a test may stop where it finds nothing")]

mod k8s;
mod k8s_types;
mod recall;
mod servers;
mod typescript;
