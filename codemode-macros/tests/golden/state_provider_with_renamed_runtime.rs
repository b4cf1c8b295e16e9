#[provide_state(crate = "::kit")]
fn clock() -> Clock {
    Clock::system()
}
