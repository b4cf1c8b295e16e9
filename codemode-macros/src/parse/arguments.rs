//! The arguments of an attribute: `name = "send", namespace = "email"`.

use proc_macro2::{Ident, TokenStream, TokenTree};
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::{Attribute, Expr, ExprLit, Lit, LitStr, Meta, Token};

use crate::errors::Errors;
use crate::names;

/// A key that an attribute knows.
pub(crate) struct Key {
    pub(crate) name: &'static str,
    /// A complete argument, for messages: what to write.
    pub(crate) example: &'static str,
}

/// What was written after a key.
pub(crate) enum Value {
    /// Only the key.
    Absent,
    /// `= EXPR`.
    Expression(Box<Expr>),
}

/// One `key` or `key = value`.
pub(crate) struct Argument {
    pub(crate) key: Ident,
    pub(crate) value: Value,
}

/// The arguments of one attribute, each with a key that is known and at most once.
pub(crate) struct Arguments {
    list: Vec<Argument>,
    known: &'static [Key],
}

impl Arguments {
    /// Reads `tokens`. Goes on after a fault with the argument behind the next comma.
    pub(crate) fn parse(tokens: TokenStream, known: &'static [Key], errors: &Errors) -> Self {
        let mut arguments = Self {
            list: Vec::new(),
            known,
        };
        let read = |input: ParseStream| {
            while !input.is_empty() {
                match argument(input, known) {
                    Ok(argument) => arguments.add(argument, errors),
                    Err(error) => {
                        errors.add(error);
                        skip_to_comma(input)?;
                    }
                }
                if !input.is_empty() && input.parse::<Option<Token![,]>>()?.is_none() {
                    errors.at_span(input.span(), "expected `,` between two arguments");
                    skip_to_comma(input)?;
                    input.parse::<Option<Token![,]>>()?;
                }
            }
            Ok(())
        };
        if let Err(error) = read.parse2(tokens) {
            errors.add(error);
        }
        arguments
    }

    /// Reads what stands in the parentheses of `attribute`.
    pub(crate) fn of_attribute(
        attribute: &Attribute,
        known: &'static [Key],
        errors: &Errors,
    ) -> Self {
        let tokens = match &attribute.meta {
            Meta::List(list) => list.tokens.clone(),
            Meta::Path(_) | Meta::NameValue(_) => TokenStream::new(),
        };
        if tokens.is_empty() {
            errors.at(attribute, not_an_argument(known));
        }
        Self::parse(tokens, known, errors)
    }

    fn add(&mut self, argument: Argument, errors: &Errors) {
        let key = argument.key.unraw().to_string();
        if !self.known.iter().any(|known| known.name == key) {
            errors.at_span(argument.key.span(), unknown_key(&key, self.known));
        } else if self.list.iter().any(|other| other.key.unraw() == key) {
            errors.at_span(
                argument.key.span(),
                format!("`{key}` is written twice: keep one of them"),
            );
        } else {
            self.list.push(argument);
        }
    }

    pub(crate) fn get(&self, key: &str) -> Option<&Argument> {
        self.list
            .iter()
            .find(|argument| argument.key.unraw() == key)
    }

    /// Whether `key` holds: alone it does, and `= false` says that it doesn't. Any other value is a fault.
    pub(crate) fn flag(&self, key: &str, errors: &Errors) -> Option<bool> {
        match &self.get(key)?.value {
            Value::Absent => Some(true),
            Value::Expression(value) => {
                let holds = boolean(value);
                if holds.is_none() {
                    errors.at(
                        value,
                        format!("`{key}` is true or false: write `{key}` or `{key} = false`"),
                    );
                }
                holds
            }
        }
    }

    /// The string given for `key`; any other value is a fault.
    pub(crate) fn string(&self, key: &str, errors: &Errors) -> Option<LitStr> {
        let argument = self.get(key)?;
        let example = self
            .known
            .iter()
            .find(|known| known.name == key)
            .map_or("", |known| known.example);
        let message = format!("`{key}` takes a string: write `{example}`");
        match &argument.value {
            Value::Absent => errors.at_span(argument.key.span(), message),
            Value::Expression(value) => match string(value) {
                Some(string) => return Some(string.clone()),
                None => errors.at(value, message),
            },
        }
        None
    }
}

