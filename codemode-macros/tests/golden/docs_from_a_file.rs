/// Sends a mail.
#[doc = include_str!("send.md")]
/// At once.
#[tool]
fn send(#[doc = include_str!("to.md")] to: String) {}
