//! The matrix in the docs is what is printed.

use std::path::Path;
use std::{env, fs};

use codemode_truth::documentation;

#[test]
fn the_docs_show_what_is_printed() {
    let text = documentation::types().unwrap();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/types.md");
    if env::var_os("CODEMODE_UPDATE_GOLDEN").is_some() {
        fs::create_dir_all(path.with_file_name("")).unwrap();
        fs::write(&path, &text).unwrap();
    }
    let known = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        known == text,
        "docs/types.md is out of date: CODEMODE_UPDATE_GOLDEN=1 writes it anew"
    );
}
