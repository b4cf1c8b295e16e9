//! What a comment says that the declaration says already is left out.

use std::collections::BTreeSet;

use super::stated;
use super::walk::{for_each_inner, for_each_property, for_each_type_of};
use crate::model::{Declaration, Docs, Namespace, Property, Rest, Type};
use crate::roles;

/// Words that say nothing by themselves.
#[rustfmt::skip]
const FILLERS: &[&str] = &[
    "a", "allowed", "an", "and", "are", "as", "at", "be", "being", "by", "can", "contains", "defines", "describes", "either", "for", "from",
    "given", "in", "indicates", "into", "is", "it", "its", "of", "on", "one", "options", "or", "possible", "represents", "set", "specified",
    "specifies", "specify", "supported", "that", "the", "this", "to", "use", "used", "using", "valid", "value", "values", "what", "where",
    "which", "with",
];

/// A sentence of as many words as this puts them together to say something.
const MANY_WORDS: usize = 10;

/// How many words of its own name, and of its namespace, a function's sentence must repeat to be one too many: of `getUser`, `One
/// user of the book.` says what comes back.
const WHOLE_NAME: usize = 3;

/// Words that say of a property what its `?` says.
const OPTIONAL: &[&str] = &["may", "optional"];

/// Words that say of a property what the lack of a `?` says.
const REQUIRED: &[&str] = &["must", "provided", "required", "should"];

/// Shortens the comments of a namespace.
pub(super) fn shorten(namespace: &mut Namespace, declarations: &mut [Declaration]) {
    for function in &mut namespace.functions {
        let mut context: Vec<String> = words(&function.name).collect();
        forget_known(&mut function.docs, &context.iter().cloned().collect());
        context.extend(words(&namespace.name));
        let known = context.iter().cloned();
        function.docs.text = without_context(&function.docs.text, known, WHOLE_NAME);
        for_each_type_of(function, &mut |ty| in_context(ty, &mut context));
    }
    for index in &namespace.types {
        let Declaration { name, ty, .. } = &mut declarations[*index];
        in_context(ty, &mut words(name).chain(words(&namespace.name)).collect());
    }
    for_each_property(namespace, declarations, &mut |property| {
        stated::forget(&mut property.docs);
        let mut known: BTreeSet<String> = words(&property.name).collect();
        known.extend(of_presence(property));
        collect_literals(&property.ty, &mut known);
        forget_known(&mut property.docs, &known);
    });
}

/// What a mark behind the name says.
fn of_presence(property: &Property) -> impl Iterator<Item = String> + use<> {
    let said = if property.optional {
        OPTIONAL
    } else {
        REQUIRED
    };
    said.iter().map(|word| (*word).to_owned())
}

/// Forgets what is said around a type already. `context` are the words that lead to it.
fn in_context(ty: &mut Type, context: &mut Vec<String>) {
    if let Type::Object(object) = ty {
        for property in &mut object.properties {
            forget_context(property, context);
            let before = context.len();
            context.extend(words(&property.name));
            in_context(&mut property.ty, context);
            context.truncate(before);
        }
        if let Rest::Typed(rest) = &mut object.rest {
            in_context(rest, context);
        }
    } else {
        for_each_inner(ty, &mut |inner| in_context(inner, context));
    }
}

/// Leaves sentences out that only put together what is around them.
fn forget_context(property: &mut Property, context: &[String]) {
    if property.docs.text.is_empty() {
        return;
    }
    let of_type: &[&str] = match &property.ty {
        Type::Boolean => &["boolean", "flag", "whether"],
        Type::String => &["string", "text"],
        Type::Number => &["integer", "number"],
        Type::Array(_) => &["array", "list"],
        Type::Object(_) | Type::Named(_) => &["object"],
        _ => &[],
    };
    let of_type = of_type.iter().map(|word| (*word).to_owned());
    let known = words(&property.name)
        .chain(of_presence(property))
        .chain(of_type);
    let known = known.chain(context.iter().cloned());
    property.docs.text = without_context(&property.docs.text, known, 1);
}

/// The text without sentences that have only these words, as one or as several, and have at least so many of them.
fn without_context(text: &str, known: impl Iterator<Item = String>, least: usize) -> String {
    let mut known: BTreeSet<String> = known.flat_map(|word| [singular(&word), word]).collect();
    if known.contains("id") {
        known.insert("identifier".to_owned());
    }
    without_known(text, least, |word| {
        known.contains(word) || known.contains(&singular(word))
    })
}

fn singular(word: &str) -> String {
    roles::singular(word).unwrap_or_else(|| word.to_owned())
}

/// Leaves sentences out in which there is nothing but the name, the values that the type has, and fillers.
fn forget_known(docs: &mut Docs, known: &BTreeSet<String>) {
    docs.text = without_known(&docs.text, 1, |word| known.contains(word));
}

