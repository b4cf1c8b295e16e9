//! TypeScript's compiler as a program: found, started, asked, and ended.
//!
//! [`kept`] is one that stays alive between checks and speaks its own protocol; where that can't be had, [`cold`] starts one for a
//! single script.

mod cold;
mod ending;
#[cfg(test)]
#[cfg(unix)]
mod fake;
pub(crate) mod kept;
pub(crate) mod locate;
mod program;
mod protocol;
mod version;
mod watchdog;
