//! A script's text as words, without understanding it.

use std::collections::BTreeSet;

/// What a script can reach of a namespace.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Reach<'a> {
    Nothing,
    /// What it names.
    Members(BTreeSet<&'a str>),
    Everything,
}

/// What a script can reach of a namespace: rather too much than too little.
pub(crate) fn reach<'a>(script: &'a str, namespace: &str) -> Reach<'a> {
    if is_open(script) {
        return Reach::Everything;
    }
    let mut members = BTreeSet::new();
    for (word, rest) in Words(script) {
        if word == namespace {
            match member(rest) {
                Some(name) => members.insert(name),
                None => return Reach::Everything,
            };
        }
    }
    if members.is_empty() {
        Reach::Nothing
    } else {
        Reach::Members(members)
    }
}

/// Whether a script may name things in a way that can't be seen in its words.
pub(super) fn is_open(script: &str) -> bool {
    script.contains("\\u") || Words(script).any(|(word, _)| OPEN_WORLD.contains(&word))
}

/// The member that is picked of what stands before the rest of a text.
pub(super) fn member(rest: &str) -> Option<&str> {
    let member = rest.trim_start().strip_prefix('.')?;
    Words(member.trim_start()).next_at_start()
}

/// The words by which a script gets at the global object, and so at namespaces that it doesn't name.
const OPEN_WORLD: [&str; 2] = ["globalThis", "this"];

/// The words of a text, each with what follows it.
pub(super) struct Words<'a>(pub(super) &'a str);

impl<'a> Words<'a> {
    /// The word that the text begins with.
    fn next_at_start(mut self) -> Option<&'a str> {
        self.0
            .starts_with(is_of_word)
            .then(|| self.next())?
            .map(|(word, _)| word)
    }
}

impl<'a> Iterator for Words<'a> {
    type Item = (&'a str, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        let start = self.0.find(is_of_word)?;
        let text = &self.0[start..];
        let end = text
            .find(|character| !is_of_word(character))
            .unwrap_or(text.len());
        let (word, rest) = text.split_at(end);
        self.0 = rest;
        Some((word, rest))
    }
}

fn is_of_word(character: char) -> bool {
    character == '$' || character == '_' || unicode_ident::is_xid_continue(character)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_script_reaches_of_a_namespace_is_what_it_names() {
        let members = |names: &[&'static str]| Reach::Members(names.iter().copied().collect());
        for (script, expected) in [
            ("return 1", Reach::Nothing),
            ("my.scripts", Reach::Everything),
            (
                "await scripts.one(); scripts . two",
                members(&["one", "two"]),
            ),
            ("scripts['one']", Reach::Everything),
            ("const { one } = scripts", Reach::Everything),
            ("globalThis", Reach::Everything),
            ("scripts2.one", Reach::Nothing),
        ] {
            assert_eq!(reach(script, "scripts"), expected, "{script}");
        }
    }
}
