#[tool]
fn search(
    #[serde(alias = "q")] query: String,
    #[serde(flatten)] filters: BTreeMap<String, String>,
) -> Vec<String> {
    find(query, filters)
}
