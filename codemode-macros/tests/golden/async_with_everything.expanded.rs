#[allow(clippy::needless_pass_by_value)]
/// Page views per day, oldest first.
async fn daily_views(
    db: &SiteDb,
    call: &CallContext,
    since: NaiveDate,
    days: u32,
) -> Result<Vec<DayViews>, AnalyticsError> {
    db.daily_views(call, since, days).await
}
#[allow(deprecated, non_snake_case)]
const _: () = {
    use ::codemode_runtime::__private as __codemode;
    use ::codemode_runtime::__private::PlainReturn as _;
    #[derive(__codemode::serde::Deserialize, __codemode::schemars::JsonSchema)]
    #[serde(crate = "::codemode_runtime::__private::serde", deny_unknown_fields)]
    #[schemars(crate = "::codemode_runtime::__private::schemars")]
    struct __CodemodeInput {
        /// First day, inclusive, as YYYY-MM-DD.
        since: NaiveDate,
        /// At most this many days.
        #[serde(default = "__codemode_default_days")]
        days: u32,
    }
    struct __CodemodeInputSchema;
    #[automatically_derived]
    impl __codemode::schemars::JsonSchema for __CodemodeInputSchema {
        fn schema_name() -> ::std::borrow::Cow<'static, str> {
            ::std::borrow::Cow::Borrowed("DailyViewsInput")
        }
        fn schema_id() -> ::std::borrow::Cow<'static, str> {
            ::std::borrow::Cow::Borrowed("codemode:analytics.dailyViews")
        }
        fn json_schema(
            generator: &mut __codemode::schemars::SchemaGenerator,
        ) -> __codemode::schemars::Schema {
            <__CodemodeInput as __codemode::schemars::JsonSchema>::json_schema(generator)
        }
    }
    fn __codemode_default_days() -> u32 {
        30
    }
    struct __CodemodeTool;
    #[automatically_derived]
    impl __codemode::Tool for __CodemodeTool {
        const DESCRIPTOR: __codemode::ToolDescriptor = __codemode::ToolDescriptor {
            namespace: "analytics",
            name: "dailyViews",
            op_name: "codemode:analytics.dailyViews",
            docs: "Page views per day, oldest first.",
            deprecated: ::core::option::Option::None,
            annotations: __codemode::Annotations {
                read_only: ::core::option::Option::Some(true),
                destructive: ::core::option::Option::None,
                idempotent: ::core::option::Option::Some(true),
            },
            timeout: ::core::option::Option::Some(
                ::core::time::Duration::from_millis(5000u64),
            ),
            location: __codemode::Location {
                file: ::core::file!(),
                line: ::core::line!(),
                column: ::core::column!(),
            },
            input: ::core::option::Option::Some(|generator| {
                generator.subschema_for::<__CodemodeInputSchema>()
            }),
            output: |generator| __codemode::output_schema(
                __codemode::Returns::<Result<Vec<DayViews>, AnalyticsError>>::ok_type(),
                generator,
            ),
            state: &[__codemode::StateType::of::<SiteDb>()],
        };
        async fn call(
            __call: __codemode::CallContext,
            __input: ::std::string::String,
        ) -> ::core::result::Result<::std::string::String, __codemode::ToolError> {
            let __input = __codemode::parse_input::<__CodemodeInput>(&__input)?;
            let __returned = daily_views(
                    __codemode::state::<SiteDb>(&__call)?,
                    &__call,
                    __input.since,
                    __input.days,
                )
                .await;
            __codemode::finish(
                __codemode::Returns::<
                    Result<Vec<DayViews>, AnalyticsError>,
                >::into_result(__returned),
            )
        }
    }
    ::codemode_runtime::__register_tool!(__CodemodeTool);
};
