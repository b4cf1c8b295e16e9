//! serde's way into the tree of an input.
//!
//! It gives every type what `serde_json` would, and more than that where serde buffers: `flatten`, `tag` and `untagged`
//! put what they find aside in a form of serde's own, and what reads it later is never heard here. So what is shown to the
//! buffer has to be what will be wanted of it; see [`super::read`].

use std::any::type_name;
use std::borrow::Cow;
use std::collections::HashSet;
use std::{iter, ptr, slice};

use codemode_declarations::exact::INTEGER;
use serde::de::value::{BorrowedStrDeserializer, MapDeserializer};
use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error as _, Expected, MapAccess, SeqAccess,
    Unexpected, VariantAccess, Visitor,
};

use super::error::Misread;
use super::json::{Json, Keys, Object};
use super::key::Key;
use super::marked;

/// How `serde_json` asks for the text of a value.
const RAW_VALUE: &str = "$serde_json::private::RawValue";

/// What nothing reads, shown in the place of a value to learn who reads it.
const NOTHING: Json<'static> = Json::Marked("");

/// A value about to be read.
#[derive(Clone, Copy)]
pub(crate) struct Reader<'de> {
    json: &'de Json<'de>,
    /// The addresses of the values that aren't shown.
    hidden: Option<&'de HashSet<usize>>,
}

impl<'de> Reader<'de> {
    pub(crate) fn new(json: &'de Json<'de>) -> Self {
        Self { json, hidden: None }
    }

    /// A reader that shows something unreadable instead of some of the values.
    pub(crate) fn without(json: &'de Json<'de>, hidden: &'de HashSet<usize>) -> Self {
        let reader = Self {
            json,
            hidden: Some(hidden),
        };
        reader.inner(json)
    }

    fn inner(self, json: &'de Json<'de>) -> Self {
        let is_hidden = self
            .hidden
            .is_some_and(|hidden| hidden.contains(&ptr::from_ref(json).addr()));
        Self {
            json: if is_hidden { &NOTHING } else { json },
            hidden: self.hidden,
        }
    }

    fn unfit<T>(self, expected: &dyn Expected) -> Result<T, Misread> {
        Err(Misread::invalid_type(unexpected(self.json), expected))
    }

    fn list<V: Visitor<'de>>(
        self,
        values: &'de [Json<'de>],
        visitor: V,
    ) -> Result<V::Value, Misread> {
        let mut list = List {
            reader: self,
            values: values.iter(),
            count: 0,
        };
        let value = visitor.visit_seq(&mut list)?;
        if list.values.len() > 0 {
            let expected = format!("an array of {}", list.count);
            return Err(Misread::invalid_length(values.len(), &&*expected));
        }
        Ok(value)
    }

    fn object<V: Visitor<'de>>(
        self,
        object: &'de Object<'de>,
        visitor: V,
    ) -> Result<V::Value, Misread> {
        let mut fields = Fields {
            reader: self,
            shown_as: object.keys.get(),
            entries: object.entries.iter(),
            value: None,
        };
        let value = visitor.visit_map(&mut fields)?;
        if fields.entries.len() > 0 {
            return Err(Misread::invalid_length(
                object.entries.len(),
                &"fewer properties",
            ));
        }
        Ok(value)
    }

    fn integer<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misread> {
        match self.json {
            Json::Integer(integer) => match u64::try_from(*integer) {
                Ok(integer) => visitor.visit_u64(integer),
                Err(_) => visitor.visit_i64(*integer),
            },
            Json::Marked(body) => match marked::integer(body) {
                Some(digits) => marked::visit_integer(digits, visitor),
                None => self.unfit(&visitor),
            },
            _ => self.unfit(&visitor),
        }
    }

    fn float<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misread> {
        match self.json {
            Json::Number(number) => visitor.visit_f64(*number),
            Json::Marked(body) => match marked::integer(body) {
                Some(digits) => visitor.visit_f64(marked::exact_double(digits)?),
                None => self.unfit(&visitor),
            },
            _ => self.integer(visitor),
        }
    }

    fn text<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misread> {
        match self.json {
            Json::String(text) => visitor.visit_borrowed_str(text),
            _ => self.unfit(&visitor),
        }
    }

    fn sequence<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misread> {
        match self.json {
            Json::List(values) => self.list(values, visitor),
            _ => self.unfit(&visitor),
        }
    }

    fn bytes<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misread> {
        match self.json {
            Json::String(text) => visitor.visit_borrowed_bytes(text.as_bytes()),
            _ => self.sequence(visitor),
        }
    }

    /// The text that a `serde_json::value::RawValue` keeps.
    fn raw<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misread> {
        let text = serde_json::to_string(self.json).map_err(Misread::custom)?;
        let entry = (RAW_VALUE, text);
        visitor.visit_map(MapDeserializer::new(iter::once(entry)))
    }
}

/// What a value is called where it doesn't fit.
pub(crate) fn unexpected<'j>(json: &'j Json<'_>) -> Unexpected<'j> {
    match json {
        Json::Null => Unexpected::Unit,
        Json::Bool(value) => Unexpected::Bool(*value),
        Json::Integer(integer) => Unexpected::Signed(*integer),
        Json::Number(number) => Unexpected::Float(*number),
        Json::String(text) => Unexpected::Str(text),
        Json::Marked(body) if body.starts_with(INTEGER) => Unexpected::Other("a bigint"),
        Json::Marked("") => Unexpected::Other("nothing"),
        Json::Marked(_) => Unexpected::Other("a Uint8Array"),
        Json::List(_) => Unexpected::Seq,
        Json::Object(_) => Unexpected::Map,
    }
}

