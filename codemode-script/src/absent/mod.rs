//! The way out for names that a script doesn't have: those of the web, of Node.js, and those that tools have elsewhere.

mod names;

use std::fmt::Write as _;

use self::names::{ABSENT, Absent, CALLS, NO_MODULES, PREFIXES};
use crate::error::{ErrorKind, RunError};
use crate::nearest::nearest;

/// The names of tools, ready to be compared with what scripts call.
#[derive(Clone, Debug, Default)]
pub struct ToolNames(Vec<ToolName>);

#[derive(Clone, Debug)]
struct ToolName {
    namespace: String,
    name: String,
    /// Both without what systems spell differently, together and the name alone.
    plain: (String, String),
}

impl ToolNames {
    /// Of namespaces and names.
    pub fn of<'a>(tools: impl Iterator<Item = (&'a str, &'a str)>) -> Self {
        Self(
            tools
                .map(|(namespace, name)| ToolName {
                    namespace: namespace.to_owned(),
                    name: name.to_owned(),
                    plain: (plain(namespace) + &plain(name), plain(name)),
                })
                .collect(),
        )
    }

    fn paths(&self, is_it: impl Fn(&ToolName) -> bool) -> Vec<String> {
        let found = self.0.iter().filter(|tool| is_it(tool)).take(MAX_MEANT);
        found
            .map(|tool| format!("{}.{}", tool.namespace, tool.name))
            .collect()
    }

    /// The tools of a name, with its namespace or without, however it is spelt.
    fn of_name(&self, name: &str) -> Vec<String> {
        let wanted = plain(name);
        let whole = self.paths(|tool| tool.plain.0 == wanted);
        if whole.is_empty() {
            self.paths(|tool| tool.plain.1 == wanted)
        } else {
            whole
        }
    }

    /// The tools whose name is nearly this one.
    fn near(&self, name: &str) -> Vec<String> {
        let names = self.0.iter().map(|tool| tool.name.as_str());
        nearest(name, names).map_or_else(Vec::new, |meant| self.paths(|tool| tool.name == meant))
    }
}

/// How many tools are named that may be meant.
const MAX_MEANT: usize = 3;

/// How far behind a name is looked for the tool that is meant, in bytes.
const MAX_CALL: usize = 400;

const PARALLEL: &str = "Calls run at the same time with `await Promise.all([…])`.";
const NO_PREFIX: &str =
    "Tools are functions of their namespaces, with nothing before them: `namespace.tool({ … })`.";

/// What there is instead of a name, as sentences. `code` is the script's text from the name on, as far as it is known, and
/// `near` says whether it is nearly the name of a namespace.
pub fn instead(name: &str, code: &str, tools: &ToolNames, near: bool) -> Option<String> {
    if name == "multi_tool_use" {
        return Some(PARALLEL.to_owned());
    }
    let called = Called::read(name, code);
    let known = known(name);
    let meant = called.meant(tools, known.is_none() && !near);
    let is_other_way = called.is_other_way();
    if let ("require", Some(module), []) = (name, called.words.first(), meant.as_slice()) {
        return Some(instead_of_module(module));
    }
    match (known, meant.as_slice()) {
        // Something else of that name may be a tool's.
        (Some(known), []) => Some(known.instead.to_owned()),
        (Some(known), meant) if !is_other_way => Some(format!(
            "{} Perhaps {} is meant.",
            known.instead,
            either(meant)
        )),
        (_, []) if is_other_way => Some(NO_PREFIX.to_owned()),
        (None, []) => None,
        (None, _) if near && !is_other_way && !name.contains('_') => None,
        (_, meant) if is_other_way => Some(format!(
            "Tools are functions of their namespaces, with nothing before them: {}.",
            either(meant)
        )),
        (_, meant) => Some(format!("Perhaps {} is meant.", either(meant))),
    }
}

/// Whether a tool may do what a name stands for elsewhere, or nothing is known about it, so that it helps to know the tools.
pub fn may_be_tools(name: &str) -> bool {
    known(name).is_none_or(|known| known.by_tools)
}

/// What there is instead of a module that is loaded, as sentences.
pub fn instead_of_module(module: &str) -> String {
    instead_of_package(module).map_or_else(
        || NO_MODULES.to_owned(),
        |instead| format!("{NO_MODULES} {instead}"),
    )
}

/// What there is instead of what a package does, if it is a known one.
pub fn instead_of_package(module: &str) -> Option<&'static str> {
    let name = module.trim_start_matches("node:");
    let name = name.split('/').next().unwrap_or(name);
    let known = known(name)?;
    (known.instead != NO_MODULES).then_some(known.instead)
}

/// What is said of the global object where a script hands it back.
pub const GLOBAL_IS_NO_RESULT: &str = "`globalThis` is no result, and nothing is kept on it from one script to the next: return the values that are needed.";

