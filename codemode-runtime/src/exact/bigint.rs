use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;
use std::ops::{Deref, DerefMut};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{self, IntoDeserializer as _, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::read::marked;

/// An integer that is a `bigint` in TypeScript, and so exact whatever its size.
///
/// JavaScript's numbers are exact up to ±9,007,199,254,740,991. A tool that returns a larger integer as it is fails; one
/// that returns it in this wrapper doesn't. With other serializers than codemode's it is the plain integer.
///
/// ```
/// use codemode_runtime::{BigInt, tool};
///
/// /// The next identifier after one.
/// #[tool]
/// fn next_id(id: BigInt<u64>) -> BigInt<u64> {
///     BigInt(*id + 1)
/// }
///
/// # fn main() -> Result<(), codemode_runtime::CatalogueError> {
/// let declarations = codemode_runtime::declarations()?;
/// assert!(declarations.contains("Promise<bigint>"));
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BigInt<T>(pub T);

impl<T> Deref for BigInt<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> DerefMut for BigInt<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.0
    }
}

impl<T> From<T> for BigInt<T> {
    fn from(value: T) -> Self {
        Self(value)
    }
}

impl<T: Serialize> Serialize for BigInt<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_newtype_struct(super::wrapped::BIGINT_NAME, &self.0)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for BigInt<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = if marked::comes_from_a_script::<D::Error>() {
            // Not as `T` says: serde's buffer has no integers of 128 bits, and what is marked is none.
            deserializer.deserialize_any(BigIntVisitor(PhantomData))
        } else {
            T::deserialize(deserializer)
        };
        value.map(Self)
    }
}

struct BigIntVisitor<T>(PhantomData<T>);

macro_rules! visit {
    ($($method:ident($type:ty);)*) => {$(
        fn $method<E: de::Error>(self, integer: $type) -> Result<T, E> {
            T::deserialize(integer.into_deserializer())
        }
    )*};
}

impl<'de, T: Deserialize<'de>> Visitor<'de> for BigIntVisitor<T> {
    type Value = T;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a bigint")
    }

    visit! {
        visit_u64(u64);
        visit_i64(i64);
        visit_u128(u128);
        visit_i128(i128);
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<T, A::Error> {
        let body = marked::read(&mut map);
        match body.ok().as_deref().and_then(marked::integer) {
            Some(digits) => marked::visit_integer(digits, self),
            None => Err(de::Error::invalid_type(de::Unexpected::Map, &self)),
        }
    }
}

impl<T: JsonSchema> JsonSchema for BigInt<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("BigInt_of_{}", T::schema_name()).into()
    }

    fn schema_id() -> Cow<'static, str> {
        format!("codemode_runtime::BigInt<{}>", T::schema_id()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let mut schema = json_schema!({ "type": "integer" });
        for (keyword, value) in T::json_schema(generator)
            .to_value()
            .as_object()
            .into_iter()
            .flatten()
        {
            schema.insert(keyword.clone(), value.clone());
        }
        schema.insert(
            codemode_declarations::exact::TYPE_KEYWORD.to_owned(),
            "bigint".into(),
        );
        schema
    }
}
