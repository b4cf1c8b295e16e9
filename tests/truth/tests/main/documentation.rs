//! The matrix in the docs is what is printed.

use codemode_test_support::golden;
use codemode_truth::documentation;

#[test]
fn the_docs_show_what_is_printed() {
    let text = documentation::types().unwrap();
    golden::check(
        concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/types.md"),
        &text,
    );
}
