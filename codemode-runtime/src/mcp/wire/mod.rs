//! Messages as they come, from servers and from clients, read as widely as they can be.

mod lines;
mod mend;
mod stream;
mod text;

pub(super) use self::lines::{Line, Lines, write};
pub(super) use self::stream::{Messages, Piece};
pub(super) use self::text::{Found, MAX_MESSAGE, Unreadable, find, numbers, too_long};