/// What there is instead of a property of the console or of the global object.
pub fn instead_of_property(object: &str, property: &str) -> Option<String> {
    match object {
        "console" => Some(
            "`console` has `log`, `info`, `debug`, `warn` and `error`, and shows objects and lists as they are."
                .to_owned(),
        ),
        "globalThis" => Some(known(property).map_or_else(
            || {
                format!(
                    "Nothing is kept on it from one script to the next: a variable holds what this one needs, as in `let {property} = …`, \
                     and what the next one needs is returned, or kept in its session: `await $store.set(name, value)`."
                )
            },
            |known| known.instead.to_owned(),
        )),
        _ => None,
    }
}

/// What there is instead of a call of a namespace.
pub fn instead_of_namespace(namespace: &str, tools: &ToolNames) -> Option<String> {
    let paths = tools.paths(|tool| tool.namespace == namespace);
    (!paths.is_empty()).then(|| {
        format!(
            "`{namespace}` is a namespace, whose functions are called: {}.",
            either(&paths)
        )
    })
}

/// Says what to do about an error that the engine has words of its own for.
pub fn explain(error: &mut RunError, script: &str, tools: impl FnOnce() -> ToolNames) {
    if error.kind != ErrorKind::Exception {
        return;
    }
    let advice = match error.name.as_deref() {
        Some("ReferenceError") => error
            .message
            .strip_suffix(" is not defined")
            .and_then(|name| {
                let name = name.trim_matches('\'');
                instead(name, code_at(error, script, name), &tools(), false)
            }),
        Some("TypeError") => {
            let called = error.message.strip_suffix(" is not a function");
            called.and_then(|called| match called.split_once('.') {
                Some((object, property)) => instead_of_property(object, property),
                None => instead_of_namespace(called, &tools()),
            })
        }
        Some("SyntaxError")
            if error
                .message
                .starts_with("\"[object Object]\" is not valid JSON") =>
        {
            Some(IS_PARSED.to_owned())
        }
        _ => None,
    };
    if let Some(advice) = advice {
        let _ = write!(error.message, ". {advice}");
    }
}

/// The script's text from a name on, in the line that an error is about.
fn code_at<'s>(error: &RunError, script: &'s str, name: &str) -> &'s str {
    let line = match error.frames.first() {
        Some(frame) if frame.file.is_some() => return "",
        frame => frame.map_or(1, |frame| frame.line),
    };
    let mut lines = script.split('\n');
    let line = lines
        .nth(line.saturating_sub(1) as usize)
        .unwrap_or_default();
    line.find(name).map_or("", |start| &line[start..])
}

/// What is said of something that is parsed and is no text.
pub const IS_PARSED: &str = "This is no text but a value already, such as an object: use it as it is, without `JSON.parse`.";

fn known(name: &str) -> Option<&'static Absent> {
    ABSENT.iter().find(|absent| absent.names.contains(&name))
}

fn either(paths: &[String]) -> String {
    let quoted: Vec<String> = paths.iter().map(|path| format!("`{path}`")).collect();
    quoted.join(" or ")
}

/// Something that is called, as a script writes it.
struct Called {
    /// The parts of its path.
    parts: Vec<String>,
    /// The words that it is given: where a tool is called by its name, these name it.
    words: Vec<String>,
}

impl Called {
    fn read(name: &str, code: &str) -> Self {
        let code = &code[..code.floor_char_boundary(MAX_CALL)];
        let is_path =
            |letter: char| letter == '.' || letter == '$' || unicode_ident::is_xid_continue(letter);
        let path = code
            .find(|letter| !is_path(letter))
            .map_or(code, |end| &code[..end]);
        let path = if path.starts_with(name) { path } else { name };
        let words = code
            .strip_prefix(path)
            .and_then(|rest| rest.strip_prefix('('));
        Self {
            parts: path
                .replace("__", ".")
                .split('.')
                .map(str::to_owned)
                .collect(),
            words: words.map_or_else(Vec::new, quoted),
        }
    }

    /// Whether tools are called like this elsewhere.
    fn is_other_way(&self) -> bool {
        let Some(first) = self.parts.first() else {
            return false;
        };
        let first = plain(first);
        PREFIXES.iter().any(|prefix| plain(prefix) == first) || self.is_by_name()
    }

    fn is_by_name(&self) -> bool {
        self.parts
            .last()
            .is_some_and(|last| CALLS.contains(&plain(last).as_str()))
    }

