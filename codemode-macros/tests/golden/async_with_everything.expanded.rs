#[cfg_attr(clippy, allow(clippy::needless_pass_by_value))]
/// Page views per day, oldest first.
async fn daily_views(
    db: &SiteDb,
    call: &CallContext,
    since: NaiveDate,
    days: u32,
) -> Result<Vec<DayViews>, AnalyticsError> {
    db.daily_views(call, since, days).await
}
const _: () = {
    use ::codemode_runtime::__private as __codemode;
    use ::codemode_runtime::__private::PlainReturn as _;
    const _: fn() = __codemode::accept::<NaiveDate>;
    const _: fn() = __codemode::accept::<u32>;
    use ::core::option::Option::Some;
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
            __codemode_generator: &mut __codemode::schemars::SchemaGenerator,
        ) -> __codemode::schemars::Schema {
            <__CodemodeInput as __codemode::schemars::JsonSchema>::json_schema(
                __codemode_generator,
            )
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
                ..__codemode::Annotations::NONE
            },
            timeout: ::core::option::Option::Some(
                ::core::time::Duration::from_millis(5000u64),
            ),
            location: __codemode::Location {
                file: ::core::file!(),
                line: ::core::line!(),
                column: ::core::column!(),
            },
            input: ::core::option::Option::Some(|__codemode_generator| {
                __codemode_generator.subschema_for::<__CodemodeInputSchema>()
            }),
            output: |__codemode_generator| __codemode::output_schema(
                __codemode::Returns::<Result<Vec<DayViews>, AnalyticsError>>::ok_type(),
                __codemode_generator,
            ),
            state: &[__codemode::StateType::of::<SiteDb>()],
        };
        async fn call(
            __codemode_call: __codemode::CallContext,
            __codemode_input: ::std::string::String,
        ) -> ::core::result::Result<::std::string::String, __codemode::ToolError> {
            let __codemode_input = __codemode::parse_input::<
                __CodemodeInput,
            >(&__codemode_input)?;
            let __codemode_returned = daily_views(
                    __codemode::state::<SiteDb>(&__codemode_call)?,
                    &__codemode_call,
                    __codemode_input.since,
                    __codemode_input.days,
                )
                .await;
            __codemode::finish(
                __codemode::Returns::<
                    Result<Vec<DayViews>, AnalyticsError>,
                >::into_result(__codemode_returned),
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
        __CodemodeTool, "\u{1}codemode-tool analytics.dailyViews\u{1}"
    );
};
