//! The files of texts.

use std::fs;
use std::path::PathBuf;

use crate::support::{in_crate, read};

pub(super) struct Table {
    path: PathBuf,
    pub(super) cases: Vec<Case>,
}

pub(super) struct Case {
    pub(super) name: String,
    marks: Vec<String>,
    text: String,
    expected: String,
    actual: String,
}

impl Table {
    pub(super) fn read(name: &str) -> Self {
        let path = in_crate("texts").join(format!("{name}.txt"));
        let text = read(&path);
        let mut cases: Vec<Case> = Vec::new();
        let mut expecting = false;
        for line in text.lines() {
            if let Some(title) = line.strip_prefix("=== ") {
                let mut parts = title.split(" [");
                let name = parts.next().unwrap().to_owned();
                cases.push(Case {
                    name,
                    marks: parts
                        .map(|mark| mark.trim_end_matches(']').to_owned())
                        .collect(),
                    text: String::new(),
                    expected: String::new(),
                    actual: String::new(),
                });
                expecting = false;
                continue;
            }
            expecting |= line.starts_with("--- ");
            let Some(case) = cases.last_mut() else {
                panic!("{}: text before the first case", path.display());
            };
            let part = if expecting {
                &mut case.expected
            } else {
                &mut case.text
            };
            part.push_str(line);
            part.push('\n');
        }
        Self { path, cases }
    }

    /// Asserts that each case came out as expected. With `CODEMODE_UPDATE_GOLDEN=1`, writes what came out instead.
    pub(super) fn assert(self) {
        let changed: Vec<_> = self
            .cases
            .iter()
            .filter(|case| case.actual != case.expected)
            .collect();
        if changed.is_empty() {
            return;
        }
        if std::env::var_os("CODEMODE_UPDATE_GOLDEN").is_some_and(|value| value == "1") {
            let written: String = self.cases.iter().map(Case::written).collect();
            fs::write(&self.path, written).unwrap();
            return;
        }
        let problem = |case: &&Case| {
            format!(
                "=== {}\n{}expected:\n{}came out:\n{}\n",
                case.name, case.text, case.expected, case.actual
            )
        };
        let problems: Vec<String> = changed.iter().map(problem).collect();
        panic!(
            "{}: {} texts differ:\n{}",
            self.path.display(),
            changed.len(),
            problems.concat()
        );
    }
}

impl Case {
    /// The text as the model wrote it.
    pub(super) fn text(&self) -> String {
        let mut text = self.text.clone();
        for mark in &self.marks {
            text = match mark.as_str() {
                "crlf" => text.replace('\n', "\r\n"),
                "bom" => format!("\u{FEFF}{text}"),
                "cut" => text.trim_end_matches(['\r', '\n']).to_owned(),
                mark => panic!("{}: no such mark: {mark}", self.name),
            };
        }
        text
    }

    pub(super) fn came_out(&mut self, actual: &str) {
        self.actual.push_str(actual);
    }

    fn written(&self) -> String {
        let marks: Vec<String> = self.marks.iter().map(|mark| format!(" [{mark}]")).collect();
        let marks = marks.concat();
        format!("=== {}{marks}\n{}{}", self.name, self.text, self.actual)
    }
}
