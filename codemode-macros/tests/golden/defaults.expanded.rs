#[cfg_attr(clippy, allow(clippy::needless_pass_by_value))]
fn search(
    text: String,
    tags: Vec<String>,
    period: String,
    offset: f64,
    limits: HashMap<String, u32>,
    r#fn: u32,
) -> Vec<Hit> {
    Index::search(text, tags, period, offset, limits, r#fn)
}
const _: () = {
    use ::codemode_runtime::__private as __codemode;
    use ::codemode_runtime::__private::PlainReturn as _;
    const _: fn() = __codemode::accept::<String>;
    const _: fn() = __codemode::accept::<Vec<String>>;
    const _: fn() = __codemode::accept::<String>;
    const _: fn() = __codemode::accept::<f64>;
    const _: fn() = __codemode::accept::<HashMap<String, u32>>;
    const _: fn() = __codemode::accept::<u32>;
    use ::core::option::Option::Some;
    #[derive(__codemode::serde::Deserialize, __codemode::schemars::JsonSchema)]
    #[serde(crate = "::codemode_runtime::__private::serde", deny_unknown_fields)]
    #[schemars(crate = "::codemode_runtime::__private::schemars")]
    struct __CodemodeInput {
        text: String,
        #[serde(default = "__codemode_default_tags")]
        tags: Vec<String>,
        #[serde(default = "__codemode_default_period")]
        period: String,
        #[serde(default = "__codemode_default_offset")]
        offset: f64,
        #[serde(default = "__codemode_default_limits")]
        #[serde(rename = "max")]
        limits: HashMap<String, u32>,
        #[serde(default = "__codemode_default_fn")]
        r#fn: u32,
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
            <__CodemodeInput as __codemode::schemars::JsonSchema>::json_schema(
                __codemode_generator,
            )
        }
    }
    fn __codemode_default_tags() -> Vec<String> {
        ::core::default::Default::default()
    }
    fn __codemode_default_period() -> String {
        ::core::convert::Into::into("week")
    }
    fn __codemode_default_offset() -> f64 {
        -1.5
    }
    fn __codemode_default_limits() -> HashMap<String, u32> {
        HashMap::<String, u32>::new()
    }
    fn __codemode_default_fn() -> u32 {
        {
            let base = 2;
            base * 10
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
                __codemode::Returns::<Vec<Hit>>::ok_type(),
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
            let __codemode_returned = search(
                __codemode_input.text,
                __codemode_input.tags,
                __codemode_input.period,
                __codemode_input.offset,
                __codemode_input.limits,
                __codemode_input.r#fn,
            );
            __codemode::finish(
                __codemode::Returns::<Vec<Hit>>::into_result(__codemode_returned),
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
