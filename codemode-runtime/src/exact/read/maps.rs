//! The objects of an input with keys that could be something else than text.

use std::collections::HashMap;

use super::error::address;
use super::json::{Json, Keys, Object, Scalar};
use super::way::{Way, is_within};

/// All of them, by their keys.
pub(crate) struct Maps<'j> {
    maps: Vec<Map<'j>>,
    /// By the address of each key that could be a scalar.
    owners: HashMap<usize, usize>,
}

struct Map<'j> {
    object: &'j Object<'j>,
    path: String,
    /// The path without indices and such keys: what is in a list or in a map is of one type.
    pattern: String,
    depth: usize,
}

impl<'j> Maps<'j> {
    pub(crate) fn of(json: &'j Json<'j>) -> Self {
        let mut maps = Self {
            maps: Vec::new(),
            owners: HashMap::new(),
        };
        Way::START.walk(json, &mut |way, json| maps.collect(way, json));
        maps
    }

    fn collect(&mut self, way: &Way<'_>, json: &'j Json<'j>) {
        let Json::Object(object) = json else {
            return;
        };
        let owner = self.maps.len();
        let keys = object.entries.iter().map(|(key, _)| &**key);
        for key in keys.filter(|key| Scalar::of(key).is_some()) {
            self.owners.insert(address(key), owner);
            if self.maps.len() == owner {
                self.maps.push(Map {
                    object,
                    path: way.path(),
                    pattern: way.pattern(),
                    depth: way.depth(),
                });
            }
        }
    }

    /// Shows the keys of those maps as scalars for which something else than a text was wanted, and with them those of other
    /// maps like them. Returns whether there was one that isn't shown so already.
    pub(crate) fn show_as_scalars(&self, complaints: &[usize], precisely: bool) -> bool {
        let mut changed = false;
        for complaint in complaints {
            let map = self.owners.get(complaint).map(|owner| &self.maps[*owner]);
            let Some(map) = map.filter(|map| map.object.keys.get() == Keys::Text) else {
                continue;
            };
            changed = true;
            for other in &self.maps {
                let alike = if precisely {
                    other.pattern == map.pattern
                } else {
                    other.depth == map.depth
                };
                if alike && other.object.keys.get() == Keys::Text {
                    other.object.keys.set(Keys::Scalars);
                }
            }
        }
        changed
    }

    /// Shows as text for good what is shown as scalars within a place that can't be read so. Returns whether there was any.
    pub(crate) fn settle(&self, place: &str) -> bool {
        let mut changed = false;
        for map in &self.maps {
            if map.object.keys.get() == Keys::Scalars && is_within(&map.path, place) {
                map.object.keys.set(Keys::Settled);
                changed = true;
            }
        }
        changed
    }
}
