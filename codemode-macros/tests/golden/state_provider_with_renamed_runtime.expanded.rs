fn clock() -> Clock {
    Clock::system()
}
const _: () = {
    use ::kit::__private as __codemode;
    use ::kit::__private::PlainReturn as _;
    ::kit::__register_state!(
        __codemode::StateProvider { provides : ||
        __codemode::state_type_of(__codemode::Returns:: < Clock > ::ok_type()), location
        : __codemode::Location { file : ::core::file!(), line : ::core::line!(), column :
        ::core::column!() }, make : || __codemode::provided(__codemode::Returns:: < Clock
        > ::into_result(clock())), }
    );
};
