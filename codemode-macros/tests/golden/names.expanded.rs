#[allow(clippy::needless_pass_by_value)]
fn delete(file_path: String, is_really_meant: bool, r#type: Kind) {
    fs::remove(file_path, is_really_meant, r#type);
}
#[allow(deprecated, non_snake_case)]
const _: () = {
    use ::codemode_runtime::__private as __codemode;
    use ::codemode_runtime::__private::PlainReturn as _;
    #[derive(__codemode::serde::Deserialize, __codemode::schemars::JsonSchema)]
    #[serde(
        crate = "::codemode_runtime::__private::serde",
        deny_unknown_fields,
        rename_all = "camelCase"
    )]
    #[schemars(crate = "::codemode_runtime::__private::schemars")]
    struct __CodemodeInput {
        file_path: String,
        #[serde(rename = "really")]
        is_really_meant: bool,
        r#type: Kind,
    }
    struct __CodemodeInputSchema;
    #[automatically_derived]
    impl __codemode::schemars::JsonSchema for __CodemodeInputSchema {
        fn schema_name() -> ::std::borrow::Cow<'static, str> {
            ::std::borrow::Cow::Borrowed("RemoveInput")
        }
        fn schema_id() -> ::std::borrow::Cow<'static, str> {
            ::std::borrow::Cow::Borrowed("codemode:files.remove")
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
            namespace: "files",
            name: "remove",
            op_name: "codemode:files.remove",
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
                __codemode::Returns::<()>::ok_type(),
                generator,
            ),
            state: &[],
        };
        async fn call(
            __call: __codemode::CallContext,
            __input: ::std::string::String,
        ) -> ::core::result::Result<::std::string::String, __codemode::ToolError> {
            let __input = __codemode::parse_input::<__CodemodeInput>(&__input)?;
            let __returned = delete(
                __input.file_path,
                __input.is_really_meant,
                __input.r#type,
            );
            __codemode::finish(__codemode::Returns::<()>::into_result(__returned))
        }
    }
    ::codemode_runtime::__register_tool!(__CodemodeTool);
};
