#[tool]
fn resize(
    #[serde(alias = "w")]
    #[schemars(range(min = 1, max = 4096))]
    #[allow(unused_variables)]
    width: u32,
    /// Defaults to the width.
    #[serde(default, deserialize_with = "number_or_text")]
    mut height: Option<u32>,
) -> Size {
    height.get_or_insert(width);
    Size { width, height }
}
