//! Messages as they come, from servers and from clients, read as widely as they can be.

#[cfg(feature = "mcp")]
mod lines;
mod mend;
#[cfg(feature = "mcp")]
mod stream;
#[cfg(feature = "mcp")]
mod text;

#[cfg(feature = "mcp")]
pub(super) use self::lines::{Line, Lines, write};
pub(super) use self::mend::Mender;
#[cfg(feature = "mcp")]
pub(super) use self::mend::Unreadable;
#[cfg(feature = "mcp")]
pub(super) use self::stream::{Messages, Piece};
#[cfg(feature = "mcp")]
pub(super) use self::text::{Found, MAX_MESSAGE, find, numbers, too_long};
