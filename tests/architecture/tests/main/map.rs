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

#[test]
fn every_crate_and_every_room_is_on_the_map() {
    let map = map();
    let words = quoted(&map);
    for path in crates() {
        let name = name_of(&path);
        assert!(words.contains(&name.as_str()), "{name}");
        for entry in fs::read_dir(path.join("src")).unwrap().flatten() {
            let room = name_of(&entry.path());
            let has_sources = entry.path().is_dir() && !matches!(room.as_str(), "bin" | "golden");
            if has_sources {
                let is_there = words
                    .iter()
                    .any(|word| word.split('/').any(|part| part == room));
                assert!(is_there, "{name}: {room}");
            }
        }
    }
}

#[test]
fn everything_on_the_map_is_there() {
    let root = repository();
    let map = map();
    let is_path = |word: &&str| {
        !word.contains(char::is_whitespace)
            && (word.contains('/')
                || [".rs", ".md", ".js", ".ts"]
                    .iter()
                    .any(|end| word.ends_with(end)))
    };
    let mut names = Vec::new();
    for path in crates() {
        let files = source_files(&path.join("src"), &["js", "rs", "ts"]).unwrap();
        names.extend(files.iter().map(|file| name_of(file)));
    }
    let mut count = 0;
    for word in quoted(&map).into_iter().filter(is_path) {
        count += 1;
        let is_there = if word.contains('/') {
            root.join(word).exists()
        } else {
            names.iter().any(|name| name == word) || root.join(word).exists()
        };
        assert!(is_there, "`{word}` isn't there");
    }
    assert!(count > 30, "{count}");
}
