/// The larger of two numbers.
#[tool]
pub fn larger_of(one: f64, other: f64) -> f64 {
    one.max(other)
}
