//! `ARCHITECTURE.md` is a map of what there is.

use std::fs;

use codemode_architecture::source_files;

use super::{crates, name_of, repository};

fn map() -> String {
    fs::read_to_string(repository().join("ARCHITECTURE.md")).unwrap()
}

/// The words in backticks.
fn quoted(text: &str) -> Vec<&str> {
    text.split('`').skip(1).step_by(2).collect()
}

/// The rooms that a map doesn't name.
fn unnamed<'r>(map: &str, rooms: &'r [String]) -> Vec<&'r str> {
    let words = quoted(map);
    let is_named = |room: &str| {
        let mut parts = words.iter().flat_map(|word| word.split('/'));
        parts.any(|part| part == room)
    };
    let rooms = rooms.iter().map(String::as_str);
    rooms.filter(|room| !is_named(room)).collect()
}

/// The paths of a map, of which `is_there` says which there are.
fn gone(map: &str, is_there: impl Fn(&str) -> bool) -> Vec<&str> {
    let is_path = |word: &&str| {
        !word.contains(char::is_whitespace)
            && (word.contains('/')
                || [".rs", ".md", ".js", ".ts"]
                    .iter()
                    .any(|end| word.ends_with(end)))
    };
    let paths = quoted(map).into_iter().filter(is_path);
    paths.filter(|path| !is_there(path)).collect()
}

#[test]
fn what_is_missing_on_a_map_and_what_is_gone_is_found() {
    let map = "`codemode-a` has `parse`; see `codemode-a/src/b.rs`, `c.rs` and `not a path.rs`.";
    let rooms = ["codemode-a", "parse", "expand"].map(str::to_owned);
    assert_eq!(unnamed(map, &rooms), ["expand"]);
    assert_eq!(gone(map, |_| false), ["codemode-a/src/b.rs", "c.rs"]);
    assert_eq!(gone(map, |path| path == "c.rs"), ["codemode-a/src/b.rs"]);
}

#[test]
fn every_crate_and_every_room_is_on_the_map() {
    let mut rooms = Vec::new();
    for path in crates() {
        rooms.push(name_of(&path));
        for entry in fs::read_dir(path.join("src")).unwrap().flatten() {
            let room = name_of(&entry.path());
            if entry.path().is_dir() && !matches!(room.as_str(), "bin" | "golden") {
                rooms.push(room);
            }
        }
    }
    assert!(rooms.len() > 30, "{rooms:?}");
    assert_eq!(unnamed(&map(), &rooms), [""; 0]);
}

#[test]
fn everything_on_the_map_is_there() {
    let root = repository();
    let mut names = Vec::new();
    for path in crates() {
        let files = source_files(&path.join("src"), &["js", "rs", "ts"]).unwrap();
        names.extend(files.iter().map(|file| name_of(file)));
    }
    let is_there = |path: &str| {
        root.join(path).exists() || (!path.contains('/') && names.iter().any(|name| name == path))
    };
    assert_eq!(gone(&map(), is_there), [""; 0]);
}
