#[allow(clippy::needless_pass_by_value)]
fn ping() {}
#[allow(deprecated, non_snake_case)]
const _: () = {
    use ::codemode_runtime::__private as __codemode;
    use ::codemode_runtime::__private::PlainReturn as _;
    struct __CodemodeTool;
    #[automatically_derived]
    impl __codemode::Tool for __CodemodeTool {
        const DESCRIPTOR: __codemode::ToolDescriptor = __codemode::ToolDescriptor {
            namespace: "tools",
            name: "ping",
            op_name: "codemode:tools.ping",
            docs: "",
            deprecated: ::core::option::Option::None,
            annotations: __codemode::Annotations::NONE,
            timeout: ::core::option::Option::None,
            location: __codemode::Location {
                file: ::core::file!(),
                line: ::core::line!(),
                column: ::core::column!(),
            },
            input: ::core::option::Option::None,
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
            __codemode::parse_no_input(&__input)?;
            let __returned = ping();
            __codemode::finish(__codemode::Returns::<()>::into_result(__returned))
        }
    }
    ::codemode_runtime::__register_tool!(__CodemodeTool);
};
