//! The address of a service, which only a configuration or the document's own host can name.

use url::{Host, Url};

/// The address of a service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Base {
    url: Url,
    /// Hosts that the configuration names, with their ports: they may be private.
    named: Vec<(String, Option<u16>)>,
}

/// Why the address of a service isn't known, or isn't used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BaseError {
    /// Neither says it.
    #[error(
        "the document doesn't say where the service is; say it with `baseUrl` in the configuration"
    )]
    Unknown,
    /// It is something else.
    #[error(
        "`{0}` isn't the address of a service: it should begin with `https://` or `http://`, without a user, `?` or `#`"
    )]
    NoAddress(String),
    /// The document names a host that has nothing to do with it.
    #[error(
        "the document says that the service is at `{0}`, which isn't where the document is from; if that is right, say so with \
         `baseUrl` in the configuration"
    )]
    OtherHost(String),
}

impl Base {
    /// The address: what the configuration says, or else what the document says, if that is the host that it is from.
    ///
    /// `document` is where the document is, if it has an address.
    ///
    /// # Errors
    ///
    /// If neither says it, or if the document says another host.
    pub fn of(
        configured: Option<&str>,
        server: Option<&str>,
        document: Option<&Url>,
    ) -> Result<Self, BaseError> {
        let mut named: Vec<_> = document.and_then(host_and_port).into_iter().collect();
        if let Some(text) = configured {
            let url = Url::parse(text).map_err(|_| BaseError::NoAddress(text.to_owned()))?;
            let url = usable(url)?;
            named.extend(host_and_port(&url));
            return Ok(Self { url, named });
        }
        let server = server.unwrap_or("/");
        let Some(document) = document else {
            // A file has no host, and would send credentials to whatever it names.
            return Err(match Url::parse(server) {
                Ok(url) => BaseError::OtherHost(url.to_string()),
                Err(_) => BaseError::Unknown,
            });
        };
        let url = document
            .join(server)
            .map_err(|_| BaseError::NoAddress(server.to_owned()))?;
        let url = usable(url)?;
        if !is_same_host(&url, document) {
            return Err(BaseError::OtherHost(url.to_string()));
        }
        named.extend(host_and_port(&url));
        Ok(Self { url, named })
    }

    /// The address itself.
    pub fn url(&self) -> &Url {
        &self.url
    }

    /// The address of a request: the service's, and a path below it.
    ///
    /// `base` is what an operation says of its own; it counts if it leads to the same host.
    ///
    /// # Errors
    ///
    /// If the operation is at another host, or if that is no address.
    pub fn join(&self, base: Option<&str>, target: &str) -> Result<Url, BaseError> {
        let url = match base {
            None => self.url.clone(),
            Some(base) => {
                let url = self
                    .url
                    .join(base)
                    .map_err(|_| BaseError::NoAddress(base.to_owned()))?;
                let url = usable(url)?;
                if !is_same_host(&url, &self.url) {
                    return Err(BaseError::OtherHost(url.to_string()));
                }
                url
            }
        };
        let text = format!("{}{target}", url.as_str().trim_end_matches('/'));
        let joined = Url::parse(&text).map_err(|_| BaseError::NoAddress(text.clone()))?;
        if is_same_host(&joined, &self.url) {
            Ok(joined)
        } else {
            Err(BaseError::OtherHost(text))
        }
    }

    /// Whether the configuration names the host of an address: then it may be private.
    pub fn names(&self, url: &Url) -> bool {
        host_and_port(url).is_some_and(|host| self.named.contains(&host))
    }

    /// Whether credentials may go to an address.
    pub fn trusts(&self, url: &Url) -> bool {
        is_same_host(url, &self.url)
    }
}

fn host_and_port(url: &Url) -> Option<(String, Option<u16>)> {
    Some((url.host_str()?.to_owned(), url.port_or_known_default()))
}

/// Whether two addresses are those of one host: with its port, and no less encrypted.
fn is_same_host(url: &Url, trusted: &Url) -> bool {
    let is_upgrade = url.scheme() == "https" && trusted.scheme() == "http";
    let has_default_ports = url.port().is_none() && trusted.port().is_none();
    url.host() == trusted.host()
        && (url.origin() == trusted.origin() || (is_upgrade && has_default_ports))
}

