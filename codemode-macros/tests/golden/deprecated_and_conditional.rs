#[tool]
#[cfg(unix)]
#[deprecated(since = "1.2.0", note = "use `send`")]
#[cfg(feature = "mail")]
pub(crate) fn post(to: String) {}
