//! `docs/types.md`: where the zoo and its declarations are, page by page, and the exceptions.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::exceptions::{Narrower, Wider, WiderThanSchema};
use crate::lost::LOST;
use crate::subject::{declare, function_name, tool};
use crate::zoo::topics;

const HEAD: &str = "\
# Rust in, TypeScript out

What a tool's parameter `value` of each type, and a result of it, is declared as. Everything here is printed by the tests, \
which also prove it: for many thousand values of these types, what serde reads `tsc` accepts, what `tsc` accepts serde reads, \
and what serde writes `tsc` accepts, but for [the exceptions](#where-a-declaration-and-a-call-differ) below.

Every type derives `JsonSchema` and what it needs of `Deserialize` and `Serialize`.
";

const CONTENTS: &str = "
## Construct by construct

| page | types on it |
|---|---|
";

/// The pages, by their paths below `docs`: first the one that names the others.
///
/// # Errors
///
/// If a type can't be declared.
pub fn types() -> Result<Vec<(String, String)>, String> {
    let mut index = format!("{HEAD}{CONTENTS}");
    let mut pages = Vec::new();
    for topic in topics() {
        let path = format!("types/{}.md", file_name(topic.title));
        let mut types: Vec<String> = Vec::new();
        let mut text = format!(
            "# {}\n\nA page of [Rust in, TypeScript out](../types.md).\n",
            topic.title
        );
        let items = items(topic.source);
        let mut shown = BTreeSet::new();
        for entry in topic.entries {
            let title = format!("`{}`", entry.rust);
            if types.contains(&title) {
                continue;
            }
            let rust = needed(&entry.rust, &items, &mut shown);
            let _ = write!(text, "\n## {title}\n\n");
            types.push(title);
            if !rust.is_empty() {
                let _ = write!(text, "```rust\n{}\n```\n\n", rust.join("\n\n"));
            }
            let name = function_name(&entry.rust);
            let declared = declare(vec![tool(
                "n",
                &name,
                entry.input_schema(),
                entry.output_schema(),
            )])?;
            let _ = write!(text, "```ts\n{}```\n", without_namespace(&declared));
        }
        let types = types.join(", ").replace('|', "\\|");
        let _ = writeln!(index, "| [{}]({path}) | {types} |", topic.title);
        pages.push((path, text));
    }
    exceptions(&mut index);
    pages.insert(0, ("types.md".to_owned(), index));
    Ok(pages)
}

/// A title as the name of a file.
fn file_name(title: &str) -> String {
    let words = title.split(|letter: char| !letter.is_alphanumeric());
    let words: Vec<String> = words
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    words.join("-")
}

