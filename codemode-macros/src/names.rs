//! What tools, namespaces and parameters are called in TypeScript, and which names a script could not use.

/// How serde's `rename_all` rewrites the name of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RenameRule {
    Lower,
    Upper,
    Pascal,
    Camel,
    Snake,
    ScreamingSnake,
    Kebab,
    ScreamingKebab,
}

impl RenameRule {
    /// Every rule with the name serde has for it.
    pub(crate) const ALL: [(&str, Self); 8] = [
        ("lowercase", Self::Lower),
        ("UPPERCASE", Self::Upper),
        ("PascalCase", Self::Pascal),
        ("camelCase", Self::Camel),
        ("snake_case", Self::Snake),
        ("SCREAMING_SNAKE_CASE", Self::ScreamingSnake),
        ("kebab-case", Self::Kebab),
        ("SCREAMING-KEBAB-CASE", Self::ScreamingKebab),
    ];

    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, rule)| *rule)
    }

    pub(crate) fn name(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(_, rule)| *rule == self)
            .map_or("", |(name, _)| name)
    }

    /// The name that serde gives to `field`, or `None` where serde's own code would panic while it compiles.
    pub(crate) fn apply(self, field: &str) -> Option<String> {
        Some(match self {
            Self::Lower | Self::Snake => field.to_owned(),
            Self::Upper | Self::ScreamingSnake => field.to_ascii_uppercase(),
            Self::Pascal => words_joined(field),
            Self::Camel => {
                let pascal = words_joined(field);
                let first = pascal.chars().next().filter(char::is_ascii)?;
                format!("{}{}", first.to_ascii_lowercase(), &pascal[1..])
            }
            Self::Kebab => field.replace('_', "-"),
            Self::ScreamingKebab => field.to_ascii_uppercase().replace('_', "-"),
        })
    }
}

/// `daily_views` as `DailyViews`, the way serde does it.
fn words_joined(snake: &str) -> String {
    let mut joined = String::with_capacity(snake.len());
    let mut starts_word = true;
    for letter in snake.chars() {
        if letter == '_' {
            starts_word = true;
        } else if starts_word {
            joined.push(letter.to_ascii_uppercase());
            starts_word = false;
        } else {
            joined.push(letter);
        }
    }
    joined
}

/// The script's name for the Rust function `function`: `daily_views` becomes `dailyViews`.
///
/// Leading underscores stay, as they are the author's mark and not a word boundary.
pub(crate) fn camel_case(function: &str) -> String {
    let words = function.trim_start_matches('_');
    let underscores = &function[..function.len() - words.len()];
    let mut letters = words_joined(words);
    if let Some(first) = letters.get_mut(..1) {
        first.make_ascii_lowercase();
    }
    format!("{underscores}{letters}")
}

/// The name of a tool's input type: `dailyViews` becomes `DailyViewsInput`.
pub(crate) fn input_type(tool: &str) -> String {
    let mut name = format!("{tool}Input");
    if let Some(first) = name.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    name
}

/// What is wrong with a name, and a name that would do.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct BadName {
    pub(crate) why: String,
    pub(crate) instead: String,
}

/// Accepts the name of a tool: an identifier that TypeScript doesn't reserve.
pub(crate) fn check_tool(name: &str) -> Result<(), BadName> {
    check_identifier(name, "sendMail")?;
    if is_reserved(name) {
        let instead = match name {
            "delete" => "remove".to_owned(),
            "new" => "create".to_owned(),
            "import" => "load".to_owned(),
            "export" => "save".to_owned(),
            _ => format!("run{}", capitalized(name)),
        };
        return Err(BadName {
            why: format!("`{name}` is a reserved word of TypeScript"),
            instead,
        });
    }
    if let Some(why) = meaning(name) {
        return Err(BadName {
            why,
            instead: format!("run{}", capitalized(name)),
        });
    }
    Ok(())
}

/// Accepts the name of a namespace: an identifier that neither TypeScript reserves nor the script needs for something else.
pub(crate) fn check_namespace(name: &str) -> Result<(), BadName> {
    check_identifier(name, "analytics")?;
    let why = if is_reserved(name) {
        format!("`{name}` is a reserved word of TypeScript")
    } else if GLOBALS.contains(&name) {
        format!("`{name}` is a global of every script and would be hidden")
    } else if let Some(meaning) = meaning(name) {
        meaning
    } else {
        return Ok(());
    };
    let word = if name.bytes().all(|letter| letter.is_ascii_uppercase()) {
        name.to_ascii_lowercase()
    } else {
        camel_case(name)
    };
    Err(BadName {
        why,
        instead: format!("{}Tools", word.trim_start_matches('_')),
    })
}

