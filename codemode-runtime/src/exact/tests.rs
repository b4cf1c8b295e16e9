//! What is exact, what is marked, and what is refused.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{BigInt, Bytes, from_text, to_text, unmark};

#[derive(Serialize)]
struct Row<T> {
    cells: Vec<Option<T>>,
}

fn row<T>(cell: T) -> Row<T> {
    Row {
        cells: vec![None, Some(cell)],
    }
}

#[test]
fn what_javascript_reads_as_it_is_passes_unchanged() {
    let values = [
        json!(9_007_199_254_740_991_u64),
        json!(-1.5),
        json!("a\u{0}"),
        json!({ "a": [true, null] }),
    ];
    for value in values {
        assert_eq!(to_text(&value).unwrap(), value.to_string());
    }
    assert_eq!(to_text(&-0.0).unwrap(), "-0.0");
}

#[test]
fn what_javascript_would_change_is_refused_with_its_place() {
    let cases = [
        (
            to_text(&row(u64::MAX)),
            "result.cells[1]: 18446744073709551615 is beyond",
        ),
        (
            to_text(&row(-9_007_199_254_740_992_i64)),
            "result.cells[1]: -9007199254740992 is beyond",
        ),
        (
            to_text(&row(u128::MAX)),
            "result.cells[1]: 340282366920938463463374607431768211455 is beyond",
        ),
        (to_text(&row(f64::NAN)), "result.cells[1]: NaN has no JSON"),
        (to_text(&f32::INFINITY), "result: inf has no JSON"),
    ];
    for (text, expected) in cases {
        let error = text.unwrap_err();
        assert!(error.starts_with(expected), "{error}");
    }
    // Who can change the tool is told how.
    let told = |problem: Result<String, String>| super::advise(problem.unwrap_err());
    assert!(
        told(to_text(&u64::MAX))
            .ends_with("hold it exactly; return a string, or a `codemode_runtime::BigInt`")
    );
    assert!(
        told(to_text(&f64::NAN)).starts_with("result: NaN")
            && !told(to_text(&f64::NAN)).contains("BigInt")
    );
    let mut deep = json!(1);
    for _ in 0..200 {
        deep = json!([deep]);
    }
    assert!(to_text(&deep).unwrap_err().contains("nested deeper"));
}

#[test]
fn an_integer_is_exact_below_two_to_the_53_and_refused_from_there_on() {
    let cases = [
        (
            to_text(&9_007_199_254_740_991_u64),
            to_text(&9_007_199_254_740_992_u64),
        ),
        (
            to_text(&9_007_199_254_740_991_i64),
            to_text(&9_007_199_254_740_992_i64),
        ),
        (
            to_text(&-9_007_199_254_740_991_i64),
            to_text(&-9_007_199_254_740_992_i64),
        ),
        (
            to_text(&9_007_199_254_740_991_u128),
            to_text(&9_007_199_254_740_992_u128),
        ),
        (
            to_text(&9_007_199_254_740_991_i128),
            to_text(&9_007_199_254_740_992_i128),
        ),
        (
            to_text(&-9_007_199_254_740_991_i128),
            to_text(&-9_007_199_254_740_992_i128),
        ),
    ];
    for (exact, beyond) in cases {
        assert_eq!(exact.unwrap().trim_start_matches('-'), "9007199254740991");
        let error = beyond.unwrap_err();
        assert!(error.contains("9007199254740992 is beyond"), "{error}");
    }
}

