//! One test of test262: what it says of itself, and whether it can be asked of a script.

use super::uses;

/// A test and its frontmatter.
#[derive(Debug, Default)]
pub(super) struct Test {
    pub(super) source: String,
    pub(super) includes: Vec<String>,
    flags: Vec<String>,
    features: Vec<String>,
    pub(super) expected: Expected,
}

/// What a test has to come to.
#[derive(Debug, Default, PartialEq)]
pub(super) enum Expected {
    #[default]
    Success,
    /// It is refused before it runs, with an error of this name.
    Refused(String),
    /// It runs and throws an error of this name.
    Throws(String),
}

/// What no script can be asked, by what a test's frontmatter says.
const FLAGS: &[(&str, &str)] = &[
    ("noStrict", "sloppy code: a script is strict"),
    ("raw", "sloppy code: a script is strict"),
    ("module", "a module: a script has no imports and no exports"),
];

const FEATURES: &[(&str, &str)] = &[
    ("SharedArrayBuffer", "shared memory is taken away"),
    ("Atomics", "shared memory is taken away"),
    (
        "dynamic-import",
        "a module: a script has no imports and no exports",
    ),
    (
        "import.meta",
        "a module: a script has no imports and no exports",
    ),
    (
        "top-level-await",
        "a module: a script has no imports and no exports",
    ),
    (
        "cross-realm",
        "needs a second realm, which a host could make",
    ),
    ("IsHTMLDDA", "needs a thing that only browsers have"),
    ("tail-call-optimization", "V8 has none"),
];

impl Test {
    pub(super) fn parse(source: &str) -> Self {
        let mut test = Self {
            source: source.to_owned(),
            ..Self::default()
        };
        let frontmatter = source
            .split_once("/*---")
            .and_then(|(_, rest)| rest.split_once("---*/"));
        let Some((frontmatter, _)) = frontmatter else {
            return test;
        };
        let mut key = "";
        let (mut phase, mut error) = ("", "");
        for line in frontmatter.lines() {
            let indented = line.starts_with(' ');
            let (name, value) = line.trim().split_once(':').unwrap_or((line.trim(), ""));
            if !indented && !line.is_empty() {
                key = name;
            }
            let list = if indented {
                line.trim().strip_prefix("- ").unwrap_or_default()
            } else {
                value.trim().trim_matches(['[', ']'])
            };
            let items = || {
                list.split(',')
                    .map(|item| item.trim().to_owned())
                    .filter(|item| !item.is_empty())
            };
            match key {
                "flags" => test.flags.extend(items()),
                "features" => test.features.extend(items()),
                "includes" => test.includes.extend(items()),
                "negative" if name == "phase" => phase = value.trim(),
                "negative" if name == "type" => error = value.trim(),
                _ => {}
            }
        }
        test.expected = match phase {
            "" => Expected::Success,
            "runtime" => Expected::Throws(error.to_owned()),
            _ => Expected::Refused(error.to_owned()),
        };
        test
    }

    pub(super) fn is_async(&self) -> bool {
        self.flags.iter().any(|flag| flag == "async")
    }

    /// Why this can't be asked of a script, if it can't.
    pub(super) fn left_out(&self) -> Option<&'static str> {
        let has = |list: &[String], name: &str| list.iter().any(|item| item == name);
        let by_flag = FLAGS.iter().find(|(flag, _)| has(&self.flags, flag));
        let by_feature = FEATURES
            .iter()
            .find(|(feature, _)| has(&self.features, feature));
        by_flag
            .or(by_feature)
            .map(|(_, reason)| *reason)
            .or_else(|| uses::left_out(&self.source))
    }
}
