//! The `jsonschema` crate as the judge: what a schema says of a value, and why.

use std::collections::BTreeSet;

use jsonschema::JsonType;
use jsonschema::error::{TypeKind, ValidationError, ValidationErrorKind};
use jsonschema::{ValidationOptions, Validator};
use serde_json::{Map, Value, json};

use crate::exceptions::{Narrower, Wider, WiderThanSchema};

/// A schema that judges values.
pub struct SchemaJudge {
    schema: Value,
    validator: Validator,
    /// The same, but every property that the schema doesn't mention is an error.
    closed: Option<Validator>,
}

/// Something that a value breaks and the type can't say, and what must be in the docs instead.
#[derive(Clone, Debug)]
pub struct Broken {
    /// What it is.
    pub exception: Wider,
    /// One of these must stand in the declaration.
    pub said_as: Vec<String>,
}

impl SchemaJudge {
    /// The judge of a schema of schemars: it knows schemars' formats, and objects can be closed.
    ///
    /// # Errors
    ///
    /// If the schema isn't one.
    pub fn of_rust(schema: &Value) -> Result<Self, String> {
        let mut schema = schema.clone();
        sharpen(&mut schema);
        let mut closed = schema.clone();
        close(&mut closed, true);
        let build = |schema: &Value| options().build(schema).map_err(|error| error.to_string());
        Ok(Self {
            validator: build(&schema)?,
            closed: Some(build(&closed)?),
            schema,
        })
    }

    /// The judge of any schema.
    ///
    /// # Errors
    ///
    /// If the schema isn't one.
    pub fn of_any(schema: &Value) -> Result<Self, String> {
        Self::with(&jsonschema::options(), schema)
    }

    /// The judge of what a schema says in whatever draft it is written. Whether formats and encodings bind depends on that
    /// alone, so they don't here.
    ///
    /// # Errors
    ///
    /// If the schema isn't one.
    pub fn of_any_draft(schema: &Value) -> Result<Self, String> {
        let options = jsonschema::options()
            .should_validate_formats(false)
            .without_content_encoding_support("base64");
        Self::with(&options, schema)
    }

    fn with(options: &ValidationOptions<'_>, schema: &Value) -> Result<Self, String> {
        let validator = options.build(schema).map_err(|error| error.to_string())?;
        Ok(Self {
            schema: schema.clone(),
            validator,
            closed: None,
        })
    }

    /// Whether the value is valid.
    pub fn accepts(&self, value: &Value) -> bool {
        self.validator.is_valid(value)
    }

    /// What the value breaks, if all of it is something that TypeScript can't say; of several alternatives, one that
    /// TypeScript could have taken it for. `None` if something else is wrong with it, or nothing.
    pub fn breaks_only_what_types_cannot_say(&self, value: &Value) -> Option<Vec<Broken>> {
        let errors: Vec<_> = self.validator.iter_errors(value).collect();
        if errors.is_empty() {
            return None;
        }
        explain(&errors, &|error| self.wider(error))
    }

    /// What the value breaks that no type can say, beside what [`Wider`] names.
    pub fn breaks_beside_types(&self, value: &Value) -> BTreeSet<WiderThanSchema> {
        let mut found = BTreeSet::new();
        for error in self.validator.iter_errors(value) {
            collect_beside_types(&error, &mut found);
        }
        found
    }

    /// Why the schema refuses what serde accepts, if it is known. `None` else.
    pub fn refuses_what_serde_accepts(&self, value: &Value) -> Option<Vec<Narrower>> {
        let errors: Vec<_> = self.validator.iter_errors(value).collect();
        if errors.is_empty() {
            return None;
        }
        explain(&errors, &|error| self.narrower(error))
    }

    /// The places of properties that the schema doesn't mention: pointers to the objects, and names.
    pub fn unmentioned(&self, value: &Value) -> Vec<(String, String)> {
        let mut found = Vec::new();
        if let Some(closed) = &self.closed {
            for error in closed.iter_errors(value) {
                collect_unmentioned(&error, &mut found);
            }
        }
        found.dedup();
        found
    }

