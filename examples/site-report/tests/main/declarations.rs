//! The TypeScript that the tools become.

use crate::support::assert_golden;

#[test]
fn the_declarations_are_these() {
    assert_golden(
        "tests/golden/site-report.d.ts",
        &codemode_runtime::declarations().unwrap(),
    );
}
