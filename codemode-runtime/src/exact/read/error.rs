//! Why an input couldn't be read, and where; and what serde would have taken instead.

use std::cell::RefCell;
use std::fmt::{self, Display};

use serde::de::{self, Expected, Unexpected};

/// What serde has against an input.
#[derive(Debug)]
pub struct Misread(Box<Details>);

#[derive(Debug, Default)]
struct Details {
    /// The way to the place, such as `.list[2].name`.
    path: String,
    message: String,
    culprit: Culprit,
    /// What would have been right.
    expected: Option<String>,
}

/// What kind of value an error is about.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) enum Culprit {
    /// A text, known by where in memory it is.
    Text(usize),
    Number(f64),
    /// One that the error doesn't tell.
    #[default]
    Unknown,
    /// A whole object or list, in which something is missing or too much.
    Whole,
}

impl Culprit {
    #[expect(
        clippy::cast_precision_loss,
        reason = "both sides of a comparison lose the same"
    )]
    pub(crate) fn of_integer(integer: i128) -> Self {
        Self::Number(integer as f64)
    }
}

impl Misread {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self::of(message.into(), Culprit::Unknown)
    }

    fn of(message: String, culprit: Culprit) -> Self {
        Self(Box::new(Details {
            message,
            culprit,
            ..Details::default()
        }))
    }

    pub(crate) fn at_key(mut self, key: &str) -> Self {
        self.0.path.insert_str(0, &format!(".{key}"));
        self
    }

    pub(crate) fn at_index(mut self, index: usize) -> Self {
        self.0.path.insert_str(0, &format!("[{index}]"));
        self
    }

    /// The way to the place, empty if it is the whole.
    pub(crate) fn path(&self) -> &str {
        &self.0.path
    }

    /// Place and problem.
    #[must_use]
    pub fn placed(&self) -> String {
        format!("{}: {}", self.0.path, self.0.message)
    }

    pub(crate) fn culprit(&self) -> Culprit {
        self.0.culprit
    }

    pub(crate) fn expected(&self) -> Option<&str> {
        self.0.expected.as_deref()
    }

    /// Whether it is the same problem at the same place.
    pub(crate) fn is_alike(&self, other: &Self) -> bool {
        (self.path(), &self.0.message) == (other.path(), &other.0.message)
    }

    /// The same problem at a place that is known better, with what would have been right there.
    pub(crate) fn at(mut self, path: String, expected: Option<&str>) -> Self {
        self.0.path = path;
        if let Some(expected) = expected {
            self.0.message.push_str(", expected ");
            self.0.message.push_str(expected);
        }
        self
    }
}

impl Display for Misread {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0.message)
    }
}

impl std::error::Error for Misread {}

impl de::Error for Misread {
    fn custom<T: Display>(message: T) -> Self {
        let message = message.to_string();
        match &*message {
            "i128 is not supported" | "u128 is not supported" => Self::of(
                "serde reads no 128-bit integer behind `flatten`, `tag` or `untagged`; the tool can take a \
                 `codemode_runtime::BigInt` of it instead"
                    .to_owned(),
                Culprit::Whole,
            ),
            _ => Self::new(message),
        }
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        if let Unexpected::Str(text) = found {
            complain(text);
        }
        unfit("type", found, expected)
    }

    fn invalid_value(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        unfit("value", found, expected)
    }

    fn invalid_length(length: usize, expected: &dyn Expected) -> Self {
        let message = format!("invalid length {length}, expected {expected}");
        Self::of(message, Culprit::Whole)
    }

    fn unknown_variant(variant: &str, expected: &'static [&'static str]) -> Self {
        let expected = one_of(expected, "variants");
        let message = format!("unknown variant `{variant}`, {expected}");
        Self::of(message, Culprit::Text(address(variant)))
    }

    fn unknown_field(field: &str, expected: &'static [&'static str]) -> Self {
        let expected = one_of(expected, "fields");
        Self::of(
            format!("unknown field `{field}`, {expected}"),
            Culprit::Whole,
        )
    }

    fn missing_field(field: &'static str) -> Self {
        Self::of(format!("missing field `{field}`"), Culprit::Whole)
    }

    fn duplicate_field(field: &'static str) -> Self {
        Self::of(format!("duplicate field `{field}`"), Culprit::Whole)
    }
}

/// What serde calls a map and a sequence, as who writes scripts knows them.
const AN_OBJECT: &str = "an object";
const A_LIST: &str = "a list";

fn unfit(what: &str, found: Unexpected<'_>, expected: &dyn Expected) -> Misread {
    let culprit = match found {
        Unexpected::Str(text) => Culprit::Text(address(text)),
        Unexpected::Signed(number) => Culprit::of_integer(number.into()),
        Unexpected::Unsigned(number) => Culprit::of_integer(number.into()),
        Unexpected::Float(number) => Culprit::Number(number),
        Unexpected::Map | Unexpected::Seq => Culprit::Whole,
        _ => Culprit::Unknown,
    };
    let found = match found {
        // Only a `serde_json::value::RawValue` expects that, and finds itself where it can't get at the text.
        Unexpected::NewtypeStruct if expected.to_string() == "any valid JSON value" => {
            return Misread::of(
                "serde keeps no JSON text behind `flatten`, `tag` or `untagged`; the tool can take a `serde_json::Value` \
                 instead of a `RawValue`"
                    .to_owned(),
                Culprit::Whole,
            );
        }
        // JSON's own words for them.
        Unexpected::Unit => "null".to_owned(),
        Unexpected::Map => AN_OBJECT.to_owned(),
        Unexpected::Seq => A_LIST.to_owned(),
        other => other.to_string(),
    };
    let expected = match expected.to_string() {
        map if map == "a map" => AN_OBJECT.to_owned(),
        sequence if sequence == "a sequence" => A_LIST.to_owned(),
        other => other,
    };
    let mut error = Misread::of(
        format!("invalid {what}: {found}, expected {expected}"),
        culprit,
    );
    error.0.expected = Some(expected);
    error
}

