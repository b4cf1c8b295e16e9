//! The tools that a server lists, entry by entry.

use std::collections::HashSet;

use rmcp::RoleClient;
use rmcp::model::{ClientRequest, ListToolsRequest, PaginatedRequestParams, ServerResult};
use rmcp::service::Peer;
use serde_json::Value;

use super::words;
use crate::entry::{annotations, description, input, kind};

/// How many tools a server may have, and in how many pages it may list them.
const MAX_TOOLS: usize = 20_000;
const MAX_PAGES: usize = 2_000;

/// How many pages in a row may have nothing new. A list that goes on all the same has come to its end.
const MAX_STALE_PAGES: usize = 10;

/// How many problems of a list are told one by one.
const MAX_PROBLEMS: usize = 20;

/// What a server has listed.
#[derive(Default, PartialEq)]
pub(crate) struct Listed {
    /// The tools, as objects that have a name, and of what else matters only what is of the right kind.
    pub(crate) tools: Vec<Value>,
    /// What is wrong with the list, and with some of its tools.
    pub(crate) problems: Vec<String>,
    /// Whether it couldn't be had to its end, so that it is worth asking again.
    pub(crate) failed: bool,
}

/// All tools of a server, page by page.
pub(crate) async fn tools(peer: &Peer<RoleClient>) -> Listed {
    let mut reading = Reading::default();
    let mut cursor: Option<String> = None;
    for _ in 0..MAX_PAGES {
        let page = match page(peer, cursor.take()).await {
            Ok(page) => page,
            Err(problem) => {
                reading.listed.failed = true;
                reading.problem(format!("its tools can't be listed: {problem}"));
                return reading.finish();
            }
        };
        match reading.page(page) {
            Some(next) => cursor = Some(next),
            None => return reading.finish(),
        }
    }
    reading.problem(format!(
        "its list of tools has more than {MAX_PAGES} pages; the others are left out"
    ));
    reading.finish()
}

async fn page(peer: &Peer<RoleClient>, cursor: Option<String>) -> Result<Value, String> {
    let mut request = ListToolsRequest::default();
    if cursor.is_some() {
        request.params = Some(PaginatedRequestParams::default().with_cursor(cursor));
    }
    let answer = peer
        .send_request(ClientRequest::ListToolsRequest(request))
        .await
        .map_err(|error| words::of(&error))?;
    match answer {
        ServerResult::CustomResult(page) => Ok(page.0),
        // The transports hand results on as they came.
        other => serde_json::to_value(other).map_err(|error| error.to_string()),
    }
}

#[derive(Default)]
struct Reading {
    listed: Listed,
    seen: HashSet<String>,
    cursors: HashSet<String>,
    stale_pages: usize,
    untold: usize,
}

impl Reading {
    fn problem(&mut self, problem: String) {
        if self.listed.problems.len() < MAX_PROBLEMS {
            self.listed.problems.push(problem);
        } else {
            self.untold += 1;
        }
    }

    fn finish(mut self) -> Listed {
        if self.untold > 0 {
            let more = format!("{} more of its tools have a fault", self.untold);
            self.listed.problems.push(more);
        }
        self.listed
    }

    /// Takes a page. Returns the cursor of the next one, if there is one.
    fn page(&mut self, page: Value) -> Option<String> {
        let (entries, cursor) = match page {
            Value::Object(mut page) => (
                page.remove("tools").unwrap_or_default(),
                page.remove("nextCursor").unwrap_or_default(),
            ),
            entries => (entries, Value::Null),
        };
        let Value::Array(entries) = entries else {
            self.problem(format!(
                "its list of tools should be a list, and is {}",
                kind(&entries)
            ));
            return None;
        };
        let before = self.listed.tools.len();
        for (position, entry) in entries.into_iter().enumerate() {
            if self.listed.tools.len() == MAX_TOOLS {
                self.problem(format!(
                    "it has more than {MAX_TOOLS} tools; the others are left out"
                ));
                return None;
            }
            self.entry(position, entry);
        }
        self.stale_pages = if self.listed.tools.len() == before {
            self.stale_pages + 1
        } else {
            0
        };
        let cursor = match cursor {
            Value::Null => return None,
            Value::String(cursor) => cursor,
            Value::Number(cursor) => cursor.to_string(),
            other => {
                self.problem(format!(
                    "its list of tools goes on at a cursor that is {}, where a text should be; what follows is left out",
                    kind(&other)
                ));
                return None;
            }
        };
        if self.stale_pages == MAX_STALE_PAGES || !self.cursors.insert(cursor.clone()) {
            self.problem(
                "its list of tools has no end: it goes on where it has been already, or with nothing new"
                    .to_owned(),
            );
            return None;
        }
        Some(cursor)
    }

