//! The kinds of frames, and the bytes that tell them.

pub(super) const SETUP: u8 = 1;
pub(super) const START: u8 = 2;
pub(super) const REPLY: u8 = 3;
pub(super) const READY: u8 = 4;
pub(super) const REFUSED: u8 = 5;
pub(super) const LOG: u8 = 6;
pub(super) const CALL: u8 = 7;
pub(super) const RETURNED: u8 = 8;
pub(super) const DONE: u8 = 9;
