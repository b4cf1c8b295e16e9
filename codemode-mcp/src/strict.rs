//! Schemas as strict clients take them.
//!
//! Whatever dialect a schema is written in, it goes out in words of 2020-12 that all clients know: no bare booleans, every
//! definition under `$defs` and once, and references to those alone. Only `false` after `additionalProperties` and its kin
//! stays, since some clients ask for just that.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use codemode_declarations::json_schema::{
    Document, Holds, holds, is_reference, notes, type_name_at,
};

const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// What says something to readers and nothing of values.
const ANNOTATIONS: &[&str] = &["default", "deprecated", "description", "examples", "title"];

/// The schema of a tool's input or result. What its root refers to stands in the place of the reference; a schema that can't
/// be read is one of anything.
pub(super) fn schema(root: &Value) -> Map<String, Value> {
    let Ok(document) = Document::new(root) else {
        return Map::new();
    };
    let (merged, targets) = without_reference(&document);
    let mut writer = Writer {
        document: &document,
        targets,
        names: BTreeMap::new(),
        taken: BTreeSet::new(),
        open: Vec::new(),
    };
    let mut written = writer.keywords(&merged);
    if merged.contains_key("$schema") {
        written.shift_insert(0, "$schema".to_owned(), DIALECT.into());
    }
    let mut definitions = Map::new();
    while let Some((name, target)) = writer.open.pop() {
        let definition = writer.schema(target);
        definitions.insert(name, definition);
    }
    if !definitions.is_empty() {
        definitions.sort_keys();
        written.insert("$defs".to_owned(), definitions.into());
    }
    written
}

/// The schema of an input as clients look for it: of an object, whatever else it says.
///
/// A type that objects aren't of stays beside that, so that the schema still takes nothing. And where the root is referred to,
/// it is so of values that may be something else than an object, so the words of the root become a definition.
pub(super) fn input(mut root: Map<String, Value>) -> Map<String, Value> {
    let says_object = |schema: &Map<String, Value>| {
        schema.get("type").is_some_and(|name| match name {
            Value::Array(names) => names.iter().any(|name| name == "object"),
            name => name == "object",
        })
    };
    if root.get("type").is_some_and(|name| name == "object") {
        return root;
    }
    if refers_to_root(&Value::Object(root.clone())) {
        root = behind_a_reference(root);
    } else if !says_object(&root)
        && let Some(known) = root.shift_remove("type")
        && let Value::Array(all) = root.entry("allOf").or_insert_with(|| json!([]))
    {
        all.push(json!({ "type": known }));
    }
    root.insert("type".to_owned(), "object".into());
    root
}

const ROOT: &str = "#";

fn refers_to_root(schema: &Value) -> bool {
    match schema {
        Value::Object(keywords) => {
            keywords.get("$ref").is_some_and(|target| target == ROOT)
                || keywords.values().any(refers_to_root)
        }
        Value::Array(all) => all.iter().any(refers_to_root),
        _ => false,
    }
}

/// Makes the root a definition of its own and refers to it instead, everywhere.
fn behind_a_reference(mut root: Map<String, Value>) -> Map<String, Value> {
    let dialect = root.shift_remove("$schema");
    let mut definitions = match root.shift_remove("$defs") {
        Some(Value::Object(definitions)) => definitions,
        _ => Map::new(),
    };
    let mut name = "Input".to_owned();
    while definitions.contains_key(&name) {
        name.push('_');
    }
    definitions.insert(name.clone(), root.into());
    let target = format!("#/$defs/{name}");
    let mut definitions = Value::Object(definitions);
    redirect(&mut definitions, &target);
    let mut root = Map::new();
    root.extend(dialect.map(|dialect| ("$schema".to_owned(), dialect)));
    root.insert("$ref".to_owned(), target.into());
    root.insert("$defs".to_owned(), definitions);
    root
}

fn redirect(schema: &mut Value, target: &str) {
    match schema {
        Value::Object(keywords) => {
            for (keyword, value) in keywords {
                if keyword == "$ref" && value == ROOT {
                    *value = target.into();
                } else {
                    redirect(value, target);
                }
            }
        }
        Value::Array(all) => {
            for inner in all {
                redirect(inner, target);
            }
        }
        _ => {}
    }
}