    fn wider(&self, error: &ValidationError<'_>) -> Option<Broken> {
        use ValidationErrorKind as Kind;
        let (exception, said_as) = match error.kind() {
            Kind::Type { kind } if error.instance().is_number() && wants_integer(kind) => (
                Wider::Integer,
                WIDTHS
                    .iter()
                    .map(|(width, ..)| *width)
                    .filter(|width| *width != "float")
                    .chain(["integer"])
                    .map(|width| format!("format {width}"))
                    .collect(),
            ),
            Kind::Minimum { limit } => (Wider::Range, bound("minimum", limit)),
            Kind::Maximum { limit } => (Wider::Range, bound("maximum", limit)),
            Kind::ExclusiveMinimum { limit } => (Wider::Range, bound("exclusiveMinimum", limit)),
            Kind::ExclusiveMaximum { limit } => (Wider::Range, bound("exclusiveMaximum", limit)),
            Kind::MultipleOf { multiple_of } => {
                (Wider::Range, vec![format!("multipleOf {multiple_of}")])
            }
            Kind::Pattern { pattern } => (
                Wider::Text,
                vec![format!("pattern {}", pattern.replace("*/", "*\\/"))],
            ),
            Kind::Format { format } => (Wider::Text, vec![format!("format {format}")]),
            Kind::MinLength { limit } => (Wider::Length, vec![format!("minLength {limit}")]),
            Kind::MaxLength { limit } => (Wider::Length, vec![format!("maxLength {limit}")]),
            Kind::MinItems { limit } => (Wider::Length, vec![format!("minItems {limit}")]),
            Kind::MaxItems { limit } => (Wider::Length, vec![format!("maxItems {limit}")]),
            Kind::MinProperties { limit } => {
                (Wider::Length, vec![format!("minProperties {limit}")])
            }
            Kind::MaxProperties { limit } => {
                (Wider::Length, vec![format!("maxProperties {limit}")])
            }
            Kind::UniqueItems => (Wider::Unique, vec!["uniqueItems true".to_owned()]),
            Kind::Not { schema } => (
                Wider::Not,
                vec![format!("not {}", schema.get("const").unwrap_or(schema))],
            ),
            Kind::AdditionalProperties { .. } if !self.patterns(error).is_empty() => {
                let patterns = self.patterns(error).into_iter();
                let said_as = patterns.map(|pattern| format!("keys.pattern {pattern}"));
                (Wider::Keys, said_as.collect())
            }
            Kind::AdditionalProperties { .. } | Kind::OneOfMultipleValid { .. } => {
                (Wider::OtherMember, Vec::new())
            }
            Kind::Type { .. } if self.is_beside_named(error) => (Wider::IndexSignature, Vec::new()),
            _ => return None,
        };
        Some(Broken { exception, said_as })
    }

    /// Whether the value is one of those that aren't named in an object that has named ones, too.
    fn is_beside_named(&self, error: &ValidationError<'_>) -> bool {
        let path = error.schema_path().to_string();
        let mut parts = path.rmatch_indices("/additionalProperties");
        parts.any(|(end, _)| {
            self.schema
                .pointer(&path[..end])
                .is_some_and(|schema| schema.get("properties").is_some())
        })
    }

    fn narrower(&self, error: &ValidationError<'_>) -> Option<Narrower> {
        let instance = error.instance().as_ref();
        let is_unit_variant = |instance: &Value| {
            instance
                .as_object()
                .is_some_and(|fields| fields.len() == 1 && fields.values().all(Value::is_null))
        };
        match error.kind() {
            ValidationErrorKind::Type {
                kind: TypeKind::Single(JsonType::Object),
            } if instance.is_array() => Some(Narrower::StructAsArray),
            ValidationErrorKind::AnyOf { .. } | ValidationErrorKind::OneOfNotValid { .. }
                if instance.is_array() =>
            {
                Some(Narrower::StructAsArray)
            }
            ValidationErrorKind::Type { .. } if instance.is_u64() && self.is_one_name(error) => {
                Some(Narrower::VariantAsNumber)
            }
            ValidationErrorKind::Type {
                kind: TypeKind::Single(JsonType::String),
            }
            | ValidationErrorKind::Enum { .. }
            | ValidationErrorKind::Constant { .. }
            | ValidationErrorKind::OneOfNotValid { .. }
                if is_unit_variant(instance) =>
            {
                Some(Narrower::UnitVariantAsObject)
            }
            ValidationErrorKind::Enum { .. } | ValidationErrorKind::Constant { .. }
                if instance.is_u64() =>
            {
                Some(Narrower::VariantAsNumber)
            }
            _ => None,
        }
    }

    /// Whether the value is to be one text.
    fn is_one_name(&self, error: &ValidationError<'_>) -> bool {
        let path = error.schema_path().to_string();
        let schema = path
            .strip_suffix("/type")
            .and_then(|schema| self.schema.pointer(schema));
        schema.is_some_and(|schema| schema.get("const").or(schema.get("enum")).is_some())
    }

    /// The patterns that the keys of the object are bound to.
    fn patterns(&self, error: &ValidationError<'_>) -> Vec<String> {
        let path = error.schema_path().to_string();
        let schema = path
            .rsplit_once('/')
            .and_then(|(schema, _)| self.schema.pointer(schema));
        let patterns = schema.and_then(|schema| schema.get("patternProperties")?.as_object());
        let patterns = patterns.into_iter().flatten();
        patterns
            .map(|(pattern, _)| pattern.replace("*/", "*\\/"))
            .collect()
    }
}

