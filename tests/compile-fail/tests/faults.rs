//! Every mistake that a tool's author can make is refused where it is made, with what to write
//! instead.
//!
//! One file in `cases` a fault. All of them must fail to compile: a case that passes would make
//! trybuild build, rather than check, everything a second time. `TRYBUILD=overwrite` writes the
//! messages anew.

use std::fs;
use std::path::Path;

/// A case without its message is only a warning to trybuild.
#[test]
fn every_case_has_its_message() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("cases");
    let files = fs::read_dir(folder).expect("there are cases");
    let files: Vec<_> = files.map(|file| file.expect("a file").path()).collect();
    let of_kind = |kind: &str| {
        let files = files
            .iter()
            .filter(|file| file.extension().is_some_and(|end| end == kind));
        let mut names: Vec<_> = files.map(|file| file.with_extension("")).collect();
        names.sort();
        names
    };
    assert!(of_kind("rs").len() >= 80);
    assert_eq!(of_kind("rs"), of_kind("stderr"));
}

#[test]
fn every_fault_is_refused_with_a_message_that_helps() {
    trybuild::TestCases::new().compile_fail("cases/*.rs");
}