#[test]
fn a_property_that_would_be_lost_is_refused() {
    #[derive(Serialize)]
    struct Page {
        size: u8,
        #[serde(flatten)]
        more: BTreeMap<String, u8>,
    }
    let page = |key: &str| Page {
        size: 1,
        more: BTreeMap::from([(key.to_owned(), 2)]),
    };
    assert_eq!(to_text(&page("other")).unwrap(), r#"{"size":1,"other":2}"#);
    let error = to_text(&vec![page("size")]).unwrap_err();
    assert!(
        error.starts_with("result[0]: two properties are called `size`"),
        "{error}"
    );
}

#[test]
fn what_opts_in_is_marked_and_strings_that_look_so_are_told_apart() {
    assert_eq!(
        to_text(&row(BigInt(u64::MAX))).unwrap(),
        r#"~{"cells":[null,"\u0000n18446744073709551615"]}"#
    );
    assert_eq!(
        to_text(&(BigInt(1), "\u{0}n2")).unwrap(),
        r#"~["\u0000n1","\u0000s\u0000n2"]"#
    );
    assert_eq!(
        to_text(&Bytes(vec![1, 2, 255])).unwrap(),
        r#"~"\u0000bAQL/""#
    );
    assert_eq!(to_text("\u{0}n2").unwrap(), r#""\u0000n2""#);
}

#[test]
fn other_serializers_see_plain_values() {
    assert_eq!(
        serde_json::to_string(&BigInt(u64::MAX)).unwrap(),
        "18446744073709551615"
    );
    assert_eq!(
        serde_json::to_string(&Bytes(vec![1, 2, 255])).unwrap(),
        r#""AQL/""#
    );
    assert_eq!(
        serde_json::from_str::<Bytes>(r#""AQL/""#).unwrap(),
        Bytes(vec![1, 2, 255])
    );
}

#[test]
fn a_script_s_text_becomes_plain_json() {
    let cases = [
        (r#"{"a":1}"#, r#"{"a":1}"#),
        (
            r#"~{"a":"\u0000n18446744073709551615"}"#,
            r#"{"a":18446744073709551615}"#,
        ),
        (
            r#"~["\u0000s\u0000n2","\u0000bAQ==","b"]"#,
            r#"["\u0000n2",{"$codemode::Bytes":"AQ=="},"b"]"#,
        ),
        // Forged marks stay strings.
        (
            r#"~["\u0000n1,2","\u0000n","\u0000n-"]"#,
            r#"["\u0000n1,2","\u0000n","\u0000n-"]"#,
        ),
        // Only values are marked.
        (
            r#"~{"\u0000sa":"\u0000n1","\u0000" : "\u0000s\u0000","\u0000n2":"b:"}"#,
            r#"{"\u0000sa":1,"\u0000" : "\u0000","\u0000n2":"b:"}"#,
        ),
        ("[9007199254740991]", "[9007199254740991]"),
        (
            "[9007199254740992,-9007199254740993]",
            "[9007199254740992.0,-9007199254740993.0]",
        ),
        (
            "[1e30,12345678901234567890.5]",
            "[1e30,12345678901234567890.5]",
        ),
        (
            r#"{"9007199254740992":"9007199254740993 \" 9007199254740993"}"#,
            r#"{"9007199254740992":"9007199254740993 \" 9007199254740993"}"#,
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(unmark(text), expected, "{text}");
    }
}

#[test]
fn numbers_with_a_fraction_are_read_as_they_were_written() {
    let mut numbers = fastrand::Rng::with_seed(7);
    let random = std::iter::repeat_with(|| f64::from_bits(numbers.u64(..)));
    for number in [5.555_555_555_555_555e96]
        .into_iter()
        .chain(random.take(100_000))
    {
        if number.is_finite() {
            let text = to_text(&number).unwrap();
            let back: f64 = from_text(&text).unwrap();
            assert_eq!(back.to_bits(), number.to_bits(), "{text}");
        }
    }
}

#[test]
fn bytes_arrive_where_bytes_are_expected_and_nowhere_else() {
    let text = r#"~"\u0000bAQL/""#;
    assert_eq!(from_text::<Bytes>(text).unwrap(), Bytes(vec![1, 2, 255]));
    assert!(from_text::<String>(text).is_err());
    assert!(from_text::<serde_json::Value>(text).is_err());
    assert!(from_text::<BTreeMap<String, String>>(text).is_err());
    assert!(from_text::<Numbers>(text).is_err());
    assert!(from_text::<Bytes>(r#"{"other":"AQL/"}"#).is_err());
}

#[test]
fn text_that_is_no_json_comes_through_without_a_panic() {
    for text in [
        "",
        "~",
        "\"",
        "~\"\\u0000",
        "[1",
        "\\",
        "ä9007199254740993ö",
        "~é\"ü",
    ] {
        let _ = unmark(text);
        assert!(from_text::<serde_json::Value>(text).is_err(), "{text}");
    }
}

#[derive(Debug, Deserialize, PartialEq)]
struct Numbers {
    #[serde(default)]
    integer: Option<u64>,
    #[serde(default)]
    float: Option<f64>,
}

#[test]
fn an_unsafe_number_is_a_float_and_no_integer() {
    let read = from_text::<Numbers>;
    assert_eq!(
        read(r#"{"float":9007199254740992}"#).unwrap().float,
        Some(9_007_199_254_740_992.0)
    );
    assert!(read(r#"{"integer":9007199254740992}"#).is_err());
    let marked = read(r#"~{"integer":"\u0000n9007199254740993"}"#).unwrap();
    assert_eq!(marked.integer, Some(9_007_199_254_740_993));
}

#[test]
fn of_a_script_s_numbers_those_that_may_have_been_rounded_become_floating_point_numbers() {
    assert_eq!(
        unmark("[1,9007199254740993,2.5]"),
        "[1,9007199254740993.0,2.5]"
    );
    let plain = unmark("[1,9007199254740991]");
    assert!(matches!(
        plain,
        std::borrow::Cow::Borrowed("[1,9007199254740991]")
    ));
}

#[test]
fn names_are_those_of_an_object() {
    assert_eq!(super::names(r#"{"a":1,"b":{"c":2}}"#).unwrap(), ["a", "b"]);
    assert!(super::names("[1]").unwrap().is_empty());
    assert!(super::names("[").is_err());
}

#[test]
fn wrappers_are_declared_where_they_stand_and_differ_by_what_they_wrap() {
    use schemars::{JsonSchema, SchemaGenerator};

    fn schema<T: JsonSchema>() -> serde_json::Value {
        assert!(T::inline_schema());
        T::json_schema(&mut SchemaGenerator::default()).to_value()
    }
    assert_eq!(
        schema::<BigInt<u8>>(),
        json!({ "type": "integer", "format": "uint8", "minimum": 0, "maximum": 255, "x-codemode-type": "bigint" })
    );
    assert_eq!(
        schema::<Bytes>(),
        json!({ "type": "string", "contentEncoding": "base64", "x-codemode-type": "bytes" })
    );
    assert_eq!(BigInt::<u8>::schema_name(), "BigInt_of_uint8");
    assert_eq!(BigInt::<u8>::schema_id(), "codemode_runtime::BigInt<uint8>");
    assert_eq!(Bytes::schema_name(), "Bytes");
    assert_eq!(Bytes::schema_id(), "codemode_runtime::Bytes");
}

#[test]
fn bytes_are_a_list_of_bytes_and_do_not_fill_a_log() {
    use serde::de::value::{BytesDeserializer, Error, SeqDeserializer};

    let mut bytes = Bytes::from(vec![1, 2]);
    bytes.push(3);
    assert_eq!((bytes.len(), &bytes[..]), (3, &[1, 2, 3][..]));
    assert_eq!(format!("{bytes:?}"), "Bytes(3 bytes)");
    let read = Bytes::deserialize(BytesDeserializer::<Error>::new(&[1, 2, 3]));
    assert_eq!(read.as_ref(), Ok(&bytes));
    let read = Bytes::deserialize(SeqDeserializer::<_, Error>::new([1_u8, 2, 3].into_iter()));
    assert_eq!(read, Ok(bytes));
}
