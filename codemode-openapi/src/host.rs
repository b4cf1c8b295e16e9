//! A service as a sandbox calls it.

use std::sync::Arc;

use codemode_runtime::{CallContext, Catalogue, HostedCall, ToolError, ToolHost};
use tokio::runtime::Handle;
use tokio::task::JoinHandle;

use crate::config::Config;
use crate::http::{CallError, OpenError, Service};

/// The operations of one service, for the scripts of a sandbox.
pub struct OpenApiHost {
    service: Arc<Service>,
    runtime: Handle,
}

impl OpenApiHost {
    /// Loads the document of a service.
    ///
    /// # Errors
    ///
    /// If the service can't be used.
    ///
    /// # Panics
    ///
    /// Outside of a tokio runtime, on which calls are made.
    pub async fn open(config: &Config) -> Result<Self, OpenError> {
        let service = Arc::new(Service::open(config).await?);
        Ok(Self {
            service,
            runtime: Handle::current(),
        })
    }

    /// The service, and what is to be said of it.
    pub fn service(&self) -> &Service {
        &self.service
    }
}

impl ToolHost for OpenApiHost {
    fn catalogue(&self) -> &Catalogue {
        self.service.catalogue()
    }

    fn call(&self, index: usize, _: CallContext, input: String) -> HostedCall {
        let service = Arc::clone(&self.service);
        // Scripts are waited for by whichever executor the program has.
        let task = self
            .runtime
            .spawn(async move { service.call(index, &input).await });
        let mut ends = EndOnDrop(task);
        Box::pin(async move {
            match (&mut ends.0).await {
                Ok(Ok(text)) => Ok(text),
                Ok(Err(CallError::Input(error))) => Err(ToolError::input(error)),
                Ok(Err(error)) => Err(ToolError::failed(error)),
                Err(error) => Err(ToolError::failed(format!("the call was ended: {error}"))),
            }
        })
    }
}

/// A call that ends when nobody waits for it any more.
struct EndOnDrop(JoinHandle<Result<String, CallError>>);

impl Drop for EndOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}
