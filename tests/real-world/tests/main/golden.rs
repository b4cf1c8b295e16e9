//! Generated files that are in the repository.

use std::path::Path;
use std::{env, fs};

/// Compares `text` with a file of this crate, or writes it there if `CODEMODE_UPDATE_GOLDEN` is `1`.
pub(crate) fn check(file: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    if env::var_os("CODEMODE_UPDATE_GOLDEN").is_some_and(|value| value == "1") {
        fs::write(&path, text).unwrap();
        return;
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    let difference = expected
        .lines()
        .zip(text.lines())
        .position(|(expected, line)| expected != line);
    assert!(
        expected == text,
        "{} differs, first at line {}; CODEMODE_UPDATE_GOLDEN=1 writes it anew",
        path.display(),
        difference.unwrap_or_else(|| expected.lines().count().min(text.lines().count())) + 1,
    );
}
