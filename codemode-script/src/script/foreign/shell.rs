//! A command of a shell where a script is expected.

use crate::script::parse::Problem;

/// Programs and commands that a line of a shell begins with.
#[rustfmt::skip]
const COMMANDS: &[&str] = &[
    "apt", "apt-get", "awk", "bash", "brew", "bun", "bunx", "cargo", "cat", "cd", "chmod", "chown", "codemode-cli",
    "cp", "curl", "cut", "date", "deno", "df", "diff", "docker", "du", "echo", "env", "export", "file", "find", "gh",
    "git", "go", "grep", "head", "jq", "kill", "kubectl", "less", "ls", "make", "mkdir", "mv", "node", "npm", "npx",
    "perl", "pip", "pip3", "pnpm", "printenv", "ps", "psql", "pwd", "python", "python3", "rg", "rm", "rsync", "ruby",
    "scp", "sed", "set", "sh", "sort", "source", "sqlite3", "ssh", "stat", "sudo", "tail", "tar", "tee", "test",
    "touch", "tree", "tsc", "tsx", "uniq", "unzip", "uv", "uvx", "wc", "wget", "which", "whoami", "xargs", "yarn",
    "zsh",
];

/// How Markdown tags what is for a shell.
const TAGS: [&str; 9] = [
    "bash",
    "cmd",
    "console",
    "fish",
    "powershell",
    "sh",
    "shell",
    "shell-session",
    "zsh",
];

/// Words that can stand behind a name in TypeScript.
const OPERATORS: [&str; 5] = ["as", "in", "instanceof", "of", "satisfies"];

/// What is said of a block for a shell, if its tag is that of one.
pub(in crate::script) fn of_tag(tag: &str) -> Option<String> {
    let tag = tag.to_lowercase();
    TAGS.contains(&tag.as_str()).then(|| message(&tag))
}

/// What is said of code that is no TypeScript, if its first line is a command of a shell.
pub(in crate::script) fn unreadable(code: &str) -> Option<Problem> {
    if let Some(shell) = shebang(code) {
        return Some(problem(0, shell));
    }
    let (offset, line) = first_line(code)?;
    let command = command(line).or_else(|| flow(line))?;
    Some(problem(offset, command))
}

/// The same of code that can be read all the same, such as `ls -la`, which subtracts.
pub(in crate::script) fn readable(code: &str) -> Option<Problem> {
    if let Some(shell) = shebang(code) {
        return Some(problem(0, shell));
    }
    let (offset, line) = first_line(code)?;
    let (_, rest) = line.split_once(' ')?;
    let has_option = rest.starts_with('-') && rest[1..].starts_with(char::is_alphabetic);
    let is_alone = code[offset..].trim_end().len() == line.trim_end().len();
    let command = command(line).filter(|_| has_option && is_alone)?;
    Some(problem(offset, command))
}

fn problem(offset: usize, what: &str) -> Problem {
    Problem {
        offset,
        message: message(what),
    }
}

/// The shell that the first line says to be read by.
fn shebang(code: &str) -> Option<&str> {
    let program = code.lines().next()?.strip_prefix("#!")?;
    let name = program.trim_end().rsplit(['/', ' ']).next()?;
    TAGS.contains(&name).then_some(name)
}

fn message(what: &str) -> String {
    format!(
        "this is for a shell (`{what}`), and there is none: TypeScript runs here, and the functions of the tools' namespaces do what \
         a program would, as in `await namespace.tool({{ … }})`"
    )
}

/// The first line that says something, and where it starts.
fn first_line(code: &str) -> Option<(usize, &str)> {
    let mut start = 0;
    for line in code.split('\n') {
        let said = line.trim_start();
        if !said.is_empty() && !said.starts_with('#') {
            return Some((start + line.len() - said.len(), said));
        }
        start += line.len() + 1;
    }
    None
}

/// The command that a line begins with, behind a prompt and variables that are set for it.
fn command(line: &str) -> Option<&str> {
    let line = line.strip_prefix("$ ").unwrap_or(line).trim_start();
    let word = line.split([' ', '\t', ';']).next()?;
    let rest = line[word.len()..].trim();
    let is_path = ["./", "../", "/", "~/"]
        .iter()
        .any(|start| word.starts_with(start));
    if let Some((name, _)) = word.split_once('=')
        && is_variable(name)
    {
        return (!rest.is_empty()).then(|| command(rest)).flatten();
    }
    if word == "export" {
        let name = rest.split_once('=').map(|(name, _)| name);
        return name.is_some_and(is_variable).then_some(word);
    }
    let is_command =
        COMMANDS.contains(&word) || is_path && !word.starts_with("//") && !word.starts_with("/*");
    (is_command && is_arguments(rest)).then_some(word)
}