fn explain<T>(
    errors: &[ValidationError<'_>],
    one: &dyn Fn(&ValidationError<'_>) -> Option<T>,
) -> Option<Vec<T>> {
    let mut found = Vec::new();
    for error in errors {
        match error.kind() {
            ValidationErrorKind::AnyOf { context }
            | ValidationErrorKind::OneOfNotValid { context } => match one(error) {
                Some(known) => found.push(known),
                None => found.extend(context.iter().find_map(|branch| explain(branch, one))?),
            },
            _ => found.push(one(error)?),
        }
    }
    Some(found)
}

fn wants_integer(kind: &TypeKind) -> bool {
    match kind {
        TypeKind::Single(ty) => *ty == JsonType::Integer,
        TypeKind::Multiple(types) => types.contains(JsonType::Integer),
    }
}

fn bound(keyword: &str, limit: &Value) -> Vec<String> {
    let mut said_as = vec![format!("{keyword} {limit}")];
    let limit = limit.as_f64().unwrap_or_default();
    for (width, min, max) in WIDTHS {
        #[allow(clippy::float_cmp)]
        if limit == if keyword == "minimum" { *min } else { *max } {
            if *width == "float" {
                return Vec::new();
            }
            said_as.push(format!("format {width}"));
        }
    }
    said_as
}

/// The largest integer that a script's number holds exactly, and so the largest that any integer type reads of one.
const MAX_SAFE: f64 = 9_007_199_254_740_991.0;

/// What the formats of integers mean.
#[allow(clippy::cast_precision_loss, clippy::cast_lossless)]
const WIDTHS: &[(&str, f64, f64)] = &[
    ("int8", i8::MIN as f64, i8::MAX as f64),
    ("int16", i16::MIN as f64, i16::MAX as f64),
    ("int32", i32::MIN as f64, i32::MAX as f64),
    ("int64", -MAX_SAFE, MAX_SAFE),
    ("int", -MAX_SAFE, MAX_SAFE),
    ("int128", -MAX_SAFE, MAX_SAFE),
    ("uint8", 0.0, u8::MAX as f64),
    ("uint16", 0.0, u16::MAX as f64),
    ("uint32", 0.0, u32::MAX as f64),
    ("uint64", 0.0, MAX_SAFE),
    ("uint", 0.0, MAX_SAFE),
    ("uint128", 0.0, MAX_SAFE),
    // Nobody hits these bounds unknowingly, so they are worth no tag.
    ("float", f32::MIN as f64, f32::MAX as f64),
];

/// Makes what a format of an integer means explicit, since `jsonschema` doesn't know schemars' own.
fn sharpen(schema: &mut Value) {
    match schema {
        Value::Object(keywords) => {
            let format = keywords.get("format").and_then(Value::as_str);
            let width = format.and_then(|format| WIDTHS.iter().find(|width| width.0 == format));
            if let Some((_, min, max)) = width {
                keywords.entry("minimum").or_insert_with(|| json!(min));
                keywords.entry("maximum").or_insert_with(|| json!(max));
            }
            keywords.values_mut().for_each(sharpen);
        }
        Value::Array(values) => values.iter_mut().for_each(sharpen),
        _ => {}
    }
}

/// Adds to every schema that is one of a whole value, not of an aspect of it, that nothing else may be there.
fn close(schema: &mut Value, is_whole: bool) {
    let Value::Object(keywords) = schema else {
        return;
    };
    for (keyword, inner) in &mut *keywords {
        match keyword.as_str() {
            "properties" | "patternProperties" | "prefixItems" => each(inner, true),
            "$defs" | "anyOf" | "oneOf" | "allOf" => each(inner, false),
            "items" | "additionalProperties" => close(inner, true),
            _ => {}
        }
    }
    let mentions = ["properties", "$ref", "anyOf", "oneOf", "allOf"];
    if is_whole
        && mentions
            .iter()
            .any(|keyword| keywords.contains_key(*keyword))
    {
        keywords
            .entry("unevaluatedProperties")
            .or_insert(Value::Bool(false));
    }
}

fn each(schemas: &mut Value, is_whole: bool) {
    match schemas {
        Value::Object(schemas) => schemas
            .values_mut()
            .for_each(|schema| close(schema, is_whole)),
        Value::Array(schemas) => schemas
            .iter_mut()
            .for_each(|schema| close(schema, is_whole)),
        _ => {}
    }
}

fn collect_unmentioned(error: &ValidationError<'_>, found: &mut Vec<(String, String)>) {
    match error.kind() {
        ValidationErrorKind::UnevaluatedProperties { unexpected } => {
            let place = error.instance_path().to_string();
            found.extend(unexpected.iter().map(|name| (place.clone(), name.clone())));
        }
        ValidationErrorKind::AnyOf { context } | ValidationErrorKind::OneOfNotValid { context } => {
            for error in context.iter().flatten() {
                collect_unmentioned(error, found);
            }
        }
        _ => {}
    }
}

fn collect_beside_types(error: &ValidationError<'_>, found: &mut BTreeSet<WiderThanSchema>) {
    use ValidationErrorKind as Kind;
    let path = error.schema_path().to_string();
    if path.contains("/then/") || path.contains("/else/") {
        found.insert(WiderThanSchema::Condition);
    }
    match error.kind() {
        Kind::OneOfMultipleValid { .. } => drop(found.insert(WiderThanSchema::Exclusive)),
        Kind::Required { property } if is_inherited(property.as_str().unwrap_or_default(), &[]) => {
            found.insert(WiderThanSchema::Inherited);
        }
        Kind::Not { .. }
        | Kind::Contains
        | Kind::UnevaluatedProperties { .. }
        | Kind::UnevaluatedItems { .. } => drop(found.insert(WiderThanSchema::Condition)),
        Kind::AnyOf { context } | Kind::OneOfNotValid { context } => {
            for error in context.iter().flatten() {
                collect_beside_types(error, found);
            }
        }
        _ => {}
    }
}

/// Knows the formats of schemars; each is judged by the type that has it.
fn options() -> jsonschema::ValidationOptions<'static> {
    fn reads<T: serde::de::DeserializeOwned>(text: &str) -> bool {
        serde_json::from_value::<T>(Value::from(text)).is_ok()
    }
    jsonschema::options()
        .should_validate_formats(true)
        .with_format("date-time", reads::<chrono::DateTime<chrono::Utc>>)
        .with_format("date", reads::<chrono::NaiveDate>)
        .with_format("partial-date-time", reads::<chrono::NaiveDateTime>)
        .with_format("partial-time", reads::<chrono::NaiveTime>)
        .with_format("duration", reads::<jiff::SignedDuration>)
        .with_format("uuid", reads::<uuid::Uuid>)
        .with_format("uri", reads::<url::Url>)
        .with_format("ip", reads::<std::net::IpAddr>)
        .with_format("ipv4", reads::<std::net::Ipv4Addr>)
        .with_format("ipv6", reads::<std::net::Ipv6Addr>)
}

/// All names of properties that a schema mentions, and all texts that it names as values.
pub fn names(schema: &Value) -> Vec<String> {
    fn collect(schema: &Value, names: &mut Vec<String>) {
        match schema {
            Value::Object(keywords) => {
                for (keyword, inner) in keywords {
                    match (keyword.as_str(), inner) {
                        ("properties", Value::Object(properties)) => {
                            names.extend(properties.keys().cloned());
                        }
                        ("const", Value::String(text)) => names.push(text.clone()),
                        ("enum", Value::Array(values)) => {
                            names
                                .extend(values.iter().filter_map(Value::as_str).map(str::to_owned));
                        }
                        _ => {}
                    }
                    collect(inner, names);
                }
            }
            Value::Array(schemas) => schemas.iter().for_each(|schema| collect(schema, names)),
            _ => {}
        }
    }
    let mut found = Vec::new();
    collect(schema, &mut found);
    found.sort();
    found.dedup();
    found
}

const INHERITED: &[&str] = &[
    "constructor",
    "hasOwnProperty",
    "isPrototypeOf",
    "propertyIsEnumerable",
    "toLocaleString",
    "toString",
    "valueOf",
];

fn is_inherited(key: &str, names: &[String]) -> bool {
    INHERITED.contains(&key) && !names.iter().any(|name| name == key)
}

/// Whether an object in the value has a key that every object inherits and that is none of the names.
pub fn has_inherited_key(value: &Value, names: &[String]) -> bool {
    match value {
        Value::Array(values) => values.iter().any(|value| has_inherited_key(value, names)),
        Value::Object(fields) => fields
            .iter()
            .any(|(key, value)| is_inherited(key, names) || has_inherited_key(value, names)),
        _ => false,
    }
}

/// The value with other keys in the place of those.
pub fn without_inherited_keys(value: &Value, names: &[String]) -> Value {
    match value {
        Value::Array(values) => values
            .iter()
            .map(|value| without_inherited_keys(value, names))
            .collect(),
        Value::Object(fields) => fields
            .iter()
            .map(|(key, value)| {
                let key = if is_inherited(key, names) {
                    format!("own {key}")
                } else {
                    key.clone()
                };
                (key, without_inherited_keys(value, names))
            })
            .collect::<Map<_, _>>()
            .into(),
        plain => plain.clone(),
    }
}

/// The value without a property.
pub fn without(value: &Value, place: &str, name: &str) -> Value {
    let mut value = value.clone();
    if let Some(object) = value.pointer_mut(place).and_then(Value::as_object_mut) {
        let _: Option<Value> = Map::shift_remove(object, name);
    }
    value
}
