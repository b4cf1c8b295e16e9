/// Opens the database that `SITE_DB` names.
#[cfg(feature = "sqlite")]
pub fn open_site_db() -> Result<SiteDb, OpenError> {
    SiteDb::open(std::env::var("SITE_DB"))
}
#[cfg(feature = "sqlite")]
const _: () = {
    use ::codemode_runtime::__private as __codemode;
    use ::codemode_runtime::__private::PlainReturn as _;
    ::codemode_runtime::__register_state!(
        __codemode::StateProvider { provides : ||
        __codemode::state_type_of(__codemode::Returns:: < Result < SiteDb, OpenError > >
        ::ok_type()), location : __codemode::Location { file : ::core::file!(), line :
        ::core::line!(), column : ::core::column!() }, make : ||
        __codemode::provided(__codemode::Returns:: < Result < SiteDb, OpenError > >
        ::into_result(open_site_db())), }
    );
};
