//! A call as an HTTP request, by what the document says.

mod body;
mod error;
mod form;
mod given;
mod multipart;
mod styles;
mod written;

use serde_json::{Map, Value};

pub use self::error::InputError;

use crate::model::{BodyForm, Encoding, Given, Method, Operation, Parameter, Place};

/// A request that isn't sent yet.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Request {
    /// Its method.
    pub method: Method,
    /// Its path, below the service's address, with what is behind the question mark.
    pub target: String,
    /// Its headers, but for those that are about the body.
    pub headers: Vec<(String, String)>,
    /// Its body.
    pub body: Option<Payload>,
}

/// The body of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Payload {
    /// Its media type.
    pub media: String,
    /// What is sent.
    pub bytes: Vec<u8>,
}

impl Operation {
    /// The request that a call makes, of the JSON text of the one object that a script passes; an empty text stands for none.
    ///
    /// # Errors
    ///
    /// If it isn't what the operation takes.
    pub fn request(&self, input: &str) -> Result<Request, InputError> {
        let mut input = given::read(input)?;
        let mut path = self.path.clone();
        let mut query: Vec<String> = Vec::new();
        let mut headers = vec![("accept".to_owned(), self.accepted())];
        let mut cookies: Vec<String> = Vec::new();
        for parameter in &self.parameters {
            let value = input
                .shift_remove(&parameter.called)
                .filter(|value| !value.is_null());
            let Some(value) = value else {
                if parameter.is_required {
                    return Err(InputError::Missing(parameter.called.clone()));
                }
                continue;
            };
            let written = write(parameter, &value)
                .map_err(|problem| InputError::unwritable(&parameter.called, problem))?;
            match parameter.place {
                Place::Path => {
                    path = path.replace(&format!("{{{}}}", parameter.name), &written.concat());
                }
                Place::Query => query.extend(written),
                Place::Header => headers.push((parameter.name.clone(), written.concat())),
                Place::Cookie => cookies.extend(written),
            }
        }
        if path.split('/').any(is_a_step) {
            return Err(InputError::unwritable(
                self.first_in_path(),
                "would lead to another path",
            ));
        }
        if !cookies.is_empty() {
            headers.push(("cookie".to_owned(), cookies.join("; ")));
        }
        let body = self.body(&mut input)?;
        if let Some((name, _)) = input.into_iter().next() {
            return Err(InputError::Unknown {
                name,
                known: self.known(),
            });
        }
        // An address may have a question mark in its template.
        let separator = if path.contains('?') { '&' } else { '?' };
        let target = if query.is_empty() {
            path
        } else {
            format!("{path}{separator}{}", query.join("&"))
        };
        Ok(Request {
            method: self.method,
            target,
            headers,
            body,
        })
    }

    fn body(&self, input: &mut Map<String, Value>) -> Result<Option<Payload>, InputError> {
        let Some(body) = &self.body else {
            return Ok(None);
        };
        let (name, value) = match &body.given {
            Given::Flat(names) => {
                let own: Map<String, Value> = names
                    .iter()
                    .filter_map(|name| Some((name.clone(), input.shift_remove(name)?)))
                    .collect();
                let is_left_out = own.is_empty() && !body.is_required;
                ("body", (!is_left_out).then_some(Value::Object(own)))
            }
            Given::Under(name) => {
                // `null` is a body of its own in JSON.
                let value = input.shift_remove(name);
                let counts = |value: &Value| body.form == BodyForm::Json || !value.is_null();
                (name.as_str(), value.filter(counts))
            }
        };
        match value {
            Some(value) => body::write(body, &value).map(Some),
            None if body.is_required => Err(InputError::Missing(name.to_owned())),
            None => Ok(None),
        }
    }

    /// The media types that a script can get, and those of errors.
    fn accepted(&self) -> String {
        let mut accepted: Vec<&str> = Vec::new();
        for media in self
            .responses
            .iter()
            .filter_map(|response| response.media.as_deref())
        {
            if !accepted.contains(&media) {
                accepted.push(media);
            }
        }
        match accepted.as_slice() {
            [] => "*/*".to_owned(),
            accepted if accepted.iter().any(|media| media.contains("*/*")) => "*/*".to_owned(),
            accepted => format!(
                "{}, application/problem+json;q=0.9, */*;q=0.1",
                accepted.join(", ")
            ),
        }
    }

    fn first_in_path(&self) -> &str {
        let mut parameters = self.parameters.iter();
        parameters
            .find(|parameter| parameter.place == Place::Path)
            .map_or("", |parameter| parameter.called.as_str())
    }

    /// What the operation takes, in words.
    fn known(&self) -> String {
        let mut names: Vec<String> = self
            .parameters
            .iter()
            .map(|parameter| format!("`{}`", parameter.called))
            .collect();
        match self.body.as_ref().map(|body| &body.given) {
            Some(Given::Flat(own)) => names.extend(own.iter().map(|name| format!("`{name}`"))),
            Some(Given::Under(name)) => names.push(format!("`{name}`")),
            None => {}
        }
        if names.is_empty() {
            "none".to_owned()
        } else {
            names.join(", ")
        }
    }
}

/// Whether a part of a path leads somewhere else, however it is written.
fn is_a_step(segment: &str) -> bool {
    let plain = segment.to_ascii_lowercase().replace("%2e", ".");
    matches!(plain.as_str(), "." | "..")
}

fn write(parameter: &Parameter, value: &Value) -> Result<Vec<String>, String> {
    let written = match parameter.encoding {
        Encoding::Json => {
            let text = given::plain(value)?.to_string();
            match parameter.place {
                Place::Path => vec![written::escape(&text)],
                Place::Header => vec![text],
                Place::Query | Place::Cookie => {
                    vec![format!(
                        "{}={}",
                        written::escape(&parameter.name),
                        written::escape(&text)
                    )]
                }
            }
        }
        Encoding::Style {
            style,
            explode,
            allow_reserved,
        } => {
            let escape = match parameter.place {
                Place::Header => str::to_owned,
                _ if allow_reserved => written::escape_but_reserved,
                _ => written::escape,
            };
            styles::Writer {
                name: &parameter.name,
                style,
                explode,
                escape,
            }
            .write(value)?
        }
    };
    let text = written.concat();
    if parameter.place == Place::Path && text.is_empty() {
        return Err("is empty, and can't be in a path".to_owned());
    }
    if text.chars().any(char::is_control) {
        return Err("has a control character, which can't be in a header".to_owned());
    }
    Ok(written)
}

#[cfg(test)]
mod tests;
