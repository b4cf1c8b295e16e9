//! Messages as they come, from servers and from clients, read as widely as they can be.

#[cfg(feature = "servers")]
mod lines;
mod mend;
#[cfg(feature = "servers")]
mod stream;
#[cfg(feature = "servers")]
mod text;

#[cfg(feature = "servers")]
pub(super) use self::lines::{Line, Lines, write};
pub(super) use self::mend::Mender;
#[cfg(feature = "servers")]
pub(super) use self::mend::Unreadable;
#[cfg(feature = "servers")]
pub(super) use self::stream::{Messages, Piece};
#[cfg(feature = "servers")]
pub(super) use self::text::{Found, MAX_MESSAGE, find, numbers, too_long};
