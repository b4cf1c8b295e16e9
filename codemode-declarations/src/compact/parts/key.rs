//! Which properties are the same, and which objects can have parts.

use crate::model::{Object, Property, Rest, fingerprint};

/// A property with all that is said of it.
pub(super) type Key = u128;

/// What two properties have in common if they are one.
pub(super) fn key(property: &Property) -> Key {
    fingerprint(property)
}

/// An index signature is for all properties of its object, so those stay together.
pub(super) fn can_share(object: &Object) -> bool {
    !matches!(object.rest, Rest::Typed(_))
}