impl<'de> Deserializer<'de> for Reader<'de> {
    type Error = Misread;

    read_as! {
        integer: deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_i128 deserialize_u8
            deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128;
        float: deserialize_f32 deserialize_f64;
        text: deserialize_char deserialize_str deserialize_string deserialize_identifier;
        bytes: deserialize_bytes deserialize_byte_buf;
        sequence: deserialize_seq;
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misread> {
        match self.json {
            Json::Null => visitor.visit_unit(),
            Json::Bool(value) => visitor.visit_bool(*value),
            Json::Integer(_) => self.integer(visitor),
            Json::Number(number) => visitor.visit_f64(*number),
            Json::String(text) => visitor.visit_borrowed_str(text),
            Json::Marked(body) => match marked::integer(body) {
                Some(digits)
                    if marked::is_safe(digits)
                        || marked::is_of_64_bits(digits) && keeps_integers::<V::Value>() =>
                {
                    marked::visit_integer(digits, visitor)
                }
                _ => visitor.visit_map(marked::Shown::new(body)),
            },
            Json::List(values) => self.list(values, visitor),
            Json::Object(object) => self.object(object, visitor),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misread> {
        match self.json {
            Json::Bool(value) => visitor.visit_bool(*value),
            _ => self.unfit(&visitor),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misread> {
        match self.json {
            Json::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misread> {
        match self.json {
            Json::Null => visitor.visit_unit(),
            _ => self.unfit(&visitor),
        }
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Misread> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Misread> {
        match name {
            RAW_VALUE => self.raw(visitor),
            _ => visitor.visit_newtype_struct(self),
        }
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Misread> {
        self.sequence(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Misread> {
        self.sequence(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misread> {
        match self.json {
            Json::Object(object) => self.object(object, visitor),
            _ => self.unfit(&visitor),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Misread> {
        match self.json {
            Json::List(values) => self.list(values, visitor),
            _ => self.deserialize_map(visitor),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Misread> {
        let (name, content) = match self.json {
            Json::String(name) => (name, None),
            Json::Object(Object { entries, .. }) => {
                let [(name, content)] = entries.as_slice() else {
                    let expected = "an object with one property, the variant's name";
                    return Err(Misread::invalid_length(entries.len(), &expected));
                };
                (name, Some(self.inner(content)))
            }
            _ => return self.unfit(&"a variant: a string, or an object with one property"),
        };
        visitor.visit_enum(Variant { name, content })
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misread> {
        visitor.visit_unit()
    }
}

/// Whether a type keeps the integers that it is shown as they are. Others may make a double of them; serde's buffer does
/// for a field that is one.
fn keeps_integers<T>() -> bool {
    let name = type_name::<T>();
    name == type_name::<serde_json::Value>() || name == type_name::<serde_json::Number>()
}

struct List<'de> {
    reader: Reader<'de>,
    values: slice::Iter<'de, Json<'de>>,
    count: usize,
}

impl<'de> SeqAccess<'de> for List<'de> {
    type Error = Misread;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Misread> {
        let Some(json) = self.values.next() else {
            return Ok(None);
        };
        self.count += 1;
        let value = seed.deserialize(self.reader.inner(json));
        value
            .map(Some)
            .map_err(|error| error.at_index(self.count - 1))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.values.len())
    }
}

struct Fields<'de> {
    reader: Reader<'de>,
    shown_as: Keys,
    entries: slice::Iter<'de, (Cow<'de, str>, Json<'de>)>,
    value: Option<(&'de str, &'de Json<'de>)>,
}

impl<'de> MapAccess<'de> for Fields<'de> {
    type Error = Misread;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Misread> {
        let Some((key, json)) = self.entries.next() else {
            return Ok(None);
        };
        self.value = Some((key, json));
        let key_read = seed.deserialize(Key::new(key, self.shown_as));
        key_read.map(Some).map_err(|error| error.at_key(key))
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Misread> {
        let Some((key, json)) = self.value.take() else {
            return Err(Misread::new("a value is read before its key"));
        };
        let value = seed.deserialize(self.reader.inner(json));
        value.map_err(|error| error.at_key(key))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.entries.len())
    }
}

struct Variant<'de> {
    name: &'de str,
    content: Option<Reader<'de>>,
}

impl<'de> EnumAccess<'de> for Variant<'de> {
    type Error = Misread;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), Misread> {
        let value = seed.deserialize(BorrowedStrDeserializer::new(self.name))?;
        Ok((value, self))
    }
}

impl<'de> Variant<'de> {
    fn content(self, expected: &str) -> Result<Reader<'de>, Misread> {
        self.content
            .ok_or_else(|| Misread::invalid_type(Unexpected::UnitVariant, &expected))
    }
}

impl<'de> VariantAccess<'de> for Variant<'de> {
    type Error = Misread;

    fn unit_variant(self) -> Result<(), Misread> {
        let Self { name, content } = self;
        let read = content.map_or(Ok(()), serde::Deserialize::deserialize);
        read.map_err(|error: Misread| error.at_key(name))
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Misread> {
        let name = self.name;
        let content = self.content("newtype variant")?;
        let value = seed.deserialize(content);
        value.map_err(|error| error.at_key(name))
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Misread> {
        let name = self.name;
        let value = self.content("tuple variant")?.sequence(visitor);
        value.map_err(|error| error.at_key(name))
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Misread> {
        let name = self.name;
        let content = self.content("struct variant")?;
        let value = content.deserialize_struct("", fields, visitor);
        value.map_err(|error| error.at_key(name))
    }
}
