//! How much of a prompt each namespace has.

use super::content::{Detail, sample};
use crate::catalogue::Catalogue;
use crate::catalogue::text::tokens::estimate_tokens;
use crate::tool::info::ToolInfo;

/// No declaration takes fewer tokens.
pub(super) const MIN_DECLARATION: usize = 8;

/// A name takes no fewer, with the comma behind it.
const MIN_NAME: usize = 2;

/// What stands above the declarations and above the lists.
const HEADINGS: usize = 20;

/// What each namespace comes to have.
pub(super) struct Shares<'a> {
    namespaces: &'a [(&'a str, &'a [ToolInfo])],
    details: Vec<Detail>,
    /// What each takes.
    costs: Vec<usize>,
    room: usize,
    /// Who came to more, and from what, in this order.
    given: Vec<(usize, Detail)>,
}

impl<'a> Shares<'a> {
    /// Divides so many tokens. Each namespace may have an equal part; what one leaves over is the others'. Whoever's
    /// part is too small for the declarations may have summaries for it, or else names. What is left in the end is for
    /// those that need least to have more.
    pub(super) fn new(
        namespaces: &'a [(&'a str, &'a [ToolInfo])],
        with_declarations: bool,
        room: usize,
    ) -> Self {
        let mut shares = Self {
            namespaces,
            details: vec![Detail::Count; namespaces.len()],
            costs: vec![0; namespaces.len()],
            room: room.saturating_sub(HEADINGS),
            given: Vec::new(),
        };
        let most = if with_declarations {
            Detail::Declared
        } else {
            Detail::Summaries
        };
        let falling = [Detail::Declared, Detail::Summaries, Detail::Names].into_iter();
        for detail in falling.filter(|detail| *detail <= most) {
            shares.give(detail, true);
        }
        for detail in [Detail::Names, most, Detail::Summaries] {
            shares.give(detail, false);
        }
        shares
    }

    /// Gives to those first that need least, as long as each takes no more than its part, or no more than there is.
    fn give(&mut self, detail: Detail, in_equal_parts: bool) {
        let least = if detail == Detail::Declared {
            MIN_DECLARATION
        } else {
            MIN_NAME
        };
        let may_have = |now: Detail| {
            if in_equal_parts {
                now == Detail::Count
            } else {
                now < detail
            }
        };
        let waiting: Vec<_> = (0..self.details.len())
            .filter(|place| may_have(self.details[*place]))
            .collect();
        let mut wishes: Vec<_> = waiting
            .iter()
            // What is hopeless need not be made.
            .filter(|place| {
                self.namespaces[**place].1.len() * least <= self.room + self.costs[**place]
            })
            .map(|place| {
                (
                    self.cost(*place, detail).saturating_sub(self.costs[*place]),
                    *place,
                )
            })
            .collect();
        wishes.sort_unstable();
        for (served, (more, place)) in wishes.into_iter().enumerate() {
            let others = if in_equal_parts {
                waiting.len() - served
            } else {
                1
            };
            if more > self.room / others {
                break;
            }
            self.room -= more;
            self.costs[place] += more;
            self.given.push((place, self.details[place]));
            self.details[place] = detail;
        }
    }

    fn cost(&self, place: usize, detail: Detail) -> usize {
        let (name, tools) = self.namespaces[place];
        let text = match detail {
            Detail::Declared => Catalogue::from_tools(tools.to_vec()).compact().0,
            _ => sample(name, tools, detail),
        };
        // The line break after it.
        estimate_tokens(&text) + 1
    }

    pub(super) fn details(&self) -> &[Detail] {
        &self.details
    }

    /// The tools that are declared.
    pub(super) fn declared(&self) -> Catalogue {
        let namespaces = self.namespaces.iter().zip(&self.details);
        let declared = namespaces.filter(|(_, detail)| **detail == Detail::Declared);
        Catalogue::from_tools(
            declared
                .flat_map(|((_, tools), _)| tools.iter().cloned())
                .collect(),
        )
    }

    pub(super) fn is_empty(&self) -> bool {
        self.given.is_empty()
    }

    /// Takes back what was given last.
    pub(super) fn give_one_up(&mut self) {
        if let Some((place, before)) = self.given.pop() {
            self.details[place] = before;
        }
    }
}
