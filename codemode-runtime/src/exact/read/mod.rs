//! What a script sent, to a Rust value.

/// Methods of serde's `Deserializer` that do what one method of the type's own does.
macro_rules! read_as {
    ($($how:ident: $($method:ident)*;)*) => {$($(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misread> {
            self.$how(visitor)
        }
    )*)*};
}

mod error;
mod explain;
pub(crate) mod input;
pub(crate) mod json;
mod key;
mod maps;
pub(crate) mod marked;
mod plain;
pub(crate) mod reader;
mod way;
