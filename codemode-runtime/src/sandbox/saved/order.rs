//! Which saved script comes after which.

use std::collections::BTreeMap;

use codemode_script::SAVED;

use super::{Inner, Saved};

impl Inner {
    /// Puts each script after those that it calls, and leaves out what calls in a circle or calls what isn't there.
    pub(super) fn put_in_order(&mut self) {
        let mut walk = Walk {
            scripts: &self.scripts,
            seen: BTreeMap::new(),
            order: Vec::new(),
            path: Vec::new(),
        };
        for name in self.scripts.keys() {
            let _ = walk.visit(name);
        }
        let Walk { seen, order, .. } = walk;
        let left_out: Vec<(String, String)> = seen
            .into_iter()
            .filter_map(|(name, why)| Some((name.to_owned(), why.err()?)))
            .collect();
        self.order = order.into_iter().map(str::to_owned).collect();
        for (name, why) in left_out {
            self.scripts.remove(&name);
            self.left_out.insert(name, why);
        }
    }
}

struct Walk<'s> {
    scripts: &'s BTreeMap<String, Saved>,
    /// What has come of each.
    seen: BTreeMap<&'s str, Result<(), String>>,
    order: Vec<&'s str>,
    /// What calls what on the way to the present one.
    path: Vec<&'s str>,
}

impl<'s> Walk<'s> {
    fn visit(&mut self, name: &'s str) -> Result<(), ()> {
        if let Some(start) = self.path.iter().position(|known| *known == name) {
            let circle: Vec<&str> = self.path[start..].to_vec();
            let mut shown: Vec<String> = circle
                .iter()
                .map(|name| format!("{SAVED}.{name}"))
                .collect();
            shown.push(format!("{SAVED}.{name}"));
            let why = format!(
                "1:1: saved scripts can't call each other in a circle: {}",
                shown.join(" → ")
            );
            for name in circle {
                self.seen.insert(name, Err(why.clone()));
            }
            return Err(());
        }
        if let Some(known) = self.seen.get(name) {
            return known.clone().map_err(drop);
        }
        let Some((name, saved)) = self.scripts.get_key_value(name) else {
            return Err(());
        };
        self.path.push(name);
        let mut missing = None;
        for called in &saved.compiled.calls {
            if self.visit(called).is_err() {
                missing.get_or_insert(called);
            }
        }
        self.path.pop();
        if let Some(missing) = missing {
            let why =
                format!("1:1: it calls `{SAVED}.{missing}`, which isn't there or is left out");
            self.seen.entry(name).or_insert(Err(why));
            return Err(());
        }
        self.seen.insert(name, Ok(()));
        self.order.push(name);
        Ok(())
    }
}
