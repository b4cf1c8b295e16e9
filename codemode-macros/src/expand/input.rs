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
    // Beside it serde would refuse what a flattened map or enum takes; see [`read`].
    let deny_unknown_fields = (!tool.is_flattened()).then(|| quote!(, deny_unknown_fields));
    let fields = tool.inputs().map(|input| field(input, runtime));
    // schemars' derive writes the bare word for a field with a default.
    let has_default = tool.inputs().any(|input| !input.is_required());
    let some = has_default.then(|| {
        quote!(
            use ::core::option::Option::Some;
        )
    });
    let defaults = tool.inputs().filter_map(default_function);
    let checks = tool.inputs().filter_map(check);
    quote! {
        #(#checks)*
        #some
        #[derive(__codemode::serde::Deserialize, __codemode::schemars::JsonSchema)]
        #[serde(crate = #serde #deny_unknown_fields #rename_all)]
        #[schemars(crate = #schemars)]
        struct __CodemodeInput {
            #(#fields,)*
        }
        #schema
        #(#defaults)*
    }
}

/// The expression that reads the input.
pub(crate) fn read(tool: &Tool) -> TokenStream {
    if !tool.has_inputs() {
        return quote!(__codemode::parse_no_input(&__codemode_input)?;);
    }
    if !tool.is_flattened() {
        return quote!(let __codemode_input = __codemode::parse_input::<__CodemodeInput>(&__codemode_input)?;);
    }
    let aliases = tool.inputs().flat_map(|input| &input.serde.aliases);
    quote! {
        static __CODEMODE_PROPERTIES: __codemode::Properties = __codemode::Properties::new(
            <__CodemodeInputSchema as __codemode::schemars::JsonSchema>::json_schema,
            &[#(#aliases),*],
        );
        let __codemode_input =
            __codemode::parse_flattened_input::<__CodemodeInput>(&__codemode_input, &__CODEMODE_PROPERTIES)?;
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
    let mut schema = quote! {
        <__CodemodeInput as __codemode::schemars::JsonSchema>::json_schema(__codemode_generator)
    };
    if tool.is_flattened() {
        schema = quote!(__codemode::closed(#schema));
    }
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
                __codemode_generator: &mut __codemode::schemars::SchemaGenerator,
            ) -> __codemode::schemars::Schema {
                #schema
            }
        }
    }
}

/// What tells that a type can't come from a script, and what to derive or turn on; serde and schemars say no more than that it
/// lacks one of their traits. An attribute may say that it's read otherwise.
fn check(input: &InputParameter) -> Option<TokenStream> {
    if !input.attributes.is_empty() {
        return None;
    }
    let ty = &input.ty;
    let check = Place::of(ty).put(quote!(__codemode::accept));
    Some(quote!(const _: fn() = #check::<#ty>;))
}

/// The name of the struct's field, where the parameter stands. It is generated, and so the user's lints, which have seen the
/// parameter itself, don't look at it.
pub(super) fn field_name(input: &InputParameter) -> Ident {
    let mut name = input.name.clone();
    name.set_span(Place::of(&input.name).start);
    name
}

fn field(input: &InputParameter, runtime: &Runtime) -> TokenStream {
    let name = field_name(input);
    let InputParameter {
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
    let default = input.default.as_ref().map(|_| {
        let function = default_name(input).to_string();
        quote!(#[serde(default = #function)])
    });
    // As it is, serde reads `null` as the outer `None`.
    let nested = input.tells_null_apart().then(|| {
        let read = runtime.private("present");
        let default = default.is_none().then(|| quote!(default,));
        quote!(#[serde(#default deserialize_with = #read)])
    });
    quote! {
        #(#docs)*
        #default
        #nested
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