fn check_identifier(name: &str, example: &str) -> Result<(), BadName> {
    let starts = |letter: char| letter.is_ascii_alphabetic() || letter == '_' || letter == '$';
    let goes_on = |letter: char| starts(letter) || letter.is_ascii_digit();
    let is_identifier = name.starts_with(starts) && name.chars().all(goes_on);
    if is_identifier {
        return Ok(());
    }

    let letters: String = name
        .chars()
        .map(|letter| if goes_on(letter) { letter } else { '_' })
        .collect();
    let guess = camel_case(letters.trim_matches('_'));
    Err(BadName {
        why: format!(
            "`{name}` is not a plain identifier (letters a-z, digits, `_` and `$`, no digit first)"
        ),
        instead: if name.is_ascii() && guess.starts_with(starts) {
            guess
        } else {
            example.to_owned()
        },
    })
}

fn capitalized(name: &str) -> String {
    let mut name = name.to_owned();
    if let Some(first) = name.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    name
}

fn is_reserved(name: &str) -> bool {
    RESERVED.contains(&name)
}

/// What a name is to the language, which would take a function of that name for it.
fn meaning(name: &str) -> Option<String> {
    let is = match name {
        "then" => "is what `await` calls",
        "toJSON" => "is what `JSON.stringify` calls",
        "toString" | "toLocaleString" | "valueOf" => "is called where an object becomes a text",
        "constructor"
        | "prototype"
        | "hasOwnProperty"
        | "isPrototypeOf"
        | "propertyIsEnumerable" => "is there in every object",
        _ => return None,
    };
    Some(format!("`{name}` {is}"))
}

/// Words that can't name a function or a namespace in a strict-mode module, and names with a meaning of their own in every object.
#[rustfmt::skip]
const RESERVED: &[&str] = &[
    "__proto__", "arguments", "await", "break", "case", "catch", "class", "const", "continue", "debugger", "default", "delete", "do",
    "else", "enum", "eval", "export", "extends", "false", "finally", "for", "function", "if", "implements", "import", "in", "instanceof",
    "interface", "let", "new", "null", "package", "private", "protected", "public", "return", "static", "super", "switch", "this", "throw",
    "true", "try", "typeof", "undefined", "var", "void", "while", "with", "yield",
];

/// What ECMAScript and the sandbox put on the global object, and what hosts usually put there.
#[rustfmt::skip]
const GLOBALS: &[&str] = &[
    "$json", "$scripts", "$store", "$tools", "AbortController", "AbortSignal", "AggregateError", "Array", "ArrayBuffer", "AsyncDisposableStack", "Atomics", "BigInt",
    "BigInt64Array", "BigUint64Array", "Boolean", "DOMException", "DataView", "Date", "Deno", "DisposableStack", "Error", "EvalError",
    "FinalizationRegistry", "Float16Array", "Float32Array", "Float64Array", "Function", "Infinity", "Int16Array", "Int32Array",
    "Int8Array", "Intl", "Iterator", "JSON", "Map", "Math", "NaN", "Number", "Object", "Promise", "Proxy", "RangeError", "ReferenceError",
    "Reflect", "RegExp", "Set", "SharedArrayBuffer", "String", "SuppressedError", "Symbol", "SyntaxError", "Temporal", "TextDecoder",
    "TextEncoder", "TypeError", "URIError", "URL", "URLSearchParams", "Uint16Array", "Uint32Array", "Uint8Array", "Uint8ClampedArray",
    "WeakMap", "WeakRef", "WeakSet", "WebAssembly", "atob", "btoa", "clearInterval", "clearTimeout", "console", "crypto", "decodeURI",
    "decodeURIComponent", "encodeURI", "encodeURIComponent", "escape", "globalThis", "isFinite", "isNaN", "output", "parseFloat",
    "parseInt", "performance", "queueMicrotask", "setInterval", "setTimeout", "structuredClone", "unescape",
];

