//! What is known of a service's operations.

use std::collections::BTreeMap;
use std::fmt;

use codemode_runtime::Annotations;
use serde_json::Value;

/// One operation of a service.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Operation {
    /// The TypeScript namespace that its function belongs to.
    pub namespace: String,
    /// The function's name.
    pub name: String,
    /// What the document calls it.
    pub id: Option<String>,
    /// The method of its requests.
    pub method: Method,
    /// The template of its path, such as `/pets/{id}`, below the service's address.
    pub path: String,
    /// What is written between the service's address and the path: what the operation's own `servers` say.
    pub base: Option<String>,
    /// What it does, as Markdown.
    pub docs: String,
    /// Whether the document says that it shouldn't be used any more.
    pub is_deprecated: bool,
    /// What it takes beside a body.
    pub parameters: Vec<Parameter>,
    /// What it takes as a body.
    pub body: Option<Body>,
    /// The bodies of answers to requests that succeed.
    pub responses: Vec<Response>,
    /// What its method says of how it behaves.
    pub annotations: Annotations,
}

impl Operation {
    /// The operation as its document has it: `GET /pets/{id}`.
    pub fn place(&self) -> String {
        format!("{} {}", self.method, self.path)
    }
}

/// An operation that is left out, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Skipped {
    /// The operation as the document has it: `GET /pets/{id}`.
    pub operation: String,
    /// Why it can't be called.
    pub reason: String,
}

impl fmt::Display for Skipped {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "`{}` is left out: {}",
            self.operation, self.reason
        )
    }
}

/// A method of HTTP that an operation can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "they are what they are called")]
pub enum Method {
    Get,
    Put,
    Post,
    Delete,
    Options,
    Head,
    Patch,
    Trace,
}

impl Method {
    /// All of them, in the order in which a document lists them.
    pub const ALL: [Self; 8] = [
        Self::Get,
        Self::Put,
        Self::Post,
        Self::Delete,
        Self::Options,
        Self::Head,
        Self::Patch,
        Self::Trace,
    ];

    /// In capitals, as in a request.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Put => "PUT",
            Self::Post => "POST",
            Self::Delete => "DELETE",
            Self::Options => "OPTIONS",
            Self::Head => "HEAD",
            Self::Patch => "PATCH",
            Self::Trace => "TRACE",
        }
    }

    /// What HTTP says of the method.
    pub fn annotations(self) -> Annotations {
        let changes_nothing = matches!(self, Self::Get | Self::Head | Self::Options | Self::Trace);
        let is_repeatable = matches!(self, Self::Put | Self::Delete);
        Annotations {
            read_only: changes_nothing.then_some(true),
            idempotent: is_repeatable.then_some(true),
            ..Annotations::NONE
        }
    }
}

impl fmt::Display for Method {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

/// Something that an operation takes beside a body.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Parameter {
    /// Its name in a request.
    pub name: String,
    /// Its name in what a script passes.
    pub called: String,
    /// Where it stands in a request.
    pub place: Place,
    /// Whether no request goes without it.
    pub is_required: bool,
    /// Which values it takes, with references into the document.
    pub schema: Value,
    /// How a value is written.
    pub encoding: Encoding,
}

/// Where a parameter stands in a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// In the path.
    Path,
    /// Behind the question mark.
    Query,
    /// In a header of its own.
    Header,
    /// In the header `Cookie`.
    Cookie,
}

/// How the value of a parameter is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// In one of the document's styles.
    Style {
        /// Which one.
        style: Style,
        /// Whether each part of the value is a parameter of its own.
        explode: bool,
        /// Whether characters that mean something in an address stay as they are.
        allow_reserved: bool,
    },
    /// As the text of a JSON value.
    Json,
}

/// A style of writing a parameter's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the specification has them")]
pub enum Style {
    Matrix,
    Label,
    Simple,
    Form,
    SpaceDelimited,
    PipeDelimited,
    DeepObject,
}

/// What an operation takes as a body.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Body {
    /// Whether no request goes without it.
    pub is_required: bool,
    /// Its media type, as the document has it.
    pub media: String,
    /// How it is written.
    pub form: BodyForm,
    /// Which values it takes, with references into the document.
    pub schema: Value,
    /// What is said of single properties of a form.
    pub parts: BTreeMap<String, Part>,
    /// Where it is in what a script passes.
    pub given: Given,
}

/// How a body is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BodyForm {
    /// As JSON.
    Json,
    /// As `application/x-www-form-urlencoded`.
    Form,
    /// As `multipart/form-data`.
    Multipart,
    /// As the text that it is.
    Text,
    /// As the bytes that it is.
    Bytes,
}

/// What is said of a property of a form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Part {
    /// Its media type.
    pub media: Option<String>,
    /// Its style, if it has one.
    pub style: Option<(Style, bool)>,
}

/// Where a body is in what a script passes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Given {
    /// Its properties are beside the parameters.
    Flat(Vec<String>),
    /// It is the property of this name.
    Under(String),
}

/// The body of an answer to a request that succeeds.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Response {
    /// Its media type, as the document has it; `None` if there is no body.
    pub media: Option<String>,
    /// What a script gets of it.
    pub form: ResponseForm,
    /// What it is, with references into the document.
    pub schema: Value,
}

/// What a script gets of an answer's body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResponseForm {
    /// `null`: there is no body.
    None,
    /// The JSON value.
    Json,
    /// The text.
    Text,
    /// The bytes.
    Bytes,
}
