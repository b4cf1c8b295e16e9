#[tool]
async fn flush(
    #[context] _: &CallContext,
    #[state] Queue { mails, .. }: &mail::Queue,
    #[state] clock: &Clock,
) -> io::Result<()> {
    mails.flush(clock).await
}
