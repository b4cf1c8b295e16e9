#[cfg_attr(clippy, allow(clippy::needless_pass_by_value))]
fn search(query: String, filters: BTreeMap<String, String>) -> Vec<String> {
    find(query, filters)
}
const _: () = {
    use ::codemode_runtime::__private as __codemode;
    use ::codemode_runtime::__private::PlainReturn as _;
    #[derive(__codemode::serde::Deserialize, __codemode::schemars::JsonSchema)]
    #[serde(crate = "::codemode_runtime::__private::serde")]
    #[schemars(crate = "::codemode_runtime::__private::schemars")]
    struct __CodemodeInput {
        #[serde(alias = "q")]
        query: String,
        #[serde(flatten)]
        filters: BTreeMap<String, String>,
    }
    struct __CodemodeInputSchema;
    #[automatically_derived]
    impl __codemode::schemars::JsonSchema for __CodemodeInputSchema {
        fn schema_name() -> ::std::borrow::Cow<'static, str> {
            ::std::borrow::Cow::Borrowed("SearchInput")
        }
        fn schema_id() -> ::std::borrow::Cow<'static, str> {
            ::std::borrow::Cow::Borrowed("codemode:tools.search")
        }
        fn json_schema(
            __codemode_generator: &mut __codemode::schemars::SchemaGenerator,
        ) -> __codemode::schemars::Schema {
            __codemode::closed(
                <__CodemodeInput as __codemode::schemars::JsonSchema>::json_schema(
                    __codemode_generator,
                ),
            )
        }
    }
    struct __CodemodeTool;
    #[automatically_derived]
    impl __codemode::Tool for __CodemodeTool {
        const DESCRIPTOR: __codemode::ToolDescriptor = __codemode::ToolDescriptor {
            namespace: "tools",
            name: "search",
            op_name: "codemode:tools.search",
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
                __codemode::Returns::<Vec<String>>::ok_type(),
                __codemode_generator,
            ),
            state: &[],
        };
        async fn call(
            __codemode_call: __codemode::CallContext,
            __codemode_input: ::std::string::String,
        ) -> ::core::result::Result<::std::string::String, __codemode::ToolError> {
            static __CODEMODE_PROPERTIES: __codemode::Properties = __codemode::Properties::new(
                <__CodemodeInputSchema as __codemode::schemars::JsonSchema>::json_schema,
                &["q"],
            );
            let __codemode_input = __codemode::parse_flattened_input::<
                __CodemodeInput,
            >(&__codemode_input, &__CODEMODE_PROPERTIES)?;
            let __codemode_returned = search(
                __codemode_input.query,
                __codemode_input.filters,
            );
            __codemode::finish(
                __codemode::Returns::<Vec<String>>::into_result(__codemode_returned),
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
        __CodemodeTool, "\u{1}codemode-tool tools.search\u{1}"
    );
};
