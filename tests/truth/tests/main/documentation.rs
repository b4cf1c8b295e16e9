//! The matrix in the docs is what is printed.

use std::collections::BTreeSet;
use std::path::Path;

use codemode_test_support::golden;
use codemode_truth::documentation;

#[test]
fn the_docs_show_what_is_printed() {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs");
    let pages = documentation::types().unwrap();
    for (path, text) in &pages {
        golden::check(docs.join(path), text);
    }
    let written: BTreeSet<String> = std::fs::read_dir(docs.join("types"))
        .unwrap()
        .map(|entry| format!("types/{}", entry.unwrap().file_name().display()))
        .collect();
    let printed: BTreeSet<String> = pages.into_iter().skip(1).map(|(path, _)| path).collect();
    assert_eq!(written, printed, "each page is one that is printed");
}
