//! Types on one line.

use super::printer::{Printer, WIDTH};
use super::quoted::quoted;
use crate::algebra::{plain, unite};
use crate::model::{Object, Property, Rest, Tuple, Type};
use crate::names;

/// What surrounds a type, which decides whether it needs parentheses.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Context {
    Free,
    /// Before `[]`.
    Item,
    Union,
    Intersection,
}

impl Printer<'_> {
    /// Puts the type on one line if there is room for it and for `more` characters behind it, and says whether there is. Gives
    /// up as soon as that shows, so that a large type isn't printed once for every type around it.
    pub(super) fn flat(&mut self, ty: &Type, context: Context, more: usize) -> bool {
        let room = if self.is_compact() {
            usize::MAX
        } else {
            self.text.len() + WIDTH.saturating_sub(self.column() + more)
        };
        let start = self.text.len();
        let mut text = std::mem::take(&mut self.text);
        let fits = self.write(ty, context, &mut text, room);
        if !fits {
            text.truncate(start);
        }
        self.text = text;
        fits
    }

    /// Appends the type without docs, and returns whether `text` is no longer than `room` then.
    pub(super) fn write(
        &self,
        ty: &Type,
        context: Context,
        text: &mut String,
        room: usize,
    ) -> bool {
        if text.len() > room {
            return false;
        }
        let parentheses = needs_parentheses(ty, context);
        if parentheses {
            text.push('(');
        }
        let (comma, bar, and) = if self.is_compact() {
            (",", "|", "&")
        } else {
            (", ", " | ", " & ")
        };
        let fits = match ty {
            Type::Unknown => push(text, "unknown"),
            Type::Never => push(text, "never"),
            Type::Null => push(text, "null"),
            Type::Undefined => push(text, "undefined"),
            Type::Inherited(name) => push(text, &format!("Object[\"{name}\"]")),
            Type::Boolean => push(text, "boolean"),
            Type::Number => push(text, "number"),
            Type::String => push(text, "string"),
            Type::BigInt => push(text, "bigint"),
            Type::Bytes => push(text, "Uint8Array"),
            Type::Literal(value) => push(text, &quoted(value)),
            Type::Named(index) => push(text, &self.declarations[*index].name),
            Type::Array(item) => self.write(item, Context::Item, text, room) && push(text, "[]"),
            Type::Tuple(tuple) => self.write_tuple(tuple, comma, text, room),
            Type::Object(object) => self.write_object(object, text, room),
            Type::Union(members) => {
                let members = members.iter().map(|member| &member.ty);
                self.write_all(members, bar, Context::Union, text, room)
            }
            Type::Intersection(parts) => {
                self.write_all(parts.iter(), and, Context::Intersection, text, room)
            }
        };
        if parentheses {
            text.push(')');
        }
        fits && text.len() <= room
    }

    fn write_all<'t>(
        &self,
        types: impl Iterator<Item = &'t Type>,
        separator: &str,
        context: Context,
        text: &mut String,
        room: usize,
    ) -> bool {
        for (position, ty) in types.enumerate() {
            if position > 0 {
                text.push_str(separator);
            }
            if !self.write(ty, context, text, room) {
                return false;
            }
        }
        true
    }

    fn write_tuple(&self, tuple: &Tuple, comma: &str, text: &mut String, room: usize) -> bool {
        text.push('[');
        for (position, item) in tuple.items.iter().enumerate() {
            if position > 0 {
                text.push_str(comma);
            }
            let optional = position >= tuple.required;
            let context = if optional {
                Context::Item
            } else {
                Context::Free
            };
            if !self.write(item, context, text, room) {
                return false;
            }
            if optional {
                text.push('?');
            }
        }
        if let Some(rest) = &tuple.rest {
            text.push_str(if tuple.items.is_empty() { "" } else { comma });
            text.push_str("...");
            if !self.write(rest, Context::Item, text, room) {
                return false;
            }
            text.push_str("[]");
        }
        push(text, "]")
    }

    fn write_object(&self, object: &Object, text: &mut String, room: usize) -> bool {
        let (open, separator, close) = if self.is_compact() {
            ("{", ",", "}")
        } else {
            ("{ ", "; ", " }")
        };
        if object.properties.is_empty() && !is_map_of_named(object) {
            text.push_str(if self.is_compact() {
                "Record<string,"
            } else {
                "Record<string, "
            });
            let fits = match &object.rest {
                Rest::Typed(ty) => self.write(ty, Context::Free, text, room),
                Rest::Open => push(text, "unknown"),
                Rest::Closed => push(text, "never"),
            };
            return fits && push(text, ">");
        }
        text.push_str(open);
        for (position, property) in object.properties.iter().enumerate() {
            if position > 0 {
                text.push_str(separator);
            }
            text.push_str(&property_name(property));
            text.push_str(self.colon());
            if !self.write(&property.ty, Context::Free, text, room) {
                return false;
            }
        }
        if let Some(rest) = index_type(object) {
            if !object.properties.is_empty() {
                text.push_str(separator);
            }
            text.push_str(self.key());
            if !self.write(&rest, Context::Free, text, room) {
                return false;
            }
        }
        push(text, close)
    }
}

fn push(text: &mut String, more: &str) -> bool {
    text.push_str(more);
    true
}

pub(super) fn needs_parentheses(ty: &Type, context: Context) -> bool {
    match ty {
        Type::Union(_) => matches!(context, Context::Item | Context::Intersection),
        Type::Intersection(_) => context == Context::Item,
        _ => false,
    }
}

/// The type of an index signature beside named properties: it covers those as well, or TypeScript refuses the object.
pub(super) fn index_type(object: &Object) -> Option<Type> {
    let Rest::Typed(rest) = &object.rest else {
        return None;
    };
    let named = object
        .properties
        .iter()
        .map(|property| plain(property.ty.clone()));
    let optional = object.properties.iter().any(|property| property.optional);
    let absent = optional.then(|| plain(Type::Undefined));
    Some(unite(
        std::iter::once(plain(rest.as_ref().clone()))
            .chain(named)
            .chain(absent)
            .collect(),
    ))
}

/// Whether it is a map whose values have a name. Were the name that of the type which the map is in, TypeScript would take
/// a `Record` for a circle, and not an index signature.
pub(super) fn is_map_of_named(object: &Object) -> bool {
    object.properties.is_empty() && matches!(&object.rest, Rest::Typed(ty) if mentions_name(ty))
}

fn mentions_name(ty: &Type) -> bool {
    match ty {
        Type::Named(_) => true,
        Type::Array(item) => mentions_name(item),
        Type::Tuple(tuple) => {
            tuple.items.iter().any(mentions_name)
                || tuple.rest.as_deref().is_some_and(mentions_name)
        }
        Type::Union(members) => members.iter().any(|member| mentions_name(&member.ty)),
        Type::Intersection(parts) => parts.iter().any(mentions_name),
        Type::Object(object) => is_map_of_named(object),
        _ => false,
    }
}

pub(super) fn property_name(property: &Property) -> String {
    let mark = if property.optional { "?" } else { "" };
    if property.name == "__proto__" {
        // Written plainly, it sets an object's prototype: a model writes a property as it is declared.
        format!("[\"__proto__\"]{mark}")
    } else if names::is_identifier(&property.name) {
        format!("{}{mark}", property.name)
    } else {
        format!("{}{mark}", quoted(&property.name.as_str().into()))
    }
}