fn usable(url: Url) -> Result<Url, BaseError> {
    let is_usable = matches!(url.scheme(), "http" | "https")
        && url.host().is_some_and(|host| host != Host::Domain(""))
        && url.username().is_empty()
        && url.password().is_none()
        && url.query().is_none()
        && url.fragment().is_none();
    if is_usable {
        Ok(url)
    } else {
        Err(BaseError::NoAddress(without_user(url)))
    }
}

/// The address without what may be a password.
fn without_user(mut url: Url) -> String {
    // What has no user can't be without one.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn base(configured: &str, server: &str, document: &str) -> Result<String, String> {
        let given = |text: &'static str| (!text.is_empty()).then_some(text);
        let document = Url::parse(document).ok();
        let [configured, server] =
            [configured, server].map(|text| text.to_owned().leak() as &'static str);
        let base = Base::of(given(configured), given(server), document.as_ref());
        base.map(|base| base.url().to_string())
            .map_err(|error| error.to_string())
    }

    #[test]
    fn only_the_configuration_and_the_documents_own_host_say_where_a_service_is() {
        let at = "https://a.example/docs/openapi.json";
        let other = |address: &str| {
            format!(
                "the document says that the service is at `{address}`, which isn't where the document is from; if that is right, \
                 say so with `baseUrl` in the configuration"
            )
        };
        let none = |text: &str| {
            format!(
                "`{text}` isn't the address of a service: it should begin with `https://` or `http://`, without a user, `?` or `#`"
            )
        };
        let unknown = "the document doesn't say where the service is; say it with `baseUrl` in the configuration";
        let cases = [
            (
                "https://b.example/v1",
                "https://c.example",
                at,
                Ok("https://b.example/v1"),
            ),
            ("", "https://a.example/v1", at, Ok("https://a.example/v1")),
            ("", "/v1", at, Ok("https://a.example/v1")),
            ("", "v1", at, Ok("https://a.example/docs/v1")),
            ("", "//a.example/v1", at, Ok("https://a.example/v1")),
            ("", "", at, Ok("https://a.example/")),
            (
                "",
                "https://a.example/v1",
                "http://a.example/openapi.json",
                Ok("https://a.example/v1"),
            ),
            (
                "",
                "https://c.example/v1",
                at,
                Err(other("https://c.example/v1")),
            ),
            (
                "",
                "https://a.example:8443/",
                at,
                Err(other("https://a.example:8443/")),
            ),
            ("", "http://a.example/", at, Err(other("http://a.example/"))),
            (
                "",
                "https://a.example.evil/",
                at,
                Err(other("https://a.example.evil/")),
            ),
            (
                "",
                "https://a.example/v1",
                "",
                Err(other("https://a.example/v1")),
            ),
            ("", "/v1", "", Err(unknown.to_owned())),
            ("", "ftp://a.example/", at, Err(none("ftp://a.example/"))),
            (
                "https://user:pass@b.example/",
                "",
                at,
                Err(none("https://b.example/")),
            ),
            ("b.example", "", at, Err(none("b.example"))),
        ];
        for (configured, server, document, expected) in cases {
            let expected = expected.map(str::to_owned);
            assert_eq!(
                base(configured, server, document),
                expected,
                "{configured} {server} {document}"
            );
        }
    }

    #[test]
    fn a_request_goes_below_the_address() {
        let base = Base::of(Some("https://b.example/v1/"), None, None).unwrap();
        let cases = [
            (None, "/pets?a=b", Some("https://b.example/v1/pets?a=b")),
            (Some("/v2"), "/pets", Some("https://b.example/v2/pets")),
            (
                Some("https://b.example/v3"),
                "/pets",
                Some("https://b.example/v3/pets"),
            ),
            (Some("https://c.example/"), "/pets", None),
            (
                None,
                "/@c.example/",
                Some("https://b.example/v1/@c.example/"),
            ),
        ];
        for (own, target, expected) in cases {
            let url = base.join(own, target).ok().map(|url| url.to_string());
            assert_eq!(url.as_deref(), expected, "{own:?} {target}");
        }
        // Without a path, what follows could be part of the host.
        let without_path = Base::of(Some("https://b.example"), None, None).unwrap();
        assert!(without_path.join(None, "@c.example/").is_err());
        assert!(without_path.join(None, ".evil.example/").is_err());
    }
}
