//! Unions: one of several, each said once.

use std::collections::HashSet;

use crate::model::{Docs, Member, Type};

/// A member without docs.
pub(crate) fn plain(ty: Type) -> Member {
    Member {
        docs: Docs::default(),
        ty,
    }
}

/// One of several: without unions inside, repetitions, or members that another one covers.
pub(crate) fn unite(members: Vec<Member>) -> Type {
    let mut flat: Vec<Member> = Vec::new();
    // Of literals there can be very many, so each is looked up and not compared with all that are there.
    let mut literals = HashSet::new();
    let mut wide: Vec<Type> = Vec::new();
    for member in members {
        let inner = match member.ty {
            Type::Union(inner) if member.docs.is_empty() => inner,
            Type::Never => continue,
            Type::Unknown => return Type::Unknown,
            _ => vec![member],
        };
        for member in inner {
            if let Type::Literal(value) = &member.ty {
                let is_new = literals.insert(value.to_string());
                if is_new && !wide.iter().any(|known| covers(known, &member.ty)) {
                    flat.push(member);
                }
            } else if !flat.iter().any(|known| covers(&known.ty, &member.ty)) {
                flat.retain(|known| !(known.docs.is_empty() && covers(&member.ty, &known.ty)));
                if matches!(member.ty, Type::String | Type::Number | Type::Boolean) {
                    wide.push(member.ty.clone());
                }
                flat.push(member);
            }
        }
    }
    match flat.len() {
        0 => Type::Never,
        1 if flat[0].docs.is_empty() => flat.remove(0).ty,
        _ => Type::Union(flat),
    }
}

/// Whether every value of `narrow` is one of `wide`, as far as it can be seen at a glance.
pub(super) fn covers(wide: &Type, narrow: &Type) -> bool {
    wide == narrow
        || match (wide, narrow) {
            (Type::String, Type::Literal(value)) => value.is_string(),
            (Type::Number, Type::Literal(value)) => value.is_number(),
            (Type::Boolean, Type::Literal(value)) => value.is_boolean(),
            _ => false,
        }
}
