//! The tier in which a script's isolate is in a process of its own, which the host can kill.
//!
//! The worker has names of tools and nothing else: calls come back through the [channel](frame), and everything that
//! decides about a run stays in the host. What a worker says is believed of its own script only: frames are bounded, and a
//! worker that talks nonsense is killed.
//!
//! Each worker has a thread in the host that starts it, carries out its calls and buries it, so that a tool that blocks
//! holds up its own run and no other.

mod agreed;
mod frame;
mod host;
mod worker;

pub(super) use self::frame::read_all as read_frames;
pub(super) use self::host::{Job, Pool};
pub(super) use self::worker::is_host;
pub use self::worker::run_if_worker;
