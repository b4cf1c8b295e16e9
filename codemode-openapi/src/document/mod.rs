//! A document of OpenAPI, read operation by operation.
//!
//! Documents are written by programs and by people, and few are without a fault. One that can't be read costs the operation that it is
//! in, and is said.

mod bodies;
mod operations;
mod parameters;
mod parse;
mod references;
mod servers;
mod swagger;

use serde_json::Value;

use crate::model::{Operation, Skipped};
use crate::names;

/// Why a text isn't a document.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DocumentError {
    /// It is neither JSON nor YAML.
    #[error("the OpenAPI document is neither JSON nor YAML: {0}")]
    Text(String),
    /// It is something else.
    #[error(
        "this isn't an OpenAPI document: it says neither `openapi: 3.…` nor `swagger: \"2.0\"`"
    )]
    Version,
    /// There is nothing in it to call.
    #[error("the OpenAPI document has no `paths`, so there is nothing to call")]
    NoPaths,
}

/// A service, as its document describes it.
#[derive(Clone, Debug)]
pub struct Document {
    root: Value,
    operations: Vec<Operation>,
    skipped: Vec<Skipped>,
}

impl Document {
    /// Reads a document of OpenAPI 3.0, 3.1 or 3.2, or of Swagger 2.0, in JSON or YAML.
    ///
    /// # Errors
    ///
    /// If the text isn't a document. An operation that can't be read is among those that are [left out](Self::skipped).
    pub fn read(text: &str) -> Result<Self, DocumentError> {
        Self::of(parse::parse(text).map_err(DocumentError::Text)?, None)
    }

    /// The same with all operations in one namespace, for programs with several services.
    ///
    /// # Errors
    ///
    /// If the text isn't a document.
    pub fn read_into(namespace: &str, text: &str) -> Result<Self, DocumentError> {
        Self::of(
            parse::parse(text).map_err(DocumentError::Text)?,
            Some(namespace),
        )
    }

    fn of(root: Value, namespace: Option<&str>) -> Result<Self, DocumentError> {
        let is_old = root.get("swagger").is_some_and(|version| match version {
            Value::String(version) => version.starts_with('2'),
            other => other.as_f64() == Some(2.0),
        });
        let is_new = root.get("openapi").is_some_and(|version| match version {
            Value::String(version) => version.starts_with("3."),
            other => other
                .as_f64()
                .is_some_and(|version| (3.0..4.0).contains(&version)),
        });
        let root = match (is_new, is_old) {
            (true, _) => root,
            (false, true) => swagger::convert(root),
            (false, false) => return Err(DocumentError::Version),
        };
        let paths = root
            .get("paths")
            .and_then(Value::as_object)
            .ok_or(DocumentError::NoPaths)?;
        let (drafts, skipped) = operations::read(&root, paths);
        let said: Vec<names::Said> = drafts.iter().map(|(said, _)| said.clone()).collect();
        let called = names::all(&said, namespace);
        let mut operations: Vec<Operation> = drafts
            .into_iter()
            .zip(called)
            .map(|((_, operation), called)| Operation {
                namespace: called.namespace,
                name: called.name,
                ..operation
            })
            .collect();
        operations.sort_by(|one, other| {
            (&one.namespace, &one.name).cmp(&(&other.namespace, &other.name))
        });
        Ok(Self {
            root,
            operations,
            skipped,
        })
    }

    /// The operations that can be called, in the order of their names.
    pub fn operations(&self) -> &[Operation] {
        &self.operations
    }

    /// The operations that are left out, and why.
    pub fn skipped(&self) -> &[Skipped] {
        &self.skipped
    }

    /// The address of the service: the first one that the document names. It may be relative to where the document is.
    pub fn server(&self) -> Option<String> {
        servers::first(&self.root)
    }

    /// Leaves of the operations those that a choice has.
    pub fn retain(&mut self, keep: impl FnMut(&Operation) -> bool) {
        self.operations.retain(keep);
    }

    /// The document as a value, into which schemas refer.
    pub(crate) fn root(&self) -> &Value {
        &self.root
    }
}
