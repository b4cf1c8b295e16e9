#[allow(clippy::needless_pass_by_value)]
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
#[allow(deprecated, non_snake_case)]
const _: () = {
    use ::codemode_runtime::__private as __codemode;
    use ::codemode_runtime::__private::PlainReturn as _;
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
            generator: &mut __codemode::schemars::SchemaGenerator,
        ) -> __codemode::schemars::Schema {
            <__CodemodeInput as __codemode::schemars::JsonSchema>::json_schema(generator)
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
            input: ::core::option::Option::Some(|generator| {
                generator.subschema_for::<__CodemodeInputSchema>()
            }),
            output: |generator| __codemode::output_schema(
                __codemode::Returns::<Vec<Hit>>::ok_type(),
                generator,
            ),
            state: &[],
        };
        async fn call(
            __call: __codemode::CallContext,
            __input: ::std::string::String,
        ) -> ::core::result::Result<::std::string::String, __codemode::ToolError> {
            let __input = __codemode::parse_input::<__CodemodeInput>(&__input)?;
            let __returned = search(
                __input.text,
                __input.tags,
                __input.period,
                __input.offset,
                __input.limits,
                __input.r#fn,
            );
            __codemode::finish(__codemode::Returns::<Vec<Hit>>::into_result(__returned))
        }
    }
    ::codemode_runtime::__register_tool!(__CodemodeTool);
};
