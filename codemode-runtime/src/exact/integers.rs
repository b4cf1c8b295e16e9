//! Integers that JavaScript's numbers can't hold.

use std::fmt::Display;

/// The largest integer up to which JavaScript's numbers are exact: `Number.MAX_SAFE_INTEGER`.
pub(super) const MAX_SAFE: u64 = (1 << 53) - 1;

/// The digits that the largest safe integer has. No shorter integer can be unsafe.
pub(super) const SAFE_DIGITS: usize = 16;

/// What is wrong with an integer that is beyond JavaScript's.
pub(super) const INEXACT: &str = "so JavaScript's number can't hold it exactly";

/// Why an integer isn't JavaScript's.
pub(super) fn beyond(integer: impl Display) -> String {
    format!("{integer} is beyond ±{MAX_SAFE}, {INEXACT}")
}

/// Why a result can't be sent, with what the tool's author can do about it. Nobody who reads of a server's result is that.
pub(crate) fn advise(problem: String) -> String {
    if problem.ends_with(INEXACT) {
        problem + "; return a string, or a `codemode_runtime::BigInt`"
    } else {
        problem
    }
}
