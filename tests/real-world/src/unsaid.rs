//! Where a schema says nothing, and so a type can say nothing either.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

/// Keywords that say something about a value.
#[rustfmt::skip]
const ASSERTIONS: &[&str] = &[
    "$ref", "additionalProperties", "allOf", "anyOf", "const", "enum", "items", "not", "oneOf", "patternProperties", "prefixItems",
    "properties", "required", "type", "x-kubernetes-int-or-string",
];

/// How many places of schemas leave a value open altogether: a schema without an assertion, an array without items, an
/// object without properties. What is referred to counts once, however many of the schemas bring it along, and what nothing
/// refers to doesn't.
pub fn places<'a>(roots: impl IntoIterator<Item = &'a Value>) -> usize {
    let mut seen = BTreeSet::new();
    let mut count = 0;
    for root in roots {
        let mut search = Search {
            root,
            seen: &mut seen,
            referred_to: Vec::new(),
        };
        count += search.schema(root);
        while let Some(target) = search.referred_to.pop() {
            count += search.schema(target);
        }
    }
    count
}

struct Search<'a, 's> {
    root: &'a Value,
    /// References, each with what it leads to.
    seen: &'s mut BTreeSet<(String, String)>,
    referred_to: Vec<&'a Value>,
}

impl<'a> Search<'a, '_> {
    fn schema(&mut self, schema: &'a Value) -> usize {
        match schema {
            Value::Bool(true) => 1,
            Value::Object(keywords) => self.keywords(keywords),
            _ => 0,
        }
    }

    fn keywords(&mut self, keywords: &'a Map<String, Value>) -> usize {
        if let Some(reference) = keywords.get("$ref").and_then(Value::as_str)
            && let Some(target) = self.root.pointer(reference.trim_start_matches('#'))
            && self.seen.insert((reference.to_owned(), target.to_string()))
        {
            self.referred_to.push(target);
        }
        if !ASSERTIONS
            .iter()
            .any(|keyword| keywords.contains_key(*keyword))
        {
            return 1;
        }
        let combined: usize = ["anyOf", "oneOf", "allOf"]
            .iter()
            .map(|keyword| self.all(keywords.get(*keyword)))
            .sum();
        combined + self.properties(keywords, combined > 0) + self.items(keywords)
    }

    fn properties(&mut self, keywords: &'a Map<String, Value>, is_combined: bool) -> usize {
        let has_some = ["properties", "patternProperties"].iter().any(|keyword| {
            let named = keywords.get(*keyword).and_then(Value::as_object);
            named.is_some_and(|named| !named.is_empty())
        });
        let others = match keywords.get("additionalProperties") {
            Some(others) => self.schema(others),
            None => usize::from(is(keywords, "object") && !has_some && !is_combined),
        };
        others + self.all(keywords.get("properties")) + self.all(keywords.get("patternProperties"))
    }

    fn items(&mut self, keywords: &'a Map<String, Value>) -> usize {
        let others = match keywords.get("items") {
            Some(items @ Value::Array(_)) => self.all(Some(items)),
            Some(items) => self.schema(items),
            None => usize::from(is(keywords, "array")),
        };
        others + self.all(keywords.get("prefixItems"))
    }

    fn all(&mut self, schemas: Option<&'a Value>) -> usize {
        match schemas {
            Some(Value::Object(schemas)) => schemas.values().map(|inner| self.schema(inner)).sum(),
            Some(Value::Array(schemas)) => schemas.iter().map(|inner| self.schema(inner)).sum(),
            _ => 0,
        }
    }
}

fn is(keywords: &Map<String, Value>, name: &str) -> bool {
    match keywords.get("type") {
        Some(Value::Array(names)) => names.iter().any(|known| known == name),
        Some(known) => known == name,
        None => false,
    }
}

/// How often the types of readable declarations say `word`.
pub fn count(declarations: &str, word: &str) -> usize {
    let words = |code: &str| {
        code.split(|letter: char| !letter.is_alphanumeric() && !matches!(letter, '_' | '-'))
            .filter(|found| *found == word)
            .count()
    };
    let mut count = 0;
    let mut rest = declarations;
    while let Some((code, comment)) = rest.split_once("/**") {
        count += words(code);
        rest = comment.split_once("*/").map_or("", |(_, after)| after);
    }
    count + words(rest)
}