/// The root with what it refers to in the place of the reference, and the pointers of what was put there.
///
/// A description of the root goes before that of the target, and where both say something of values, both hold. A circle of
/// references ends where it began.
fn without_reference(document: &Document<'_>) -> (Map<String, Value>, BTreeSet<String>) {
    let mut merged = document.root.as_object().cloned().unwrap_or_default();
    let mut targets = BTreeSet::from([String::new()]);
    let mut followed = BTreeSet::new();
    // Then what it refers to isn't the root, and those that refer to the same don't mean the root.
    let mut says_more = false;
    while let Some(Value::String(reference)) = merged.shift_remove("$ref") {
        let Some((pointer, Value::Object(target))) = document.resolve(&reference) else {
            break;
        };
        if !document.siblings_count {
            merged.retain(|keyword, _| says_nothing_of_values(keyword));
        }
        let is_said_otherwise = |(keyword, value): (&String, &Value)| {
            !says_nothing_of_values(keyword) && merged.get(keyword).is_some_and(|own| own != value)
        };
        if target.iter().any(is_said_otherwise) {
            if let Value::Array(all) = merged.entry("allOf").or_insert_with(|| json!([])) {
                all.push(json!({ "$ref": reference }));
            }
            break;
        }
        if !followed.insert(pointer.clone()) {
            break;
        }
        says_more |= merged
            .keys()
            .any(|keyword| !says_nothing_of_values(keyword) && !target.contains_key(keyword));
        if !says_more {
            targets.insert(pointer);
        }
        for (keyword, value) in target {
            if !merged.contains_key(keyword) {
                merged.insert(keyword.clone(), value.clone());
            }
        }
    }
    (merged, targets)
}

fn says_nothing_of_values(keyword: &str) -> bool {
    ANNOTATIONS.contains(&keyword)
        || matches!(
            keyword,
            "$schema" | "$id" | "id" | "$anchor" | "$dynamicAnchor" | "$defs" | "definitions"
        )
}

struct Writer<'a> {
    document: &'a Document<'a>,
    /// Pointers of what is the root now.
    targets: BTreeSet<String>,
    /// What the definition of a pointer is called.
    names: BTreeMap<String, String>,
    taken: BTreeSet<String>,
    /// Definitions that are referred to and not written yet.
    open: Vec<(String, &'a Value)>,
}