fn exceptions(text: &mut String) {
    text.push_str("\n## Where a declaration and a call differ\n\n### A call refuses what the type accepts\n\n");
    text.push_str("TypeScript has no type for these. The tag in the doc comment says it, and the error of the call does.\n\n");
    for (exception, docs) in Wider::ALL {
        let _ = writeln!(text, "- **{exception:?}**: {}", docs.trim());
    }
    text.push_str("\nSchemas of tools that aren't Rust's have more that no type can say:\n\n");
    for (exception, docs) in WiderThanSchema::ALL {
        let _ = writeln!(text, "- **{exception:?}**: {}", docs.trim());
    }
    text.push_str("\n### The type refuses what a call would accept\n\nOn purpose: it is seldom meant, and there is another way to say it.\n\n");
    for (exception, docs) in Narrower::ALL {
        let _ = writeln!(text, "- **{exception:?}**: {}", docs.trim());
    }
    text.push_str("\n### What schemars doesn't tell\n\nThe schema is all that is known of a type. Not in it, or not as serde does it:\n\n");
    for lost in LOST {
        let types: Vec<_> = lost.types.iter().map(|ty| format!("`{ty}`")).collect();
        let _ = writeln!(text, "- {} ({})", lost.what, types.join(", "));
    }
    text.push_str(
        "- The note of `#[deprecated = \"…\"]` on a field or a variant: `@deprecated` stands alone. That of a tool is kept.\n\
         - The parameters of a generic type: each instance is a type of its own, such as `Page_for_Item`.\n",
    );
    text.push_str(
        "\n### What JSON doesn't carry\n\n\
         - The sign of a zero in an argument: `-0` arrives as `0`. In a result, `-0.0` stays what it is.\n\
         - Two properties of one name, as a flattened map can make them, are no object in JavaScript: such a result is refused.\n\
         - A `Uint8Array`, and a bigint of more than 64 bits, for a parameter that takes any JSON, such as a `serde_json::Value`: both \
         are refused. Behind serde's buffer (`flatten`, `tag`, `untagged`) only a `codemode_runtime::BigInt` reads a bigint beyond \
         ±9,007,199,254,740,991, and only a `codemode_runtime::Bytes` a `Uint8Array`.\n\
         - The text of a `serde_json::value::RawValue` behind serde's buffer: such an argument is refused. In a result, what JavaScript \
         would read as something else is refused in it as anywhere.\n\
         - A property of an argument whose name starts with `$serde_json::private::`, which features of serde_json take for their own: \
         such an argument is refused.\n",
    );
    text.push_str(
        "\n### What is said of JSON Schemas alone\n\n\
         - A schema with keywords of objects (`properties`, `required`, …) or of arrays (`items`, …) and without `type` is read as \
         one of objects, or of arrays. By the letter it says nothing of other values.\n\
         - An object that has none of the properties of a type in which all are optional: TypeScript takes it for a mistake.\n\
         - `not` (but for the tag), `dependentRequired`, `contains`, `if` itself, and that of a `oneOf` only one may hold are not \
         in the type: it is wider, never narrower.\n\
         - What a list of tools says that no schema can, such as `\"type\": \"date\"`, a `$ref` to another document or an empty \
         `enum`, is left out: the type is `unknown` there, or what the rest of the schema says, and `@schema` has what was written. \
         `int`, `float`, `str`, `bool`, `dict`, `list` and the types' own names in other letters are read as what they mean. Words of \
         draft 3, draft 4 and OpenAPI are read as those of today. In a Rust crate such a schema is an error.\n",
    );
    text.push_str(
        "\n## Types without a name\n\n\
         One that is longer than a line, with its comments, and stands in several places is declared once, and called by its \
         role: an item of `entities` is an `Entity`, a property `address` an `Address`, the result of `getOrder` an `Order`. \
         Where something else is called so, what it belongs to stands in front, as in `OrderItem`. What is shorter stays where \
         it is. Letters that a reader wouldn't see, such as control characters and marks of direction, are written out.\n",
    );
    text.push_str(
        "\n## The compact style\n\n\
         `Catalogue::compact` and `emit-dts --compact` print the same types for prompts, and say the rest in words behind a \
         text: `integer 1–366, default 30`, `>=1` and `<5` for bounds, `1–5 items`, `not empty`, `e.g. \"a\"`, `/…/` for a \
         pattern, a format by its name, and `items: uuid` for what is inside. `see notes A,C–E` leads to the lines at the top \
         of its namespace that begin with `note A:` and so on, which several comments share, and `its schema says` comes before \
         what no schema can say. Where there are many functions, `P` is declared as a `Promise`. Types that are used once stand \
         where they are used, properties that several objects have are parts with a name, unless they are hardly longer than \
         that, and a comment that only puts together what its function, its namespace, the properties around it, its type and \
         its default are called is left out. An enumeration of more than 100 values and 1,000 characters is a `string`, with \
         `one of 2500, such as …` in the comment; a script is still checked against all values.\n",
    );
}

/// The structs and enums of a file, each with its name and attributes.
fn items(source: &str) -> Vec<(String, String)> {
    let lines: Vec<&str> = source.lines().collect();
    let mut items = Vec::new();
    for (start, line) in lines.iter().enumerate() {
        let Some(rest) = line
            .strip_prefix("struct ")
            .or_else(|| line.strip_prefix("enum "))
        else {
            continue;
        };
        let name: String = rest
            .chars()
            .take_while(|character| character.is_alphanumeric())
            .collect();
        let before = lines[..start]
            .iter()
            .rev()
            .take_while(|line| line.starts_with("#[") || line.starts_with("///"));
        let first = start - before.count();
        let end = (start..lines.len())
            .find(|end| lines[*end] == "}" || lines[*end].ends_with([';', '}']) && *end == start);
        let text = &lines[first..=end.unwrap_or(start)];
        let text: Vec<&str> = text
            .iter()
            .filter(|line| !line.starts_with("#[derive"))
            .copied()
            .collect();
        items.push((name, text.join("\n")));
    }
    items
}

/// The definitions that a reader needs for a type and hasn't seen.
fn needed<'a>(
    rust: &str,
    items: &'a [(String, String)],
    shown: &mut BTreeSet<&'a str>,
) -> Vec<&'a str> {
    let mut found = Vec::new();
    let mut open = vec![rust];
    while let Some(text) = open.pop() {
        let words: BTreeSet<&str> = text
            .split(|character: char| !character.is_alphanumeric())
            .collect();
        for (name, item) in items {
            if words.contains(name.as_str()) && shown.insert(name) {
                found.push(item.as_str());
                open.push(item);
            }
        }
    }
    found
}

/// What stands inside of the only namespace.
fn without_namespace(declarations: &str) -> String {
    let inside = declarations.lines().skip(1).take_while(|line| *line != "}");
    inside.fold(String::new(), |text, line| {
        text + line.strip_prefix("  ").unwrap_or(line) + "\n"
    })
}
