//! What is declared is read, whatever stands between the text and the type.

use std::collections::BTreeMap;
use std::fmt::Debug;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{BigInt, Bytes, from_text, to_text};

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
struct UserId(u32);

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Color {
    Red,
    Green,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Inner<T> {
    inner: T,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Flat<T> {
    id: u8,
    #[serde(flatten)]
    rest: Inner<T>,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Direct<T> {
    id: u8,
    #[serde(flatten)]
    rest: T,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Optional<T> {
    id: u8,
    #[serde(flatten)]
    rest: Option<Inner<T>>,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind")]
enum Tagged<T> {
    Struct { inner: T },
    Newtype(Inner<T>),
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "content")]
enum Adjacent<T> {
    One(T),
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
enum Untagged<T> {
    Other { other: bool },
    Struct { inner: T },
    List(Vec<T>),
}

/// Every buffer around a value, each with the JSON that it has then.
fn comes_back_behind_every_buffer<T>(value: T, json: &str)
where
    T: Clone + Debug + PartialEq + Serialize + DeserializeOwned,
{
    let inner = || Inner {
        inner: value.clone(),
    };
    comes_back(&inner(), &format!(r#"{{"inner":{json}}}"#));
    comes_back(
        &Flat {
            id: 1,
            rest: inner(),
        },
        &format!(r#"{{"id":1,"inner":{json}}}"#),
    );
    comes_back(
        &Optional {
            id: 1,
            rest: Some(inner()),
        },
        &format!(r#"{{"inner":{json},"id":1}}"#),
    );
    comes_back(
        &Tagged::Struct {
            inner: value.clone(),
        },
        &format!(r#"{{"kind":"Struct","inner":{json}}}"#),
    );
    comes_back(
        &Tagged::Newtype(inner()),
        &format!(r#"{{"inner":{json},"kind":"Newtype"}}"#),
    );
    comes_back(
        &Adjacent::One(value.clone()),
        &format!(r#"{{"kind":"One","content":{json}}}"#),
    );
    comes_back(
        &Adjacent::One(value.clone()),
        &format!(r#"{{"content":{json},"kind":"One"}}"#),
    );
    comes_back(
        &Untagged::Struct {
            inner: value.clone(),
        },
        &format!(r#"{{"inner":{json}}}"#),
    );
    comes_back(
        &Untagged::List(vec![value.clone(), value.clone()]),
        &format!("[{json},{json}]"),
    );
    let many = Inner {
        inner: vec![
            Tagged::Struct {
                inner: value.clone(),
            },
            Tagged::Newtype(inner()),
        ],
    };
    comes_back(
        &many,
        &format!(
            r#"{{"inner":[{{"kind":"Struct","inner":{json}}},{{"kind":"Newtype","inner":{json}}}]}}"#
        ),
    );
    let deep = Flat {
        id: 1,
        rest: Inner {
            inner: Tagged::Struct {
                inner: Untagged::Struct { inner: value },
            },
        },
    };
    comes_back(
        &deep,
        &format!(r#"{{"id":1,"inner":{{"kind":"Struct","inner":{{"inner":{json}}}}}}}"#),
    );
}

#[track_caller]
fn comes_back<T: Debug + PartialEq + Serialize + DeserializeOwned>(value: &T, json: &str) {
    let text = if json.contains("\\u0000") {
        format!("~{json}")
    } else {
        json.to_owned()
    };
    match from_text::<T>(&text) {
        Ok(read) => assert_eq!(&read, value, "{text}"),
        Err(error) => panic!("{text}: {}", error.placed()),
    }
    let written = to_text(value).unwrap();
    assert_eq!(&from_text::<T>(&written).unwrap(), value, "{written}");
}

fn map<K: Ord, V>(entries: impl IntoIterator<Item = (K, V)>) -> BTreeMap<K, V> {
    entries.into_iter().collect()
}

#[test]
fn a_map_is_read_by_whatever_keys_it_has_behind_every_buffer() {
    comes_back_behind_every_buffer(map([(1_u32, 2), (300, 4)]), r#"{"1":2,"300":4}"#);
    comes_back_behind_every_buffer(
        map([(-1_i64, true), (1, false)]),
        r#"{"-1":true,"1":false}"#,
    );
    comes_back_behind_every_buffer(map([(u64::MAX, 1)]), r#"{"18446744073709551615":1}"#);
    comes_back_behind_every_buffer(map([(true, 1), (false, 2)]), r#"{"true":1,"false":2}"#);
    comes_back_behind_every_buffer(map([('1', 1), ('x', 2)]), r#"{"1":1,"x":2}"#);
    comes_back_behind_every_buffer(map([(UserId(7), 1)]), r#"{"7":1}"#);
    comes_back_behind_every_buffer(map([(Color::Red, 1)]), r#"{"red":1}"#);
    comes_back_behind_every_buffer(map([(Some(1_u8), 1)]), r#"{"1":1}"#);
    comes_back_behind_every_buffer(
        map([("1".to_owned(), 1), ("true".to_owned(), 2)]),
        r#"{"1":1,"true":2}"#,
    );
    comes_back_behind_every_buffer(
        map([(1_u8, map([(true, map([("1".to_owned(), 0)]))]))]),
        r#"{"1":{"true":{"1":0}}}"#,
    );
    comes_back(
        &Direct {
            id: 1,
            rest: map([(1_u8, 2), (3, 4)]),
        },
        r#"{"id":1,"1":2,"3":4}"#,
    );
    comes_back(
        &Direct {
            id: 1,
            rest: map([(true, 2)]),
        },
        r#"{"id":1,"true":2}"#,
    );
}

#[test]
fn what_json_has_no_name_for_is_read_behind_every_buffer() {
    comes_back_behind_every_buffer(BigInt(5_u128), r#""\u0000n5""#);
    comes_back_behind_every_buffer(
        BigInt(u128::MAX),
        r#""\u0000n340282366920938463463374607431768211455""#,
    );
    comes_back_behind_every_buffer(
        BigInt(i128::MIN),
        r#""\u0000n-170141183460469231731687303715884105728""#,
    );
    comes_back_behind_every_buffer(BigInt(u64::MAX), r#""\u0000n18446744073709551615""#);
    comes_back_behind_every_buffer(Some(BigInt(1_i8)), "1");
    comes_back_behind_every_buffer(Bytes(vec![1, 2, 255]), r#""\u0000bAQL/""#);
    comes_back_behind_every_buffer(vec![Bytes(Vec::new())], r#"["\u0000b"]"#);
    comes_back_behind_every_buffer("\0n12".to_owned(), r#""\u0000s\u0000n12""#);
}

#[test]
fn values_are_read_behind_every_buffer() {
    comes_back_behind_every_buffer(1.5, "1.5");
    comes_back_behind_every_buffer(2.0_f32, "2");
    comes_back_behind_every_buffer(
        json!({ "1": [1, -1, 0.5, null, "a"] }),
        r#"{"1":[1,-1,0.5,null,"a"]}"#,
    );
    comes_back_behind_every_buffer(Some(Color::Green), r#""green""#);
    comes_back_behind_every_buffer(((), [1_u8, 2]), "[null,[1,2]]");
    comes_back_behind_every_buffer("é\n".to_owned(), r#""é\n""#);
}

#[test]
fn maps_of_several_kinds_are_told_apart() {
    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    #[serde(untagged)]
    enum Either {
        Numbers(BTreeMap<u32, u8>),
        Texts(BTreeMap<String, String>),
    }
    // The first that fits is taken, as it would be without a buffer.
    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    #[serde(untagged)]
    enum First {
        Numbers(BTreeMap<u32, u8>),
        Anything(BTreeMap<String, Value>),
    }
    let numbers = || Either::Numbers(map([(1, 2)]));
    let texts = || Either::Texts(map([("1".to_owned(), "x".to_owned())]));
    let pieces = [r#"{"1":2}"#, r#"{"1":"x"}"#];
    let all = [0, 1, 0, 1, 1, 0, 0].map(|one| pieces[one]);
    comes_back(
        &vec![
            numbers(),
            texts(),
            numbers(),
            texts(),
            texts(),
            numbers(),
            numbers(),
        ],
        &format!("[{}]", all.join(",")),
    );
    comes_back(&First::Numbers(map([(1, 2)])), r#"{"1":2}"#);
    comes_back(
        &First::Anything(map([("1".to_owned(), json!("x"))])),
        r#"{"1":"x"}"#,
    );
}

#[test]
fn many_maps_take_few_reads() {
    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    #[serde(tag = "kind")]
    enum Row {
        Row { cells: BTreeMap<u32, u32> },
    }
    let rows: BTreeMap<String, Vec<Row>> = (0..300)
        .map(|row| {
            let cells = (0..50).map(|cell| (cell, row)).collect();
            (format!("row {row}"), vec![Row::Row { cells }])
        })
        .collect();
    let text = to_text(&rows).unwrap();
    assert_eq!(
        from_text::<BTreeMap<String, Vec<Row>>>(&text).unwrap(),
        rows
    );
}

#[test]
fn a_key_is_no_number_of_a_field() {
    #[derive(Debug, Deserialize)]
    struct Point {
        #[expect(dead_code, reason = "it is never read")]
        x: u8,
    }
    #[derive(Debug, Deserialize)]
    #[serde(untagged)]
    #[expect(dead_code, reason = "it is never read")]
    enum Odd {
        Map(BTreeMap<u32, bool>),
        Point(Point),
    }
    assert!(from_text::<Odd>(r#"{"0":1}"#).is_err());
}

#[test]
#[allow(clippy::too_many_lines, reason = "most of it is a table")]
fn an_error_names_the_place_and_what_was_expected() {
    #[derive(Debug, Deserialize)]
    #[expect(dead_code, reason = "it is never read")]
    struct Event {
        at: chrono_like::Date,
        size: u8,
        by: BTreeMap<u8, bool>,
    }
    type Wide = Inner<u128>;
    type Case = (fn(&str) -> Option<String>, &'static str, &'static str);
    let cases: &[Case] = &[
        (
            problem::<Inner<Event>>,
            r#"{"inner":{"at":"x","size":1,"by":{}}}"#,
            ".inner.at: it isn't a date, expected a date",
        ),
        (
            problem::<Tagged<Event>>,
            r#"{"kind":"Struct","inner":{"at":"x","size":1,"by":{}}}"#,
            ".inner.at: it isn't a date, expected a date",
        ),
        (
            problem::<Flat<Event>>,
            r#"{"id":1,"inner":{"size":1,"at":"x","by":{}}}"#,
            ".inner.at: it isn't a date, expected a date",
        ),
        (
            problem::<Flat<Event>>,
            r#"{"id":1,"inner":{"at":"d","size":300,"by":{}}}"#,
            ".inner.size: invalid value: integer `300`, expected u8",
        ),
        (
            problem::<Flat<Event>>,
            r#"{"id":1,"inner":{"at":"d","size":"a","by":{}}}"#,
            ".inner.size: invalid type: string \"a\", expected u8",
        ),
        (
            problem::<Flat<Event>>,
            r#"{"id":1,"inner":{"at":"d","size":1,"by":{"1":2}}}"#,
            ".inner.by.1: invalid type: integer `2`, expected a boolean",
        ),
        (
            problem::<Flat<Event>>,
            r#"{"id":1,"inner":{"at":"d","size":1,"by":{"a":true}}}"#,
            ".inner.by.a: invalid type: string \"a\", expected u8",
        ),
        (
            problem::<Flat<Event>>,
            r#"{"id":1,"inner":{"at":"d","by":{}}}"#,
            ": missing field `size`",
        ),
        (
            problem::<Wide>,
            r#"{"inner":1.5}"#,
            ".inner: invalid type: floating point `1.5`, expected u128",
        ),
        (
            problem::<Tagged<u128>>,
            r#"{"kind":"Struct","inner":1}"#,
            ": serde reads no 128-bit integer behind",
        ),
        (
            problem::<Inner<Value>>,
            r#"~{"inner":["\u0000bAQ=="]}"#,
            ".inner[0]: a Uint8Array can't be read here; write bytes.toBase64()",
        ),
        (
            problem::<Inner<Value>>,
            r#"~{"inner":"\u0000n123456789012345678901234567890"}"#,
            ".inner: the bigint 123456789012345678901234567890n can't be read here; write String(value)",
        ),
        (
            problem::<Inner<f64>>,
            r#"~{"inner":"\u0000n9007199254740993"}"#,
            ".inner: the bigint 9007199254740993n, which a floating-point number can't hold exactly",
        ),
        (
            problem::<Inner<String>>,
            r#"~{"inner":"\u0000bAQ=="}"#,
            ".inner: invalid type: a Uint8Array, expected a string",
        ),
        (
            problem::<Inner<String>>,
            r#"{"inner":"\ud800"}"#,
            ".inner: a string that isn't text: ",
        ),
        (
            problem::<Inner<u8>>,
            r#"{"inner":1"#,
            ": the text isn't JSON: its end, expected `,` or `}`",
        ),
        (
            problem::<Inner<[u8; 2]>>,
            r#"{"inner":[1,2,3]}"#,
            ".inner: invalid length 3, expected an array of 2",
        ),
        (
            problem::<Value>,
            r#"{"$serde_json::private::Number":"1"}"#,
            ": `$serde_json::private::Number` is a name",
        ),
    ];
    for (problem, text, expected) in cases {
        let found = problem(text).unwrap_or_else(|| panic!("{text} is read"));
        assert!(found.starts_with(expected), "{text}: {found}");
    }
}

fn problem<T: DeserializeOwned>(text: &str) -> Option<String> {
    from_text::<T>(text).err().map(|error| error.placed())
}

/// A type that reads a text in its own way, as those of dates do.
mod chrono_like {
    use std::fmt;

    use serde::de::{Deserialize, Deserializer, Error, Visitor};

    #[derive(Debug)]
    pub(super) struct Date;

    impl<'de> Deserialize<'de> for Date {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            struct DateVisitor;
            impl Visitor<'_> for DateVisitor {
                type Value = Date;

                fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                    formatter.write_str("a date")
                }

                fn visit_str<E: Error>(self, text: &str) -> Result<Date, E> {
                    (text == "d")
                        .then_some(Date)
                        .ok_or_else(|| E::custom("it isn't a date"))
                }
            }
            deserializer.deserialize_str(DateVisitor)
        }
    }
}

#[test]
fn a_bigint_is_exact_or_refused() {
    let text = r#"~"\u0000n18446744073709551615""#;
    assert_eq!(from_text::<Value>(text).unwrap(), json!(u64::MAX));
    assert_eq!(from_text::<u64>(text).unwrap(), u64::MAX);
    assert!(from_text::<f64>(text).is_err());
    let exact = from_text::<f64>(r#"~"\u0000n9007199254740994""#).unwrap();
    assert_eq!(exact.to_bits(), 9_007_199_254_740_994_f64.to_bits());
    assert!(
        from_text::<Tagged<f64>>(r#"~{"kind":"Struct","inner":"\u0000n9007199254740993"}"#)
            .is_err()
    );
    assert!(from_text::<Tagged<Value>>(r#"~{"kind":"Struct","inner":"\u0000bAQ=="}"#).is_err());
    assert!(from_text::<Tagged<String>>(r#"~{"kind":"Struct","inner":"\u0000bAQ=="}"#).is_err());
    assert!(
        from_text::<Tagged<Inner<Option<u8>>>>(r#"~{"kind":"Struct","inner":"\u0000bAQ=="}"#)
            .is_err()
    );
}

#[test]
fn a_key_that_is_no_boolean_is_refused() {
    type Flags = BTreeMap<bool, u8>;
    for key in [
        "é",
        "",
        "truë",
        "\u{2028}",
        "t",
        "tru",
        "\\u0074rue1",
        "日本",
    ] {
        let text = format!(r#"{{"inner":{{"{key}":1}}}}"#);
        assert!(problem::<Inner<Flags>>(&text).is_some(), "{text}");
    }
}

/// What is wrong with a text, and where, as far as that is known.
fn misread<T: Debug + DeserializeOwned>(text: &str) -> String {
    from_text::<T>(text).unwrap_err().placed()
}

#[test]
fn what_is_marked_is_called_what_it_is_where_it_does_not_fit() {
    let bigint = r#"~"\u0000n5""#;
    let bytes = r#"~"\u0000bAQ==""#;
    for (error, expected) in [
        (
            misread::<bool>(bigint),
            ": invalid type: a bigint, expected a boolean",
        ),
        (
            misread::<bool>(bytes),
            ": invalid type: a Uint8Array, expected a boolean",
        ),
        (
            misread::<BigInt<u8>>("true"),
            ": invalid type: boolean `true`, expected a bigint",
        ),
        (
            misread::<Bytes>("true"),
            ": invalid type: boolean `true`, expected bytes: a Uint8Array",
        ),
    ] {
        assert_eq!(error, expected);
    }
}

#[test]
fn a_flagged_text_is_read_as_any_other() {
    #[derive(Debug, PartialEq, Deserialize)]
    struct Pair(Option<u8>, ());

    assert_eq!(from_text::<Pair>("~[null,null]").unwrap(), Pair(None, ()));
    assert_eq!(from_text::<Inner<u8>>("~[1]").unwrap(), Inner { inner: 1 });
    assert_eq!(from_text::<Color>(r#"~{"red":null}"#).unwrap(), Color::Red);
    assert!(from_text::<Color>(r#"~{"red":1}"#).is_err());
    // A list with an item too many, and a map of which a type reads a part.
    assert!(from_text::<Pair>("~[null,null,1]").is_err());
    assert!(from_text::<First>(r#"~{"a":1,"b":2}"#).is_err());
    assert_eq!(from_text::<First>(r#"~{"a":1}"#).unwrap(), First(1));
    assert_eq!(
        from_text::<OfText>(r#"~"ab""#).unwrap(),
        OfText(vec![97, 98])
    );
}

/// Reads the first entry of a map, and leaves it at that.
#[derive(Debug, PartialEq)]
struct First(u8);

impl<'de> Deserialize<'de> for First {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct OfMap;
        impl<'de> serde::de::Visitor<'de> for OfMap {
            type Value = u8;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("an entry")
            }

            fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<u8, A::Error> {
                let entry = map.next_entry::<String, u8>()?;
                Ok(entry.map_or(0, |(_, value)| value))
            }
        }
        deserializer.deserialize_map(OfMap).map(Self)
    }
}

/// Reads the bytes of a text.
#[derive(Debug, PartialEq)]
struct OfText(Vec<u8>);

impl<'de> Deserialize<'de> for OfText {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct OfBytes;
        impl serde::de::Visitor<'_> for OfBytes {
            type Value = Vec<u8>;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("bytes")
            }

            fn visit_bytes<E>(self, bytes: &[u8]) -> Result<Vec<u8>, E> {
                Ok(bytes.to_vec())
            }
        }
        deserializer.deserialize_bytes(OfBytes).map(Self)
    }
}

/// A text that isn't just any.
#[derive(Clone, Debug, PartialEq)]
struct City(String);

impl<'de> Deserialize<'de> for City {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct OfName;
        impl serde::de::Visitor<'_> for OfName {
            type Value = String;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("a city")
            }

            fn visit_str<E: serde::de::Error>(self, name: &str) -> Result<String, E> {
                match name {
                    "Paris" => Ok(name.to_owned()),
                    _ => Err(E::custom("it isn't on the map")),
                }
            }
        }
        deserializer.deserialize_str(OfName).map(Self)
    }
}

#[test]
fn the_place_of_a_mistake_is_found_behind_serdes_buffer() {
    #[derive(Debug, Deserialize)]
    struct Trip {
        #[serde(rename = "note")]
        _note: String,
        #[serde(rename = "cities")]
        _cities: Vec<City>,
        #[serde(rename = "length")]
        _length: Option<u8>,
    }
    let unknown = "it isn't on the map, expected a city";
    for (text, place) in [
        (
            r#"{"id":1,"note":"a","cities":["Paris","Atlantis","Paris"]}"#,
            ".cities[1]",
        ),
        (
            r#"{"id":1,"cities":["Paris","Paris","Paris","Atlantis"],"note":"a"}"#,
            ".cities[3]",
        ),
        (r#"{"cities":["Atlantis"],"note":"a","id":1}"#, ".cities[0]"),
    ] {
        assert_eq!(
            misread::<Direct<Trip>>(text),
            format!("{place}: {unknown}"),
            "{text}"
        );
    }
    // The tag is read before what stands in front of it.
    let text = r#"{"inner":"Atlantis","kind":"Struct"}"#;
    assert_eq!(misread::<Tagged<City>>(text), format!(".inner: {unknown}"));
    let text = r#"{"id":1,"note":"a","cities":[],"length":2.5}"#;
    assert_eq!(
        misread::<Direct<Trip>>(text),
        ".length: invalid type: floating point `2.5`, expected u8"
    );
    let text = r#"{"id":1,"inner":[1.5,2.5,true]}"#;
    assert_eq!(
        misread::<Flat<(f64, u8, bool)>>(text),
        ".inner[1]: invalid type: floating point `2.5`, expected u8"
    );
}

#[test]
fn a_text_that_is_read_as_a_text_is_not_blamed_for_what_is_found_later() {
    #[derive(Debug, Deserialize)]
    #[serde(try_from = "BTreeMap<String, String>")]
    struct Complete;
    impl TryFrom<BTreeMap<String, String>> for Complete {
        type Error = String;

        fn try_from(_: BTreeMap<String, String>) -> Result<Self, String> {
            Err("something is missing".to_owned())
        }
    }
    let text = r#"{"id":1,"inner":{"a":"x","b":"y"}}"#;
    let error = misread::<Flat<Complete>>(text);
    assert!(error.ends_with(": something is missing"), "{error}");
}

#[test]
fn a_map_may_have_numbers_with_a_point_as_keys() {
    #[derive(Debug, PartialEq, Deserialize)]
    struct Degrees(f64);
    impl Eq for Degrees {}
    impl PartialOrd for Degrees {
        fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
            Some(self.cmp(other))
        }
    }
    impl Ord for Degrees {
        fn cmp(&self, other: &Self) -> std::cmp::Ordering {
            self.0.total_cmp(&other.0)
        }
    }
    let map: BTreeMap<Degrees, u8> = from_text(r#"{"2":1,"-1.5":2}"#).unwrap();
    let entries: Vec<_> = map.iter().map(|(key, value)| (key.0, *value)).collect();
    assert_eq!(entries, [(-1.5, 2), (2.0, 1)]);
}

#[test]
fn who_asks_for_the_text_of_a_value_gets_it() {
    use serde::Deserializer as _;

    use super::read::json::Json;
    use super::read::reader::Reader;

    // `serde_json`'s `RawValue` asks so, with a feature that is off here.
    const RAW_VALUE: &str = "$serde_json::private::RawValue";
    struct Raw;
    impl<'de> serde::de::Visitor<'de> for Raw {
        type Value = Option<(String, String)>;

        fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            formatter.write_str("any valid JSON value")
        }

        fn visit_map<A: serde::de::MapAccess<'de>>(
            self,
            mut map: A,
        ) -> Result<Self::Value, A::Error> {
            map.next_entry()
        }
    }
    let json = Json::parse(r#"{ "a": [1, "b"] }"#).unwrap();
    let entry = Reader::new(&json).deserialize_newtype_struct(RAW_VALUE, Raw);
    let text = r#"{"a":[1,"b"]}"#.to_owned();
    assert_eq!(entry.unwrap(), Some((RAW_VALUE.to_owned(), text)));
}
