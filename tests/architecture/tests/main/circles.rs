//! Arrows go down only.

use std::fs;

use codemode_architecture::{arrows, between_folders, circle};

use super::{crates, name_of};

#[test]
fn no_file_of_a_crate_is_part_of_a_circle() {
    for path in crates() {
        let arrows = arrows(&path.join("src")).unwrap();
        if let Some(circle) = circle(&arrows) {
            panic!("{} has a circle of files:{circle}", name_of(&path));
        }
    }
}

#[test]
fn no_folder_of_a_crate_is_part_of_a_circle() {
    for path in crates() {
        let arrows = between_folders(&arrows(&path.join("src")).unwrap());
        if let Some(circle) = circle(&arrows) {
            panic!("{} has a circle of folders:{circle}", name_of(&path));
        }
    }
}

/// The circles of files and of folders in a made-up crate.
fn found(files: &[(&str, &str)]) -> (Option<String>, Option<String>) {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let arrows = arrows(folder.path()).unwrap();
    (circle(&arrows), circle(&between_folders(&arrows)))
}

#[test]
fn circles_are_found_however_they_are_written() {
    let cases: [(&str, &[(&str, &str)]); 6] = [
        (
            "two files",
            &[
                ("lib.rs", "mod a; mod b;"),
                ("a.rs", "use crate::b::B; pub struct A;"),
                ("b.rs", "use super::a::A; pub struct B;"),
            ],
        ),
        (
            "a path in code",
            &[
                ("lib.rs", "mod a; mod b;"),
                ("a.rs", "use crate::b::B;"),
                ("b.rs", "pub struct B; fn f() { crate::a::g() }"),
            ],
        ),
        (
            "something of the parent that isn't a public type",
            &[
                ("lib.rs", "mod a; fn f() {} fn g() { a::h() }"),
                ("a.rs", "use super::f;"),
            ],
        ),
        (
            "a type that the parent keeps to itself",
            &[
                ("lib.rs", "mod a; struct P; fn g() { a::h() }"),
                ("a.rs", "use crate::P;"),
            ],
        ),
        (
            "by way of a re-export",
            &[
                ("lib.rs", "mod a; mod b;"),
                ("a/mod.rs", "mod c; pub use self::c::C;"),
                ("a/c.rs", "use crate::b::B; pub struct C;"),
                ("b.rs", "use crate::a::C; pub struct B;"),
            ],
        ),
        (
            "in a group",
            &[
                ("lib.rs", "mod a; mod b;"),
                ("a.rs", "use crate::{b::{self, B}};"),
                ("b.rs", "use super::a;"),
            ],
        ),
    ];
    for (what, files) in cases {
        assert!(found(files).0.is_some(), "{what}");
    }
}

#[test]
fn what_only_looks_like_a_circle_is_none() {
    let cases: [(&str, &[(&str, &str)]); 4] = [
        (
            "a roof that names what is below it, and a child that takes a public type of it",
            &[
                ("lib.rs", "mod a; pub use self::a::A; pub struct P;"),
                ("a.rs", "use super::P; pub struct A;"),
            ],
        ),
        (
            "what only tests use",
            &[
                ("lib.rs", "mod a; mod b;"),
                ("a.rs", "use crate::b::B;"),
                (
                    "b.rs",
                    "pub struct B; #[cfg(test)] mod tests { use crate::a; } #[cfg(test)] use crate::a::A;",
                ),
            ],
        ),
        (
            "who may look",
            &[
                ("lib.rs", "mod a; mod b;"),
                ("a.rs", "use crate::b::B;"),
                ("b.rs", "pub(in crate::a) struct B;"),
            ],
        ),
        (
            "another crate's names",
            &[("lib.rs", "mod a; use serde::a;"), ("a.rs", "use std::fs;")],
        ),
    ];
    for (what, files) in cases {
        assert_eq!(found(files).0, None, "{what}");
    }
}

#[test]
fn folders_can_be_in_a_circle_where_no_file_is() {
    let (files, folders) = found(&[
        ("lib.rs", "mod a; mod b;"),
        ("a/mod.rs", "pub mod one; pub mod two;"),
        ("a/one.rs", "use crate::b::three;"),
        ("a/two.rs", ""),
        ("b/mod.rs", "pub mod three; pub mod four;"),
        ("b/three.rs", ""),
        ("b/four.rs", "use crate::a::two;"),
    ]);
    assert_eq!(files, None);
    assert!(folders.is_some());
}
