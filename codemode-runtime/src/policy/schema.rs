//! The form of a policy file as a JSON Schema, for editors.

#![allow(
    dead_code,
    clippy::large_enum_variant,
    reason = "these types are there for what they say of the form, and no value of them is made"
)]

use std::collections::BTreeMap;

use schemars::generate::SchemaSettings;
use schemars::transform::RecursiveTransform;
use schemars::{JsonSchema, Schema};
use serde_json::Value;

use super::policy_file::PolicyFile;

/// What scripts may call, with which arguments, and what a person is asked about.
#[derive(JsonSchema)]
#[schemars(rename = "Policy", deny_unknown_fields)]
struct FileForm {
    /// Where this schema is, for editors.
    #[schemars(rename = "$schema")]
    schema: Option<String>,
    /// What becomes of calls that no rule decides.
    default: DefaultForm,
    /// The rules in their order: the first that fits a call decides.
    #[schemars(default)]
    rules: Vec<RuleForm>,
}

#[derive(JsonSchema)]
#[schemars(rename = "Default", rename_all = "kebab-case")]
enum DefaultForm {
    /// They are made.
    Allow,
    /// They aren't made.
    Deny,
    /// A person is asked about each.
    Ask,
    /// A person is asked about those of functions that don't say that they change nothing; the others are made.
    AskChanges,
}

/// One rule: which calls it fits, and what becomes of them.
#[derive(JsonSchema)]
#[schemars(rename = "Rule", deny_unknown_fields, extend("oneOf" = EFFECTS.map(|name| serde_json::json!({ "required": [name] }))))]
struct RuleForm {
    /// What people call the rule.
    #[schemars(length(min = 1))]
    name: Option<String>,
    /// The functions that it is about, as in `mail.send`; `*` stands for any letters.
    tools: OneOrMore<String>,
    /// Where the functions come from; from anywhere but the script's own world if it is left out.
    source: Option<OneOrMore<SourceForm>>,
    /// What the functions say about how they behave. What one leaves open counts as not read-only, destructive, not idempotent
    /// and open to the world.
    annotations: Option<AnnotationsForm>,
    /// What each argument has to be, by its name. Dots lead to an argument within another, and `*` stands for each item of a list.
    #[schemars(rename = "where")]
    conditions: Option<BTreeMap<String, ConditionForm>>,
    /// The call is made.
    #[schemars(extend("const" = true))]
    allow: Option<bool>,
    /// The call isn't made, for this reason, which the script's author reads.
    #[schemars(length(min = 1))]
    deny: Option<String>,
    /// A person is asked this question.
    #[schemars(length(min = 1))]
    ask: Option<String>,
    /// The next rules decide, unless there were so many calls before.
    limit: Option<LimitForm>,
}

const EFFECTS: [&str; 4] = ["allow", "deny", "ask", "limit"];

