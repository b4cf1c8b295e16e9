#[cfg_attr(clippy, allow(clippy::needless_pass_by_value))]
fn resize(#[allow(unused_variables)] width: u32, mut height: Option<u32>) -> Size {
    height.get_or_insert(width);
    Size { width, height }
}
const _: () = {
    use ::codemode_runtime::__private as __codemode;
    use ::codemode_runtime::__private::PlainReturn as _;
    use ::core::option::Option::Some;
    #[derive(__codemode::serde::Deserialize, __codemode::schemars::JsonSchema)]
    #[serde(crate = "::codemode_runtime::__private::serde", deny_unknown_fields)]
    #[schemars(crate = "::codemode_runtime::__private::schemars")]
    struct __CodemodeInput {
        #[serde(alias = "w")]
        #[schemars(range(min = 1, max = 4096))]
        width: u32,
        /// Defaults to the width.
        #[serde(default, deserialize_with = "number_or_text")]
        height: Option<u32>,
    }
    struct __CodemodeInputSchema;
    #[automatically_derived]
    impl __codemode::schemars::JsonSchema for __CodemodeInputSchema {
        fn schema_name() -> ::std::borrow::Cow<'static, str> {
            ::std::borrow::Cow::Borrowed("ResizeInput")
        }
        fn schema_id() -> ::std::borrow::Cow<'static, str> {
            ::std::borrow::Cow::Borrowed("codemode:tools.resize")
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
            name: "resize",
            op_name: "codemode:tools.resize",
            docs: "",
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
                __codemode::Returns::<Size>::ok_type(),
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
            let __codemode_returned = resize(
                __codemode_input.width,
                __codemode_input.height,
            );
            __codemode::finish(
                __codemode::Returns::<Size>::into_result(__codemode_returned),
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
        __CodemodeTool, "\u{1}codemode-tool tools.resize\u{1}"
    );
};
