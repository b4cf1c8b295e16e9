//! The object that the script passes, as a struct.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::ext::IdentExt;

use super::runtime::Runtime;
use super::spans::Place;
use crate::model::{DefaultValue, InputParameter, Tool};
use crate::names;
use crate::parse::DocLine;

/// The struct with its derives, its schema under the tool's own name, and the functions that give
/// its defaults.
pub(crate) fn definition(tool: &Tool, runtime: &Runtime) -> TokenStream {
    let serde = runtime.private("serde");
    let schemars = runtime.private("schemars");
    let schema = schema(tool);
    let rename_all = tool.rename_all.map(|rule| {
        let rule = rule.name();
        quote!(, rename_all = #rule)
    });
    let fields = tool.inputs().map(field);
    let defaults = tool.inputs().filter_map(default_function);
    quote! {
        #[derive(__codemode::serde::Deserialize, __codemode::schemars::JsonSchema)]
        #[serde(crate = #serde, deny_unknown_fields #rename_all)]
        #[schemars(crate = #schemars)]
        struct __CodemodeInput {
            #(#fields,)*
        }
        #schema
        #(#defaults)*
    }
}

/// The struct's schema under a name and an identity of its own.
///
/// The derive would make both of the module and the name. A user's type that is called like the
/// input, in the module of the tool, would then count as the same type, and the declaration of each
/// would be that of the other.
fn schema(tool: &Tool) -> TokenStream {
    let name = names::input_type(&tool.name);
    let identity = tool.op_name();
    quote! {
        struct __CodemodeInputSchema;

        #[automatically_derived]
        impl __codemode::schemars::JsonSchema for __CodemodeInputSchema {
            fn schema_name() -> ::std::borrow::Cow<'static, str> {
                ::std::borrow::Cow::Borrowed(#name)
            }
            fn schema_id() -> ::std::borrow::Cow<'static, str> {
                ::std::borrow::Cow::Borrowed(#identity)
            }
            fn json_schema(
                generator: &mut __codemode::schemars::SchemaGenerator,
            ) -> __codemode::schemars::Schema {
                <__CodemodeInput as __codemode::schemars::JsonSchema>::json_schema(generator)
            }
        }
    }
}

fn field(input: &InputParameter) -> TokenStream {
    let InputParameter {
        name,
        ty,
        docs,
        rename,
        attributes,
        ..
    } = input;
    let docs = docs.iter().map(doc_attribute);
    let rename = rename
        .iter()
        .map(|rename| quote!(#[serde(rename = #rename)]));
    let default = input.default.iter().map(|_| {
        let function = default_name(input).to_string();
        quote!(#[serde(default = #function)])
    });
    quote! {
        #(#docs)*
        #(#default)*
        #(#rename)*
        #(#attributes)*
        #name: #ty
    }
}

fn doc_attribute(line: &DocLine) -> TokenStream {
    let value = match line {
        DocLine::Text(text) if text.is_empty() => quote!(""),
        // schemars takes off one space, as it stands in front of every line of a doc comment.
        DocLine::Text(text) => format!(" {text}").to_token_stream(),
        DocLine::Expression(expression) => expression.to_token_stream(),
    };
    quote!(#[doc = #value])
}

fn default_function(input: &InputParameter) -> Option<TokenStream> {
    let default = input.default.as_ref()?;
    let value = match &default.value {
        // Where rustc says that the type has no default.
        DefaultValue::OfType => {
            Place::of(&default.key).put(quote!(::core::default::Default::default()))
        }
        DefaultValue::Expression(value) => quote!(#value),
        DefaultValue::Text(text) => quote!(::core::convert::Into::into(#text)),
    };
    let name = default_name(input);
    let ty = &input.ty;
    Some(quote!(fn #name() -> #ty { #value }))
}

fn default_name(input: &InputParameter) -> Ident {
    format_ident!(
        "__codemode_default_{}",
        input.name.unraw(),
        span = Span::call_site()
    )
}
