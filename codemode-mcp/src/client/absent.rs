//! Servers that aren't connected, as far as scripts are concerned.

use codemode_runtime::CallContext;
use codemode_runtime::Catalogue;
use codemode_runtime::ToolError;
use codemode_runtime::{HostedCall, ToolHost};

/// Has no tools, and says why.
pub(super) struct Absent(Catalogue);

impl Absent {
    /// The namespaces of the servers, each with the reason.
    pub(super) fn new(servers: impl IntoIterator<Item = (String, String)>) -> Self {
        Self(Catalogue::default().without(servers))
    }
}

impl ToolHost for Absent {
    fn catalogue(&self) -> &Catalogue {
        &self.0
    }

    fn call(&self, _: usize, _: CallContext, _: String) -> HostedCall {
        Box::pin(async { Err(ToolError::failed("there is no such tool")) })
    }
}
