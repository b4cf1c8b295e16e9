//! What this agent's scripts can do: look after a pantry.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use codemode_runtime::tool;
use schemars::JsonSchema;
use serde::Serialize;

/// What is in the pantry, in grams. It belongs to the agent; scripts reach it through the tools only.
pub struct Pantry(Mutex<BTreeMap<String, u32>>);

impl Pantry {
    /// A pantry with something in it.
    pub fn with<'a>(stock: impl IntoIterator<Item = (&'a str, u32)>) -> Self {
        let stock = stock
            .into_iter()
            .map(|(item, grams)| (item.to_owned(), grams));
        Self(Mutex::new(stock.collect()))
    }

    fn stock(&self) -> std::sync::MutexGuard<'_, BTreeMap<String, u32>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Something in the pantry.
#[derive(Serialize, JsonSchema)]
pub struct Item {
    /// What it is.
    pub name: String,
    /// How much there is of it.
    pub grams: u32,
}

/// Everything in the pantry.
#[tool(namespace = "pantry", read_only)]
pub fn list(#[state] pantry: &Pantry) -> Vec<Item> {
    let stock = pantry.stock();
    let item = |(name, grams): (&String, &u32)| Item {
        name: name.clone(),
        grams: *grams,
    };
    stock.iter().map(item).collect()
}

/// Takes something out of the pantry.
///
/// # Errors
///
/// If there isn't enough of it.
#[tool(namespace = "pantry")]
pub fn take(#[state] pantry: &Pantry, name: String, grams: u32) -> Result<Item, String> {
    let mut stock = pantry.stock();
    let left = stock
        .get_mut(&name)
        .ok_or_else(|| format!("there is no {name}"))?;
    *left = left
        .checked_sub(grams)
        .ok_or_else(|| format!("there are only {left} g of {name}"))?;
    Ok(Item { name, grams: *left })
}
