//! A service with its document, its address and its credentials.

use std::time::Duration;

use codemode_runtime::Catalogue;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};

use super::clients::Clients;
use super::error::{CallError, OpenError, SendError, scrubbed};
use super::load;
use super::promise::Promises;
use super::send::Outgoing;
use crate::answer::Received;
use crate::config::Config;
use crate::document::{Document, DocumentError};
use crate::model::{Method, Operation, Skipped};
use crate::request::Request;
use crate::security::{Base, Credentials, Secrets};

/// A service that can be called.
pub struct Service {
    document: Document,
    promises: Promises,
    notes: Vec<String>,
    clients: Clients,
    base: Base,
    credentials: Credentials,
    secrets: Secrets,
    timeout: Duration,
}

impl Service {
    /// Loads the document of a service. Nothing else is asked of it.
    ///
    /// # Errors
    ///
    /// If the document can't be read, or if the configuration and the document don't say where the service is.
    pub async fn open(config: &Config) -> Result<Self, OpenError> {
        let clients = Clients::new().map_err(OpenError::NoHttp)?;
        let (credentials, secrets) = Credentials::of(config)?;
        let (text, at) = load::load(config, &clients, &credentials).await?;
        let wrong = |problem: DocumentError| OpenError::Document {
            place: config.openapi.clone(),
            problem,
        };
        let document = match &config.namespace {
            Some(namespace) => Document::read_into(namespace, &text),
            None => Document::read(&text),
        };
        let mut document = document.map_err(wrong)?;
        let base = Base::of(
            config.base_url.as_deref(),
            document.server().as_deref(),
            at.as_ref(),
        )?;
        let unmet = config.choose(&mut document);
        let elsewhere = elsewhere(&mut document, &base);
        let left_out = document
            .skipped()
            .iter()
            .chain(&elsewhere)
            .map(ToString::to_string);
        let unmet = unmet.into_iter().map(|pattern| {
            format!("the configuration chooses among the operations by `{pattern}`, which none of them is")
        });
        let promises = Promises::of(document.catalogue());
        let of_schemas = promises
            .catalogue()
            .schema_notes()
            .map(|notes| notes.to_string());
        let notes = left_out
            .chain(unmet)
            .chain(of_schemas)
            .map(|note| secrets.scrub(&note))
            .collect();
        Ok(Self {
            document,
            promises,
            notes,
            clients,
            base,
            credentials,
            secrets,
            timeout: config.call_timeout(),
        })
    }

    /// What the service offers.
    pub fn document(&self) -> &Document {
        &self.document
    }

    /// The operations as tools, in the same order.
    pub fn catalogue(&self) -> &Catalogue {
        self.promises.catalogue()
    }

    /// What is left out of it, what the configuration says in vain, and what can't be read of types.
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// What must not be seen of the credentials.
    pub fn secrets(&self) -> &Secrets {
        &self.secrets
    }

    /// Calls an operation, by its place among those of the document, with the JSON text of the one object that a script passes. The
    /// result is JSON text, too, in which bytes are marked.
    ///
    /// # Errors
    ///
    /// Why there is no result. No credential is in it.
    pub async fn call(&self, index: usize, input: &str) -> Result<String, CallError> {
        let operation = self
            .document
            .operations()
            .get(index)
            .ok_or(CallError::NoOperation)?;
        let request = operation.request(input)?;
        let outgoing = self.outgoing(operation, request)?;
        let answer = tokio::time::timeout(self.timeout, outgoing.send())
            .await
            .map_err(|_| SendError::Timeout(self.timeout))??;
        let received = operation
            .receive(answer)
            .map_err(|error| scrubbed(error, &self.secrets))?;
        match received {
            Received::Value(mut value) => {
                self.secrets.scrub_value(&mut value);
                self.promises.kept(index, &value)
            }
            bytes @ Received::Bytes(_) => Ok(bytes.to_text()),
        }
    }

    fn outgoing(&self, operation: &Operation, request: Request) -> Result<Outgoing<'_>, CallError> {
        let mut headers = HeaderMap::new();
        for (name, value) in request.headers {
            let header = name.parse::<HeaderName>().ok();
            let value = HeaderValue::from_bytes(value.as_bytes()).ok();
            let (Some(header), Some(value)) = (header, value) else {
                return Err(SendError::Header(name).into());
            };
            headers.append(header, value);
        }
        Ok(Outgoing {
            clients: &self.clients,
            base: &self.base,
            credentials: &self.credentials,
            method: method(request.method),
            url: self.base.join(operation.base.as_deref(), &request.target)?,
            headers,
            body: request.body,
        })
    }
}

/// Takes the operations out that are at other hosts.
fn elsewhere(document: &mut Document, base: &Base) -> Vec<Skipped> {
    let mut skipped = Vec::new();
    document.retain(
        |operation| match base.join(operation.base.as_deref(), "/") {
            Ok(_) => true,
            Err(problem) => {
                skipped.push(Skipped {
                    operation: operation.place(),
                    reason: problem.to_string(),
                });
                false
            }
        },
    );
    skipped
}

fn method(method: Method) -> reqwest::Method {
    match method {
        Method::Get => reqwest::Method::GET,
        Method::Put => reqwest::Method::PUT,
        Method::Post => reqwest::Method::POST,
        Method::Delete => reqwest::Method::DELETE,
        Method::Options => reqwest::Method::OPTIONS,
        Method::Head => reqwest::Method::HEAD,
        Method::Patch => reqwest::Method::PATCH,
        Method::Trace => reqwest::Method::TRACE,
    }
}