/// The one of `known` that a mistyped `word` most likely means.
pub(crate) fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    known
        .into_iter()
        .map(|candidate| (edits(word, candidate), candidate))
        // More than two edits, or as many as there are letters, is another word rather than a slip.
        .filter(|(distance, candidate)| *distance <= 2 && *distance < candidate.len())
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// How many letters must be added, removed or replaced to turn `from` into `to`, whatever their case.
fn edits(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.to_lowercase().chars().collect();
    let mut previous: Vec<usize> = (0..=to.len()).collect();
    for (row, letter) in from.to_lowercase().chars().enumerate() {
        let mut current = vec![row + 1];
        for (column, other) in to.iter().enumerate() {
            let replaced = previous[column] + usize::from(letter != *other);
            current.push(
                replaced
                    .min(previous[column + 1] + 1)
                    .min(current[column] + 1),
            );
        }
        previous = current;
    }
    previous[to.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_become_camel_case() {
        for (function, expected) in [
            ("send", "send"),
            ("daily_views", "dailyViews"),
            ("get_2nd_best", "get2ndBest"),
            ("a__b", "aB"),
            ("trailing_", "trailing"),
            ("_private_thing", "_privateThing"),
            ("GetThing", "getThing"),
            ("grüße_senden", "grüßeSenden"),
            ("übung", "übung"),
            ("__", "__"),
        ] {
            assert_eq!(camel_case(function), expected, "{function}");
        }
    }

    #[test]
    fn input_types_are_pascal_case() {
        for (tool, expected) in [
            ("dailyViews", "DailyViewsInput"),
            ("send", "SendInput"),
            ("$", "$Input"),
        ] {
            assert_eq!(input_type(tool), expected, "{tool}");
        }
    }

    #[test]
    fn parameters_are_renamed_as_serde_does() {
        let renamed = |field: &str| {
            RenameRule::ALL.map(|(_, rule)| rule.apply(field).unwrap_or_else(|| "-".to_owned()))
        };
        assert_eq!(
            renamed("max_per_day"),
            [
                "max_per_day",
                "MAX_PER_DAY",
                "MaxPerDay",
                "maxPerDay",
                "max_per_day",
                "MAX_PER_DAY",
                "max-per-day",
                "MAX-PER-DAY"
            ]
        );
        assert_eq!(RenameRule::Camel.apply("größe"), Some("größe".to_owned()));
        // serde slices the first byte off these and would panic.
        assert_eq!(RenameRule::Camel.apply("übung"), None);
        assert_eq!(RenameRule::Camel.apply("__"), None);
    }

    #[test]
    fn every_rename_rule_is_found_by_its_name() {
        for (name, rule) in RenameRule::ALL {
            assert_eq!(RenameRule::named(name), Some(rule));
            assert_eq!(rule.name(), name);
        }
        assert_eq!(RenameRule::named("camelcase"), None);
    }

    #[test]
    fn names_a_script_can_write_are_accepted() {
        for name in [
            "send",
            "dailyViews",
            "get2",
            "_x",
            "$",
            "Upper",
            "type",
            "of",
        ] {
            assert_eq!(check_tool(name), Ok(()), "{name}");
            assert_eq!(check_namespace(name), Ok(()), "{name}");
        }
        // A global may be shadowed inside a namespace, where scripts write `text.escape(…)`.
        assert_eq!(check_tool("escape"), Ok(()));
    }

    #[test]
    fn names_a_script_cannot_write_are_refused_with_one_it_can() {
        let instead = |result: Result<(), BadName>| result.expect_err("a bad name").instead;
        for (name, expected) in [
            ("delete", "remove"),
            ("new", "create"),
            ("switch", "runSwitch"),
            ("then", "runThen"),
            ("toString", "runToString"),
            ("constructor", "runConstructor"),
            ("", "sendMail"),
            ("send-mail", "sendMail"),
            ("2nd", "sendMail"),
            ("grüße", "sendMail"),
            ("a.b", "aB"),
        ] {
            let instead = instead(check_tool(name));
            assert_eq!(instead, expected, "{name}");
            assert_eq!(check_tool(&instead), Ok(()), "{name}");
        }
        for (name, expected) in [
            ("console", "consoleTools"),
            ("Promise", "promiseTools"),
            ("JSON", "jsonTools"),
            ("NaN", "naNTools"),
            ("default", "defaultTools"),
            ("__proto__", "protoTools"),
            ("then", "thenTools"),
            ("toJSON", "toJSONTools"),
            ("my tools", "myTools"),
            ("", "analytics"),
        ] {
            let instead = instead(check_namespace(name));
            assert_eq!(instead, expected, "{name}");
            assert_eq!(check_namespace(&instead), Ok(()), "{name}");
        }
    }

    #[test]
    fn slips_of_the_finger_find_the_key_that_was_meant() {
        let known = ["name", "namespace", "rename_all", "crate"];
        for (word, expected) in [
            ("nmae", Some("name")),
            ("namespce", Some("namespace")),
            ("renameAll", Some("rename_all")),
            ("Name", Some("name")),
            ("description", None),
            ("x", None),
        ] {
            assert_eq!(nearest(word, known), expected, "{word}");
        }
    }
}
