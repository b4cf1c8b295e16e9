//! Clients of HTTP: one for hosts that a configuration names, and one for all others, which reaches no private network.

use std::error::Error;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::redirect::Policy;
use reqwest::{Client, ClientBuilder};
use url::{Host, Url};

use super::error::SendError;
use crate::security::is_private;

/// How long a connection may take.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(30);

/// The two clients.
#[derive(Clone, Debug)]
pub(super) struct Clients {
    named: Client,
    guarded: Client,
}

impl Clients {
    pub(super) fn new() -> Result<Self, String> {
        // The second one to install a provider is refused, which leaves the first: as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let build = |builder: ClientBuilder| builder.build().map_err(cause);
        Ok(Self {
            named: build(base())?,
            // A proxy would look names up by itself.
            guarded: build(base().no_proxy().dns_resolver(Arc::new(Guarded)))?,
        })
    }

    /// The client for an address.
    ///
    /// # Errors
    ///
    /// If the address is private, and isn't named.
    pub(super) fn for_address(&self, url: &Url, is_named: bool) -> Result<&Client, SendError> {
        if is_named {
            return Ok(&self.named);
        }
        // What is no name isn't looked up.
        let address = match url.host() {
            Some(Host::Ipv4(address)) => Some(IpAddr::V4(address)),
            Some(Host::Ipv6(address)) => Some(IpAddr::V6(address)),
            _ => None,
        };
        match address.filter(|address| is_private(*address)) {
            Some(_) => Err(SendError::Private(
                url.host_str().unwrap_or_default().to_owned(),
            )),
            None => Ok(&self.guarded),
        }
    }
}

fn base() -> ClientBuilder {
    Client::builder()
        .connect_timeout(CONNECT_TIMEOUT)
        // Where it leads to is looked at first.
        .redirect(Policy::none())
        .user_agent(concat!("codemode/", env!("CARGO_PKG_VERSION")))
}

/// Looks names up, and finds no private addresses.
struct Guarded;

/// A name that leads to private addresses only.
#[derive(Debug, thiserror::Error)]
#[error("`{0}` leads to a private network")]
pub(super) struct LeadsToPrivate(pub(super) String);

impl Resolve for Guarded {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let name = name.as_str().to_owned();
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let public: Vec<SocketAddr> = found.filter(|found| !is_private(found.ip())).collect();
            if public.is_empty() {
                return Err(LeadsToPrivate(name).into());
            }
            Ok(Box::new(public.into_iter()) as Addrs)
        })
    }
}

/// The innermost cause of an error: what is around it says no more than that there is one. An address isn't in it, which may have a
/// key.
pub(super) fn cause(error: reqwest::Error) -> String {
    let error = error.without_url();
    chain(&error)
        .last()
        .map_or_else(|| error.to_string(), ToString::to_string)
}

/// Whether the host's name led to a private network.
pub(super) fn leads_to_private(error: &reqwest::Error) -> Option<String> {
    chain(error)
        .find_map(|error| error.downcast_ref::<LeadsToPrivate>())
        .map(|found| found.0.clone())
}

fn chain<'a>(error: &'a reqwest::Error) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(error.source(), |error| (*error).source())
}
