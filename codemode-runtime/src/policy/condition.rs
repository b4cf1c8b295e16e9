//! What a rule asks of a call's arguments.

use std::cmp::Ordering;
use std::fmt;

use regex::{Regex, RegexBuilder};
use serde_json::{Number, Value};

use super::number;

/// How much memory one regular expression may take.
const MOST_OF_A_REGEX: usize = 1 << 20;

/// What one argument has to be.
#[derive(Clone, Debug)]
pub(crate) struct Condition {
    pub(in crate::policy) path: Path,
    pub(in crate::policy) tests: Vec<Test>,
}

/// Where an argument stands: names, places in lists, and `*` for each item of a list.
#[derive(Clone, Debug)]
pub(in crate::policy) struct Path {
    text: String,
    steps: Vec<String>,
}

/// One thing to be true of an argument.
#[derive(Clone, Debug)]
pub(in crate::policy) enum Test {
    OneOf(Vec<Value>),
    Prefix(String),
    Suffix(String),
    Matches(Regex),
    /// It compares with the number as one of these says.
    Number(Number, &'static [Ordering]),
    /// It is there, or it isn't.
    Present(bool),
}

impl Condition {
    /// Whether it holds for the arguments of a call.
    ///
    /// An argument that isn't there, or is `null`, is absent and nothing else. Where a path stands for several values, it has to hold for
    /// each of them, and there has to be one.
    pub(crate) fn holds(&self, arguments: &Value) -> bool {
        let mut found = Vec::new();
        self.path.find(arguments, &mut found);
        let there = !found.is_empty() && found.iter().all(Option::is_some);
        self.tests.iter().all(|test| match test {
            Test::Present(false) => found.iter().all(Option::is_none),
            Test::Present(true) => there,
            test => there && found.iter().flatten().all(|value| test.holds(value)),
        })
    }
}

impl Test {
    /// # Errors
    ///
    /// What is wrong with the expression.
    pub(in crate::policy) fn matches(expression: &str) -> Result<Self, String> {
        // By itself first, so that no bracket of it closes one of those around it.
        regex(expression)?;
        regex(&format!(r"\A(?:{expression})\z")).map(Self::Matches)
    }

    fn holds(&self, value: &Value) -> bool {
        match (self, value) {
            (Self::OneOf(values), value) => values.iter().any(|wanted| number::same(wanted, value)),
            (Self::Prefix(start), Value::String(text)) => text.starts_with(start),
            (Self::Suffix(end), Value::String(text)) => text.ends_with(end),
            (Self::Matches(regex), Value::String(text)) => regex.is_match(text),
            (Self::Number(bound, wanted), Value::Number(number)) => {
                number::compare(number, bound).is_some_and(|order| wanted.contains(&order))
            }
            _ => false,
        }
    }
}

/// Takes time in proportion to a text's length, whatever it is.
fn regex(expression: &str) -> Result<Regex, String> {
    let regex = RegexBuilder::new(expression)
        .size_limit(MOST_OF_A_REGEX)
        .dfa_size_limit(MOST_OF_A_REGEX)
        .build();
    regex.map_err(|error| match error {
        regex::Error::CompiledTooBig(_) => "it is too large: repeat less in it".to_owned(),
        // The last line says what is wrong, those above it show where.
        error => {
            let text = error.to_string();
            let reason = text.lines().last().unwrap_or_default().trim();
            reason.strip_prefix("error: ").unwrap_or(reason).to_owned()
        }
    })
}

impl Path {
    /// # Errors
    ///
    /// What is wrong with it, and what to write.
    pub(in crate::policy) fn new(text: &str) -> Result<Self, String> {
        let mut steps = vec![String::new()];
        let mut letters = text.chars();
        while let Some(letter) = letters.next() {
            let step = match letter {
                '.' => {
                    steps.push(String::new());
                    continue;
                }
                // So that a name can have a dot in it.
                '\\' => letters.next(),
                other => Some(other),
            };
            if let (Some(last), Some(letter)) = (steps.last_mut(), step) {
                last.push(letter);
            }
        }
        if steps.iter().any(String::is_empty) {
            return Err(format!(
                "`{text}` is no way to an argument: write names with dots between them, as in `message.to`"
            ));
        }
        Ok(Self {
            text: text.to_owned(),
            steps,
        })
    }

    fn find<'v>(&self, arguments: &'v Value, found: &mut Vec<Option<&'v Value>>) {
        find(&self.steps, Some(arguments), found);
    }
}

fn find<'v>(steps: &[String], value: Option<&'v Value>, found: &mut Vec<Option<&'v Value>>) {
    let Some((step, rest)) = steps.split_first() else {
        found.push(value.filter(|value| !value.is_null()));
        return;
    };
    match value {
        Some(Value::Array(items)) if step == "*" => {
            for item in items {
                find(rest, Some(item), found);
            }
        }
        Some(Value::Array(items)) => {
            let item = step
                .parse::<usize>()
                .ok()
                .and_then(|place| items.get(place));
            find(rest, item, found);
        }
        Some(Value::Object(fields)) => find(rest, fields.get(step), found),
        _ => found.push(None),
    }
}

impl fmt::Display for Condition {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "`{}` ", self.path.text)?;
        for (place, test) in self.tests.iter().enumerate() {
            if place > 0 {
                formatter.write_str(" and ")?;
            }
            test.fmt(formatter)?;
        }
        Ok(())
    }
}

/// As it follows the name of an argument.
impl fmt::Display for Test {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OneOf(values) => {
                formatter.write_str("is ")?;
                for (place, value) in values.iter().enumerate() {
                    let between = if place > 0 { " or " } else { "" };
                    write!(formatter, "{between}{value}")?;
                }
                Ok(())
            }
            Self::Prefix(start) => write!(formatter, "begins with {start:?}"),
            Self::Suffix(end) => write!(formatter, "ends with {end:?}"),
            Self::Matches(regex) => {
                let text = regex.as_str();
                let expression = text
                    .strip_prefix(r"\A(?:")
                    .and_then(|text| text.strip_suffix(r")\z"));
                write!(formatter, "matches /{}/", expression.unwrap_or(text))
            }
            Self::Number(bound, wanted) => {
                let words = match *wanted {
                    [Ordering::Less] => "is less than",
                    [Ordering::Less, ..] => "is at most",
                    [Ordering::Greater] => "is greater than",
                    _ => "is at least",
                };
                write!(formatter, "{words} {bound}")
            }
            Self::Present(true) => formatter.write_str("is there"),
            Self::Present(false) => formatter.write_str("isn't there"),
        }
    }
}
