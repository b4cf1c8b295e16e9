//! What is said of mistakes.

use std::collections::BTreeSet;

use codemode_agent::fault::{self, Verdict};
use codemode_test_support::golden;

#[test]
fn mistakes_of_every_kind_are_answered_with_their_repair_as_often_as_recorded() {
    let judged = fault::all(super::program());
    assert!(judged.len() >= 200, "{}", judged.len());
    let kinds: BTreeSet<_> = judged.iter().map(|one| one.fault.kind).collect();
    assert_eq!(kinds.len(), 19, "{kinds:?}");
    golden::check(super::golden("mistakes.md"), &fault::print(&judged));
}

#[test]
fn an_answer_names_a_repair_in_its_own_words_and_as_a_name_of_its_own() {
    for (repair, text, is_error, expected) in [
        (
            "content",
            "error: Did you mean 'content'?",
            true,
            Verdict::Named,
        ),
        (
            "content",
            "error: no 'contents' here\n  1 | f.content",
            true,
            Verdict::Unnamed,
        ),
        ("content", "Result: \"content\"", false, Verdict::Silent),
        (
            "memory.readGraph",
            "error: no tools.memory.readGraph",
            true,
            Verdict::Unnamed,
        ),
        (
            "memory.readGraph",
            "error: use `memory.readGraph`",
            true,
            Verdict::Named,
        ),
    ] {
        let repair = [vec![repair.to_owned()]];
        assert_eq!(fault::verdict(text, is_error, &repair), expected, "{text}");
    }
}
