//! The way to a value within an input.

use super::json::{Json, Scalar};

/// A value's place. It costs nothing until somebody asks for it in words.
#[derive(Clone, Copy)]
pub(crate) struct Way<'w> {
    outer: Option<&'w Way<'w>>,
    step: Step<'w>,
}

#[derive(Clone, Copy)]
enum Step<'w> {
    Start,
    Key(&'w str),
    Index(usize),
}

impl Way<'_> {
    /// Where every way starts.
    pub(crate) const START: Self = Self {
        outer: None,
        step: Step::Start,
    };

    /// Visits a value and what is in it, the outer before the inner.
    pub(crate) fn walk<'j>(
        self,
        json: &'j Json<'j>,
        visit: &mut dyn FnMut(&Way<'_>, &'j Json<'j>),
    ) {
        visit(&self, json);
        let inner = |step| Way {
            outer: Some(&self),
            step,
        };
        match json {
            Json::List(values) => {
                for (index, value) in values.iter().enumerate() {
                    inner(Step::Index(index)).walk(value, visit);
                }
            }
            Json::Object(object) => {
                for (key, value) in &object.entries {
                    inner(Step::Key(key)).walk(value, visit);
                }
            }
            _ => {}
        }
    }

    /// The way as an error tells it.
    pub(crate) fn path(&self) -> String {
        self.text(&|step, path| match step {
            Step::Start => {}
            Step::Key(key) => push_key(path, key),
            Step::Index(index) => path.push_str(&format!("[{index}]")),
        })
    }

    /// The way to all values that are in the same place of equal types.
    pub(crate) fn pattern(&self) -> String {
        self.text(&|step, path| match step {
            Step::Start => {}
            Step::Key(key) if Scalar::of(key).is_some() => path.push_str(".#"),
            Step::Key(key) => push_key(path, key),
            Step::Index(_) => path.push_str("[]"),
        })
    }

    pub(crate) fn depth(&self) -> usize {
        self.outer.map_or(0, |outer| outer.depth() + 1)
    }

    fn text(&self, push: &dyn Fn(Step<'_>, &mut String)) -> String {
        let mut text = self
            .outer
            .map_or_else(String::new, |outer| outer.text(push));
        push(self.step, &mut text);
        text
    }
}

fn push_key(path: &mut String, key: &str) {
    path.push('.');
    path.push_str(key);
}

/// Whether a path is that of a place, or of something in it.
pub(crate) fn is_within(path: &str, place: &str) -> bool {
    path.strip_prefix(place)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_way_tells_the_place_and_its_pattern_those_of_its_kind() {
        let json = Json::parse(r#"{"a":[{"7":null}],"true":1}"#).unwrap();
        let mut ways = Vec::new();
        Way::START.walk(&json, &mut |way, _| {
            ways.push((way.path(), way.pattern(), way.depth()));
        });
        let expected = [
            ("", "", 0),
            (".a", ".a", 1),
            (".a[0]", ".a[]", 2),
            (".a[0].7", ".a[].#", 3),
            (".true", ".#", 1),
        ];
        let expected =
            expected.map(|(path, pattern, depth)| (path.to_owned(), pattern.to_owned(), depth));
        assert_eq!(ways, expected);
    }
}
