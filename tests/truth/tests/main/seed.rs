//! Random numbers that can be had again.

use fastrand::Rng;

/// Whoever runs the suite sees the same result as everybody else; other numbers are asked for by name.
const USUAL: u64 = 262;

/// The random numbers of a test, and what repeats them. A failure must name it.
pub(crate) fn random() -> (Rng, u64) {
    let seed = match std::env::var("CODEMODE_TRUTH_SEED").as_deref() {
        Ok("random") => fastrand::u64(..),
        Ok(text) => text
            .parse()
            .expect("CODEMODE_TRUTH_SEED is a number, or `random`"),
        Err(_) => USUAL,
    };
    println!("CODEMODE_TRUTH_SEED={seed}");
    (Rng::with_seed(seed), seed)
}

/// How many times the usual amount of values is tried.
pub(crate) fn scale() -> usize {
    let text = std::env::var("CODEMODE_TRUTH_SCALE").unwrap_or_default();
    text.parse().unwrap_or(1)
}
