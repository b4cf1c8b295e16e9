//! Texts and the trees that they are.

use super::*;

#[test]
fn a_number_is_what_the_grammar_of_json_says() {
    for number in ["0", "-0", "10", "1.5", "0.0", "1e5", "1E+05", "-2.5e-3"] {
        assert!(is_number(number), "{number}");
    }
    for other in [
        "", "-", "00", "01", "1.", ".5", "1e", "1e-", "1.5e3x", "+1", "1-2",
    ] {
        assert!(!is_number(other), "{other}");
    }
    for (text, expected) in [
        ("0", true),
        ("-12", true),
        ("", false),
        ("-", false),
        ("1.5", false),
        ("1-2", false),
    ] {
        assert_eq!(is_integer(text), expected, "{text}");
    }
}

#[test]
fn a_key_is_a_number_or_a_boolean_if_it_is_written_as_one_would_be() {
    for (key, expected) in [
        ("true", Some(Scalar::Bool(true))),
        ("false", Some(Scalar::Bool(false))),
        ("-17", Some(Scalar::Integer(-17))),
        ("1.5", Some(Scalar::Number(1.5))),
        ("1e3", Some(Scalar::Number(1000.0))),
        ("", None),
        ("01", None),
        ("1a", None),
        ("True", None),
        ("a1", None),
    ] {
        assert_eq!(Scalar::of(key), expected, "{key}");
    }
    let zero = Scalar::of("-0");
    assert!(matches!(zero, Some(Scalar::Number(zero)) if zero.is_sign_negative()));
}

#[test]
fn a_number_is_read_exactly_or_as_the_double_that_it_is_or_not_at_all() {
    let (loose, exact) = (Json::parse, Json::parse_exactly);
    for read in [loose, exact] {
        assert!(matches!(
            read("9007199254740991"),
            Ok(Json::Integer(9_007_199_254_740_991))
        ));
        assert!(matches!(read("-0"), Ok(Json::Number(zero)) if zero.is_sign_negative()));
        assert!(
            read("1e400")
                .unwrap_err()
                .to_string()
                .contains("no number that a double holds")
        );
        assert!(read("1.").unwrap_err().to_string().contains("is no number"));
    }
    assert!(matches!(loose("9007199254740992"), Ok(Json::Number(_))));
    assert!(
        exact("9007199254740992")
            .unwrap_err()
            .to_string()
            .contains("is beyond")
    );
}

#[test]
fn a_string_is_what_it_says_and_a_forged_mark_is_a_string() {
    let text = |text| match Json::parse(text) {
        Ok(Json::String(text)) => Some((text.to_string(), matches!(text, Cow::Borrowed(_)))),
        _ => None,
    };
    let is = |text: &str, borrowed| Some((text.to_owned(), borrowed));
    // Nothing is copied that needn't be.
    assert_eq!(text("\"a b!\""), is("a b!", true));
    assert_eq!(text(r#""a\nb""#), is("a\nb", false));
    assert_eq!(text("\"a\nb\""), None);
    assert_eq!(text("\"a\u{1f}b\""), None);
    assert_eq!(text(r#"~"\u0000nx""#), is("\0nx", false));
    assert_eq!(text(r#"~"\u0000bA\n""#), is("\0bA\n", false));
    assert_eq!(text(r#"~"\u0000s\u0000n1""#), is("\0n1", false));
    for marked in [r#"~"\u0000n-1""#, r#"~"\u0000bAA==""#] {
        assert!(
            matches!(Json::parse(marked), Ok(Json::Marked(_))),
            "{marked}"
        );
    }
}
