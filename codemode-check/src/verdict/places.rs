//! Places in a script's module, as the compiler tells them, to byte offsets.

use codemode_script::Lines;

/// A place; all count from 0.
#[derive(Debug)]
pub(crate) enum Place {
    /// A UTF-16 unit of the module.
    Unit(usize),
    /// A line as the language counts them, and a UTF-16 unit of it.
    LineAndUnit(usize, usize),
}

/// All places of a module. Made once: a script can have a problem in every other byte, and counting to each would take
/// minutes.
pub(crate) struct Places<'m> {
    module: &'m str,
    /// The byte of each UTF-16 unit.
    units: Vec<usize>,
    lines: Lines,
}

impl<'m> Places<'m> {
    pub(crate) fn of(module: &'m str) -> Self {
        let bytes = module
            .char_indices()
            .flat_map(|(byte, character)| std::iter::repeat_n(byte, character.len_utf16()));
        Self {
            module,
            units: bytes.collect(),
            lines: Lines::of_language(module),
        }
    }

    /// The byte of a place; outside of the module it is the nearest one inside.
    pub(crate) fn offset(&self, place: &Place) -> usize {
        match *place {
            Place::Unit(unit) => self.byte(unit),
            Place::LineAndUnit(line, unit) => {
                let line = u32::try_from(line).unwrap_or(u32::MAX);
                let start = self.lines.offset(self.module, line, 0);
                let first = self.units.partition_point(|byte| *byte < start);
                self.byte(first.saturating_add(unit))
            }
        }
    }

    fn byte(&self, unit: usize) -> usize {
        self.units.get(unit).copied().unwrap_or(self.module.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_and_lines_lead_to_bytes() {
        let module = "a😀b\rc\u{2028}d";
        let places = Places::of(module);
        for (place, letter) in [
            (Place::Unit(0), 'a'),
            (Place::Unit(1), '😀'),
            (Place::Unit(2), '😀'),
            (Place::Unit(3), 'b'),
            (Place::LineAndUnit(0, 3), 'b'),
            (Place::LineAndUnit(1, 0), 'c'),
            (Place::LineAndUnit(2, 0), 'd'),
        ] {
            assert_eq!(
                places.offset(&place),
                module.find(letter).unwrap(),
                "{place:?}"
            );
        }
        assert_eq!(places.offset(&Place::Unit(99)), module.len());
        assert_eq!(places.offset(&Place::LineAndUnit(9, 9)), module.len());
    }
}
