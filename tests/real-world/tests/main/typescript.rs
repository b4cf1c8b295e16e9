//! The native `tsc` of `typescript@7`.

use std::fs;
use std::process::Command;

/// Asserts that `tsc` accepts the files, each a name and a text, as one program in its strictest mode.
pub(crate) fn assert_accepted(files: &[(String, String)]) {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let output = Command::new(codemode_test_support::typescript::compiler().unwrap())
        .args([
            "--noEmit",
            "--strict",
            "--exactOptionalPropertyTypes",
            "--target",
            "esnext",
        ])
        .args(["--lib", "esnext", "--types", ""])
        .args(files.iter().map(|(name, _)| name))
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stdout)
            .lines()
            .take(20)
            .collect::<Vec<_>>()
            .join("\n")
    );
}

#[test]
fn a_declaration_that_is_wrong_is_noticed() {
    let files = [("a.d.ts".to_owned(), "type A = Gone;".to_owned())];
    let refused = std::panic::catch_unwind(|| assert_accepted(&files)).unwrap_err();
    let message = refused.downcast_ref::<String>().unwrap();
    assert!(message.contains("Cannot find name 'Gone'"), "{message}");
}