/// The literal `true` or `false` that `expression` is.
fn boolean(expression: &Expr) -> Option<bool> {
    match expression {
        Expr::Group(group) => boolean(&group.expr),
        Expr::Lit(ExprLit {
            lit: Lit::Bool(value),
            ..
        }) => Some(value.value),
        _ => None,
    }
}

fn argument(input: ParseStream, known: &[Key]) -> syn::Result<Argument> {
    let start = input.span();
    if !input.peek(syn::Ident::peek_any) {
        return Err(syn::Error::new(start, not_an_argument(known)));
    }
    let key = input.call(Ident::parse_any)?;
    let value = if input.parse::<Option<Token![=]>>()?.is_some() {
        if input.is_empty() || input.peek(Token![,]) {
            return Err(missing_value(&key, known));
        }
        Value::Expression(input.parse()?)
    } else if input.is_empty() || input.peek(Token![,]) {
        Value::Absent
    } else {
        return Err(syn::Error::new(input.span(), not_an_argument(known)));
    };
    Ok(Argument { key, value })
}

/// Passes over the rest of a faulty argument.
fn skip_to_comma(input: ParseStream) -> syn::Result<()> {
    while !input.is_empty() && !input.peek(Token![,]) {
        input.parse::<TokenTree>()?;
    }
    Ok(())
}

fn missing_value(key: &Ident, known: &[Key]) -> syn::Error {
    let name = key.unraw().to_string();
    let message = match known.iter().find(|known| known.name == name) {
        Some(known) => format!("`{name} =` lacks its value: write `{}`", known.example),
        None => unknown_key(&name, known),
    };
    syn::Error::new(key.span(), message)
}

fn not_an_argument(known: &[Key]) -> String {
    let examples: Vec<String> = known
        .iter()
        .map(|known| format!("`{}`", known.example))
        .collect();
    format!("expected one of {}", examples.join(", "))
}

/// What other crates' attributes have, and what to write here.
const KEYS_OF_OTHERS: [(&str, &str); 8] = [
    ("description", DOC_COMMENT),
    ("doc", DOC_COMMENT),
    ("docs", DOC_COMMENT),
    (
        "param",
        "every parameter is passed by the script, so remove the attribute",
    ),
    (
        "aggr",
        "the parameters are the fields of the one object that a script passes, so write each field \
         as a parameter, or keep the struct as a parameter and remove the attribute",
    ),
    ("annotations", BEHAVIOUR),
    (
        "input_schema",
        "it follows from the types of the parameters, so remove it",
    ),
    (
        "output_schema",
        "it follows from the type that the function returns, so remove it",
    ),
];

const DOC_COMMENT: &str = "what the doc comment says is the description";
const BEHAVIOUR: &str = "write `read_only`, `destructive` or `idempotent` by themselves";

fn unknown_key(key: &str, known: &[Key]) -> String {
    if let Some((_, instead)) = KEYS_OF_OTHERS.iter().find(|(other, _)| *other == key) {
        return format!("there is no key `{key}`: {instead}");
    }
    let meant = names::nearest(key, known.iter().map(|known| known.name))
        .map(|nearest| format!(", did you mean `{nearest}`?"))
        .unwrap_or_default();
    let names: Vec<String> = known
        .iter()
        .map(|known| format!("`{}`", known.name))
        .collect();
    format!(
        "there is no key `{key}` here{meant} (known: {})",
        names.join(", ")
    )
}

/// The string literal that `expression` is, also where a `macro_rules` fragment has wrapped it in
/// an invisible group.
pub(crate) fn string(expression: &Expr) -> Option<&LitStr> {
    match expression {
        Expr::Group(group) => string(&group.expr),
        Expr::Lit(ExprLit {
            lit: Lit::Str(string),
            ..
        }) => Some(string),
        _ => None,
    }
}
