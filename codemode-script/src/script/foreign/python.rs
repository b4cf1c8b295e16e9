//! Python where a script is expected.

use crate::script::parse::Problem;

const MESSAGE: &str = "this is Python, and TypeScript runs here: `await namespace.tool({ … })` calls a tool, and `return` hands the result back";

/// What lines of Python begin with that end with a colon, before something else and alone.
#[rustfmt::skip]
const BLOCKS: [&str; 10] = [
    "async def ", "async with ", "class ", "def ", "elif ", "except ", "for ", "if ", "while ", "with ",
];
const ALONE: [&str; 4] = ["else", "except", "finally", "try"];

/// What is said of code that is no TypeScript, at the first line that is surely Python.
pub(in crate::script) fn unreadable(code: &str) -> Option<Problem> {
    let mut start = 0;
    for line in code.split('\n') {
        if is_block(line.trim()) || is_import(line.trim()) {
            return Some(Problem {
                offset: start + line.len() - line.trim_start().len(),
                message: MESSAGE.to_owned(),
            });
        }
        start += line.len() + 1;
    }
    None
}

fn is_block(line: &str) -> bool {
    let Some(head) = line.strip_suffix(':').map(str::trim_end) else {
        return false;
    };
    let is_begun = BLOCKS.iter().any(|block| head.starts_with(block));
    ALONE.contains(&head) || is_begun && !head.contains(['{', '?', ';'])
}

/// `import os` and `from os import path`, which name no text.
fn is_import(line: &str) -> bool {
    let is_names = |names: &str| {
        let is_part = |letter: char| letter.is_alphanumeric() || "_., ".contains(letter);
        !names.is_empty() && names.chars().all(is_part) && !names.contains(" from ")
    };
    match line.strip_prefix("from ") {
        Some(rest) => rest.contains(" import ") && is_names(rest),
        None => line.strip_prefix("import ").is_some_and(is_names),
    }
}

#[cfg(test)]
mod tests {
    use super::MESSAGE;
    use crate::script::Script;

    fn told(code: &str) -> Option<(u32, String)> {
        let problems = Script::compile(code).err()?;
        Some((problems[0].line, problems[0].message.clone()))
    }

    #[test]
    fn python_is_told_as_python() {
        for (code, line) in [
            ("def f(x):\n    return x", 1),
            ("import os\nprint(os.getcwd())", 1),
            ("import os, sys", 1),
            ("from pathlib import Path\nprint(Path())", 1),
            ("tasks = []\nfor task in tasks:\n    print(task)", 2),
            ("x = 1\nif x == 1:\n  print(x)\nelse:\n  print(2)", 2),
            ("try:\n  f()\nexcept Exception as e:\n  print(e)", 1),
            ("async def main():\n  await f()", 1),
        ] {
            assert_eq!(told(code), Some((line, MESSAGE.to_owned())), "{code}");
        }
    }

    #[test]
    fn what_is_wrong_in_another_way_is_no_python() {
        for code in [
            "switch (a) {\n  case 1:\n  default:\n    f(\n}",
            "const a = b ?\n  if :",
            "import fs from \"fs\"; const a = ;",
            "import { a }\nfrom \"b\" const",
            "for (const a of b) {\n  f(\n}",
            "const a = {\n  for:\n",
            "const a = {\n  tryAgain:\n",
            "const a = ;",
        ] {
            let (_, message) = told(code).unwrap();
            assert_ne!(message, MESSAGE, "{code}");
        }
    }
}