/// Whether a name is one of the environment: `export count = 1` is TypeScript.
fn is_variable(name: &str) -> bool {
    let is_part =
        |letter: char| letter == '_' || letter.is_ascii_uppercase() || letter.is_ascii_digit();
    !name.is_empty() && name.chars().all(is_part)
}

/// Whether what follows a name can't follow it in TypeScript.
fn is_arguments(rest: &str) -> bool {
    let word = rest.split(' ').next().unwrap_or_default();
    let mut letters = rest.chars();
    match letters.next() {
        Some('-') => letters
            .next()
            .is_some_and(|next| next == '-' || next.is_alphabetic()),
        Some('.' | '/') => letters.next().is_none_or(|next| !next.is_whitespace()) || word == ".",
        None | Some('&' | '|' | '"' | '\'' | '~' | '$' | '>' | '*' | '@' | ';') => true,
        Some(first) => first.is_alphanumeric() && !OPERATORS.contains(&word),
    }
}

/// A line that begins a loop or a question of a shell.
fn flow(line: &str) -> Option<&'static str> {
    let is_loop = ["for ", "while "]
        .iter()
        .filter_map(|start| line.strip_prefix(start))
        .any(|rest| !rest.trim_start().starts_with('('));
    if is_loop && (line.contains("; do") || line.trim_end().ends_with(" do")) {
        return Some("for … do");
    }
    line.starts_with("if [").then_some("if [ … ]")
}

#[cfg(test)]
mod tests {
    use crate::script::Script;

    fn told(code: &str) -> Option<String> {
        let problems = Script::compile(code).err()?;
        let first = &problems[0];
        Some(format!("{}:{} {}", first.line, first.column, first.message))
    }

    fn expected(line: u32, what: &str) -> String {
        format!(
            "{line}:1 this is for a shell (`{what}`), and there is none: TypeScript runs here, and the functions of the tools' \
             namespaces do what a program would, as in `await namespace.tool({{ … }})`"
        )
    }

    #[test]
    fn a_command_of_a_shell_is_told_as_one_in_one_sentence() {
        for (code, line, command) in [
            ("ls -la", 1, "ls"),
            ("npm install x", 1, "npm"),
            ("npm install --save-dev typescript", 1, "npm"),
            ("pip install requests", 1, "pip"),
            ("curl https://example.org/a", 1, "curl"),
            (
                "curl -X POST -d '{\"a\": 1}' https://example.org",
                1,
                "curl",
            ),
            ("cd src && ls", 1, "cd"),
            ("cd /tmp && npm test", 1, "cd"),
            ("cat file.txt | grep foo", 1, "cat"),
            ("echo \"hello\"", 1, "echo"),
            ("git commit -m \"x\"", 1, "git"),
            ("python3 -c \"print(1)\"", 1, "python3"),
            ("#!/usr/bin/env bash\nset -e\nls", 1, "bash"),
            ("#!/bin/sh\nrm -rf node_modules", 1, "sh"),
            ("# Installs it.\n\nnpm install x\n", 3, "npm"),
            ("$ ls -la /tmp", 1, "ls"),
            ("NODE_ENV=test npm test", 1, "npm"),
            ("export TOKEN=abc", 1, "export"),
            ("find . -name \"*.ts\"", 1, "find"),
            ("./run.sh --fast", 1, "./run.sh"),
            ("for f in *.ts; do echo $f; done", 1, "for … do"),
            ("if [ -f a ]; then echo b; fi", 1, "if [ … ]"),
            ("```bash\nls -la\n```", 1, "bash"),
            ("```sh\nnpm install x\n```", 1, "sh"),
        ] {
            assert_eq!(told(code), Some(expected(line, command)), "{code}");
        }
    }

    #[test]
    fn code_that_begins_like_a_command_is_none() {
        for code in [
            "ls - la",
            "const ls = 5, la = 1;\nls -la",
            "ls -la;\nreturn 1",
            "find.all()",
            "find(1)",
            "test = 1",
            "node => node.name",
            "export const COUNT = 1",
            "/a b/.test('a')",
            "/* ls */ 1",
            "sort as any",
            "date in dates",
            "find",
            // Wrong in another way.
            "find(1",
            "node => {",
            "export const COUNT = ;",
            "test ? 1 :",
            "head, tail of",
            "date instanceof Date )",
            "if (a) [",
            "#!/usr/bin/env node\nconst a = ;",
            "for (const f of []) { do",
        ] {
            let told = told(code).unwrap_or_default();
            assert!(!told.contains("for a shell"), "{code}: {told}");
        }
    }
}
