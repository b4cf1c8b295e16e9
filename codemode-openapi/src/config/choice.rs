//! Which operations are offered.

use super::Config;
use crate::document::Document;
use crate::model::Operation;

impl Config {
    /// Leaves of a document's operations those that the configuration chooses, and returns the patterns that none of them has.
    ///
    /// A pattern is a name with `*` for anything: of the function (`repos.list*`), of the operation's id (`repos/*`) or of its place
    /// (`DELETE *`).
    pub fn choose(&self, document: &mut Document) -> Vec<String> {
        let patterns = self.include.iter().chain(&self.exclude);
        let operations = document.operations();
        let unmet = patterns
            .filter(|pattern| !operations.iter().any(|operation| is_of(pattern, operation)))
            .cloned()
            .collect();
        document.retain(|operation| {
            let is_in =
                |patterns: &[String]| patterns.iter().any(|pattern| is_of(pattern, operation));
            (self.include.is_empty() || is_in(&self.include)) && !is_in(&self.exclude)
        });
        unmet
    }
}

fn is_of(pattern: &str, operation: &Operation) -> bool {
    let path = format!("{}.{}", operation.namespace, operation.name);
    matches(pattern, &path)
        || matches(pattern, &operation.place())
        || operation
            .id
            .as_deref()
            .is_some_and(|id| matches(pattern, id))
}

/// Whether a text is what a pattern says.
fn matches(pattern: &str, text: &str) -> bool {
    let Some((start, rest)) = pattern.split_once('*') else {
        return pattern == text;
    };
    let Some(mut text) = text.strip_prefix(start) else {
        return false;
    };
    let mut parts: Vec<&str> = rest.split('*').collect();
    let end = parts.pop().unwrap_or_default();
    for part in parts {
        // The first place leaves the most for the others.
        match text.find(part) {
            Some(place) => text = &text[place + part.len()..],
            None => return false,
        }
    }
    text.ends_with(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_has_anything_where_it_has_a_star() {
        let cases = [
            ("repos.list", "repos.list", true),
            ("repos.list", "repos.listAll", false),
            ("repos.*", "repos.list", true),
            ("*", "", true),
            ("*list*", "repos.listAll", true),
            ("a*b*b", "ab", false),
            ("a*b*b", "abb", true),
            ("a*bc*bc", "abcbc", true),
            ("a*a", "a", false),
            ("DELETE *", "DELETE /pets/{id}", true),
            ("DELETE *", "GET /pets", false),
        ];
        for (pattern, text, expected) in cases {
            assert_eq!(matches(pattern, text), expected, "{pattern} {text}");
        }
    }
}