impl Writer<'_> {
    fn schema(&mut self, schema: &Value) -> Value {
        match schema {
            Value::Object(keywords) => self.keywords(keywords).into(),
            Value::Bool(false) => json!({ "not": {} }),
            _ => json!({}),
        }
    }

    fn keywords(&mut self, keywords: &Map<String, Value>) -> Map<String, Value> {
        let mut written = Map::new();
        let refers = keywords.keys().any(|keyword| is_reference(keyword));
        for (keyword, value) in keywords {
            // Before 2019-09 nothing else counts beside a reference.
            let counts = !refers
                || self.document.siblings_count
                || is_reference(keyword)
                || ANNOTATIONS.contains(&keyword.as_str());
            if counts {
                self.keyword(keyword, value, keywords, &mut written);
            }
        }
        describe_notes(keywords, &mut written);
        if keywords.get("nullable") == Some(&Value::Bool(true)) {
            written = or_null(written);
        }
        written
    }

    fn keyword(
        &mut self,
        keyword: &str,
        value: &Value,
        all: &Map<String, Value>,
        written: &mut Map<String, Value>,
    ) {
        let tuple = |keyword: &str| all.get(keyword).is_some_and(Value::is_array);
        match (keyword, value) {
            (reference, Value::String(target)) if is_reference(reference) => {
                if let Some(target) = self.reference(target) {
                    written.insert("$ref".to_owned(), target.into());
                }
            }
            // The places of a tuple were in `items` before 2020-12, and what is behind them in `additionalItems`.
            ("items", Value::Array(places)) if !tuple("prefixItems") => {
                self.list("prefixItems", places, written);
            }
            ("additionalItems", rest) if tuple("items") && !tuple("prefixItems") => {
                let rest = self.schema(rest);
                written.insert("items".to_owned(), rest);
            }
            ("items", Value::Array(_))
            | (
                "$schema" | "$id" | "id" | "$anchor" | "$dynamicAnchor" | "$recursiveAnchor"
                | "nullable" | "$defs" | "definitions" | "additionalItems",
                _,
            ) => {}
            (
                "additionalProperties" | "unevaluatedItems" | "unevaluatedProperties",
                Value::Bool(false),
            ) => drop(written.insert(keyword.to_owned(), false.into())),
            _ => match (holds(keyword), value) {
                (Some(Holds::List), Value::Array(places)) => self.list(keyword, places, written),
                (Some(Holds::Named), Value::Object(named)) => {
                    let named = named
                        .iter()
                        .map(|(name, inner)| (name.clone(), self.schema(inner)));
                    let named = named.collect::<Map<_, _>>();
                    written.insert(keyword.to_owned(), named.into());
                }
                (Some(Holds::Schema | Holds::SchemaOrList), inner) => {
                    let inner = self.schema(inner);
                    written.insert(keyword.to_owned(), inner);
                }
                (Some(_), _) => {}
                (None, value) => drop(written.insert(keyword.to_owned(), value.clone())),
            },
        }
    }

    fn list(&mut self, keyword: &str, places: &[Value], written: &mut Map<String, Value>) {
        let places: Vec<Value> = places.iter().map(|inner| self.schema(inner)).collect();
        if !places.is_empty() {
            written.insert(keyword.to_owned(), places.into());
        }
    }

    /// The reference to where the target is now; `None` if there is no target.
    fn reference(&mut self, reference: &str) -> Option<String> {
        let (pointer, target) = self.document.resolve(reference)?;
        if self.targets.contains(&pointer) {
            return Some("#".to_owned());
        }
        if let Some(name) = self.names.get(&pointer) {
            return Some(format!("#/$defs/{name}"));
        }
        // A name that stands in a pointer as it is, whoever reads it.
        let wanted: String = type_name_at(&pointer)
            .chars()
            .map(|letter| {
                if letter.is_ascii_alphanumeric() {
                    letter
                } else {
                    '_'
                }
            })
            .collect();
        let numbered = (2_u32..).map(|number| format!("{wanted}{number}"));
        let name = std::iter::once(wanted.clone())
            .chain(numbered)
            .find(|name| !self.taken.contains(name))
            .unwrap_or_default();
        self.taken.insert(name.clone());
        self.names.insert(pointer, name.clone());
        self.open.push((name.clone(), target));
        Some(format!("#/$defs/{name}"))
    }
}

/// Says in the description what couldn't be read.
fn describe_notes(keywords: &Map<String, Value>, written: &mut Map<String, Value>) {
    if written
        .shift_remove(codemode_declarations::json_schema::NOTES)
        .is_none()
    {
        return;
    }
    let notes: Vec<&str> = notes(keywords).collect();
    let said = format!("(Its schema says {}.)", notes.join(", "));
    let description = match written.get("description").and_then(Value::as_str) {
        Some(text) => format!("{text} {said}"),
        None => said,
    };
    written.insert("description".to_owned(), description.into());
}