fn without_known(text: &str, least: usize, is_known: impl Fn(&str) -> bool) -> String {
    let says_something = |sentence: &str| {
        if sentence.split_whitespace().nth(MANY_WORDS - 1).is_some() {
            return true;
        }
        let (repeated, others): (Vec<_>, Vec<_>) = words(sentence).partition(|word| is_known(word));
        repeated.len() < least || others.iter().any(|word| !FILLERS.contains(&word.as_str()))
    };
    let mut kept = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        for sentence in line.split_inclusive(". ") {
            if says_something(sentence) {
                kept.push_str(sentence);
            }
        }
    }
    kept.truncate(kept.trim_end().len());
    kept
}

/// The words of a text or of an identifier, in lower case.
fn words(text: &str) -> impl Iterator<Item = String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut was_lower = false;
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        // A capital begins a word behind a small letter, and in `ABlock`, and doesn't in `API`.
        let begins_small = letters.peek().is_some_and(|next| next.is_lowercase());
        let starts_word = letter.is_uppercase() && (was_lower || begins_small);
        if (starts_word || !letter.is_alphanumeric()) && !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        if letter.is_alphanumeric() {
            word.extend(letter.to_lowercase());
        } else if !letter.is_whitespace() && !"_-.,;:'\"`()|".contains(letter) {
            // A sign that isn't mere punctuation means something.
            words.push(letter.to_string());
        }
        was_lower = letter.is_lowercase();
    }
    words.extend((!word.is_empty()).then_some(word));
    words.into_iter()
}

/// The words of the literals that a type is made of.
fn collect_literals(ty: &Type, found: &mut BTreeSet<String>) {
    match ty {
        Type::Literal(value) => found.extend(words(&value.to_string())),
        Type::Union(members) => {
            for member in members {
                collect_literals(&member.ty, found);
            }
        }
        Type::Array(item) => collect_literals(item, found),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::Style;
    use crate::listed::{Listed, said};

    #[test]
    fn a_sentence_that_only_repeats_a_function_s_name_is_left_out() {
        for (name, docs, expected) in [
            (
                "deleteABlock",
                "N | Delete a block.\nNot for pages.",
                "Not for pages.",
            ),
            ("getUser", "One user of n.", "One user of n."),
            ("getUser", "Get the users.", "Get the users."),
        ] {
            let (text, _) =
                Listed::of(json!([{ "name": name, "description": docs }])).declare(Style::Compact);
            let (_, said) = text.split_once("// ").unwrap_or_default();
            assert_eq!(said.lines().next(), Some(expected), "{text}");
        }
    }

    #[test]
    fn a_sentence_that_only_repeats_what_is_around_it_is_left_out() {
        for (name, schema, description, expected) in [
            (
                "title",
                json!({ "type": "string" }),
                "The pull request title",
                "",
            ),
            (
                "draft",
                json!({ "type": "boolean" }),
                "Whether to create the pull request as a draft",
                "",
            ),
            (
                "title",
                json!({ "type": "string" }),
                "The title of the pull request to create a pull request with",
                "The title of the pull request to create a pull request with",
            ),
            (
                "files",
                json!({ "type": "array" }),
                "List of the files of pull requests.",
                "",
            ),
            (
                "files",
                json!({ "type": "string" }),
                "List of files",
                "List of files",
            ),
            (
                "title",
                json!({ "type": "string" }),
                "The issue title",
                "The issue title",
            ),
        ] {
            let mut schema = schema;
            schema["description"] = description.into();
            let tools = json!([{ "name": "createPullRequest", "inputSchema": { "type": "object", "properties": { name: schema } } }]);
            let (text, _) = Listed::of(tools).declare(Style::Compact);
            let (_, said) = text.split_once("// ").unwrap_or_default();
            assert_eq!(
                said.lines().next().unwrap_or_default(),
                expected,
                "{description}"
            );
        }
    }

    #[test]
    fn a_sentence_that_says_nothing_new_is_left_out() {
        let words = json!({ "type": "string", "enum": ["low", "high"] });
        let cases = [
            (json!({ "type": "number" }), "The page size", ""),
            (
                json!({ "type": "number" }),
                "The page's size",
                "The page's size",
            ),
            (
                json!({ "type": "number" }),
                "The page size, > 1",
                "The page size, > 1",
            ),
            (json!({ "type": "number" }), "The page size, optional", ""),
            (
                json!({ "type": "number" }),
                "The page size is required",
                "The page size is required",
            ),
            (
                words.clone(),
                "Can be 'low' or 'high'. Low is slow.",
                "Low is slow.",
            ),
            (
                words,
                "Low is for pages. Can be `low` or `high`.",
                "Low is for pages.",
            ),
        ];
        for (mut schema, description, expected) in cases {
            schema["description"] = description.into();
            assert_eq!(said(&schema), expected, "{description}");
        }
    }
}