#[derive(JsonSchema)]
#[schemars(untagged, inline)]
enum OneOrMore<T> {
    One(T),
    More(#[schemars(length(min = 1))] Vec<T>),
}

#[derive(JsonSchema)]
#[schemars(rename = "Source", rename_all = "lowercase")]
enum SourceForm {
    /// A function in Rust.
    Rust,
    /// An MCP server.
    Mcp,
    /// An HTTP interface that an `OpenAPI` document describes.
    OpenApi,
    /// The script's own world: `$tools`, `$store` and `output`.
    World,
}

#[derive(JsonSchema)]
#[schemars(rename = "Annotations", deny_unknown_fields)]
struct AnnotationsForm {
    /// Whether it says that it changes nothing.
    read_only: Option<bool>,
    /// Whether it may delete or overwrite something.
    destructive: Option<bool>,
    /// Whether it says that a second call changes nothing more.
    idempotent: Option<bool>,
    /// Whether it deals with things that aren't known beforehand, such as the web.
    open_world: Option<bool>,
}

/// What an argument has to be: a value, one of a list of values, or all that a table says.
#[derive(JsonSchema)]
#[schemars(rename = "Condition", untagged)]
enum ConditionForm {
    Text(String),
    Number(f64),
    Boolean(bool),
    OneOf(#[schemars(length(min = 1))] Vec<Value>),
    All(TestsForm),
}

#[derive(JsonSchema)]
#[schemars(rename = "Tests", deny_unknown_fields, extend("minProperties" = 1))]
struct TestsForm {
    /// It is this value; `1` and `1.0` are the same.
    equals: Option<Value>,
    /// It is one of these values.
    #[schemars(length(min = 1))]
    one_of: Option<Vec<Value>>,
    /// It is a text that begins with this.
    #[schemars(length(min = 1))]
    prefix: Option<String>,
    /// It is a text that ends with this.
    #[schemars(length(min = 1))]
    suffix: Option<String>,
    /// It is a text that this regular expression matches from its beginning to its end.
    matches: Option<String>,
    /// It is a number less than this.
    less: Option<f64>,
    /// It is a number, this one or less.
    at_most: Option<f64>,
    /// It is a number greater than this.
    greater: Option<f64>,
    /// It is a number, this one or greater.
    at_least: Option<f64>,
    /// Whether it is there, as something else than `null`.
    present: Option<bool>,
    /// Whether it isn't there, or is `null`.
    absent: Option<bool>,
}

#[derive(JsonSchema)]
#[schemars(rename = "Limit", deny_unknown_fields)]
struct LimitForm {
    /// How many calls there may be.
    #[schemars(range(min = 1, max = 1_000_000))]
    calls: u32,
    /// What they are counted in.
    per: PeriodForm,
}

#[derive(JsonSchema)]
#[schemars(rename = "Period", rename_all = "lowercase")]
enum PeriodForm {
    /// One script.
    Run,
    /// The scripts of one client, or of one command.
    Session,
    /// Any sixty minutes.
    Hour,
}

/// What can be left out of a file can't be `null` there, as an `Option` says it could.
fn without_null(schema: &mut Schema) {
    if let Some(Value::Array(types)) = schema.get_mut("type") {
        types.retain(|name| name != "null");
        if let [only] = types.as_slice() {
            let only = only.clone();
            schema.insert("type".to_owned(), only);
        }
    }
    if let Some(Value::Array(forms)) = schema.get_mut("anyOf") {
        forms.retain(|form| form.get("type").is_none_or(|name| name != "null"));
        if let [Value::Object(only)] = forms.as_slice() {
            let only = only.clone();
            schema.remove("anyOf");
            for (name, value) in only {
                schema.insert(name, value);
            }
        }
    }
}

impl PolicyFile {
    /// The JSON Schema of policy files. Those in TOML have the same form.
    #[must_use]
    pub fn schema() -> Schema {
        SchemaSettings::draft2020_12()
            .with_transform(RecursiveTransform(without_null))
            .into_generator()
            .into_root_schema_for::<FileForm>()
    }
}

#[cfg(test)]
mod tests {
    use super::super::read::condition::CONDITION;
    use super::super::read::file::{FILE, HINTS, LIMIT, RULE};
    use super::*;
    use crate::tool::source::ToolSource;

    /// What the schema names at a place.
    fn names(schema: &Value, pointer: &str) -> Vec<String> {
        let found = schema
            .pointer(pointer)
            .unwrap_or_else(|| panic!("{pointer} in {schema:#}"));
        let mut names: Vec<_> = match found {
            Value::Object(fields) => fields.keys().cloned().collect(),
            Value::Array(items) => items
                .iter()
                .map(|item| item["const"].as_str().unwrap().to_owned())
                .collect(),
            other => panic!("{other}"),
        };
        names.sort_unstable();
        names
    }

    #[test]
    fn the_published_schema_is_that_of_this_program() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/policy.schema.json");
        let schema = PolicyFile::schema().to_value();
        codemode_test_support::golden::check(path, &format!("{schema:#}\n"));
        assert!(!schema.to_string().contains("null\""), "{schema:#}");
    }

    #[test]
    fn the_schema_has_the_names_that_are_read_and_no_others() {
        let schema = PolicyFile::schema().to_value();
        let hints = HINTS.map(super::super::model::Hint::as_str);
        let sources = ToolSource::ALL.map(ToolSource::as_str);
        for (pointer, known) in [
            ("/properties", FILE),
            ("/$defs/Rule/properties", RULE),
            ("/$defs/Annotations/properties", &hints),
            ("/$defs/Tests/properties", CONDITION),
            ("/$defs/Limit/properties", LIMIT),
            ("/$defs/Source/oneOf", &sources),
            (
                "/$defs/Default/oneOf",
                &["allow", "deny", "ask", "ask-changes"],
            ),
            ("/$defs/Period/oneOf", &["run", "session", "hour"]),
        ] {
            let mut known = known.to_vec();
            known.sort_unstable();
            assert_eq!(names(&schema, pointer), known, "{pointer}");
        }
    }
}
