//! Ways that lead back to where they began.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::{Arrows, Module, name};

/// The shortest circle there is, each arrow of it with its place.
#[must_use]
pub fn circle(arrows: &Arrows) -> Option<String> {
    let circles = arrows.keys().filter_map(|start| way_back(arrows, start));
    let shortest = circles.min_by_key(Vec::len)?;
    let mut text = String::new();
    for pair in shortest.windows(2) {
        let place = arrows
            .get(&pair[0])
            .and_then(|targets| targets.get(&pair[1]));
        text.push_str(&format!(
            "\n  {} imports {}: {}",
            name(&pair[0]),
            name(&pair[1]),
            place.map_or("", String::as_str)
        ));
    }
    Some(text)
}

fn way_back(arrows: &Arrows, start: &Module) -> Option<Vec<Module>> {
    let mut before: BTreeMap<&Module, &Module> = BTreeMap::new();
    let mut next = VecDeque::from([start]);
    while let Some(module) = next.pop_front() {
        for target in arrows.get(module).into_iter().flat_map(BTreeMap::keys) {
            if target == start {
                let mut way = vec![start.clone(), module.clone()];
                let mut at = module;
                while let Some(earlier) = before.get(at) {
                    way.push((*earlier).clone());
                    at = earlier;
                }
                way.reverse();
                return Some(way);
            }
            if !before.contains_key(target) {
                before.insert(target, module);
                next.push_back(target);
            }
        }
    }
    None
}

/// The arrows between folders that lie in the same one.
#[must_use]
pub fn between_folders(arrows: &Arrows) -> Arrows {
    let folders: BTreeSet<&[String]> = arrows
        .keys()
        .filter_map(|module| module.split_last())
        .map(|(_, folder)| folder)
        .collect();
    let mut between = Arrows::new();
    for (from, targets) in arrows {
        for (to, place) in targets {
            let common = from
                .iter()
                .zip(to)
                .take_while(|(one, other)| one == other)
                .count();
            let ends = (from.get(..=common), to.get(..=common));
            if let (Some(one), Some(other)) = ends
                && folders.contains(one)
                && folders.contains(other)
            {
                let targets = between.entry(one.to_vec()).or_default();
                targets
                    .entry(other.to_vec())
                    .or_insert_with(|| place.clone());
            }
        }
    }
    between
}
