//! Whether an answer names the repair of a mistake, and tables of that.

use std::collections::BTreeMap;

use super::Judged;

/// What an answer to a mistake is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The task came to its end all the same.
    Harmless,
    /// The answer names the repair.
    Named,
    /// It is an error that doesn't.
    Unnamed,
    /// The mistake went through, and nothing was said of it.
    Silent,
}

/// Judges an answer. Lines of the script and the list of calls don't count: they say nothing of their own.
#[must_use]
pub fn verdict(text: &str, is_error: bool, repair: &[Vec<String>]) -> Verdict {
    let others = [
        "Tool calls made: ",
        "Nothing need be done twice: ",
        "Result: ",
    ];
    let is_own = |line: &&str| {
        let head = line
            .trim_start()
            .trim_start_matches(|sign: char| sign.is_ascii_digit())
            .trim_start();
        !head.starts_with('|') && !others.iter().any(|other| line.starts_with(other))
    };
    let said: Vec<&str> = text.lines().filter(is_own).collect();
    let said = said.join("\n");
    if repair
        .iter()
        .all(|any| any.iter().any(|part| says(&said, part)))
    {
        Verdict::Named
    } else if is_error {
        Verdict::Unnamed
    } else {
        Verdict::Silent
    }
}

/// Whether a part stands in a text, and not within a longer name.
fn says(text: &str, part: &str) -> bool {
    let is_inside =
        |sign: Option<char>| sign.is_some_and(|sign| sign.is_alphanumeric() || sign == '_');
    text.match_indices(part).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let is_name = part.contains('.') && part.starts_with(char::is_alphabetic);
        let begins = !part.starts_with(char::is_alphanumeric)
            || !(is_inside(before) || (is_name && before == Some('.')));
        let ends = !part.ends_with(char::is_alphanumeric)
            || !is_inside(text[at + part.len()..].chars().next());
        begins && ends
    })
}

/// A line for each kind.
#[must_use]
pub fn summary(judged: &[Judged]) -> String {
    let mut kinds: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    for one in judged {
        let column = match one.verdict {
            Verdict::Harmless => continue,
            Verdict::Named => 0,
            Verdict::Unnamed => 1,
            Verdict::Silent => 2,
        };
        kinds.entry(one.fault.kind).or_default()[column] += 1;
    }
    let mut text =
        "| mistake | how many | answers that name the repair | other errors | nothing said |\n|---|--:|--:|--:|--:|\n"
            .to_owned();
    let mut total = [0; 3];
    for (kind, counts) in &kinds {
        text.push_str(&line(kind, counts));
        for (total, count) in total.iter_mut().zip(counts) {
            *total += count;
        }
    }
    text + &line("all", &total)
}

fn line(name: &str, [named, unnamed, silent]: &[usize; 3]) -> String {
    format!(
        "| {name} | {} | {named} | {unnamed} | {silent} |\n",
        named + unnamed + silent
    )
}

/// The table, and those mistakes whose answers don't name the repair.
#[must_use]
pub fn print(judged: &[Judged]) -> String {
    let mut others: BTreeMap<(&str, String, bool), Vec<&str>> = BTreeMap::new();
    for one in judged {
        let is_silent = match one.verdict {
            Verdict::Harmless | Verdict::Named => continue,
            Verdict::Unnamed => false,
            Verdict::Silent => true,
        };
        let what = one.fault.what.replace('\n', " ");
        others
            .entry((one.fault.kind, what, is_silent))
            .or_default()
            .push(&one.task);
    }
    let mut text = format!("{}\n", summary(judged));
    for ((kind, what, is_silent), tasks) in others {
        let silent = if is_silent { ", nothing said" } else { "" };
        text.push_str(&format!(
            "- {kind}: {what} ({} ×, as in {}{silent})\n",
            tasks.len(),
            tasks[0]
        ));
    }
    text
}
