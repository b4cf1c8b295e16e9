//! What to do about a problem.

use std::collections::BTreeSet;

use codemode_script::{absent, nearest};

use super::{Problem, call, input};
use crate::catalogue::Catalogue;
use crate::outcome::ErrorKind;
use crate::tool::info::ToolInfo;

/// What the compiler says of an argument that doesn't fit, at its place.
const WRONG_ARGUMENT: [&str; 9] = [
    "TS2322", "TS2345", "TS2353", "TS2561", "TS2739", "TS2740", "TS2741", "TS2769", "TS2820",
];

/// What it says of the number of arguments: at the first one too many, or else at what is called.
const WRONG_NUMBER: [&str; 2] = ["TS2554", "TS2555"];

/// What the check says of a name that is no namespace's, but one of the script's own.
const OWN: [&str; 2] = ["It is declared with `let ", "Leave the type out"];

/// How many names are told where several may be meant.
const MAX_NAMES: usize = 12;

pub(super) fn of(problem: &Problem, script: &str, catalogue: Option<&Catalogue>) -> Vec<String> {
    let Some(catalogue) = catalogue else {
        return Vec::new();
    };
    let unknown = unknown_tool(&problem.message, catalogue)
        .or_else(|| unknown_namespace(&problem.message, catalogue));
    if let Some(advice) = unknown {
        return vec![advice];
    }
    let code = problem.name.as_deref().unwrap_or_default();
    let path = match problem.kind {
        ErrorKind::TypeCheck => called(problem, script, code),
        ErrorKind::Exception if code == "TypeError" => {
            problem.message.split_once(": ").map(|(path, _)| path)
        }
        _ => None,
    };
    let tool = path.and_then(|path| tool(path, catalogue));
    tool.map(input::declared).into_iter().collect()
}

/// The path of what was called with a wrong argument.
fn called<'s>(problem: &Problem, script: &'s str, code: &str) -> Option<&'s str> {
    let place = problem.place.as_ref()?;
    if problem.message.starts_with("`await` is missing") {
        return None;
    }
    let around = || call::around(script, place.line, place.column);
    if WRONG_ARGUMENT.contains(&code) {
        around()
    } else if WRONG_NUMBER.contains(&code) {
        call::at(script, place.line, place.column).or_else(around)
    } else {
        None
    }
}

/// Advice that several problems share is given with the first.
pub(super) fn once_each(problems: &mut [Problem]) {
    let mut given = BTreeSet::new();
    for problem in problems {
        problem.advice.retain(|advice| given.insert(advice.clone()));
    }
}

fn tool<'a>(path: &str, catalogue: &'a Catalogue) -> Option<&'a ToolInfo> {
    let (namespace, name) = path.split_once('.')?;
    let mut tools = catalogue.tools().iter();
    tools.find(|tool| tool.namespace == namespace && tool.name == name)
}

/// What a namespace has instead of the tool that was named: what the compiler says of it, or the engine.
fn unknown_tool(message: &str, catalogue: &Catalogue) -> Option<String> {
    let of_compiler = || {
        let rest = message.split_once("Property '")?.1;
        let (name, rest) = rest.split_once("' does not exist on type 'typeof ")?;
        Some((rest.split_once('\'')?.0, name))
    };
    let of_engine = || message.strip_suffix(" is not a function")?.split_once('.');
    let (namespace, name) = of_compiler().or_else(of_engine)?;
    let names: Vec<&str> = catalogue
        .tools()
        .iter()
        .filter(|tool| tool.namespace == namespace)
        .map(|tool| tool.name.as_str())
        .collect();
    if names.is_empty() || names.contains(&name) {
        return None;
    }
    let meant = nearest(name, names.iter().copied());
    let meant = meant.map_or_else(String::new, |meant| {
        format!("Perhaps `{namespace}.{meant}` is meant. ")
    });
    Some(format!("{meant}`{namespace}` has {}.", listed(&names)))
}

/// The namespaces that there are, where one was named that isn't.
fn unknown_namespace(message: &str, catalogue: &Catalogue) -> Option<String> {
    let of_compiler = || message.strip_prefix("Cannot find name '")?.split_once('\'');
    let of_engine = || message.split_once(" is not defined");
    let (name, said) = of_compiler().or_else(of_engine)?;
    let is_own = OWN.iter().any(|own| said.contains(own));
    if is_own || !absent::may_be_tools(name) {
        return None;
    }
    let names: BTreeSet<&str> = catalogue
        .tools()
        .iter()
        .map(|tool| tool.namespace.as_str())
        .collect();
    let names: Vec<&str> = names.into_iter().collect();
    if names.is_empty() || names.contains(&name) {
        return None;
    }
    // Something nearer may have been named.
    let meant = nearest(name, names.iter().copied()).filter(|_| !said.contains('`'));
    let meant = meant.map_or_else(String::new, |meant| format!("Perhaps `{meant}` is meant. "));
    let which = match names.as_slice() {
        [only] => format!("The only namespace is `{only}`."),
        _ => format!("The namespaces are {}.", listed(&names)),
    };
    Some(format!("{meant}{which}"))
}

fn listed(names: &[&str]) -> String {
    let quoted = |names: &[&str]| {
        let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
        quoted.join(", ")
    };
    match names {
        [all @ .., last] if names.len() <= MAX_NAMES && !all.is_empty() => {
            format!("{} and `{last}`", quoted(all))
        }
        _ if names.len() <= MAX_NAMES => quoted(names),
        _ => {
            let (some, others) = names.split_at(MAX_NAMES);
            format!("{} and {} more", quoted(some), others.len())
        }
    }
}
