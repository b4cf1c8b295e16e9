//! What a compiler says.

use super::places::Place;

/// What a compiler says of a script.
#[derive(Debug)]
pub(crate) struct Verdict {
    pub(crate) found: Vec<Found>,
    /// Why there may be more to say. What was found is wrong all the same, but finding nothing is no proof.
    pub(crate) doubt: Option<String>,
}

/// What the compiler says about a place.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) place: Place,
    pub(crate) code: u32,
    pub(crate) text: String,
    /// What it says further, from the general to the particular.
    pub(crate) details: Vec<String>,
}
