//! Random numbers that can be had again.

use std::fmt;

use fastrand::Rng;

/// Whoever runs the suite sees the same result as everybody else; other numbers are asked for by name.
const USUAL: u64 = 262;

/// The random numbers of a test, and what repeats them. A failure must name it.
pub(crate) fn random() -> (Rng, u64) {
    seeded(USUAL)
}

/// How many times the usual amount of values is tried.
pub(crate) fn scale() -> usize {
    let text = std::env::var("CODEMODE_TRUTH_SCALE").unwrap_or_default();
    text.parse().unwrap_or(1)
}

/// With this seed, unless another one is asked for.
fn seeded(seed: u64) -> (Rng, u64) {
    let seed = match std::env::var("CODEMODE_TRUTH_SEED").as_deref() {
        Ok("random") => fastrand::u64(..),
        Ok(text) => text
            .parse()
            .expect("CODEMODE_TRUTH_SEED is a number, or `random`"),
        Err(_) => seed,
    };
    println!("CODEMODE_TRUTH_SEED={seed}");
    (Rng::with_seed(seed), seed)
}

/// What is tried: random numbers, and how much is made of them.
pub(crate) struct Trial {
    pub(crate) rng: Rng,
    seed: u64,
    /// One of so many of what the usual trial tries.
    share: usize,
}

impl Trial {
    /// The same as last time.
    pub(crate) fn usual() -> Self {
        let (rng, seed) = random();
        let share = 1;
        Self { rng, seed, share }
    }

    /// What nobody has tried yet, so that time finds what the usual trial can't; less of it, for it comes with every run.
    pub(crate) fn fresh() -> Self {
        let (rng, seed) = seeded(fastrand::u64(..));
        let share = 4;
        Self { rng, seed, share }
    }

    /// How many are tried of what the usual trial has so many of.
    pub(crate) fn count(&self, usual: usize) -> usize {
        (usual * scale()).div_ceil(self.share)
    }
}

/// What repeats it. A failure must name it.
impl fmt::Display for Trial {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "CODEMODE_TRUTH_SEED={}", self.seed)
    }
}
