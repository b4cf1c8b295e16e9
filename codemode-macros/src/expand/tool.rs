//! A tool: its descriptor, its call, and its registration.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::Type;

use super::input;
use super::runtime::{Returned, Runtime, location};
use super::spans::Place;
use crate::model::{Behaviour, Parameter, Tool};
use crate::parse::{DocLine, Function};

/// The function, and beside it everything that makes it a tool.
pub(crate) fn tool(function: &Function, tool: &Tool) -> TokenStream {
    let runtime = Runtime::new(tool.runtime.as_ref());
    let returned = Returned::of(&tool.function, tool.returns.as_ref());

    let input = tool.has_inputs().then(|| input::definition(tool, &runtime));
    let descriptor = descriptor(tool, &returned);
    let call = call(tool, &returned);
    let mark = mark(tool);
    let register = runtime.hook("__register_tool", &quote!(__CodemodeTool, #mark));
    let scope = runtime.scope(
        function,
        &quote! {
            #input

            struct __CodemodeTool;

            #[automatically_derived]
            impl __codemode::Tool for __CodemodeTool {
                #descriptor
                #call
            }

            #register
        },
    );
    // A script's data is always owned, so the lint would ask for what a tool can't do. Only clippy is told, since rustc
    // would refuse the word where the lint is forbidden.
    let allow = tool
        .takes_owned_data()
        .then(|| quote!(#[cfg_attr(clippy, allow(clippy::needless_pass_by_value))]));
    quote! {
        #allow
        #function
        #scope
    }
}

/// By which the command line finds the tools of a compiled library, whether a program links it or not.
fn mark(tool: &Tool) -> String {
    format!("\u{1}codemode-tool {}.{}\u{1}", tool.namespace, tool.name)
}

fn descriptor(tool: &Tool, returned: &Returned) -> TokenStream {
    let Tool {
        namespace, name, ..
    } = tool;
    let op_name = tool.op_name();
    let docs = docs(&tool.docs);
    let deprecated = option(tool.deprecated.as_ref());
    let annotations = annotations(&tool.behaviour);
    let timeout = option(
        tool.behaviour
            .timeout
            .map(|milliseconds| quote!(::core::time::Duration::from_millis(#milliseconds))),
    );
    let location = location(&tool.function);
    let input = option(tool.has_inputs().then_some(quote!(|__codemode_generator| {
        __codemode_generator.subschema_for::<__CodemodeInputSchema>()
    })));
    let ok_type = returned.ok_type();
    let state = tool
        .parameters
        .iter()
        .filter_map(|parameter| match parameter {
            Parameter::State(ty) => Some(quote!(__codemode::StateType::of::<#ty>())),
            Parameter::UnsizedState(ty) => Some(quote!(__codemode::StateType::of_unsized::<#ty>())),
            Parameter::Context(_) | Parameter::Input(_) => None,
        });
    quote! {
        const DESCRIPTOR: __codemode::ToolDescriptor = __codemode::ToolDescriptor {
            namespace: #namespace,
            name: #name,
            op_name: #op_name,
            docs: #docs,
            deprecated: #deprecated,
            annotations: #annotations,
            timeout: #timeout,
            location: #location,
            input: #input,
            output: |__codemode_generator| __codemode::output_schema(#ok_type, __codemode_generator),
            state: &[#(#state),*],
        };
    }
}

fn annotations(behaviour: &Behaviour) -> TokenStream {
    let said = [
        behaviour.read_only,
        behaviour.destructive,
        behaviour.idempotent,
    ];
    if said == [None; 3] {
        return quote!(__codemode::Annotations::NONE);
    }
    let [read_only, destructive, idempotent] = said.map(option);
    quote! {
        __codemode::Annotations {
            read_only: #read_only,
            destructive: #destructive,
            idempotent: #idempotent,
            ..__codemode::Annotations::NONE
        }
    }
}

fn option(value: Option<impl ToTokens>) -> TokenStream {
    value.map_or_else(
        || quote!(::core::option::Option::None),
        |value| quote!(::core::option::Option::Some(#value)),
    )
}

/// The documentation as one constant text.
fn docs(lines: &[DocLine]) -> TokenStream {
    let texts: Option<Vec<&str>> = lines
        .iter()
        .map(|line| match line {
            DocLine::Text(text) => Some(text.as_str()),
            DocLine::Expression(_) => None,
        })
        .collect();
    if let Some(texts) = texts {
        return texts.join("\n").to_token_stream();
    }

    let parts = lines.iter().map(|line| match line {
        DocLine::Text(text) => text.to_token_stream(),
        DocLine::Expression(expression) => expression.to_token_stream(),
    });
    let parts = parts.enumerate().map(|(index, part)| {
        if index == 0 {
            part
        } else {
            quote!("\n", #part)
        }
    });
    quote!(::core::concat!(#(#parts),*))
}

fn call(tool: &Tool, returned: &Returned) -> TokenStream {
    let function = &tool.function;
    let input = input::read(tool);
    let arguments = tool.parameters.iter().map(argument);
    let awaited = tool.is_async.then(|| quote!(.await));
    let result = returned.result(&quote!(__codemode_returned));
    // Where rustc says that the future isn't `Send`, which is the doing of the function's body.
    let signature = Place::of(function).put(quote! {
        async fn call(
            __codemode_call: __codemode::CallContext,
            __codemode_input: ::std::string::String,
        ) -> ::core::result::Result<::std::string::String, __codemode::ToolError>
    });
    quote! {
        #signature {
            #input
            let __codemode_returned = #function(#(#arguments),*) #awaited;
            __codemode::finish(#result, |__codemode_error| {
                use __codemode::ByError as _;
                use __codemode::ByPointer as _;
                use __codemode::ByDisplay as _;
                (&&&__codemode::Cause(__codemode_error)).cause()
            })
        }
    }
}

fn argument(parameter: &Parameter) -> TokenStream {
    match parameter {
        Parameter::State(ty) => quote!(__codemode::state::<#ty>(&__codemode_call)?),
        Parameter::UnsizedState(ty) => {
            quote!(__codemode::unsized_state::<#ty>(&__codemode_call)?)
        }
        Parameter::Context(ty) => at(ty, &quote!(&__codemode_call)),
        Parameter::Input(input) => {
            let name = input::field_name(input);
            quote!(__codemode_input.#name)
        }
    }
}

/// `tokens` standing at `ty`, where a mismatch is to be shown.
fn at(ty: &Type, tokens: &TokenStream) -> TokenStream {
    Place::of(ty).put(tokens.clone())
}
