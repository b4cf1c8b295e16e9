//! What is kept of a run, so that the next script can read what this one couldn't hand over.

use std::borrow::Cow;
use std::fmt::Write as _;

use codemode_declarations::exact::FLAG;

use crate::exact;

/// A result or a log of fewer bytes is shown whole wherever it goes.
pub(crate) const SHOWN_WHOLE: usize = 8 * 1024;

/// What the calls of a run returned, up to a size.
pub(crate) struct KeptCalls {
    calls: Vec<KeptCall>,
    left: usize,
}

struct KeptCall {
    number: usize,
    tool: String,
    input: String,
    result: String,
}

impl KeptCalls {
    pub(crate) fn new(bytes: usize) -> Self {
        Self {
            calls: Vec::new(),
            left: bytes,
        }
    }

    /// Keeps a call by its number in the run. What a script's world has by itself is no news to it.
    pub(crate) fn add(&mut self, number: usize, tool: &str, input: &str, result: &str) {
        const NAMES: usize = 64;
        if tool.starts_with('$') || tool.starts_with("output.") {
            return;
        }
        let size = NAMES + tool.len() + input.len() + result.len();
        // The script has to make it again, as it would without any of this.
        let Some(left) = self.left.checked_sub(size) else {
            return;
        };
        self.left = left;
        self.calls.push(KeptCall {
            number,
            tool: tool.to_owned(),
            input: input.to_owned(),
            result: result.to_owned(),
        });
    }

    /// How many there are.
    pub(crate) fn count(&self) -> usize {
        self.calls.len()
    }

    /// A list of all, in the order in which they were made, as a script's side reads it; `None` if there is none.
    pub(crate) fn text(&mut self) -> Option<String> {
        if self.calls.is_empty() {
            return None;
        }
        self.calls.sort_by_key(|call| call.number);
        let texts = || {
            self.calls
                .iter()
                .flat_map(|call| [&call.input, &call.result])
        };
        let marked = texts().any(|text| text.starts_with(FLAG));
        let within = |text| {
            if marked {
                exact::within_marked(text)
            } else {
                Cow::Borrowed(text)
            }
        };
        let mut list = String::with_capacity(texts().map(|text| text.len() + 64).sum());
        if marked {
            list.push(FLAG);
        }
        list.push('[');
        for (position, call) in self.calls.iter().enumerate() {
            if position > 0 {
                list.push(',');
            }
            // Nothing here fails: it writes to a string.
            let _ = write!(list, "{{\"tool\":{}", serde_json::json!(call.tool));
            if !call.input.is_empty() {
                let _ = write!(list, ",\"input\":{}", within(&call.input));
            }
            let _ = write!(list, ",\"result\":{}}}", within(&call.result));
        }
        list.push(']');
        Some(list)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(bytes: usize, calls: &[(usize, &'static str, &str, &str)]) -> KeptCalls {
        let mut kept = KeptCalls::new(bytes);
        for (number, tool, input, result) in calls {
            kept.add(*number, tool, input, result);
        }
        kept
    }

    #[test]
    fn calls_are_listed_in_the_order_in_which_they_began() {
        let mut calls = kept(
            1_000,
            &[
                (1, "a.two", "", "2"),
                (0, "a.one", r#"{"x":1}"#, "null"),
                (2, "$store.keys", "", "[]"),
            ],
        );
        assert_eq!(
            calls.text().as_deref(),
            Some(r#"[{"tool":"a.one","input":{"x":1},"result":null},{"tool":"a.two","result":2}]"#)
        );
        assert_eq!(kept(1_000, &[]).text(), None);
    }

    #[test]
    fn marks_of_one_result_leave_the_others_what_they_are() {
        let mut calls = kept(
            1_000,
            &[
                (0, "a.one", "", r#"~"\u0000n7""#),
                (1, "a.two", "", r#"["\u0000n7","a\"\u0000",{"\u0000n7":1}]"#),
            ],
        );
        assert_eq!(
            calls.text().as_deref(),
            Some(
                r#"~[{"tool":"a.one","result":"\u0000n7"},{"tool":"a.two","result":["\u0000s\u0000n7","a\"\u0000",{"\u0000n7":1}]}]"#
            )
        );
    }

    #[test]
    fn a_call_that_there_is_no_room_for_keeps_out_no_other_one() {
        let mut calls = kept(
            200,
            &[
                (0, "a.one", "", "1"),
                (1, "a.two", "", &"2".repeat(200)),
                (2, "a.three", "", "3"),
            ],
        );
        let text = calls.text().unwrap();
        assert!(
            text.contains("a.one") && text.contains("a.three") && !text.contains("a.two"),
            "{text}"
        );
    }
}