/// A schema that allows for `null` as well.
fn or_null(mut written: Map<String, Value>) -> Map<String, Value> {
    let is_plain = !["$ref", "allOf", "anyOf", "const", "enum", "oneOf"]
        .iter()
        .any(|keyword| written.contains_key(*keyword));
    match written.get_mut("type") {
        Some(kind @ Value::String(_)) if is_plain => *kind = json!([kind.take(), "null"]),
        Some(Value::Array(kinds)) if is_plain => {
            if !kinds.iter().any(|kind| kind == "null") {
                kinds.push("null".into());
            }
        }
        _ => {
            let (about, rest): (Map<_, _>, Map<_, _>) = written
                .into_iter()
                .partition(|(keyword, _)| ANNOTATIONS.contains(&keyword.as_str()));
            written = about;
            written.insert("anyOf".to_owned(), json!([rest, { "type": "null" }]));
        }
    }
    written
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    #[allow(clippy::needless_pass_by_value, reason = "callers make it for this")]
    fn strict(schema: Value) -> Value {
        super::schema(&schema).into()
    }

    #[test]
    fn no_schema_is_a_bare_boolean() {
        let schema = json!({ "properties": { "a": true, "b": false }, "items": true, "additionalProperties": true,
                             "anyOf": [true, { "$ref": "#/$defs/A" }], "$defs": { "A": { "items": false, "additionalProperties": false } } });
        let expected = json!({ "properties": { "a": {}, "b": { "not": {} } }, "items": {}, "additionalProperties": {},
                               "anyOf": [{}, { "$ref": "#/$defs/A" }], "$defs": { "A": { "items": { "not": {} }, "additionalProperties": false } } });
        assert_eq!(strict(schema), expected);
    }

    #[test]
    fn each_schema_is_there_once() {
        let node = json!({ "type": "object", "properties": { "next": { "$ref": "#/$defs/Node" }, "page": { "$ref": "#/$defs/Page" } } });
        let page =
            json!({ "type": "object", "properties": { "inner": { "$ref": "#/$defs/Page" } } });
        let schema = json!({ "$ref": "#/$defs/Node", "$defs": { "Node": node, "Page": page, "Unused": true } });
        let expected = json!({
            "type": "object",
            "properties": { "next": { "$ref": "#" }, "page": { "$ref": "#/$defs/Page" } },
            "$defs": { "Page": page },
        });
        assert_eq!(strict(schema), expected);
    }

    #[test]
    fn what_a_root_says_beside_its_reference_holds_as_well() {
        let find = json!({ "type": "object", "properties": { "a": { "type": "string" } } });
        let schema = json!({ "$ref": "#/$defs/Find", "description": "Mine.", "properties": { "b": true }, "$defs": { "Find": find } });
        let expected = json!({
            "description": "Mine.",
            "properties": { "b": {} },
            "allOf": [{ "$ref": "#/$defs/Find" }],
            "$defs": { "Find": find },
        });
        assert_eq!(strict(schema), expected);
    }

    #[test]
    fn older_words_are_those_of_today() {
        let cases = [
            (
                json!({ "$schema": "http://json-schema.org/draft-07/schema#", "$id": "https://example.org/a", "items": [true], "additionalItems": false }),
                json!({ "$schema": super::DIALECT, "prefixItems": [{}], "items": { "not": {} } }),
            ),
            (
                json!({ "$schema": "http://json-schema.org/draft-07/schema#", "items": { "$ref": "#/definitions/A b", "description": "D.", "type": "number" },
                        "definitions": { "A b": { "id": "#b", "type": "string" } } }),
                json!({ "$schema": super::DIALECT, "items": { "$ref": "#/$defs/AB", "description": "D." }, "$defs": { "AB": { "type": "string" } } }),
            ),
            (
                json!({ "items": { "$ref": "#name" }, "contains": { "$anchor": "name", "type": "string" } }),
                json!({ "items": { "$ref": "#/$defs/RootContains" }, "contains": { "type": "string" }, "$defs": { "RootContains": { "type": "string" } } }),
            ),
            (
                json!({ "type": "object", "properties": { "me": { "$recursiveRef": "#" }, "gone": { "$ref": "#/$defs/Gone", "type": "string" } } }),
                json!({ "type": "object", "properties": { "me": { "$ref": "#" }, "gone": { "type": "string" } } }),
            ),
            (
                json!({ "type": "string", "nullable": true }),
                json!({ "type": ["string", "null"] }),
            ),
            (
                json!({ "description": "D.", "enum": ["a"], "nullable": true }),
                json!({ "description": "D.", "anyOf": [{ "enum": ["a"] }, { "type": "null" }] }),
            ),
            (
                json!({ "properties": { "id": true, "$schema": true, "nullable": true, "definitions": true } }),
                json!({ "properties": { "id": {}, "$schema": {}, "nullable": {}, "definitions": {} } }),
            ),
        ];
        for (schema, expected) in cases {
            assert_eq!(strict(schema.clone()), expected, "{schema}");
        }
    }
}
