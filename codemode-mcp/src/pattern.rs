//! Names with `*` in them, which stands for any letters.

/// Whether a pattern fits a name.
pub(crate) fn fits(pattern: &str, name: &str) -> bool {
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = name.strip_prefix(first) else {
        return false;
    };
    let Some(last) = parts.next_back() else {
        return rest.is_empty();
    };
    for part in parts {
        let Some((_, after)) = rest.split_once(part) else {
            return false;
        };
        rest = after;
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_may_have_any_letters_in_it() {
        for (name, tool, expected) in [
            ("read", "read", true),
            ("read", "read_all", false),
            ("*", "read", true),
            ("read*", "read_all", true),
            ("*_all", "read_all", true),
            ("r*_*l", "read_all", true),
            ("r*x*l", "read_all", false),
            ("read_all*l", "read_all", false),
            ("", "read", false),
        ] {
            assert_eq!(fits(name, tool), expected, "{name} {tool}");
        }
    }
}