fn one_of(names: &[&str], what: &str) -> String {
    match names {
        [] => format!("there are no {what}"),
        [name] => format!("expected `{name}`"),
        [one, other] => format!("expected `{one}` or `{other}`"),
        names => format!("expected one of `{}`", names.join("`, `")),
    }
}

/// Where a text is in memory, which tells it from all others of a tree.
pub(crate) fn address(text: &str) -> usize {
    text.as_ptr().addr()
}

thread_local! {
    /// The texts in the place of which something else was wanted, while that is asked for.
    static COMPLAINTS: RefCell<Option<Vec<usize>>> = const { RefCell::new(None) };
}

fn complain(text: &str) {
    COMPLAINTS.with_borrow_mut(|complaints| {
        if let Some(complaints) = complaints {
            complaints.push(address(text));
        }
    });
}

/// Runs a read. Returns also at which texts something else was wanted, those included that serde made nothing of: an
/// `untagged` enum throws away why a variant didn't fit.
pub(crate) fn with_complaints<R>(read: impl FnOnce() -> R) -> (R, Vec<usize>) {
    /// Puts back what was collected for an outer read, also if a type's own code panics.
    struct Outer(Option<Vec<usize>>);
    impl Drop for Outer {
        fn drop(&mut self) {
            COMPLAINTS.set(self.0.take());
        }
    }
    let _outer = Outer(COMPLAINTS.replace(Some(Vec::new())));
    let result = read();
    (result, COMPLAINTS.take().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use serde::de::Error as _;

    use super::*;

    #[test]
    fn an_error_is_alike_if_problem_and_place_are_the_same() {
        let error = |path: &str, message| Misread::new(message).at(path.to_owned(), None);
        assert!(error(".a", "odd").is_alike(&error(".a", "odd")));
        assert!(!error(".a", "odd").is_alike(&error(".b", "odd")));
        assert!(!error(".a", "odd").is_alike(&error(".a", "even")));
        assert_eq!(error(".a", "odd").to_string(), "odd");
    }

    #[test]
    fn an_error_tells_what_it_is_about_in_the_words_of_scripts() {
        for (found, culprit, words) in [
            (
                Unexpected::Signed(-3),
                Culprit::Number(-3.0),
                "integer `-3`",
            ),
            (Unexpected::Unsigned(3), Culprit::Number(3.0), "integer `3`"),
            (
                Unexpected::Float(1.5),
                Culprit::Number(1.5),
                "floating point `1.5`",
            ),
            (Unexpected::Map, Culprit::Whole, "an object"),
            (Unexpected::Seq, Culprit::Whole, "a list"),
            (Unexpected::Unit, Culprit::Unknown, "null"),
            (
                Unexpected::NewtypeStruct,
                Culprit::Unknown,
                "newtype struct",
            ),
        ] {
            let error = Misread::invalid_type(found, &"a boolean");
            assert_eq!(error.culprit(), culprit, "{found}");
            assert_eq!(
                error.to_string(),
                format!("invalid type: {words}, expected a boolean")
            );
        }
        for (expected, words) in [
            ("a map", "an object"),
            ("a sequence", "a list"),
            ("a city", "a city"),
        ] {
            let error = Misread::invalid_value(Unexpected::Bool(true), &expected);
            assert_eq!(error.expected(), Some(words));
        }
        let raw = Misread::invalid_type(Unexpected::NewtypeStruct, &"any valid JSON value");
        assert!(raw.to_string().contains("instead of a `RawValue`"), "{raw}");
        let any = Misread::invalid_type(Unexpected::Bool(true), &"any valid JSON value");
        assert!(
            any.to_string().contains("expected any valid JSON value"),
            "{any}"
        );
    }

    #[test]
    fn what_could_have_stood_there_is_named() {
        for (names, expected) in [
            (&[][..], "there are no fields"),
            (&["a"], "expected `a`"),
            (&["a", "b"], "expected `a` or `b`"),
            (&["a", "b", "c"], "expected one of `a`, `b`, `c`"),
        ] {
            let error = Misread::unknown_field("x", names);
            assert_eq!(error.to_string(), format!("unknown field `x`, {expected}"));
        }
    }

    #[test]
    fn complaints_are_those_of_their_own_read() {
        let texts = ["one", "two", "three"];
        let ((), outer) = with_complaints(|| {
            complain(texts[0]);
            let ((), inner) = with_complaints(|| complain(texts[1]));
            assert_eq!(inner, [address(texts[1])]);
            complain(texts[2]);
        });
        assert_eq!(outer, [address(texts[0]), address(texts[2])]);
    }
}
