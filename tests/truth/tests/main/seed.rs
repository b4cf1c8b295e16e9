//! Random numbers that can be had again.

use fastrand::Rng;

/// The random numbers of a test, and what repeats them. A failure must name it.
pub(crate) fn random() -> (Rng, u64) {
    let seed = match std::env::var("CODEMODE_TRUTH_SEED") {
        Ok(text) => text.parse().expect("CODEMODE_TRUTH_SEED is a number"),
        Err(_) => fastrand::u64(..),
    };
    println!("CODEMODE_TRUTH_SEED={seed}");
    (Rng::with_seed(seed), seed)
}

/// How many times the usual amount of values is tried.
pub(crate) fn scale() -> usize {
    let text = std::env::var("CODEMODE_TRUTH_SCALE").unwrap_or_default();
    text.parse().unwrap_or(1)
}
