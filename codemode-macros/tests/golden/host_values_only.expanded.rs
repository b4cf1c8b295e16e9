async fn flush(
    _: &CallContext,
    Queue { mails, .. }: &mail::Queue,
    clock: &Clock,
) -> io::Result<()> {
    mails.flush(clock).await
}
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
            output: |__codemode_generator| __codemode::output_schema(
                __codemode::Returns::<io::Result<()>>::ok_type(),
                __codemode_generator,
            ),
            state: &[
                __codemode::StateType::of::<mail::Queue>(),
                __codemode::StateType::of::<Clock>(),
            ],
        };
        async fn call(
            __codemode_call: __codemode::CallContext,
            __codemode_input: ::std::string::String,
        ) -> ::core::result::Result<::std::string::String, __codemode::ToolError> {
            __codemode::parse_no_input(&__codemode_input)?;
            let __codemode_returned = flush(
                    &__codemode_call,
                    __codemode::state::<mail::Queue>(&__codemode_call)?,
                    __codemode::state::<Clock>(&__codemode_call)?,
                )
                .await;
            __codemode::finish(
                __codemode::Returns::<io::Result<()>>::into_result(__codemode_returned),
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
        __CodemodeTool, "\u{1}codemode-tool tools.flush\u{1}"
    );
};
