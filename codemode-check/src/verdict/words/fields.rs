//! The fields of what the compiler names, told where another one was asked for.

use codemode_script::Script;

use super::members::{bracketed, field, in_braces, split};
use crate::types::{CatalogueTypes, TypesFile};

/// How many names are listed.
const MAX_NAMES: usize = 12;

/// How long a type in braces may be before its fields are told by their names alone, in bytes.
const MAX_TYPE: usize = 60;

/// The fields of an object, with their types.
#[derive(Debug)]
struct Fields<'t> {
    fields: Vec<(&'t str, &'t str)>,
    /// How many the compiler has left out.
    more: usize,
}

/// What to say instead of `Property 'a' does not exist on type 'T'.`, where the fields of `T` are known. They are listed unless there
/// is something better to say.
pub(in crate::verdict) fn no_such_property(
    text: &str,
    types: &CatalogueTypes,
    script: &Script,
    is_listed: bool,
) -> Option<String> {
    let rest = text.strip_prefix("Property '")?;
    let (property, rest) = rest.split_once("' does not exist on type '")?;
    let (ty, suggestion) = match rest.split_once("'. Did you mean '") {
        Some((ty, suggestion)) => (ty, suggestion.strip_suffix("'?")),
        None => (rest.strip_suffix("'.")?, None),
    };
    let files = types.files(script.names());
    let texts: Vec<&str> = files.iter().map(|file| file.text.as_ref()).collect();
    let (one, is_list) = element(ty);
    let Some((forms, may_be_nothing)) = Fields::of_forms(one, &texts, script) else {
        let homes = homes(one, &files, script).filter(|_| suggestion.is_none())?;
        return Some(format!(
            "Property '{property}' does not exist on type '{ty}' ({homes})."
        ));
    };
    let subject = match (one.contains('{'), is_list) {
        (false, _) => format!("type '{ty}'"),
        (true, false) => "this object".to_owned(),
        (true, true) => "this list".to_owned(),
    };
    let told = format!("Property '{property}' does not exist on {subject}");
    if let Some(suggestion) = suggestion {
        return Some(format!("{told}. Did you mean '{suggestion}'?"));
    }
    if !is_listed {
        return Some(format!("{told}."));
    }
    let has = has(&forms);
    let hint = match sometimes(property, &forms) {
        _ if is_list => format!("each of its elements has {has}"),
        Some(hint) => hint,
        None if may_be_nothing && forms.iter().all(|form| form.has(property)) => {
            "which may be missing itself: `?? {}` is for that".to_owned()
        }
        None => format!("it has {has}"),
    };
    Some(format!("{told} ({hint})."))
}

/// The fields of a type that several namespaces have, each with others.
fn homes(name: &str, files: &[TypesFile], script: &Script) -> Option<String> {
    let of_file = |file: &TypesFile| {
        let fields = Fields::of_interface(name, &[&file.text], script.module())?;
        let namespace = file.name.rsplit('/').next()?.strip_suffix(".d.ts")?;
        Some(format!("in `{namespace}` it has {}", fields.listed()))
    };
    let homes: Vec<String> = files.iter().filter_map(of_file).collect();
    (homes.len() > 1).then(|| homes.join("; "))
}

/// The names of the fields of a type.
pub(in crate::verdict) fn listed(
    ty: &str,
    types: &CatalogueTypes,
    script: &Script,
) -> Option<String> {
    let files = types.files(script.names());
    let texts: Vec<&str> = files.iter().map(|file| file.text.as_ref()).collect();
    let (forms, _) = Fields::of_forms(ty, &texts, script)?;
    Some(has(&forms))
}

