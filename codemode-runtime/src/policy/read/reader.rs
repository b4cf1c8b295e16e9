//! What reading has to do again and again: to take something as what it has to be, and to tell if it isn't.

use serde_json::Value;

use super::tree::{Field, Kind, Node};
use crate::policy::mistake::Mistake;

/// Reads, and keeps the mistakes.
#[derive(Default)]
pub(in crate::policy) struct Reader {
    pub(in crate::policy) mistakes: Vec<Mistake>,
}

impl Reader {
    /// Tells a mistake; there is nothing to go on with.
    pub(in crate::policy) fn wrong<T>(
        &mut self,
        line: usize,
        message: impl Into<String>,
    ) -> Option<T> {
        self.mistakes.push(Mistake::new(line, message));
        None
    }

    pub(in crate::policy) fn take<T>(
        &mut self,
        line: usize,
        result: Result<T, String>,
    ) -> Option<T> {
        match result {
            Ok(value) => Some(value),
            Err(message) => self.wrong(line, message),
        }
    }

    /// The fields of a table in which only these may be. The others are told.
    pub(in crate::policy) fn fields<'n>(
        &mut self,
        node: &'n Node,
        known: &[&str],
        what: &str,
    ) -> Option<&'n [Field]> {
        let Kind::Table(fields) = &node.kind else {
            return self.wrong(
                node.line,
                format!("{what} is a table with {}", listed(known)),
            );
        };
        for field in fields.iter().filter(|field| !known.contains(&&*field.name)) {
            let message = format!(
                "{what} has no `{}`{}",
                field.name,
                instead(&field.name, known)
            );
            self.mistakes.push(Mistake::new(field.line, message));
        }
        Some(fields)
    }

    #[allow(clippy::unused_self, reason = "it reads like the others")]
    pub(in crate::policy) fn get<'n>(&self, fields: &'n [Field], name: &str) -> Option<&'n Node> {
        let field = fields.iter().find(|field| field.name == name);
        field.map(|field| &field.node)
    }

    pub(in crate::policy) fn text<'n>(&mut self, node: &'n Node, name: &str) -> Option<&'n str> {
        match &node.kind {
            Kind::Plain(Value::String(text)) => Some(text),
            _ => self.wrong(
                node.line,
                format!("`{name}` is a text: write it in double quotes"),
            ),
        }
    }

    /// A text in which there is something to read.
    pub(in crate::policy) fn words<'n>(&mut self, node: &'n Node, name: &str) -> Option<&'n str> {
        let text = match &node.kind {
            Kind::Plain(Value::String(text)) => text.trim(),
            _ => "",
        };
        if text.is_empty() {
            let wanted = match name {
                "deny" => {
                    "`deny` is the reason, which the script's author reads: write `deny = \"why\"`"
                }
                "ask" => "`ask` is the question, which a person reads: write `ask = \"question\"`",
                _ => {
                    return self.wrong(
                        node.line,
                        format!("`{name}` is a text with something in it"),
                    );
                }
            };
            return self.wrong(node.line, wanted);
        }
        Some(text)
    }

    pub(in crate::policy) fn boolean(&mut self, node: &Node, name: &str) -> Option<bool> {
        match &node.kind {
            Kind::Plain(Value::Bool(value)) => Some(*value),
            _ => self.wrong(
                node.line,
                format!("`{name}` is true or false, without quotes"),
            ),
        }
    }
}

/// The items of a list; one value is a list of itself.
pub(in crate::policy) fn list(node: &Node) -> &[Node] {
    match &node.kind {
        Kind::List(items) => items,
        _ => std::slice::from_ref(node),
    }
}

/// What is there instead of a name that isn't.
pub(in crate::policy) fn instead(name: &str, known: &[&str]) -> String {
    let close = known
        .iter()
        .map(|known| (strsim::jaro_winkler(name, known), known));
    let closest = close.max_by(|(one, _), (other, _)| one.total_cmp(other));
    match closest {
        Some((likeness, known)) if likeness > 0.8 => format!(": write `{known}`"),
        _ => format!("; there is {}", listed(known)),
    }
}

fn listed(names: &[&str]) -> String {
    let names: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
    match names.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} and {last}", others.join(", ")),
        None => "nothing".to_owned(),
    }
}
