//! The wire to a server: messages out, and whatever comes in read as widely as it can be.

mod desk;
mod group;
mod http;
mod program;
mod said;

use std::sync::Arc;

pub(super) use self::group::Group;
pub(super) use self::http::{Broken, Http, SET_BY_HTTP, says_final};
pub(super) use self::program::Program;
pub(super) use self::said::StandardError;

/// Hears what is odd about a server and worth a word to its author.
pub(super) type Oddities = Arc<dyn Fn(String) + Send + Sync>;

/// How many messages wait for the session.
const QUEUE: usize = 64;