fn has(forms: &[Fields<'_>]) -> String {
    let listed: Vec<String> = forms.iter().map(Fields::listed).collect();
    listed.join(", or ")
}

/// When an object has a property that only some of its forms have.
fn sometimes(property: &str, forms: &[Fields<'_>]) -> Option<String> {
    let (with, without): (Vec<_>, Vec<_>) = forms.iter().partition(|form| form.has(property));
    let first = with.first().filter(|_| !without.is_empty())?;
    let literal = |form: &Fields<'_>, name| {
        let ty = form.ty(name).unwrap_or_default();
        ty.starts_with('"').then(|| ty.to_owned())
    };
    let tag = first.fields.iter().map(|(name, _)| *name).find(|name| {
        let of_others: Vec<_> = without.iter().map(|form| literal(form, name)).collect();
        let mut own = with.iter().map(|form| literal(form, name));
        own.all(|own| own.is_some() && !of_others.contains(&own))
            && of_others.iter().all(Option::is_some)
    });
    Some(match tag {
        Some(tag) => {
            let values: Vec<String> = with.iter().filter_map(|form| literal(form, tag)).collect();
            format!(
                "it has that only where `{tag}` is {}: ask for this first",
                values.join(" or ")
            )
        }
        None => format!("only some of its forms have that: ask `\"{property}\" in …` first"),
    })
}

/// What a list has, and whether it is one.
fn element(ty: &str) -> (&str, bool) {
    let Some(one) = ty.strip_suffix("[]") else {
        return (ty, false);
    };
    let inside = one
        .strip_prefix('(')
        .and_then(|inside| inside.strip_suffix(')'));
    (inside.unwrap_or(one), true)
}

/// A message in which long types in braces are told by the names of their fields, and a type of the check by a known one.
pub(in crate::verdict) fn shortened(text: &str) -> String {
    let mut short = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find("{ ") {
        let (before, from) = rest.split_at(start);
        let (object, behind) = from.split_at(bracketed(from));
        short.push_str(before);
        match Fields::of_object(object).filter(|_| object.len() > MAX_TYPE) {
            Some(fields) => {
                short.push_str("{ ");
                short.push_str(&fields.listed());
                short.push_str(" }");
            }
            None => short.push_str(object),
        }
        rest = behind;
    }
    short.push_str(rest);
    let start = short.chars().next().map_or(0, char::len_utf8);
    let first = short[..start].to_uppercase();
    // See `world.d.ts`.
    first + &short[start..].replace("__Groups<", "Map<")
}

impl<'t> Fields<'t> {
    /// Of all forms of a type, and whether there may be nothing.
    fn of_forms(ty: &'t str, texts: &[&'t str], script: &Script) -> Option<(Vec<Self>, bool)> {
        let forms = split(ty, '|');
        let (nothing, objects): (Vec<&str>, Vec<&str>) = forms
            .into_iter()
            .partition(|form| ["null", "undefined"].contains(form));
        let fields = objects.into_iter().map(|form| {
            Self::of_object(form).or_else(|| Self::of_interface(form, texts, script.module()))
        });
        let fields: Vec<Self> = fields.collect::<Option<_>>()?;
        (!fields.is_empty()).then_some((fields, !nothing.is_empty()))
    }

    /// Of an object type as the compiler prints it, such as `{ a: string; ... 2 more ...; b?: number; }`.
    fn of_object(ty: &'t str) -> Option<Self> {
        let members = split(in_braces(ty)?, ';');
        let fields: Vec<_> = members.iter().filter_map(|member| field(member)).collect();
        let left_out = members.iter().filter_map(|member| {
            let number = member.strip_prefix("... ")?.strip_suffix(" more ...")?;
            number.parse::<usize>().ok()
        });
        (!fields.is_empty()).then(|| Self {
            more: left_out.sum(),
            fields,
        })
    }

    /// Of an interface among declarations, if they have one of the name, and the script has none of its own.
    fn of_interface(name: &str, declarations: &[&'t str], script: &str) -> Option<Self> {
        let head = format!("interface {name} {{");
        let own = ["interface ", "class ", "type "].map(|keyword| format!("{keyword}{name}"));
        if own.iter().any(|own| script.contains(own)) {
            return None;
        }
        let mut found = declarations.iter().flat_map(|text| {
            let lines: Vec<&'t str> = text.lines().collect();
            let heads = lines
                .iter()
                .enumerate()
                .filter(|(_, line)| line.trim_start().trim_start_matches("declare ") == head);
            heads
                .map(|(number, line)| Self::inside(&lines[number + 1..], depth(line)))
                .collect::<Vec<_>>()
        });
        let fields = found.next()?;
        // Which of two namespaces it comes from, the compiler doesn't say.
        let is_sure = found.all(|other| other.fields == fields.fields);
        (is_sure && !fields.fields.is_empty()).then_some(fields)
    }

    /// Of an interface, from the lines behind its first one, which stands so far to the right.
    fn inside(lines: &[&'t str], indent: usize) -> Self {
        let inside = lines
            .iter()
            .take_while(|line| depth(line) > indent || line.is_empty());
        // What is deeper belongs to the type of a field.
        let members = inside.filter(|line| depth(line) == indent + 2);
        Self {
            fields: members
                .map(|line| line.trim_start().trim_end_matches(';'))
                .filter(|line| !line.starts_with(['/', '*', '}', ')', ']']))
                .filter_map(field)
                .collect(),
            more: 0,
        }
    }

    fn has(&self, name: &str) -> bool {
        self.ty(name).is_some()
    }

    fn ty(&self, name: &str) -> Option<&'t str> {
        let mut fields = self.fields.iter();
        fields.find(|(known, _)| *known == name).map(|(_, ty)| *ty)
    }

    fn listed(&self) -> String {
        let names = self.fields.iter().map(|(name, _)| *name);
        let names: Vec<&str> = names.take(MAX_NAMES).collect();
        let names = names.join(", ");
        match self.fields.len().saturating_sub(MAX_NAMES) + self.more {
            0 => names,
            more => format!("{names} and {more} more"),
        }
    }
}

fn depth(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}
