#[allow(clippy::needless_pass_by_value)]
/// Sends a mail.
#[doc = include_str!("send.md")]
/// At once.
fn send(to: String) {}
#[allow(deprecated, non_snake_case)]
const _: () = {
    use ::codemode_runtime::__private as __codemode;
    use ::codemode_runtime::__private::PlainReturn as _;
    #[derive(__codemode::serde::Deserialize, __codemode::schemars::JsonSchema)]
    #[serde(crate = "::codemode_runtime::__private::serde", deny_unknown_fields)]
    #[schemars(crate = "::codemode_runtime::__private::schemars")]
    struct __CodemodeInput {
        #[doc = include_str!("to.md")]
        to: String,
    }
    struct __CodemodeInputSchema;
    #[automatically_derived]
    impl __codemode::schemars::JsonSchema for __CodemodeInputSchema {
        fn schema_name() -> ::std::borrow::Cow<'static, str> {
            ::std::borrow::Cow::Borrowed("SendInput")
        }
        fn schema_id() -> ::std::borrow::Cow<'static, str> {
            ::std::borrow::Cow::Borrowed("codemode:tools.send")
        }
        fn json_schema(
            generator: &mut __codemode::schemars::SchemaGenerator,
        ) -> __codemode::schemars::Schema {
            <__CodemodeInput as __codemode::schemars::JsonSchema>::json_schema(generator)
        }
    }
    struct __CodemodeTool;
    #[automatically_derived]
    impl __codemode::Tool for __CodemodeTool {
        const DESCRIPTOR: __codemode::ToolDescriptor = __codemode::ToolDescriptor {
            namespace: "tools",
            name: "send",
            op_name: "codemode:tools.send",
            docs: ::core::concat!(
                "Sends a mail.", "\n", include_str!("send.md"), "\n", "At once."
            ),
            deprecated: ::core::option::Option::None,
            annotations: __codemode::Annotations::NONE,
            timeout: ::core::option::Option::None,
            location: __codemode::Location {
                file: ::core::file!(),
                line: ::core::line!(),
                column: ::core::column!(),
            },
            input: ::core::option::Option::Some(|generator| {
                generator.subschema_for::<__CodemodeInputSchema>()
            }),
            output: |generator| __codemode::output_schema(
                __codemode::Returns::<()>::ok_type(),
                generator,
            ),
            state: &[],
        };
        async fn call(
            __call: __codemode::CallContext,
            __input: ::std::string::String,
        ) -> ::core::result::Result<::std::string::String, __codemode::ToolError> {
            let __input = __codemode::parse_input::<__CodemodeInput>(&__input)?;
            let __returned = send(__input.to);
            __codemode::finish(__codemode::Returns::<()>::into_result(__returned))
        }
    }
    ::codemode_runtime::__register_tool!(__CodemodeTool);
};
