//! Types: on one line where they fit and have no docs, else opened up.

use std::fmt::Write as _;

use super::comments;
use super::flat::{Context, index_type, is_map_of_named, needs_parentheses, property_name};
use super::printer::{Printer, Style, WIDTH};
use crate::model::{Member, Object, Property, Rest, Tuple, Type};

impl Printer<'_> {
    /// The right side of `type X =`.
    pub(super) fn alias(&mut self, ty: &Type) {
        let space = if self.is_compact() { "" } else { " " };
        let Type::Union(members) = ty else {
            self.text.push_str(space);
            self.ty(ty, Context::Free);
            return;
        };
        if !contains_docs(ty) {
            let start = self.text.len();
            self.text.push_str(space);
            if self.flat(ty, Context::Free, 2) {
                return;
            }
            self.text.truncate(start);
        }
        self.members(members);
    }

    /// A union with a line for each member.
    fn members(&mut self, members: &[Member]) {
        let space = if self.is_compact() { "" } else { " " };
        self.depth += 1;
        for member in members {
            self.text
                .truncate(self.text.trim_end_matches([' ', '\n']).len());
            self.text.push('\n');
            self.docs_of_member(member);
            self.indent();
            self.text.push('|');
            self.text.push_str(space);
            // What opens up stands to the right of the bar.
            self.depth += 1;
            self.ty(&member.ty, Context::Union);
            self.depth -= 1;
            self.trailing_docs(&member.docs);
        }
        self.depth -= 1;
        if self.is_compact() && members.iter().any(|member| !member.docs.is_empty()) {
            // What follows must not become a part of the last comment.
            self.text.push('\n');
        }
    }

    fn docs_of_member(&mut self, member: &Member) {
        if self.style == Style::Readable {
            self.docs(&member.docs);
        }
    }

    fn trailing_docs(&mut self, docs: &crate::model::Docs) {
        if self.is_compact() && !docs.is_empty() {
            let _ = write!(self.text, " // {}", comments::one_line(docs));
        }
    }

    /// A type in its place.
    pub(super) fn ty(&mut self, ty: &Type, context: Context) {
        if !contains_docs(ty) && self.flat(ty, context, 1) {
            return;
        }
        // One bar can't stand behind another one.
        let has_bars = matches!(ty, Type::Union(members) if are_documented(members));
        let parentheses = needs_parentheses(ty, context) || has_bars && context == Context::Union;
        if parentheses {
            self.text.push('(');
        }
        match ty {
            Type::Object(object) if !object.properties.is_empty() || is_map_of_named(object) => {
                self.object(object);
            }
            Type::Object(object) => self.record(object),
            Type::Array(item) if matches!(**item, Type::Object(_)) => {
                self.ty(item, Context::Item);
                self.text.push_str("[]");
            }
            Type::Array(item) => {
                self.text.push_str("Array<");
                self.ty(item, Context::Free);
                self.text.push('>');
            }
            Type::Tuple(tuple) => self.tuple(tuple),
            Type::Union(members) if has_bars => self.members(members),
            Type::Union(members) => {
                self.operands(members.iter().map(|member| &member.ty), "|", Context::Union);
            }
            Type::Intersection(parts) => self.operands(parts.iter(), "&", Context::Intersection),
            _ => {
                let mut text = String::new();
                self.write(ty, Context::Free, &mut text, usize::MAX);
                self.text.push_str(&text);
            }
        }
        if parentheses {
            self.text.push(')');
        }
    }

    /// Operands that don't fit into one line.
    fn operands<'t>(
        &mut self,
        operands: impl Iterator<Item = &'t Type>,
        operator: &str,
        context: Context,
    ) {
        let space = if self.is_compact() { "" } else { " " };
        for (position, operand) in operands.enumerate() {
            if position > 0 {
                if !self.is_compact() && self.column() > WIDTH * 3 / 4 {
                    self.text.push('\n');
                    self.depth += 1;
                    self.indent();
                    self.depth -= 1;
                } else {
                    self.text.push_str(space);
                }
                self.text.push_str(operator);
                self.text.push_str(space);
            }
            self.ty(operand, context);
        }
    }

    fn tuple(&mut self, tuple: &Tuple) {
        self.text.push('[');
        for (position, item) in tuple.items.iter().enumerate() {
            if position > 0 {
                self.text.push_str(", ");
            }
            let optional = position >= tuple.required;
            self.ty(
                item,
                if optional {
                    Context::Item
                } else {
                    Context::Free
                },
            );
            if optional {
                self.text.push('?');
            }
        }
        if let Some(rest) = &tuple.rest {
            self.text.push_str(if tuple.items.is_empty() {
                "..."
            } else {
                ", ..."
            });
            self.ty(rest, Context::Item);
            self.text.push_str("[]");
        }
        self.text.push(']');
    }

    fn record(&mut self, object: &Object) {
        self.text.push_str("Record<string, ");
        match &object.rest {
            Rest::Typed(ty) => self.ty(ty, Context::Free),
            Rest::Open => self.text.push_str("unknown"),
            Rest::Closed => self.text.push_str("never"),
        }
        self.text.push('>');
    }

    /// An object with a line for each property.
    pub(super) fn object(&mut self, object: &Object) {
        self.text.push_str("{\n");
        self.depth += 1;
        for property in &object.properties {
            if self.style == Style::Readable {
                self.docs(&property.docs);
            }
            self.indent();
            self.property_head(property);
            let members_have_lines =
                matches!(&property.ty, Type::Union(members) if are_documented(members));
            if members_have_lines {
                self.trailing_docs(&property.docs);
            }
            self.ty(&property.ty, Context::Free);
            self.text.push_str(self.semicolon());
            if !members_have_lines {
                self.trailing_docs(&property.docs);
            }
            if !self.text.ends_with('\n') {
                self.text.push('\n');
            }
        }
        if let Some(rest) = index_type(object) {
            self.indent();
            self.text.push_str(self.key());
            self.ty(&rest, Context::Free);
            self.text.push_str(self.semicolon());
            self.text.push('\n');
        }
        self.depth -= 1;
        self.indent();
        self.text.push('}');
    }

    fn property_head(&mut self, property: &Property) {
        let head = format!("{}{}", property_name(property), self.colon());
        self.text.push_str(&head);
    }
}

/// Whether printing the type on one line would lose docs.
fn contains_docs(ty: &Type) -> bool {
    match ty {
        Type::Object(object) => {
            let named = object.properties.iter();
            named
                .clone()
                .any(|property| !property.docs.is_empty() || contains_docs(&property.ty))
                || matches!(&object.rest, Rest::Typed(rest) if contains_docs(rest))
        }
        Type::Array(item) => contains_docs(item),
        Type::Tuple(tuple) => {
            tuple.items.iter().any(contains_docs)
                || tuple.rest.as_deref().is_some_and(contains_docs)
        }
        Type::Intersection(parts) => parts.iter().any(contains_docs),
        Type::Union(members) => {
            are_documented(members) || members.iter().any(|member| contains_docs(&member.ty))
        }
        _ => false,
    }
}

fn are_documented(members: &[Member]) -> bool {
    members.iter().any(|member| !member.docs.is_empty())
}
