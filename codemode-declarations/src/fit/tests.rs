//! Values against the types of schemas. That types and schemas agree is shown with the proof of declarations.

use serde_json::{Value, json};

use super::ResultType;
use super::part::Part;
use super::text::Text;
use crate::FunctionSchema;

#[allow(clippy::needless_pass_by_value, reason = "callers make it for this")]
fn result_of(output: Value) -> ResultType {
    ResultType::of(FunctionSchema::new("n", "f", &output)).unwrap()
}

#[test]
fn what_does_not_fit_is_said_with_its_place_and_the_declared_type() {
    let row = json!({
        "type": "object",
        "properties": { "id": { "type": "integer" }, "note": { "type": "string" }, "a/b": { "enum": ["x", 1] } },
        "required": ["id"],
        "additionalProperties": false,
    });
    let rows = json!({ "type": "array", "items": row });
    let pair = json!({ "type": "array", "prefixItems": [{ "type": "number" }, { "type": "string" }], "items": false, "minItems": 2 });
    let tree = json!({
        "$ref": "#/$defs/Tree",
        "$defs": { "Tree": {
            "type": "object",
            "properties": { "left": { "anyOf": [{ "$ref": "#/$defs/Tree" }, { "type": "null" }] } },
            "required": ["left"],
        } },
    });
    let shapes = json!({ "oneOf": [
        { "type": "object", "properties": { "kind": { "const": "a" }, "size": { "type": "number" } }, "required": ["kind", "size"] },
        { "type": "object", "properties": { "kind": { "const": "b" } }, "required": ["kind"] },
    ] });
    let both = json!({ "$ref": "#/$defs/A", "properties": { "b": { "type": "number" } }, "required": ["b"], "type": "object",
        "$defs": { "A": { "type": "object", "properties": { "a": { "type": "number" } }, "required": ["a"] } } });
    #[rustfmt::skip]
    let cases = [
        (&rows, json!([]), None),
        (&rows, json!([{ "id": 1 }, { "id": 2, "note": "n", "a/b": 1.0 }]), None),
        (&rows, json!([{ "id": 1 }, { "id": null }]), Some("`/1/id` is null, and declared as `number`")),
        (&rows, json!([{ "note": "n" }]), Some("`/0/id` is missing, and declared as `number`")),
        // Absent is one thing and null another.
        (&rows, json!([{ "id": 1, "note": null }]), Some("`/0/note` is null, and declared as `string`")),
        (&rows, json!([{ "id": 1, "a/b": "y" }]), Some("`/0/a~1b` is a string, and declared as `\"x\" | 1`")),
        (&rows, json!([{ "id": 1, "more": 2 }]), Some("`/0/more` is a property that isn't declared")),
        (&rows, json!({}), Some("it is an object, and declared as `{ id: number; note?: string; \"a/b\"?: \"x\" | 1 }[]`")),
        (&pair, json!([1, "a"]), None),
        (&pair, json!([1]), Some("it is a list of 1, and declared as `[number, string]`")),
        (&pair, json!([1, "a", 2]), Some("`/2` is an item that isn't declared")),
        (&tree, json!({ "left": { "left": null } }), None),
        (&tree, json!({ "left": { "left": 3 } }), Some("`/left/left` is a number, and declared as `Tree | null`")),
        // Only one alternative is an object, so that one was meant.
        (&tree, json!({ "left": {} }), Some("`/left/left` is missing, and declared as `Tree | null`")),
        (&shapes, json!({ "kind": "b" }), None),
        (&shapes, json!({ "kind": "a" }), Some("it is an object, and declared as `{ kind: \"a\"; size: number } | { kind: \"b\" }`")),
        (&both, json!({ "a": 1, "b": 2, "c": 3 }), None),
        (&both, json!({ "b": 2 }), Some("`/a` is missing, and declared as `number`")),
        (&both, json!({ "a": 1 }), Some("`/b` is missing, and declared as `number`")),
    ];
    for (schema, value, expected) in cases {
        let misfit = result_of(schema.clone()).check(&value).err();
        let misfit = misfit.map(|misfit| misfit.to_string());
        assert_eq!(misfit.as_deref(), expected, "{schema} {value}");
    }
}

