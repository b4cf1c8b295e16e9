//! What a tool's author says about how it behaves.

use proc_macro2::Ident;
use syn::LitStr;

use crate::errors::Errors;
use crate::parse::Arguments;

/// What the host may count on when the tool is called. `None` is what the author leaves open.
pub(crate) struct Behaviour {
    pub(crate) read_only: Option<bool>,
    pub(crate) destructive: Option<bool>,
    pub(crate) idempotent: Option<bool>,
    /// In milliseconds.
    pub(crate) timeout: Option<u64>,
}

impl Behaviour {
    pub(crate) fn read(arguments: &Arguments, is_async: bool, errors: &Errors) -> Self {
        let behaviour = Self {
            read_only: arguments.flag("read_only", errors),
            destructive: arguments.flag("destructive", errors),
            idempotent: arguments.flag("idempotent", errors),
            timeout: timeout(arguments, is_async, errors),
        };
        if behaviour.read_only == Some(true)
            && behaviour.destructive == Some(true)
            && let Some(destructive) = arguments.get("destructive")
        {
            errors.at_span(
                destructive.key.span(),
                "a tool that only reads destroys nothing: keep one of `read_only` and `destructive`",
            );
        }
        behaviour
    }
}

fn timeout(arguments: &Arguments, is_async: bool, errors: &Errors) -> Option<u64> {
    let given = arguments.string("timeout", errors)?;
    if !is_async && let Some(timeout) = arguments.get("timeout") {
        refuse_for_sync(&timeout.key, errors);
    }
    let milliseconds = milliseconds(&given.value());
    if milliseconds.is_none() {
        refuse_duration(&given, errors);
    }
    milliseconds
}

fn refuse_for_sync(key: &Ident, errors: &Errors) {
    errors.at_span(
        key.span(),
        "only an async function can be stopped when its time is up: make it async, or leave `timeout` out",
    );
}

fn refuse_duration(given: &LitStr, errors: &Errors) {
    errors.at(
        given,
        format!(
            "`timeout` doesn't understand {:?}: write a number above 0 with `ms`, `s` or `m`, such as `timeout = \"5s\"`",
            given.value()
        ),
    );
}

fn milliseconds(text: &str) -> Option<u64> {
    let digits = text.find(|character: char| !character.is_ascii_digit())?;
    let (number, unit) = text.split_at(digits);
    let unit = match unit.trim_start() {
        "ms" => 1,
        "s" => 1_000,
        "m" => 60_000,
        _ => return None,
    };
    let number: u64 = number.parse().ok()?;
    number.checked_mul(unit).filter(|sum| *sum > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_timeout_is_a_number_with_a_unit() {
        let cases = [
            ("5s", Some(5_000)),
            ("250ms", Some(250)),
            ("2 m", Some(120_000)),
            ("0s", None),
            ("5", None),
            ("s", None),
            ("", None),
            ("-5s", None),
            ("1.5s", None),
            ("5 seconds", None),
            ("99999999999999999999s", None),
            ("18446744073709551615m", None),
        ];
        for (text, expected) in cases {
            assert_eq!(milliseconds(text), expected, "{text:?}");
        }
    }
}
