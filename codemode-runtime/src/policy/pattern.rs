//! Which functions a rule is about, by their names.

/// A name of functions, `namespace.name`, in which `*` stands for any letters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Pattern(String);

impl Pattern {
    /// # Errors
    ///
    /// What is wrong with the pattern, and what to write.
    pub(crate) fn new(text: &str) -> Result<Self, String> {
        let text = text.trim();
        if text.is_empty() {
            return Err(
                "a pattern is missing: write a function as in `mail.send`, or `*` for all"
                    .to_owned(),
            );
        }
        if let Some(odd) = text
            .chars()
            .find(|letter| letter.is_whitespace() || "()[]{}?!|,;:/".contains(*letter))
        {
            return Err(format!(
                "a name has no {odd:?}: write a function as in `mail.send`, with `*` for any letters; several go into a list"
            ));
        }
        if !text.contains(['.', '*']) {
            return Err(format!(
                "`{text}` names no function: write `{text}.*` for all of a namespace"
            ));
        }
        Ok(Self(text.to_owned()))
    }

    /// Whether it is about the function of this name.
    pub(crate) fn fits(&self, tool: &str) -> bool {
        fits(self.0.as_bytes(), tool.as_bytes())
    }
}

/// Goes back to the last star only, so that no pattern takes longer than its length times the name's.
fn fits(pattern: &[u8], name: &[u8]) -> bool {
    let (mut at, mut of) = (0, 0);
    let mut star = None;
    while of < name.len() {
        match pattern.get(at) {
            Some(b'*') => {
                star = Some((at + 1, of));
                at += 1;
            }
            Some(byte) if *byte == name[of] => {
                at += 1;
                of += 1;
            }
            _ => {
                let Some((after, taken)) = star else {
                    return false;
                };
                star = Some((after, taken + 1));
                (at, of) = (after, taken + 1);
            }
        }
    }
    pattern[at..].iter().all(|byte| *byte == b'*')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_any_letters() {
        for (pattern, fitting, others) in [
            (
                "mail.send",
                &["mail.send"][..],
                &["mail.sendAll", "amail.send", "mail", "Mail.send"][..],
            ),
            ("mail.*", &["mail.send", "mail."], &["mails.send", "mail"]),
            (
                "*.delete*",
                &["mail.delete", "files.deleteAll"],
                &["mail.undelete", "delete.x"],
            ),
            ("*", &["mail.send", "größe.日本", "$store.get"], &[]),
            ("$store.*", &["$store.get"], &["store.get", "$tools.list"]),
            (
                "a*b*c.d",
                &["abc.d", "axbybc.d", "abcbc.d"],
                &["ab.d", "abc.dd", "acb.d"],
            ),
            ("größe.*本", &["größe.日本"], &["größe.日", "grösse.日本"]),
        ] {
            let pattern = Pattern::new(pattern).unwrap();
            for name in fitting {
                assert!(pattern.fits(name), "{pattern:?} {name}");
            }
            for name in others {
                assert!(!pattern.fits(name), "{pattern:?} {name}");
            }
        }
    }

    #[test]
    fn many_stars_take_no_longer_than_few() {
        let pattern = Pattern::new(&format!("{}b", "a*".repeat(1_000))).unwrap();
        assert!(!pattern.fits(&"a".repeat(10_000)));
    }

    #[test]
    fn what_names_no_function_is_refused_with_what_to_write() {
        for (pattern, message) in [
            (
                "",
                "a pattern is missing: write a function as in `mail.send`, or `*` for all",
            ),
            (
                "mail",
                "`mail` names no function: write `mail.*` for all of a namespace",
            ),
            (
                "mail.send, mail.read",
                "a name has no ',': write a function as in `mail.send`, with `*` for any letters; several go into a list",
            ),
        ] {
            assert_eq!(Pattern::new(pattern).unwrap_err(), message);
        }
    }
}