    /// The tools that may be meant.
    fn meant(&self, tools: &ToolNames, loosely: bool) -> Vec<String> {
        let by_name = self.is_by_name();
        let mut found = Vec::new();
        // The longer a part of the path is that names a tool, the surer it is the one.
        for start in 0..self.parts.len() {
            let rest = self.parts[start..].concat();
            found.extend(tools.of_name(&rest));
        }
        if by_name {
            let words = self.words.iter().take(4);
            let both = words
                .clone()
                .flat_map(|a| words.clone().map(move |b| format!("{a}{b}")));
            let all = words.clone().cloned().chain(both);
            found.extend(all.flat_map(|word| tools.of_name(&word)));
        }
        if let (true, true, Some(last)) = (found.is_empty(), loosely, self.parts.last()) {
            found.extend(tools.near(last));
        }
        let mut seen = std::collections::BTreeSet::new();
        found.retain(|path| seen.insert(path.clone()));
        found.truncate(MAX_MEANT);
        found
    }
}

/// A name without what systems spell differently.
fn plain(name: &str) -> String {
    name.chars()
        .filter(|letter| letter.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// The texts in quotes up to the end of a call that could be names.
fn quoted(arguments: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut rest = arguments;
    while let Some(start) = rest.find(['"', '\'', '`', ')', ';']) {
        let quote = &rest[start..=start];
        if quote == ")" || quote == ";" {
            break;
        }
        let Some((word, behind)) = rest[start + 1..].split_once(quote) else {
            break;
        };
        words.push(word.to_owned());
        rest = behind;
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tools() -> ToolNames {
        let tools = [
            ("s", "echo"),
            ("s", "asObject"),
            ("web", "fetch"),
            ("weather", "getForecast"),
        ];
        ToolNames::of(tools.into_iter())
    }

    #[test]
    fn each_way_to_call_a_tool_elsewhere_leads_to_the_tool() {
        for code in [
            "functions.echo({ text: \"a\" })",
            "tools.s.echo({ text: 'a' })",
            "tools.echo({})",
            "mcp__s__echo({})",
            "mcp.s.echo({})",
            "s__echo({})",
            "s_echo({})",
            "codemode.s_echo({})",
            "default_api.s_echo({})",
            "callTool(\"s.echo\", { text: \"a\" })",
            "call_tool('s', 'echo', {})",
            "client.callTool({ server: \"s\", name: \"echo\", arguments: {} })",
            "use_mcp_tool(\"echo\")",
            "echo({})",
            "S.Echo({})",
            "api.ehco({})",
        ] {
            let name = code.split(['.', '(']).next().unwrap();
            let said = instead(name, code, &tools(), false).unwrap_or_default();
            assert!(said.contains("`s.echo`"), "{code}: {said}");
        }
        let said = instead("functions", "functions.as_object()", &tools(), false).unwrap();
        assert!(said.contains("`s.asObject`"), "{said}");
    }

    #[test]
    fn a_name_that_is_not_there_has_its_own_way_out() {
        for (name, words) in [
            ("fetch", "no network"),
            ("process", "no environment"),
            ("Buffer", "Uint8Array"),
            ("require", "no modules"),
            ("ls", "no shell"),
            ("window", "globalThis"),
            ("prompt", "Nobody can be asked"),
            ("sleep", "setTimeout"),
            ("Temporal", "Intl.DateTimeFormat"),
            ("multi_tool_use", "Promise.all"),
            ("functions", "namespace.tool"),
        ] {
            let said = instead(name, name, &ToolNames::default(), false).unwrap();
            assert!(said.contains(words), "{name}: {said}");
        }
        assert_eq!(instead("unheardOf", "unheardOf()", &tools(), false), None);
        let said = instead("fetch", "fetch(\"https://example.org\")", &tools(), false).unwrap();
        assert!(said.ends_with("Perhaps `web.fetch` is meant."), "{said}");
        let said = instead("process", "process.env", &tools(), false).unwrap();
        assert!(!said.contains("Perhaps"), "{said}");
    }

    #[test]
    fn a_module_is_told_with_what_there_is_instead_of_it() {
        assert_eq!(
            instead("require", "require('./tasks')", &tools(), false).unwrap(),
            NO_MODULES
        );
        for (module, words) in [
            ("fs", "There are no files"),
            ("node:fs/promises", "There are no files"),
            ("axios", "no network"),
            ("node:child_process", "no process"),
            ("lodash", "There are no libraries"),
        ] {
            let code = format!("require(\"{module}\").x");
            let said = instead("require", &code, &tools(), false).unwrap();
            let after = said.strip_prefix(NO_MODULES).unwrap_or_default();
            assert!(after.contains(words), "{module}: {said}");
            assert_eq!(said, instead_of_module(module));
        }
    }

    #[test]
    fn no_name_is_listed_twice() {
        let mut names: Vec<&str> = ABSENT
            .iter()
            .flat_map(|absent| absent.names)
            .copied()
            .collect();
        names.sort_unstable();
        assert!(names.is_sorted_by(|a, b| a < b), "{names:?}");
    }
}
