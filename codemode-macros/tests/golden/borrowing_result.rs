#[tool]
fn names(#[state] people: &People) -> Vec<&str> {
    people.names()
}
