#[tool]
fn search(
    text: String,
    #[tool(default)] tags: Vec<String>,
    #[tool(default = "week")] period: String,
    #[tool(default = -1.5)] offset: f64,
    #[tool(default = HashMap::<String, u32>::new(), rename = "max")] limits: HashMap<String, u32>,
    #[tool(default = { let base = 2; base * 10 })] r#fn: u32,
) -> Vec<Hit> {
    Index::search(text, tags, period, offset, limits, r#fn)
}
