/// The larger of two numbers.
pub fn larger_of(one: f64, other: f64) -> f64 {
    one.max(other)
}
const _: () = {
    use ::codemode_runtime::__private as __codemode;
    use ::codemode_runtime::__private::PlainReturn as _;
    const _: fn() = __codemode::accept::<f64>;
    const _: fn() = __codemode::accept::<f64>;
    #[derive(__codemode::serde::Deserialize, __codemode::schemars::JsonSchema)]
    #[serde(crate = "::codemode_runtime::__private::serde", deny_unknown_fields)]
    #[schemars(crate = "::codemode_runtime::__private::schemars")]
    struct __CodemodeInput {
        one: f64,
        other: f64,
    }
    struct __CodemodeInputSchema;
    #[automatically_derived]
    impl __codemode::schemars::JsonSchema for __CodemodeInputSchema {
        fn schema_name() -> ::std::borrow::Cow<'static, str> {
            ::std::borrow::Cow::Borrowed("LargerOfInput")
        }
        fn schema_id() -> ::std::borrow::Cow<'static, str> {
            ::std::borrow::Cow::Borrowed("codemode:tools.largerOf")
        }
        fn json_schema(
            __codemode_generator: &mut __codemode::schemars::SchemaGenerator,
        ) -> __codemode::schemars::Schema {
            <__CodemodeInput as __codemode::schemars::JsonSchema>::json_schema(
                __codemode_generator,
            )
        }
    }
    struct __CodemodeTool;
    #[automatically_derived]
    impl __codemode::Tool for __CodemodeTool {
        const DESCRIPTOR: __codemode::ToolDescriptor = __codemode::ToolDescriptor {
            namespace: "tools",
            name: "largerOf",
            op_name: "codemode:tools.largerOf",
            docs: "The larger of two numbers.",
            deprecated: ::core::option::Option::None,
            annotations: __codemode::Annotations::NONE,
            timeout: ::core::option::Option::None,
            location: __codemode::Location {
                file: ::core::file!(),
                line: ::core::line!(),
                column: ::core::column!(),
            },
            input: ::core::option::Option::Some(|__codemode_generator| {
                __codemode_generator.subschema_for::<__CodemodeInputSchema>()
            }),
            output: |__codemode_generator| __codemode::output_schema(
                __codemode::Returns::<f64>::ok_type(),
                __codemode_generator,
            ),
            state: &[],
        };
        async fn call(
            __codemode_call: __codemode::CallContext,
            __codemode_input: ::std::string::String,
        ) -> ::core::result::Result<::std::string::String, __codemode::ToolError> {
            let __codemode_input = __codemode::parse_input::<
                __CodemodeInput,
            >(&__codemode_input)?;
            let __codemode_returned = larger_of(
                __codemode_input.one,
                __codemode_input.other,
            );
            __codemode::finish(
                __codemode::Returns::<f64>::into_result(__codemode_returned),
                |__codemode_error| {
                    use __codemode::ByError as _;
                    use __codemode::ByPointer as _;
                    use __codemode::ByDisplay as _;
                    (&&&__codemode::Cause(__codemode_error)).cause()
                },
            )
        }
    }
    ::codemode_runtime::__register_tool!(
        __CodemodeTool, "\u{1}codemode-tool tools.largerOf\u{1}"
    );
};
