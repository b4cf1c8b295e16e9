//! The server over streamable HTTP.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use http::header::{AUTHORIZATION, WWW_AUTHENTICATE};
use http::{HeaderValue, Request, Response, StatusCode};
use http_body_util::combinators::BoxBody;
use http_body_util::{BodyExt as _, Full};
use hyper::body::{Bytes, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use rmcp::transport::streamable_http_server::session::local::LocalSessionManager;
use rmcp::transport::streamable_http_server::{StreamableHttpServerConfig, StreamableHttpService};
use tokio::net::TcpListener;

use super::McpServer;
use super::session::Session;

/// Who may use a server over HTTP.
///
/// Whatever the options: a request whose `Host` isn't one of the server's own, and one that a web page of another origin makes,
/// is refused, so that no page in somebody's browser can reach a server at home.
#[derive(Clone, Debug, Default)]
pub struct HttpOptions {
    /// What clients have to send as `Authorization: Bearer …`. Needed for an address other than loopback.
    pub token: Option<String>,
    /// Names by which the server is reached, beside those of loopback and the address itself.
    pub hosts: Vec<String>,
    /// Origins of web pages that may use the server, such as `https://app.example:443`, beside those of this machine.
    pub origins: Vec<String>,
}

/// Why a server can't serve HTTP.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum HttpServeError {
    /// Anybody could use it.
    #[error(
        "{0} can be reached from other machines, and there is no token: without one, anybody there could run scripts. Set a token, \
         or listen at 127.0.0.1"
    )]
    NoToken(SocketAddr),
    /// A token that can be guessed is none.
    #[error("the token has fewer than {MIN_TOKEN} characters, which can be guessed")]
    ShortToken,
    /// The listener failed.
    #[error("the server can't listen: {0}")]
    Listen(#[from] std::io::Error),
}

const MIN_TOKEN: usize = 16;

const PATH: &str = "/mcp";

/// How long a client may take to send the head of a request.
const HEADER_TIMEOUT: Duration = Duration::from_secs(10);

/// How long a session is kept in which nothing happens: a script may wait as long for a tool or for a person's word, and a person
/// may think before the next one. Clients that just vanish leave theirs behind for this time.
const SESSION_IDLE: Duration = Duration::from_hours(1);

/// A pause after the system had no room for a connection, which goes by when others end.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

type Service = StreamableHttpService<Session, LocalSessionManager>;
type Answer = Response<BoxBody<Bytes, Infallible>>;

pub(super) async fn serve(
    server: McpServer,
    listener: TcpListener,
    options: HttpOptions,
) -> Result<(), HttpServeError> {
    let address = listener.local_addr()?;
    match &options.token {
        None if !address.ip().is_loopback() => return Err(HttpServeError::NoToken(address)),
        Some(token) if token.chars().count() < MIN_TOKEN => return Err(HttpServeError::ShortToken),
        _ => {}
    }
    let mut hosts: Vec<String> = ["localhost", "127.0.0.1", "::1"].map(str::to_owned).into();
    if !address.ip().is_unspecified() {
        hosts.push(address.ip().to_string());
    }
    hosts.extend(options.hosts);
    let mut origins: Vec<String> = ["http://localhost:*", "http://127.0.0.1:*", "http://[::1]:*"]
        .map(str::to_owned)
        .into();
    origins.extend(options.origins);
    let config = StreamableHttpServerConfig::default()
        .with_allowed_hosts(hosts)
        .with_allowed_origins(origins)
        .enforce_origin_validation();
    let mut sessions = LocalSessionManager::default();
    sessions.session_config.keep_alive = Some(SESSION_IDLE);
    let service = Service::new(
        move || Ok(Session::new(server.clone())),
        Arc::new(sessions),
        config,
    );
    let token = options.token.map(Arc::<str>::from);
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            tokio::time::sleep(ACCEPT_PAUSE).await;
            continue;
        };
        let service = service.clone();
        let token = token.clone();
        let answering = service_fn(move |request| {
            let (service, token) = (service.clone(), token.clone());
            async move { Ok::<_, Infallible>(answer(&service, token.as_deref(), request).await) }
        });
        tokio::spawn(async move {
            // A connection that ends badly is the client's matter.
            let _ = http1::Builder::new()
                .timer(TokioTimer::new())
                .header_read_timeout(HEADER_TIMEOUT)
                .serve_connection(TokioIo::new(stream), answering)
                .await;
        });
    }
}

async fn answer(service: &Service, token: Option<&str>, request: Request<Incoming>) -> Answer {
    if token.is_some_and(|token| !is_authorized(&request, token)) {
        let mut refusal = plain(
            StatusCode::UNAUTHORIZED,
            "this server wants a bearer token: send the header `Authorization: Bearer …`\n",
        );
        let headers = refusal.headers_mut();
        headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        return refusal;
    }
    if request.uri().path() != PATH {
        return plain(StatusCode::NOT_FOUND, "the server is at /mcp\n");
    }
    service.handle(request).await
}

fn is_authorized<B>(request: &Request<B>, token: &str) -> bool {
    let given = request
        .headers()
        .get(AUTHORIZATION)
        .and_then(|value| value.as_bytes().split_at_checked(7))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case(b"bearer "))
        .map(|(_, given)| given);
    given.is_some_and(|given| same(given, token.as_bytes()))
}

/// Compares without telling by its time how much is right.
fn same(given: &[u8], token: &[u8]) -> bool {
    let differences = given
        .iter()
        .zip(token)
        .fold(0, |seen, (one, other)| seen | (one ^ other));
    given.len() == token.len() && std::hint::black_box(differences) == 0
}

fn plain(status: StatusCode, text: &'static str) -> Answer {
    let mut answer = Response::new(Full::new(Bytes::from_static(text.as_bytes())).boxed());
    *answer.status_mut() = status;
    answer
}
