//! Words that people use for one another when they look for a tool.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::catalogue::text::words;

/// Each line has words that may stand for each other; a word may be in several lines. What tools are called everywhere,
/// and nothing that only one trade says.
#[rustfmt::skip]
const GROUPS: &[&str] = &[
    // What is done.
    "get read show retrieve fetch view display load open print",
    "list show get enumerate browse",
    "find search query look locate filter discover",
    "create add new make start generate insert post open schedule register",
    "generate draw render plot show visualize",
    "write save store put create",
    "update edit change modify patch set replace adjust postpone reschedule",
    "add append insert attach connect link",
    "delete remove erase drop forget clear discard cancel",
    "move rename transfer drag",
    "copy duplicate clone fork",
    "send post write deliver mail",
    "reply answer respond",
    "run execute evaluate start launch trigger call",
    "begin start",
    "stop end cancel abort finish",
    "close dismiss end resolve",
    "undo revert rollback restore reset",
    "wait pause sleep delay",
    "type enter fill input",
    "choose select pick",
    "go navigate visit open",
    "check validate verify test",
    "approve accept review confirm",
    "compare diff difference",
    "compress zip gzip pack",
    "simulate emulate mock",
    "download export fetch",
    "upload push import",
    "sum total",
    // What it is done to.
    "file document",
    "directory folder",
    "mail email message letter",
    "message chat text",
    "conversation thread chat channel room",
    "image picture photo icon screenshot",
    "video recording",
    "page website site webpage",
    "page tab window",
    "repository repo project",
    "pr pull",
    "issue ticket bug problem task",
    "comment reply discussion remark note",
    "commit change history",
    "user person people account member profile",
    "person contact",
    "table spreadsheet sheet database",
    "row record entry item",
    "chart graph diagram plot",
    "route path direction",
    "place location address coordinate",
    "url link address",
    "log history error",
    "build pipeline job workflow",
    "fail failure break broken error",
    "request call",
    "javascript js script code",
    "doc documentation manual guide",
    "library package dependency module",
    "configuration config setting option",
    "environment env variable",
    "alert dialog popup",
    "link relation edge connection",
    "capture take record",
    "record log track",
    "date time day calendar",
    "event meeting appointment",
    "customer client",
    "invoice bill",
    "price cost amount money payment balance",
    "size big large dimension",
    "text content",
    "version release",
];

/// The words that one may stand for, without itself; all of them as [`words::each`] gives them.
pub(super) fn of(word: &str) -> &'static [String] {
    static TABLE: OnceLock<HashMap<String, Vec<String>>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        let mut table: HashMap<String, Vec<String>> = HashMap::new();
        for group in GROUPS {
            let mut stems = Vec::new();
            words::each(group, |word| stems.push(word.to_owned()));
            for one in &stems {
                let known = table.entry(one.clone()).or_default();
                for other in &stems {
                    if other != one && !known.contains(other) {
                        known.push(other.clone());
                    }
                }
            }
        }
        table
    });
    table.get(word).map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_stands_for_those_of_its_lines_in_any_form() {
        assert!(of("folder").contains(&"directory".to_owned()));
        let asked = words::stem("Removing".to_lowercase());
        assert!(of(&asked).contains(&words::stem("delete".to_owned())));
        assert!(!of("file").contains(&"file".to_owned()));
        assert_eq!(of("xylophone"), [""; 0]);
    }
}
