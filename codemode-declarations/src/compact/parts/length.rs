//! About how long types are in print.

use crate::model::{Docs, Property, Rest, Type};

/// About how many characters a property takes in print.
pub(super) fn length(property: &Property) -> usize {
    let tags = property.docs.tags.iter();
    let tags: usize = tags.map(|(tag, value)| tag.len() + value.len() + 2).sum();
    let separators = if property.docs.is_empty() { 2 } else { 6 };
    property.name.len()
        + property.docs.text.len()
        + tags
        + separators
        + length_of_type(&property.ty)
}

fn length_of_type(ty: &Type) -> usize {
    let all = |types: &[Type]| types.iter().map(|ty| length_of_type(ty) + 1).sum::<usize>();
    match ty {
        Type::Array(item) => length_of_type(item) + 2,
        Type::Tuple(tuple) => all(&tuple.items) + tuple.rest.as_deref().map_or(0, length_of_type),
        Type::Object(object) => {
            let rest = match &object.rest {
                Rest::Typed(rest) => length_of_type(rest) + 6,
                Rest::Open | Rest::Closed => 2,
            };
            rest + object.properties.iter().map(length).sum::<usize>()
        }
        Type::Union(members) => {
            let length = |docs: &Docs| docs.text.len() + 1;
            let members = members.iter();
            members
                .map(|member| length(&member.docs) + length_of_type(&member.ty))
                .sum()
        }
        Type::Intersection(parts) => all(parts),
        Type::Literal(value) => value.to_string().len(),
        _ => 6,
    }
}
