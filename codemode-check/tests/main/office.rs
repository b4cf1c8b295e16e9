//! What the scripts may call.

use std::path::Path;
use std::{env, fs};

use codemode_check::{CatalogueTypes, CheckLimits, Checker, Namespaces};
use codemode_declarations::FunctionSchema;
use codemode_script::{Diagnostic, RunError};
use serde_json::{Map, Value, json};

/// Numbers of visits, tasks, and texts.
pub(crate) struct Office {
    checker: Checker,
    types: CatalogueTypes,
}

impl Office {
    pub(crate) fn open() -> Self {
        Self {
            checker: checker(),
            types: types(),
        }
    }

    /// What is wrong with a script.
    pub(crate) async fn check(&self, script: &str) -> Vec<Diagnostic> {
        let error = self.checker.check(script, &self.types).await.unwrap();
        let told = |error: RunError| error.diagnostics;
        error.map_or_else(Vec::new, told)
    }

    /// Sees whether each script is told just this first; nothing if nothing is wrong.
    pub(crate) async fn tells(&self, cases: &[(&str, &str)]) {
        let mut wrong = String::new();
        for (script, expected) in cases {
            let told = self.check(script).await.into_iter().next();
            let told = told.map_or_else(String::new, |first| first.message);
            if told != *expected {
                wrong += &format!("{script}\n  expected: {expected}\n  told:     {told}\n");
            }
        }
        assert!(wrong.is_empty(), "\n{wrong}");
    }
}

/// The compiler that the tests of the workspace use.
fn checker() -> Checker {
    if env::var_os("CODEMODE_TSC").is_some() {
        return Checker::find().unwrap();
    }
    let pinned = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../tests/end-to-end/node_modules/@typescript"
    );
    let packages = fs::read_dir(Path::new(pinned));
    let advice =
        "there is no tsc: `cargo xtask test` installs it, and `npm ci` in tests/end-to-end does";
    let package = packages.expect(advice).flatten().next().expect(advice);
    let program = format!("lib/tsc{}", env::consts::EXE_SUFFIX);
    Checker::new(package.path().join(program), CheckLimits::default()).expect(advice)
}

fn object(properties: &Value, required: &[&str]) -> Value {
    json!({ "type": "object", "properties": properties, "required": required })
}

fn types() -> CatalogueTypes {
    let (text, number) = (json!({ "type": "string" }), json!({ "type": "number" }));
    let texts = json!({ "type": "array", "items": text });
    let day = object(
        &json!({ "day": text, "views": number, "visitors": number }),
        &["day", "views", "visitors"],
    );
    let days = json!({ "type": "array", "items": day });
    let range = object(
        &json!({ "from": text, "to": text, "unit": { "enum": ["day", "week", "month"] } }),
        &["from", "to"],
    );
    let columns = (0..17).map(|number| (format!("column{number}"), text.clone()));
    let wide = object(&columns.collect::<Map<_, _>>().into(), &[]);
    let form = |kind: &str, name: &str, ty: &Value| {
        let properties = json!({ "kind": { "const": kind }, name: ty });
        object(&properties, &["kind", name])
    };
    let either =
        json!({ "anyOf": [form("done", "value", &number), form("failed", "reason", &text)] });
    let nothing = json!({ "type": "null" });
    let person = object(&json!({ "name": text, "email": text }), &["name", "email"]);
    let labels = json!({ "type": "object", "additionalProperties": text });
    let task = object(
        &json!({
            "id": number,
            "title": text,
            "assignee": { "anyOf": [&person, nothing] },
            "due": text,
            "tags": texts,
            "labels": labels,
        }),
        &["id", "title", "assignee", "tags", "labels"],
    );
    let tasks = json!({ "type": "array", "items": task });
    let id = object(&json!({ "id": number }), &["id"]);
    let new = object(
        &json!({ "title": text, "tags": texts, "labels": labels, "due": text }),
        &["title"],
    );
    let anything = Value::Bool(true);
    let function = FunctionSchema::new;
    let given = |input, function| FunctionSchema {
        input: Some(input),
        ..function
    };
    let functions = vec![
        given(&range, function("stats", "views", &days)),
        given(&range, function("stats", "today", &day)),
        function("stats", "wide", &wide),
        function("stats", "last", &either),
        function("tasks", "list", &tasks),
        given(&id, function("tasks", "get", &task)),
        given(&new, function("tasks", "add", &task)),
        function("files", "read", &text),
        function("files", "parsed", &anything),
        function("people", "today", &person),
    ];
    CatalogueTypes::new(Namespaces {
        functions,
        written: Vec::new(),
        absent: vec![("github", "its server doesn't answer")],
    })
}
