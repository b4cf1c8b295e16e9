/// Sends a mail.
///
/// Use it so:
///
///     send("a@example.org")
#[must_use]
/// It is sent at once: "now" means \now.
#[inline]
#[tool]
#[doc(alias = "post")]
fn send(
    /// Who gets it.
    ///
    ///  - one address
    #[allow(unused)]
    /// - no more
    to: String,
    #[doc = "What it is about."] subject: String,
    /** What it says.
      *
      * In plain text. */
    body: String,
) -> bool {
    mail::send(to, subject, body)
}
