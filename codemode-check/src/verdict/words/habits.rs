//! Properties that values have elsewhere, and what these have instead.

/// What a property is asked of.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Text,
    List,
}

use Kind::{List, Text};

const ASK: &str = "`includes` asks whether something is in it.";
const LENGTH: &str = "Its `length` says how many there are.";

/// By kind, names that other languages and libraries have.
const HABITS: &[(Kind, &[&str], &str)] = &[
    (Text, &["contains", "has", "include"], ASK),
    (Text, &["size", "len", "count"], LENGTH),
    (Text, &["strip"], "`trim` takes the spaces away."),
    (
        Text,
        &["map", "filter", "forEach", "reduce", "join", "find", "some"],
        "This is a text: `split(\"\\n\")` makes a list of its lines.",
    ),
    (List, &["contains", "has", "include"], ASK),
    (List, &["size", "len", "count"], LENGTH),
    (
        List,
        &["add", "append"],
        "`push` puts something at its end.",
    ),
    (
        List,
        &["sum"],
        "`reduce((sum, one) => sum + one, 0)` adds them up.",
    ),
    (List, &["first"], "The first one is `[0]`."),
    (List, &["last"], "The last one is `at(-1)`."),
    (
        List,
        &["unique", "uniq", "distinct"],
        "`[...new Set(list)]` has each value once.",
    ),
    (
        List,
        &["groupBy", "group"],
        "`Object.groupBy(list, (one) => key)` makes groups.",
    ),
    (
        List,
        &["sortBy", "orderBy", "sorted"],
        "`toSorted((a, b) => …)` sorts.",
    ),
    (List, &["isEmpty", "empty"], "`length === 0` says so."),
    (
        List,
        &[
            "split",
            "trim",
            "toLowerCase",
            "toUpperCase",
            "replace",
            "match",
        ],
        "This is a list, and no text: `map` does something with each of its elements.",
    ),
];

/// By the start of a type, what is said whatever the property is.
const KINDS: &[(&str, &str)] = &[
    (
        "Map<",
        "A `Map` has `get`, `set`, `has` and `size`; `[...map]` is a list of its pairs, and `Object.fromEntries(map)` an object.",
    ),
    (
        "Set<",
        "A `Set` has `has`, `add` and `size`; `[...set]` is a list of it.",
    ),
    (
        "PromiseSettledResult<",
        "`value` is there where `status` is \"fulfilled\", and `reason` where it is \"rejected\": ask for this first.",
    ),
    (
        "Date",
        "`toISOString()` writes a date, and `Intl.DateTimeFormat` in other forms.",
    ),
    (
        "void",
        "The function that gives it returns nothing: behind `=> {` a `return` is needed.",
    ),
    (
        "typeof output",
        "`output` has `image` and `file`; text is returned, or printed with `console.log`.",
    ),
];

/// What to do instead of asking a value of a type for a property.
pub(in crate::verdict) fn instead(property: &str, ty: &str) -> Option<&'static str> {
    let kind = if is_text(ty) {
        Some(Text)
    } else {
        ty.ends_with("[]").then_some(List)
    };
    let mut habits = HABITS.iter();
    let habit = habits.find(|(of, names, _)| Some(*of) == kind && names.contains(&property));
    if let Some((.., advice)) = habit {
        return Some(advice);
    }
    let mut kinds = KINDS.iter().filter(|_| kind.is_none());
    let found = kinds.find(|(start, _)| ty.starts_with(start));
    found.map(|(_, advice)| *advice)
}

pub(in crate::verdict) fn is_text(ty: &str) -> bool {
    ty == "string"
        || (ty.len() > 1 && ty.starts_with('"') && ty.ends_with('"') && !ty.contains("\" | \""))
}
