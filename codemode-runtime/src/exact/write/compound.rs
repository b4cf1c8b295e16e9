//! The parts of a result: elements, fields and entries, each with the way to it.

use std::collections::HashSet;
use std::fmt::Display;

use serde::ser::{
    Error, Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant,
    SerializeTuple, SerializeTupleStruct, SerializeTupleVariant, Serializer,
};

use super::part::{Exact, Inner, State, Step, problem};

/// A value with parts, and how many there have been.
pub(crate) struct Compound<'s, C> {
    inner: C,
    state: &'s State,
    count: usize,
    /// The keys so far, of a map that could have one twice.
    keys: Option<HashSet<String>>,
    /// The last key.
    key: String,
}

impl<'s, S: Serializer> Exact<'s, S> {
    pub(crate) fn record(
        self,
        name: &'static str,
        length: usize,
    ) -> Result<Compound<'s, S::SerializeStruct>, S::Error> {
        let inner = self.inner.serialize_struct(name, length)?;
        Ok(Compound::new(inner, self.state))
    }
}

impl<'s, C> Compound<'s, C> {
    pub(crate) fn new(inner: C, state: &'s State) -> Self {
        Self {
            inner,
            state,
            count: 0,
            keys: None,
            key: String::new(),
        }
    }

    /// Refuses what would be a second property of one name.
    pub(crate) fn has_each_key_once(&mut self) {
        self.keys = Some(HashSet::new());
    }

    fn element<'v, T: ?Sized>(&mut self, value: &'v T) -> Inner<'s, 'v, T> {
        self.count += 1;
        Inner {
            value,
            state: self.state,
            step: Step::Index(self.count - 1),
        }
    }

    fn field<'v, T: ?Sized>(&self, name: &'v str, value: &'v T) -> Inner<'s, 'v, T> {
        Inner {
            value,
            state: self.state,
            step: Step::Field(name),
        }
    }
}

macro_rules! sequence {
    ($($trait:ident::$method:ident;)*) => {$(
        impl<C: $trait> $trait for Compound<'_, C> {
            type Ok = C::Ok;
            type Error = C::Error;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), C::Error> {
                let value = self.element(value);
                self.inner.$method(&value)
            }

            fn end(self) -> Result<C::Ok, C::Error> {
                self.inner.end()
            }
        }
    )*};
}

sequence! {
    SerializeSeq::serialize_element;
    SerializeTuple::serialize_element;
    SerializeTupleStruct::serialize_field;
    SerializeTupleVariant::serialize_field;
}

macro_rules! record {
    ($($trait:ident;)*) => {$(
        impl<C: $trait> $trait for Compound<'_, C> {
            type Ok = C::Ok;
            type Error = C::Error;

            fn serialize_field<T: Serialize + ?Sized>(
                &mut self,
                name: &'static str,
                value: &T,
            ) -> Result<(), C::Error> {
                let value = self.field(name, value);
                self.inner.serialize_field(name, &value)
            }

            fn skip_field(&mut self, name: &'static str) -> Result<(), C::Error> {
                self.inner.skip_field(name)
            }

            fn end(self) -> Result<C::Ok, C::Error> {
                self.inner.end()
            }
        }
    )*};
}

record! {
    SerializeStruct;
    SerializeStructVariant;
}

impl<C: SerializeMap> SerializeMap for Compound<'_, C> {
    type Ok = C::Ok;
    type Error = C::Error;

    // A key is text in the end, so none of what is said of values goes for it.
    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), C::Error> {
        if self.keys.is_some() || self.state.keeps_keys.get() {
            let name = name_of(key).map_err(no_name)?;
            if let Some(keys) = &mut self.keys
                && !keys.insert(name.clone())
            {
                return Err(problem(format_args!(
                    "two properties are called `{name}`, and JavaScript would keep one of them. Flatten only what has other names"
                )));
            }
            self.key = name;
        }
        self.inner.serialize_key(key).map_err(no_name)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), C::Error> {
        let value = Inner {
            value,
            state: self.state,
            step: Step::Field(&self.key),
        };
        self.inner.serialize_value(&value)
    }

    fn end(self) -> Result<C::Ok, C::Error> {
        self.inner.end()
    }
}

/// The name of the property that a key becomes.
fn name_of<T: Serialize + ?Sized>(key: &T) -> serde_json::Result<String> {
    let name = serde_json::to_value(Keyed(key))?;
    let name = name.as_object().and_then(|keyed| keyed.keys().next());
    Ok(name.cloned().unwrap_or_default())
}

/// A map with one key.
struct Keyed<'k, T: ?Sized>(&'k T);

impl<T: Serialize + ?Sized> Serialize for Keyed<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map([(self.0, ())])
    }
}

#[cold]
fn no_name<E: Error>(error: impl Display) -> E {
    problem(format_args!(
        "a map has keys that can't be the names of properties ({error}); return a list of pairs, or a map with keys that are \
         text, numbers or variants without data"
    ))
}