    fn entry(&mut self, position: usize, entry: Value) {
        let mut entry = match entry {
            Value::Object(entry) => entry,
            other => {
                self.problem(format!(
                    "entry {position} of its list of tools is {}, and no tool",
                    kind(&other)
                ));
                return;
            }
        };
        let name = match entry.get("name") {
            Some(Value::String(name)) => name.clone(),
            Some(other) => {
                let problem = format!(
                    "entry {position} of its list of tools has the name {other}, which a tool can't have"
                );
                self.problem(problem);
                return;
            }
            None => {
                self.problem(format!(
                    "entry {position} of its list of tools has no `name`"
                ));
                return;
            }
        };
        // Pages that overlap, and lists that begin anew, have tools twice.
        let whole = Value::Object(entry.clone()).to_string();
        if !self.seen.insert(whole) {
            return;
        }
        let mut tell = |problem: String| self.problem(format!("the tool `{name}`: {problem}"));
        match input(&mut entry) {
            Ok(None) => {}
            Ok(Some(note)) => tell(note),
            Err(problem) => {
                tell(format!("it is left out, since {problem}"));
                return;
            }
        }
        match entry.get("outputSchema") {
            None | Some(Value::Null | Value::Object(_)) => {}
            Some(other) => {
                tell(format!(
                    "its `outputSchema` is {}, which describes nothing",
                    kind(other)
                ));
                entry.remove("outputSchema");
            }
        }
        description(&mut entry);
        annotations(&mut entry);
        self.listed.tools.push(entry.into());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(pages: &[Value]) -> (Vec<String>, Vec<String>) {
        let mut reading = Reading::default();
        for page in pages {
            if reading.page(page.clone()).is_none() {
                break;
            }
        }
        let listed = reading.finish();
        let tools = listed.tools.iter().map(Value::to_string).collect();
        (tools, listed.problems)
    }

    #[test]
    fn one_entry_costs_one_entry_at_the_most() {
        let (good, schema) = (json!({ "name": "good" }), json!({ "type": "object" }));
        let cases = [
            (Value::Null, None, "entry 0 of its list of tools is null"),
            (json!("f"), None, "is a text"),
            (json!({}), None, "has no `name`"),
            (json!({ "name": 7 }), None, "the name 7"),
            (
                json!({ "name": "f", "inputSchema": [] }),
                None,
                "the tool `f`: it is left out, since its `inputSchema` is a list",
            ),
            (
                json!({ "name": "f", "inputSchema": "object" }),
                None,
                "is a text, and no schema",
            ),
            (
                json!({ "name": "f", "inputSchema": null }),
                Some(json!({ "name": "f" })),
                "",
            ),
            (
                json!({ "name": "f", "inputSchema": "{\"type\":\"object\"}" }),
                Some(json!({ "name": "f", "inputSchema": schema })),
                "the JSON in it",
            ),
            (
                json!({ "name": "f", "input_schema": schema }),
                Some(json!({ "name": "f", "inputSchema": schema })),
                "should be in `inputSchema`",
            ),
            (
                json!({ "name": "f", "outputSchema": true }),
                Some(json!({ "name": "f" })),
                "is `true`",
            ),
            (
                json!({ "name": "f", "outputSchema": [] }),
                Some(json!({ "name": "f" })),
                "is a list",
            ),
            (
                json!({ "name": "f", "description": ["a", 1, "b"] }),
                Some(json!({ "name": "f", "description": "a\nb" })),
                "",
            ),
            (
                json!({ "name": "f", "annotations": { "readOnlyHint": "true", "destructiveHint": true, "title": [] } }),
                Some(json!({ "name": "f", "annotations": { "destructiveHint": true } })),
                "",
            ),
            (
                json!({ "name": "f", "annotations": "none" }),
                Some(json!({ "name": "f" })),
                "",
            ),
        ];
        for (entry, expected, problem) in cases {
            let (tools, problems) = read(&[json!({ "tools": [entry, good] })]);
            let expected = expected.into_iter().chain([good.clone()]);
            let expected: Vec<_> = expected.map(|tool| tool.to_string()).collect();
            assert_eq!(tools, expected, "{entry}");
            assert_eq!(
                problems.is_empty(),
                problem.is_empty(),
                "{entry}: {problems:?}"
            );
            assert!(
                problems.join("\n").contains(problem),
                "{entry}: {problems:?}"
            );
        }
    }

    #[test]
    fn a_list_that_is_none_is_told() {
        for (page, expected) in [
            (json!({}), "is null"),
            (json!({ "tools": {} }), "is an object"),
            (json!("none"), "is a text"),
        ] {
            let (tools, problems) = read(&[page]);
            assert_eq!(tools, [""; 0]);
            assert!(problems[0].contains(expected), "{problems:?}");
        }
        let (tools, problems) = read(&[json!([{ "name": "f" }])]);
        assert_eq!((tools.len(), problems.len()), (1, 0));
    }

    #[test]
    fn a_cursor_that_was_there_before_ends_the_list() {
        let page = |name: &str, cursor: Value| json!({ "tools": [{ "name": name }], "nextCursor": cursor });
        let cases = [
            (vec![page("a", json!("2")), page("b", Value::Null)], 2, 0),
            (
                vec![
                    page("a", json!("1")),
                    page("b", json!("1")),
                    page("c", Value::Null),
                ],
                2,
                1,
            ),
            (
                vec![
                    page("a", json!("")),
                    page("b", json!("")),
                    page("c", Value::Null),
                ],
                2,
                1,
            ),
            (
                vec![
                    page("a", json!("b")),
                    page("b", json!("a")),
                    page("a", json!("b")),
                ],
                2,
                1,
            ),
            (vec![page("a", json!(2)), page("a", Value::Null)], 1, 0),
            (vec![page("a", json!([])), page("b", Value::Null)], 1, 1),
            (
                (0..20)
                    .map(|page_number| page("a", json!(page_number)))
                    .collect(),
                1,
                1,
            ),
        ];
        for (pages, tools, problems) in cases {
            let read = read(&pages);
            assert_eq!((read.0.len(), read.1.len()), (tools, problems), "{read:?}");
        }
    }
}
