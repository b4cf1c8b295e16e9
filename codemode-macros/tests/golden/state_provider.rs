/// Opens the database that `SITE_DB` names.
#[provide_state]
#[cfg(feature = "sqlite")]
pub fn open_site_db() -> Result<SiteDb, OpenError> {
    SiteDb::open(std::env::var("SITE_DB"))
}
