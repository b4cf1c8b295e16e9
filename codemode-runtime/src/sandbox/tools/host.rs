//! Tools that live elsewhere.

use std::pin::Pin;

use crate::catalogue::Catalogue;
use crate::sandbox::options::limits::Limits;
use crate::tool::context::CallContext;
use crate::tool::error::ToolError;

/// Tools that live elsewhere: in another process, or behind another protocol.
pub trait ToolHost: Send + Sync + 'static {
    /// The tools on offer. Doesn't change while a sandbox uses the host.
    fn catalogue(&self) -> &Catalogue;

    /// How large the argument of a call may be as JSON text, in bytes: what the run's limits say, unless the host takes more.
    fn argument_bytes(&self, limits: &Limits) -> usize {
        limits.argument_bytes
    }

    /// What results of the tool at `index` have been like so far, in lines for whoever reads its declaration. Asked for
    /// whenever somebody reads one, so that it may change, and no part of the types.
    fn seen(&self, index: usize) -> Option<String> {
        let _ = index;
        None
    }

    /// Calls the tool at `index` in the catalogue with JSON text; an empty text stands for a call without an argument.
    fn call(&self, index: usize, call: CallContext, input: String) -> HostedCall;
}

/// A call to a [`ToolHost`]: JSON text, or why there is none.
pub type HostedCall = Pin<Box<dyn Future<Output = Result<String, ToolError>> + Send>>;
