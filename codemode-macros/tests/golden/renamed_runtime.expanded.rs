#[allow(clippy::needless_pass_by_value)]
fn answer(deep_thought: &Computer, question: String) -> Answer {
    deep_thought.answer(question)
}
#[allow(deprecated, non_snake_case)]
const _: () = {
    use crate::reexports::runtime::__private as __codemode;
    use crate::reexports::runtime::__private::PlainReturn as _;
    #[derive(__codemode::serde::Deserialize, __codemode::schemars::JsonSchema)]
    #[serde(crate = "crate::reexports::runtime::__private::serde", deny_unknown_fields)]
    #[schemars(crate = "crate::reexports::runtime::__private::schemars")]
    struct __CodemodeInput {
        question: String,
    }
    struct __CodemodeInputSchema;
    #[automatically_derived]
    impl __codemode::schemars::JsonSchema for __CodemodeInputSchema {
        fn schema_name() -> ::std::borrow::Cow<'static, str> {
            ::std::borrow::Cow::Borrowed("AnswerInput")
        }
        fn schema_id() -> ::std::borrow::Cow<'static, str> {
            ::std::borrow::Cow::Borrowed("codemode:tools.answer")
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
            name: "answer",
            op_name: "codemode:tools.answer",
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
                __codemode::Returns::<Answer>::ok_type(),
                generator,
            ),
            state: &[__codemode::StateType::of::<Computer>()],
        };
        async fn call(
            __call: __codemode::CallContext,
            __input: ::std::string::String,
        ) -> ::core::result::Result<::std::string::String, __codemode::ToolError> {
            let __input = __codemode::parse_input::<__CodemodeInput>(&__input)?;
            let __returned = answer(
                __codemode::state::<Computer>(&__call)?,
                __input.question,
            );
            __codemode::finish(__codemode::Returns::<Answer>::into_result(__returned))
        }
    }
    crate::reexports::runtime::__register_tool!(__CodemodeTool);
};
