//! The tables of `docs/agents.md`.

use std::fs;

use codemode_test_support::{golden, project};

#[test]
fn the_documentation_has_the_tables_that_came_out() {
    let path = project::repository().join("docs/agents.md");
    let mut text = fs::read_to_string(&path).unwrap().replace("\r\n", "\n");
    for name in ["tasks", "mistakes"] {
        let all = fs::read_to_string(super::golden(&format!("{name}.md"))).unwrap();
        let table = all.split("\n\n").next().unwrap().trim_end();
        let begin = format!("<!-- {name} -->\n");
        let (before, rest) = text.split_once(&begin).unwrap();
        let (_, after) = rest.split_once("<!-- end -->").unwrap();
        text = format!("{before}{begin}{table}\n<!-- end -->{after}");
    }
    golden::check(path, &text);
}
