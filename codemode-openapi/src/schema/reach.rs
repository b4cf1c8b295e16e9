//! How far definitions reach, and where it is too far.
//!
//! In some documents nearly everything refers to everything, and each operation would bring the whole document along.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::{Map, Value, json};

use super::walk::{for_each_inner, names_in};

/// How many definitions one may bring along.
const MAX_REACH: usize = 200;

/// Which definitions refer to which.
pub(super) struct Reach {
    refers_to: BTreeMap<String, BTreeSet<String>>,
}

impl Reach {
    pub(super) fn of(definitions: &Map<String, Value>) -> Self {
        let refers_to = definitions.iter().map(|(name, schema)| {
            let names = names_in(schema).into_iter().map(str::to_owned);
            (name.clone(), names.collect())
        });
        Self {
            refers_to: refers_to.collect(),
        }
    }

    /// Everything that these names lead to, themselves included.
    pub(super) fn from<'n>(&self, names: impl IntoIterator<Item = &'n str>) -> BTreeSet<&str> {
        let known = |name: &str| self.refers_to.get_key_value(name);
        let mut open: Vec<_> = names.into_iter().filter_map(known).collect();
        let mut found = BTreeSet::new();
        while let Some((name, names)) = open.pop() {
            if found.insert(name.as_str()) {
                open.extend(names.iter().filter_map(|name| known(name)));
            }
        }
        found
    }

    /// Cuts the references from one definition that reaches too far to another one.
    ///
    /// What a definition is then depends on the document and not on who refers to it, so that it stays one type for all operations.
    pub(super) fn shorten(&self, definitions: &mut Map<String, Value>) {
        let far: HashMap<String, Value> = definitions
            .iter()
            .filter(|(name, _)| self.from([name.as_str()]).len() > MAX_REACH)
            .map(|(name, schema)| (name.clone(), outline(name, schema)))
            .collect();
        for (name, schema) in definitions {
            if far.contains_key(name) {
                cut(schema, &far);
            }
        }
    }
}

/// The kind of a definition without what is in it.
fn outline(name: &str, schema: &Value) -> Value {
    let description = format!("A `{name}`, whose properties aren't declared here.");
    let is_object = schema.get("properties").is_some()
        || schema.get("type").is_some_and(|word| word == "object");
    if is_object {
        json!({ "type": "object", "description": description })
    } else {
        json!({ "description": description })
    }
}

fn cut(schema: &mut Value, far: &HashMap<String, Value>) {
    let outline = schema
        .get("$ref")
        .and_then(Value::as_str)
        .and_then(|reference| far.get(reference.rsplit('/').next().unwrap_or_default()));
    if let Some(outline) = outline {
        *schema = outline.clone();
    } else if let Some(keywords) = schema.as_object_mut() {
        for_each_inner(keywords, &mut |inner| cut(inner, far));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Definitions of which each refers to the next one, and the last one to the first.
    fn circle(length: usize) -> Map<String, Value> {
        let definition = |number: usize| {
            let next = format!("#/$defs/d{}", (number + 1) % length);
            let schema = json!({ "type": "object", "properties": { "next": { "$ref": next } } });
            (format!("d{number}"), schema)
        };
        (0..length).map(definition).collect()
    }

    #[test]
    fn what_reaches_too_far_is_cut_and_what_does_not_is_whole() {
        let mut just_as_far = circle(MAX_REACH);
        let reach = Reach::of(&just_as_far);
        reach.shorten(&mut just_as_far);
        assert_eq!(just_as_far, circle(MAX_REACH));

        let mut further = circle(MAX_REACH + 1);
        let reach = Reach::of(&further);
        reach.shorten(&mut further);
        let expected = json!({ "type": "object", "properties": { "next": {
            "type": "object", "description": "A `d1`, whose properties aren't declared here.",
        } } });
        assert_eq!(further["d0"], expected);
        assert_eq!(Reach::of(&further).from(["d0"]), BTreeSet::from(["d0"]));
    }
}
