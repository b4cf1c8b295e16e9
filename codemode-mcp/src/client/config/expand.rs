//! `${…}` in a configuration.

use crate::client::secrets::Secrets;

/// Places that an editor knows and nobody else.
const OF_EDITORS: [&str; 9] = [
    "command:",
    "config:",
    "file",
    "fileDirname",
    "relativeFile",
    "workspaceFolder",
    "workspaceFolderBasename",
    "workspaceRoot",
    "extensionPath",
];

/// Puts the values of environment variables in the place of `${NAME}`, and of `${NAME:-text}` and `${NAME-text}`, which say what
/// else it is.
pub(super) fn expand(
    text: &str,
    variable: &dyn Fn(&str) -> Option<String>,
    secrets: &mut Secrets,
) -> Result<String, String> {
    let mut expanded = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("${") {
        expanded.push_str(before);
        let (inside, after) = after
            .split_once('}')
            .ok_or_else(|| "it has `${` without `}`".to_owned())?;
        if inside.contains("${") {
            return Err("it has `${` within `${…}`, which isn't expanded".to_owned());
        }
        let inside = inside.strip_prefix("env:").unwrap_or(inside);
        let is_in_name = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
        let end = inside.find(|letter| !is_in_name(letter));
        let (start, operation) = inside.split_at(end.unwrap_or(inside.len()));
        let default = operation.strip_prefix(":-").or(operation.strip_prefix('-'));
        if operation
            .trim_start_matches(':')
            .starts_with(['+', '?', '='])
        {
            return Err(format!(
                "it has `${{{inside}}}`; of such forms only `${{NAME}}` and `${{NAME:-text}}` are known"
            ));
        }
        let name = default.map_or(inside, |_| start);
        let value = match variable(name).or_else(|| default.map(str::to_owned)) {
            Some(value) => value,
            None => known(name, variable)?,
        };
        // What is wrong with it is said where a user has written the name.
        let _ = secrets.add_named(name, &value);
        expanded.push_str(&value);
        rest = after;
    }
    expanded.push_str(rest);
    Ok(expanded)
}

/// Puts the home folder in the place of a `~` before a path, as a shell does.
pub(super) fn at_home(path: String, variable: &dyn Fn(&str) -> Option<String>) -> String {
    match path.strip_prefix('~') {
        Some(rest) if rest.is_empty() || rest.starts_with(std::path::is_separator) => {
            home(variable).map_or(path.clone(), |home| format!("{home}{rest}"))
        }
        _ => path,
    }
}

fn home(variable: &dyn Fn(&str) -> Option<String>) -> Option<String> {
    variable("HOME").or_else(|| variable("USERPROFILE"))
}

/// What isn't a variable of the environment and still has a value.
fn known(name: &str, variable: &dyn Fn(&str) -> Option<String>) -> Result<String, String> {
    match name {
        "userHome" => home(variable),
        "/" | "pathSeparator" => Some(std::path::MAIN_SEPARATOR_STR.to_owned()),
        _ => None,
    }
    .ok_or_else(|| {
        let is_of_editors = OF_EDITORS
            .iter()
            .any(|known| name == *known || known.ends_with(':') && name.starts_with(known))
            || name.starts_with("workspaceFolder:");
        if name.starts_with("input:") {
            format!(
                "it has `${{{name}}}`, which an editor asks a person for: put the value into an environment variable, and write \
                 `${{NAME}}` with the name of that"
            )
        } else if is_of_editors {
            format!(
                "it has `${{{name}}}`, which only an editor knows: write what it stands for, or set an environment variable of that name"
            )
        } else {
            format!(
                "it needs the environment variable `{name}`, which isn't set (`${{{name}:-text}}` would do without it)"
            )
        }
    })
}
