#[allow(clippy::needless_pass_by_value)]
/// Sends a mail.
///
/// Use it so:
///
///     send("a@example.org")
#[must_use]
/// It is sent at once: "now" means \now.
#[inline]
#[doc(alias = "post")]
fn send(#[allow(unused)] to: String, subject: String, body: String) -> bool {
    mail::send(to, subject, body)
}
#[allow(deprecated, non_snake_case)]
const _: () = {
    use ::codemode_runtime::__private as __codemode;
    use ::codemode_runtime::__private::PlainReturn as _;
    #[derive(__codemode::serde::Deserialize, __codemode::schemars::JsonSchema)]
    #[serde(crate = "::codemode_runtime::__private::serde", deny_unknown_fields)]
    #[schemars(crate = "::codemode_runtime::__private::schemars")]
    struct __CodemodeInput {
        /// Who gets it.
        ///
        ///  - one address
        /// - no more
        to: String,
        /// What it is about.
        subject: String,
        /// What it says.
        ///
        /// In plain text.
        body: String,
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
            docs: "Sends a mail.\n\nUse it so:\n\n    send(\"a@example.org\")\nIt is sent at once: \"now\" means \\now.",
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
                __codemode::Returns::<bool>::ok_type(),
                generator,
            ),
            state: &[],
        };
        async fn call(
            __call: __codemode::CallContext,
            __input: ::std::string::String,
        ) -> ::core::result::Result<::std::string::String, __codemode::ToolError> {
            let __input = __codemode::parse_input::<__CodemodeInput>(&__input)?;
            let __returned = send(__input.to, __input.subject, __input.body);
            __codemode::finish(__codemode::Returns::<bool>::into_result(__returned))
        }
    }
    ::codemode_runtime::__register_tool!(__CodemodeTool);
};
