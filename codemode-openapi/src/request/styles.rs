//! Values in the styles of parameters.

use serde_json::Value;

use super::given::{self, Kind};
use super::written::escape;
use crate::model::Style;

/// How one parameter is written.
pub(super) struct Writer<'a> {
    /// Its name in a request.
    pub(super) name: &'a str,
    /// Its style.
    pub(super) style: Style,
    /// Whether each part of its value is a parameter of its own.
    pub(super) explode: bool,
    /// What is done to characters that mean something.
    pub(super) escape: fn(&str) -> String,
}

/// A value without values in it that have parts of their own.
enum Flat {
    One(String),
    List(Vec<String>),
    Object(Vec<(String, String)>),
}

impl Writer<'_> {
    /// The value in pieces, of which a query has `&` between them, and a cookie `; `.
    ///
    /// # Errors
    ///
    /// If the style can't say it.
    pub(super) fn write(&self, value: &Value) -> Result<Vec<String>, String> {
        if self.style == Style::DeepObject {
            let mut pieces = Vec::new();
            deep(&escape(self.name), value, self.escape, &mut pieces)?;
            return Ok(pieces);
        }
        let flat = self.flat(value)?;
        let name = escape(self.name);
        Ok(match (self.style, flat) {
            (Style::Simple | Style::Label | Style::Matrix, flat) => vec![self.in_path(flat)],
            (_, Flat::One(text)) => vec![format!("{name}={text}")],
            (_, Flat::List(texts)) if self.explode => texts
                .into_iter()
                .map(|text| format!("{name}={text}"))
                .collect(),
            (_, Flat::Object(fields)) if self.explode => fields
                .into_iter()
                .map(|(key, text)| format!("{key}={text}"))
                .collect(),
            (style, flat) => {
                let separator = match style {
                    Style::SpaceDelimited => "%20",
                    Style::PipeDelimited => "%7C",
                    _ => ",",
                };
                vec![format!("{name}={}", joined(flat, separator))]
            }
        })
    }

    fn in_path(&self, flat: Flat) -> String {
        let name = escape(self.name);
        match (self.style, flat) {
            (Style::Label, Flat::One(text)) => format!(".{text}"),
            (Style::Label, Flat::List(texts)) if self.explode => {
                texts.iter().map(|text| format!(".{text}")).collect()
            }
            (Style::Label, Flat::Object(fields)) if self.explode => fields
                .iter()
                .map(|(key, text)| format!(".{key}={text}"))
                .collect(),
            (Style::Label, flat) => format!(".{}", joined(flat, ",")),
            (Style::Matrix, Flat::One(text)) if text.is_empty() => format!(";{name}"),
            (Style::Matrix, Flat::One(text)) => format!(";{name}={text}"),
            (Style::Matrix, Flat::List(texts)) if self.explode => {
                texts.iter().map(|text| format!(";{name}={text}")).collect()
            }
            (Style::Matrix, Flat::Object(fields)) if self.explode => fields
                .iter()
                .map(|(key, text)| format!(";{key}={text}"))
                .collect(),
            (Style::Matrix, flat) => format!(";{name}={}", joined(flat, ",")),
            (_, Flat::Object(fields)) if self.explode => {
                let fields: Vec<String> = fields
                    .iter()
                    .map(|(key, text)| format!("{key}={text}"))
                    .collect();
                fields.join(",")
            }
            (_, flat) => joined(flat, ","),
        }
    }

    /// The value's parts, escaped. Those that are nothing are left out.
    fn flat(&self, value: &Value) -> Result<Flat, String> {
        Ok(match given::kind(value)? {
            Kind::List(values) => {
                let texts = values.iter().filter(|value| !value.is_null());
                Flat::List(
                    texts
                        .map(|value| self.text(value))
                        .collect::<Result<_, _>>()?,
                )
            }
            Kind::Object(fields) => {
                let fields = fields.iter().filter(|(_, value)| !value.is_null());
                let fields = fields.map(|(key, value)| Ok(((self.escape)(key), self.text(value)?)));
                Flat::Object(fields.collect::<Result<_, String>>()?)
            }
            _ => Flat::One(self.text(value)?),
        })
    }

    fn text(&self, value: &Value) -> Result<String, String> {
        match given::kind(value)? {
            Kind::Text(text) => Ok((self.escape)(&text)),
            Kind::Bytes(_) => Err("has bytes, which a parameter can't have".to_owned()),
            Kind::List(_) | Kind::Object(_) | Kind::Null => {
                Err("has values inside of values, which a parameter can't have".to_owned())
            }
        }
    }
}

fn joined(flat: Flat, separator: &str) -> String {
    match flat {
        Flat::One(text) => text,
        Flat::List(texts) => texts.join(separator),
        Flat::Object(fields) => {
            let parts: Vec<String> = fields
                .into_iter()
                .flat_map(|(key, text)| [key, text])
                .collect();
            parts.join(separator)
        }
    }
}

/// Writes `filter[a][b]=c`. The specification says how one level is written; services read more of them in the same way, and the
/// places of a list as if they were names.
pub(super) fn deep(
    name: &str,
    value: &Value,
    escape: fn(&str) -> String,
    pieces: &mut Vec<String>,
) -> Result<(), String> {
    match given::kind(value)? {
        Kind::Null => {}
        Kind::Text(text) => pieces.push(format!("{name}={}", escape(&text))),
        Kind::Bytes(_) => return Err("has bytes, which a parameter can't have".to_owned()),
        Kind::List(values) => {
            for (place, value) in values.iter().enumerate() {
                deep(&format!("{name}%5B{place}%5D"), value, escape, pieces)?;
            }
        }
        Kind::Object(fields) => {
            for (key, value) in fields {
                deep(
                    &format!("{name}%5B{}%5D", escape(key)),
                    value,
                    escape,
                    pieces,
                )?;
            }
        }
    }
    Ok(())
}
