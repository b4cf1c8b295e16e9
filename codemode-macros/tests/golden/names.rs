#[tool(name = "remove", namespace = "files", rename_all = "camelCase")]
fn delete(
    file_path: String,
    #[tool(rename = "really")] is_really_meant: bool,
    r#type: Kind,
) {
    fs::remove(file_path, is_really_meant, r#type);
}
