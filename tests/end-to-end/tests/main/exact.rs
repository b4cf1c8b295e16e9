//! Values at the border: exact on the other side, or refused with their place.

use codemode_runtime::{BigInt, Bytes, ErrorKind, tool};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::support::{error_of, run, value_of};

#[derive(Serialize, Deserialize, JsonSchema)]
struct Deep {
    rows: Vec<Option<u64>>,
}

/// Gives everything back.
#[tool(namespace = "exact")]
#[allow(clippy::too_many_arguments)]
fn echo(
    #[tool(default)] big: Option<BigInt<u128>>,
    #[tool(default)] negative: Option<BigInt<i64>>,
    #[tool(default)] bytes: Option<Bytes>,
    #[tool(default)] integer: Option<u64>,
    #[tool(default)] float: Option<f64>,
    #[tool(default)] text: Option<String>,
    #[tool(default)] deep: Option<Deep>,
    #[tool(default)] any: Option<Value>,
) -> Echo {
    Echo {
        big,
        negative,
        bytes,
        integer,
        float,
        text,
        deep,
        any,
    }
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct Echo {
    big: Option<BigInt<u128>>,
    negative: Option<BigInt<i64>>,
    bytes: Option<Bytes>,
    integer: Option<u64>,
    float: Option<f64>,
    text: Option<String>,
    deep: Option<Deep>,
    any: Option<Value>,
}

/// The largest of the 64-bit integers, without the wrapper that would carry it.
#[tool(namespace = "exact")]
fn too_large() -> Deep {
    Deep {
        rows: vec![Some(1), None, Some(u64::MAX)],
    }
}

#[tool(namespace = "exact")]
fn not_a_number() -> f64 {
    f64::NAN
}

#[tokio::test]
async fn what_crosses_is_the_same_on_the_way_back() {
    let same = [
        "big: 340282366920938463463374607431768211455n",
        "negative: -9223372036854775808n",
        "big: 7n, text: '\\0n7'",
        "bytes: new Uint8Array([0, 1, 254, 255])",
        "bytes: new Uint8Array(0)",
        "bytes: Uint8Array.from({ length: 70000 }, (_, i) => i)",
        "integer: Number.MAX_SAFE_INTEGER",
        "float: 9007199254740993.5e3",
        "float: 1e300",
        "float: 5e-324",
        "text: '\\0n7\\0s\\0b'",
        "text: '\u{1F600} \\u2028 */ \\\" \\\\'",
        "deep: { rows: [1, null, 3] }",
        "any: { a: [1.5, 'x', null, true], 'a.b\"': {} }",
        "any: 1e21",
    ];
    for field in same {
        let script = format!(
            "const sent: any = {{ {field} }};
             const back: any = await exact.echo(sent);
             const shown = (value: any) => JSON.stringify(value, (_, inner) =>
                 typeof inner === 'bigint' ? inner + 'n' : inner instanceof Uint8Array ? [...inner].join() : inner);
             return Object.keys(sent).every((key) =>
                 typeof sent[key] === typeof back[key] && shown(sent[key]) === shown(back[key])) || shown(back);"
        );
        let outcome = run(&script).await;
        assert_eq!(value_of(&outcome), &json!(true), "{field}: {outcome:?}");
    }
}

#[tokio::test]
async fn what_would_change_on_the_way_is_refused_with_its_place() {
    let cases = [
        (
            "float: NaN",
            "input.float: can't be sent, because it is NaN",
        ),
        (
            "any: { a: [Infinity] }",
            "input.any.a[0]: can't be sent, because it is Infinity",
        ),
        (
            "any: [undefined]",
            "input.any[0]: can't be sent, because it is undefined",
        ),
        (
            "any: [new Date(NaN)]",
            "input.any[0]: can't be sent, because it is an invalid Date",
        ),
        (
            "any: new Map([[1, 2]])",
            "input.any: can't be sent, because it is a Map",
        ),
        (
            "any: exact.echo({})",
            "input.any: can't be sent, because it is a promise; await it first",
        ),
        (
            "any: new Float64Array(2)",
            "input.any: can't be sent, because it is a Float64Array",
        ),
        (
            "any: () => 1",
            "input.any: can't be sent, because it is a function",
        ),
        (
            "any: [Symbol('x')]",
            "input.any[0]: can't be sent, because it is a symbol",
        ),
        (
            "any: (() => { const a: any = []; a[0] = a; return a })()",
            "or inside of itself",
        ),
        (
            "integer: 2 ** 53",
            "input.integer: invalid type: floating point",
        ),
        (
            "integer: 1.5",
            "input.integer: invalid type: floating point",
        ),
        ("integer: -1", "input.integer: invalid value: integer `-1`"),
        (
            "deep: { rows: [1, 2 ** 60] }",
            "input.deep.rows[1]: invalid type: floating point",
        ),
        (
            "negative: 9223372036854775808n",
            "input.negative: invalid value: integer `9223372036854775808`",
        ),
        (
            "text: new Uint8Array(1)",
            "input.text: invalid type: a Uint8Array, expected a string",
        ),
        (
            "bytes: 'not base64'",
            "input.bytes: a string that isn't base64, expected a Uint8Array",
        ),
    ];
    for (field, expected) in cases {
        let outcome = run(&format!("return await exact.echo({{ {field} }} as any)")).await;
        let error = error_of(&outcome, ErrorKind::Exception);
        assert_eq!(
            error.name.as_deref(),
            Some("TypeError"),
            "{field}: {error:?}"
        );
        assert!(
            error.message.contains(expected),
            "{field}: {}",
            error.message
        );
    }
}

#[tokio::test]
async fn a_result_that_a_number_cannot_hold_is_an_error_of_the_tool_with_the_remedy() {
    let outcome = run("return await exact.tooLarge()").await;
    let error = error_of(&outcome, ErrorKind::Exception);
    assert_eq!(error.name.as_deref(), Some("ToolError"));
    let expected =
        "exact.tooLarge: result.rows[2]: 18446744073709551615 is beyond ±9007199254740991";
    assert!(error.message.starts_with(expected), "{}", error.message);
    assert!(
        error.message.contains("codemode_runtime::BigInt"),
        "{}",
        error.message
    );

    let outcome = run("return await exact.notANumber()").await;
    let error = error_of(&outcome, ErrorKind::Exception);
    assert!(
        error
            .message
            .starts_with("exact.notANumber: result: NaN has no JSON"),
        "{}",
        error.message
    );
}

#[tokio::test]
async fn a_script_s_own_result_is_exact_or_refused_as_well() {
    let cases = [
        (
            "return { a: [NaN] }",
            "the script's result.a[0]: can't be sent, because it is NaN",
        ),
        (
            "return new WeakSet()",
            "the script's result: can't be sent, because it is a WeakSet",
        ),
        (
            "return { id: 5n }",
            "the script's result.id: can't be sent, because it is a bigint; write String(value)",
        ),
        ("return math", "math is not defined"),
    ];
    for (script, expected) in cases {
        let outcome = run(script).await;
        let error = error_of(&outcome, ErrorKind::Exception);
        assert!(
            error.message.contains(expected),
            "{script}: {}",
            error.message
        );
    }
    let outcome = run("return { when: new Date(0), left: undefined, zero: -0 }").await;
    assert_eq!(
        value_of(&outcome),
        &json!({ "when": "1970-01-01T00:00:00.000Z", "zero": 0 })
    );
}
