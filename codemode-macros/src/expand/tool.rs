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
    let register = runtime.hook("__register_tool", &quote!(__CodemodeTool));
    let scope = runtime.scope(
        &tool.conditions,
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
    quote! {
        // A script's data is always owned, so the lint would ask for what a tool can't do.
        #[allow(clippy::needless_pass_by_value)]
        #function
        #scope
    }
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
    let input = option(tool.has_inputs().then_some(quote!(|generator| {
        generator.subschema_for::<__CodemodeInputSchema>()
    })));
    let ok_type = returned.ok_type();
    let state = tool
        .parameters
        .iter()
        .filter_map(|parameter| match parameter {
            Parameter::State(ty) => Some(quote!(__codemode::StateType::of::<#ty>())),
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
            output: |generator| __codemode::output_schema(#ok_type, generator),
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
    let input = if tool.has_inputs() {
        quote!(let __input = __codemode::parse_input::<__CodemodeInput>(&__input)?;)
    } else {
        quote!(__codemode::parse_no_input(&__input)?;)
    };
    let arguments = tool.parameters.iter().map(argument);
    let awaited = tool.is_async.then(|| quote!(.await));
    let result = returned.result(&quote!(__returned));
    // Where rustc says that the future isn't `Send`, which is the doing of the function's body.
    let signature = Place::of(function).put(quote! {
        async fn call(
            __call: __codemode::CallContext,
            __input: ::std::string::String,
        ) -> ::core::result::Result<::std::string::String, __codemode::ToolError>
    });
    quote! {
        #signature {
            #input
            let __returned = #function(#(#arguments),*) #awaited;
            __codemode::finish(#result)
        }
    }
}

fn argument(parameter: &Parameter) -> TokenStream {
    match parameter {
        Parameter::State(ty) => quote!(__codemode::state::<#ty>(&__call)?),
        Parameter::Context(ty) => at(ty, &quote!(&__call)),
        Parameter::Input(input) => {
            let name = &input.name;
            quote!(__input.#name)
        }
    }
}

/// `tokens` standing at `ty`, where a mismatch is to be shown.
fn at(ty: &Type, tokens: &TokenStream) -> TokenStream {
    Place::of(ty).put(tokens.clone())
}