#[test]
fn what_types_do_not_say_is_not_looked_at() {
    let schema = json!({ "type": "object", "properties": {
        "text": { "type": "string", "format": "date", "pattern": "^(a+)+$", "maxLength": 1 },
        "number": { "type": "integer", "minimum": 10 },
    } });
    let value =
        json!({ "text": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", "number": 1.5 });
    assert_eq!(result_of(schema).check(&value), Ok(()));
}

/// Nests a value in itself.
fn nested(depth: usize, wrap: impl Fn(Value) -> Value) -> Value {
    (0..depth).fold(json!({}), |inner, _| wrap(inner))
}

#[test]
fn hostile_schemas_come_to_an_end() {
    // Each level of the value is compared in two ways, each of which compares the next level in two ways.
    let twice = |name: &str| json!({ "type": "object", "properties": { "in": { "$ref": "#/$defs/A" }, name: { "type": "number" } }, "required": [name] });
    let doubling =
        json!({ "$ref": "#/$defs/A", "$defs": { "A": { "anyOf": [twice("x"), twice("y")] } } });
    let deep = nested(
        100,
        |inner| json!({ "in": inner, "x": "no number", "y": "no number" }),
    );
    let misfit = result_of(doubling).check(&deep).unwrap_err();
    assert!(misfit.what.contains("too intricate"), "{misfit}");

    // Names that stand for names.
    let mut chain: serde_json::Map<String, Value> = (0..5_000)
        .map(|link| (format!("A{link}"), json!({ "anyOf": [{ "$ref": format!("#/$defs/A{}", link + 1) }, { "type": "null" }] })))
        .collect();
    chain.insert("A5000".to_owned(), json!({ "type": "number" }));
    let misfit = result_of(json!({ "$ref": "#/$defs/A0", "$defs": chain })).check(&json!(1));
    assert!(misfit.unwrap_err().what.contains("too intricate"));

    // Names that stand for each other.
    let circle = json!({ "$ref": "#/$defs/A", "$defs": { "A": { "$ref": "#/$defs/B" }, "B": { "$ref": "#/$defs/A" } } });
    let _ = result_of(circle).check(&json!(1));
}

#[test]
fn values_as_deep_as_they_come_fit_on_a_small_stack() {
    let tree = json!({ "$ref": "#/$defs/A", "$defs": { "A": { "$ref": "#/$defs/B" }, "B": { "anyOf": [
        { "type": "null" },
        { "type": "object", "properties": { "in": { "$ref": "#/$defs/A" } } },
    ] } } });
    let work = move || {
        let value = nested(126, |inner| json!({ "in": inner }));
        assert_eq!(result_of(tree).check(&value), Ok(()));
    };
    // What a tokio worker has.
    let thread = std::thread::Builder::new().stack_size(2 << 20).spawn(work);
    thread.unwrap().join().unwrap();
}

#[test]
fn a_tool_that_cannot_be_declared_has_no_type() {
    let output = json!({ "$ref": "https://example.org/elsewhere.json" });
    let error = ResultType::of(FunctionSchema::new("n", "f", &output)).unwrap_err();
    assert!(error.problem.contains("isn't part of it"), "{error}");
}

#[test]
fn a_value_is_judged_the_same_in_memory_and_as_text() {
    let schema = json!({ "type": "object", "required": ["list", "k\"e"], "properties": {
        "list": { "type": "array", "items": { "anyOf": [{ "enum": ["a\n", 1.5, null, true] }, { "type": "object",
            "properties": { "x": { "type": "integer" } }, "required": ["x"], "additionalProperties": { "type": "string" } }] } },
        "k\"e": { "type": "array", "prefixItems": [{ "type": "boolean" }], "items": { "type": "number" }, "minItems": 1 },
    } });
    let ty = result_of(schema);
    #[rustfmt::skip]
    let cases = [
        json!({ "list": [], "k\"e": [true] }),
        json!({ "list": ["a\n", 1.5, null, true, { "x": 1, "y": "[{\"" }], "k\"e": [false, 1, 2e10, -3] }),
        json!({ "list": ["a"], "k\"e": [true] }),
        json!({ "list": [{ "x": 1, "y": 2 }], "k\"e": [true] }),
        json!({ "list": [{ "y": "z" }], "k\"e": [true] }),
        json!({ "list": [], "k\"e": [] }),
        json!({ "list": [], "k\"e": [true, [{}]] }),
        json!({ "list": [] }),
        json!([]),
        json!("x"),
    ];
    for value in cases {
        for text in [value.to_string(), format!("{value:#}")] {
            assert_eq!(ty.check_text(&text), ty.check(&value), "{text}");
        }
    }
}

#[test]
fn marked_strings_are_what_they_stand_for() {
    let of = |name: &str| json!({ "type": "string", "x-codemode-type": name });
    let (bigint, bytes, string) = (
        result_of(json!({ "type": "integer", "x-codemode-type": "bigint" })),
        result_of(of("bytes")),
        result_of(json!({ "enum": ["\0n1", "a"] })),
    );
    let big = |value: i64| format!("~\"\\u0000n{value}\"");
    let some_bytes = "~\"\\u0000bAQ==\"".to_owned();
    assert_eq!(bigint.check_text(&big(-1)), Ok(()));
    assert_eq!(bytes.check_text(&some_bytes), Ok(()));
    assert_eq!(string.check_text("~\"\\u0000s\\u0000n1\""), Ok(()));
    assert_eq!(string.check_text("\"\\u0000n1\""), Ok(()));
    for (ty, text, what) in [
        (&bigint, "1", "a number"),
        (&bigint, "\"\\u0000n1\"", "a string"),
        (&bytes, &big(1), "a bigint"),
        (&bytes, "[1]", "a list"),
        (&string, &big(1), "a bigint"),
        (&string, &some_bytes, "a `Uint8Array`"),
    ] {
        assert_eq!(ty.check_text(text).unwrap_err().what, what, "{text}");
    }
}

#[test]
fn what_is_no_json_is_no_value() {
    let anything = result_of(json!(true));
    for text in [
        "", "[", "]", "[1]]", "\"a", "\"\\", "{\"a\":1", "1 2", "x", "é",
    ] {
        let misfit = anything.check_text(text).unwrap_err();
        assert_eq!(misfit.what, "no JSON", "{text:?}");
    }
}

#[test]
fn what_a_tool_takes_has_a_type_if_it_takes_something() {
    let input = json!({ "type": "object", "properties": { "a": { "type": "number" } } });
    let of = |input| {
        let output = json!(true);
        let function = FunctionSchema {
            input,
            ..FunctionSchema::new("n", "f", &output)
        };
        ResultType::of_input(function)
    };
    let ty = of(Some(&input)).unwrap();
    assert_eq!(ty.check(&json!({ "a": 1 })), Ok(()));
    assert!(ty.check(&json!({ "a": "1" })).is_err());
    assert!(of(None).is_none());
}

#[test]
fn a_result_is_refused_for_what_contradicts_its_type_and_not_for_what_is_more_or_too_intricate() {
    let closed = json!({ "type": "object", "properties": { "a": { "type": "number" } }, "additionalProperties": false });
    let closed = result_of(closed);
    assert_eq!(closed.check_text(r#"{"a":1,"more":2}"#), Ok(()));
    assert!(closed.check(&json!({ "a": 1, "more": 2 })).is_err());
    let circle =
        json!({ "$ref": "#/$defs/A", "$defs": { "A": { "anyOf": [deep("x"), deep("y")] } } });
    let value = nested(
        100,
        |inner| json!({ "in": inner, "x": "no number", "y": "no number" }),
    );
    let circle = result_of(circle);
    assert!(circle.check(&value).is_err());
    assert_eq!(circle.check_text(&value.to_string()), Ok(()));
}

/// An object with another one like it inside, and a number.
fn deep(name: &str) -> Value {
    json!({ "type": "object", "properties": { "in": { "$ref": "#/$defs/A" }, name: { "type": "number" } }, "required": [name] })
}

#[test]
fn a_named_type_is_called_by_its_name_where_a_value_is_of_another_kind() {
    let point = json!({ "type": "object", "properties": { "x": { "type": "number" }, "y": { "type": "number" } } });
    let line = json!({ "type": "object", "properties": { "from": { "$ref": "#/$defs/Point" }, "to": { "$ref": "#/$defs/Point" } },
        "$defs": { "Point": point } });
    let misfit = result_of(line).check(&json!({ "to": 3 })).unwrap_err();
    assert_eq!(
        misfit.to_string(),
        "`/to` is a number, and declared as `Point`"
    );
}

#[test]
fn types_may_lie_a_thousand_deep_however_many_there_are_beside_each_other() {
    // Each link is a name and a choice.
    let chain = |links: usize| {
        let link = |link: usize| {
            (
                format!("A{link}"),
                json!({ "anyOf": [{ "$ref": format!("#/$defs/A{}", link + 1) }, { "type": "null" }] }),
            )
        };
        let mut chain: serde_json::Map<String, Value> = (0..links).map(link).collect();
        chain.insert(format!("A{links}"), json!({ "type": "number" }));
        result_of(json!({ "type": "array", "items": { "$ref": "#/$defs/A0" }, "$defs": chain }))
    };
    assert_eq!(chain(499).check(&json!([1, 2, 3])), Ok(()));
    assert!(chain(500).check(&json!([1])).is_err());
    let numbers = result_of(json!({ "type": "array", "items": { "type": "number" } }));
    assert_eq!(numbers.check(&json!(vec![1; 5_000])), Ok(()));
}

#[test]
fn the_work_that_a_value_is_worth_grows_with_its_parts() {
    let value = json!([1, { "a": [2, "b"] }]);
    assert_eq!(Part::count(&value), 6);
    // In a text the name is a part, too.
    let text = value.to_string();
    let text = Text::new(&text).unwrap();
    assert_eq!(text.root().count(), 7);
    let inner: Vec<_> = text.root().items().map(Part::count).collect();
    assert_eq!(inner, [1, 5]);
}

#[test]
fn a_value_is_a_literal_or_another_value() {
    let literals = ["null", "true", "false", "1", "\"a\""];
    for (position, literal) in literals.iter().enumerate() {
        let literal: Value = serde_json::from_str(literal).unwrap();
        let expected = std::array::from_fn(|other| other == position);
        let in_memory =
            literals.map(|text| Part::is(&serde_json::from_str(text).unwrap(), &literal));
        assert_eq!(in_memory, expected, "{literal}");
        let as_text = literals.map(|text| Text::new(text).unwrap().root().is(&literal));
        assert_eq!(as_text, expected, "{literal}");
    }
    let one = result_of(json!({ "const": 1 }));
    assert_eq!(one.check(&json!(1.0)), Ok(()));
    assert!(one.check(&json!(2)).is_err());
}
