#[allow(clippy::needless_pass_by_value)]
async fn flush(
    _: &CallContext,
    Queue { mails, .. }: &mail::Queue,
    clock: &Clock,
) -> io::Result<()> {
    mails.flush(clock).await
}
#[allow(deprecated, non_snake_case)]
const _: () = {
    use ::codemode_runtime::__private as __codemode;
    use ::codemode_runtime::__private::PlainReturn as _;
    struct __CodemodeTool;
    #[automatically_derived]
    impl __codemode::Tool for __CodemodeTool {
        const DESCRIPTOR: __codemode::ToolDescriptor = __codemode::ToolDescriptor {
            namespace: "tools",
            name: "flush",
            op_name: "codemode:tools.flush",
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
                __codemode::Returns::<io::Result<()>>::ok_type(),
                generator,
            ),
            state: &[
                __codemode::StateType::of::<mail::Queue>(),
                __codemode::StateType::of::<Clock>(),
            ],
        };
        async fn call(
            __call: __codemode::CallContext,
            __input: ::std::string::String,
        ) -> ::core::result::Result<::std::string::String, __codemode::ToolError> {
            __codemode::parse_no_input(&__input)?;
            let __returned = flush(
                    &__call,
                    __codemode::state::<mail::Queue>(&__call)?,
                    __codemode::state::<Clock>(&__call)?,
                )
                .await;
            __codemode::finish(
                __codemode::Returns::<io::Result<()>>::into_result(__returned),
            )
        }
    }
    ::codemode_runtime::__register_tool!(__CodemodeTool);
};
