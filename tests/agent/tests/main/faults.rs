//! What is said of mistakes.

use std::collections::BTreeSet;

use codemode_agent::fault;
use codemode_test_support::golden;

#[test]
fn mistakes_of_every_kind_are_answered_with_their_repair_as_often_as_recorded() {
    let judged = fault::all(super::program());
    assert!(judged.len() >= 200, "{}", judged.len());
    let kinds: BTreeSet<_> = judged.iter().map(|one| one.fault.kind).collect();
    assert_eq!(kinds.len(), 19, "{kinds:?}");
    golden::check(super::golden("mistakes.md"), &fault::print(&judged));
}
