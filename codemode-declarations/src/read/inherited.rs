//! Optional properties that every object seems to have.
//!
//! Where `toString` or the like is optional in a type, TypeScript takes what an object inherits for it, and so refuses every
//! object without one of its own, unless the type allows for the inherited one. It is also what reading the property gives.

use crate::algebra::{plain, unite};
use crate::model::{Rest, Type};

const INHERITED: &[&str] = &[
    "constructor",
    "hasOwnProperty",
    "isPrototypeOf",
    "propertyIsEnumerable",
    "toLocaleString",
    "toString",
    "valueOf",
];

/// Allows for what is inherited, everywhere in the type.
pub(crate) fn allow(ty: &mut Type) {
    match ty {
        Type::Array(item) => allow(item),
        Type::Tuple(tuple) => {
            tuple.items.iter_mut().for_each(allow);
            tuple.rest.iter_mut().for_each(|rest| allow(rest));
        }
        Type::Object(object) => {
            for property in &mut object.properties {
                allow(&mut property.ty);
                let inherited = INHERITED.iter().find(|name| **name == property.name);
                if let (Some(name), true) = (inherited, property.optional) {
                    let own = std::mem::replace(&mut property.ty, Type::Unknown);
                    property.ty = unite(vec![plain(own), plain(Type::Inherited(name))]);
                }
            }
            if let Rest::Typed(rest) = &mut object.rest {
                allow(rest);
            }
        }
        Type::Union(members) => members.iter_mut().for_each(|member| allow(&mut member.ty)),
        Type::Intersection(parts) => parts.iter_mut().for_each(allow),
        _ => {}
    }
}
