//! A function whose body is left as it is: a body that is still being typed must not take its
//! signature, and with it the tool, away from an editor.

use proc_macro2::{Ident, TokenStream, TokenTree};
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::{Attribute, FnArg, Meta, Signature, Token, Visibility};

/// An item under `#[tool]` or `#[provide_state]`.
pub(crate) struct Function {
    /// Everything but the macros of this crate.
    pub(crate) attributes: Vec<Attribute>,
    /// Macros of this crate below the one that is being expanded.
    pub(crate) repeated: Vec<Attribute>,
    pub(crate) visibility: Visibility,
    /// As written, but for the parameter attributes that rustc would refuse.
    pub(crate) signature: Signature,
    pub(crate) parameters: Vec<Parameter>,
    /// A block, or the `;` of a function that has none.
    pub(crate) body: TokenStream,
}

/// A parameter, with the attributes that were taken off it, by what they mean.
pub(crate) struct Parameter {
    /// Without any attributes.
    pub(crate) argument: FnArg,
    pub(crate) state: Vec<Attribute>,
    pub(crate) context: Vec<Attribute>,
    pub(crate) tool: Vec<Attribute>,
    pub(crate) docs: Vec<Attribute>,
    /// `#[serde(…)]` and `#[schemars(…)]`, which belong on a field.
    pub(crate) field: Vec<Attribute>,
    /// `#[cfg(…)]` and `#[cfg_attr(…)]`, which stay on the function too.
    pub(crate) conditions: Vec<Attribute>,
}

/// Reads the item under `attribute`, which is named in the error for anything but a function.
pub(crate) fn function(item: TokenStream, attribute: &str) -> syn::Result<Function> {
    (|input: ParseStream| Function::read(input, attribute)).parse2(item)
}

impl Function {
    fn read(input: ParseStream, attribute: &str) -> syn::Result<Self> {
        let mut attributes = input.call(Attribute::parse_outer)?;
        let repeated = attributes.extract_if(.., |it| is_ours(it)).collect();
        let visibility = input.parse()?;
        if let Some((kind, keyword)) = other_item(input) {
            return Err(syn::Error::new(
                keyword.span(),
                format!("{attribute} goes on a free function, and this is {kind}"),
            ));
        }
        let mut signature: Signature = input.parse()?;
        let parameters = signature.inputs.iter_mut().map(Parameter::take).collect();
        Ok(Self {
            attributes,
            repeated,
            visibility,
            signature,
            parameters,
            body: input.parse()?,
        })
    }

    /// The `#[cfg]`s of the function, for everything that is generated beside it.
    pub(crate) fn conditions(&self) -> Vec<Attribute> {
        let is_condition = |attribute: &&Attribute| attribute.path().is_ident("cfg");
        self.attributes
            .iter()
            .filter(is_condition)
            .cloned()
            .collect()
    }

    /// What the `#[allow]`s and `#[expect]`s of the function list.
    pub(crate) fn allowed_lints(&self) -> Vec<TokenStream> {
        let lists = self.attributes.iter().filter_map(|it| match &it.meta {
            Meta::List(list) if list.path.is_ident("allow") || list.path.is_ident("expect") => {
                Some(list.tokens.clone())
            }
            _ => None,
        });
        lists.collect()
    }

    pub(crate) fn is_deprecated(&self) -> bool {
        self.attributes
            .iter()
            .any(|attribute| attribute.path().is_ident("deprecated"))
    }

    pub(crate) fn has_body(&self) -> bool {
        matches!(
            self.body.clone().into_iter().next(),
            Some(TokenTree::Group(_))
        )
    }
}

impl Parameter {
    /// Takes the attributes off `argument` that mean something here.
    fn take(argument: &mut FnArg) -> Self {
        let attributes = match argument {
            FnArg::Receiver(receiver) => &mut receiver.attrs,
            FnArg::Typed(typed) => &mut typed.attrs,
        };
        let mut take = |names: &[&str]| {
            attributes
                .extract_if(.., |attribute| {
                    names.iter().any(|name| attribute.path().is_ident(name))
                })
                .collect::<Vec<_>>()
        };
        let state = take(&["state"]);
        let context = take(&["context"]);
        let tool = take(&["tool"]);
        let docs = take(&["doc"]);
        let field = take(&["serde", "schemars"]);
        let conditions = take(&["cfg", "cfg_attr"]);

        let left = std::mem::take(attributes);
        let bare = argument.clone();
        let (FnArg::Receiver(syn::Receiver { attrs, .. })
        | FnArg::Typed(syn::PatType { attrs, .. })) = argument;
        *attrs = conditions.iter().cloned().chain(left).collect();
        Self {
            argument: bare,
            state,
            context,
            tool,
            docs,
            field,
            conditions,
        }
    }
}

/// Whether an attribute is a macro of this crate, by the names it usually goes by.
fn is_ours(attribute: &Attribute) -> bool {
    let path = attribute.path();
    let mut segments = path.segments.iter().map(|segment| &segment.ident);
    let is_qualified = path.segments.len() == 2
        && segments
            .next()
            .is_some_and(|first| first == "codemode_runtime");
    (is_qualified || path.segments.len() == 1)
        && segments
            .next()
            .is_some_and(|name| name == "tool" || name == "provide_state")
}

/// What stands here when it isn't a function, and the keyword that shows it.
fn other_item(input: ParseStream) -> Option<(&'static str, Ident)> {
    const KINDS: [(&str, &str); 11] = [
        ("struct", "a struct"),
        ("enum", "an enum"),
        ("union", "a union"),
        ("impl", "an `impl` block"),
        ("trait", "a trait"),
        ("mod", "a module"),
        ("static", "a static"),
        ("type", "a type alias"),
        ("use", "an import"),
        ("macro_rules", "a macro"),
        ("const", "a constant"),
    ];

    let ahead = input.fork();
    if ahead.peek(Token![unsafe]) && (ahead.peek2(Token![impl]) || ahead.peek2(Token![trait])) {
        let _: Token![unsafe] = ahead.parse().ok()?;
    }
    if ahead.peek(Token![const])
        && (ahead.peek2(Token![fn])
            || ahead.peek2(Token![async])
            || ahead.peek2(Token![unsafe])
            || ahead.peek2(Token![extern]))
    {
        return None;
    }
    let keyword = ahead.call(Ident::parse_any).ok()?;
    KINDS
        .iter()
        .find(|(name, _)| keyword == name)
        .map(|(_, kind)| (*kind, keyword))
}
