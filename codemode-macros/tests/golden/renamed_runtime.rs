#[tool(crate = "crate::reexports::runtime")]
fn answer(#[state] deep_thought: &Computer, question: String) -> Answer {
    deep_thought.answer(question)
}
