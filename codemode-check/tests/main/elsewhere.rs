//! What scripts have elsewhere: modules, a global object that stays, a shell.

use crate::office::Office;

const NOTHING_KEPT: &str = "Nothing is kept on it from one script to the next: a variable holds what this one needs, as in `let cache = …`, \
                            and what the next one needs is returned, or kept in its session: `await $store.set(name, value)`.";
const NO_RESULT: &str = "`globalThis` is no result, and nothing is kept on it from one script to the next: return the values that are needed.";
const NO_MODULES: &str = "There are no modules, packages and files to load: a script has the language itself and the tools' namespaces, without an import.";
const NO_FILES: &str = "There are no files: a tool reads and writes them, and `output.file(content, mediaType, name)` hands one out.";

#[tokio::test]
async fn the_global_object_is_no_result() {
    let cases = [
        "return globalThis",
        "globalThis",
        "return { all: globalThis }",
        "return [globalThis]",
        "const all = globalThis; return all",
        "const all = { world: globalThis }; return all",
    ]
    .map(|script| (script, NO_RESULT));
    Office::open().tells(&cases).await;
    let cases = [
        ("return Object.keys(globalThis).length", ""),
        ("return globalThis.tasks.list()", ""),
        // A promise is one all the same.
        (
            "return { all: tasks.list() }",
            "`await` is missing: this is a promise, and nothing waits for what comes of it",
        ),
    ];
    Office::open().tells(&cases).await;
}

#[tokio::test]
async fn nothing_is_kept_on_the_global_object() {
    let kept = format!("`globalThis` has no 'cache'. {NOTHING_KEPT}");
    let cases = [
        "globalThis.cache = 1; return 1",
        "globalThis.cache ??= {}; return 1",
        "return globalThis.cache",
        "globalThis['cache'] = 1; return 1",
    ]
    .map(|script| (script, kept.as_str()));
    Office::open().tells(&cases).await;
    let cases = [
        (
            "return await globalThis.fetch('a')",
            "`globalThis` has no 'fetch'. A script reaches no network but through its tools.",
        ),
        (
            "return await globalThis.task.list()",
            "`globalThis` has no 'task'. Did you mean 'tasks'?",
        ),
        (
            "return await globalThis.github.issues()",
            "`globalThis` has no 'github'. Its tools can't be called now: its server doesn't answer.",
        ),
        (
            "localStorage.setItem('a', 'b'); return 1",
            "Cannot find name 'localStorage'. Nothing is kept from one script to the next but in a session: `await $store.set(name, value)` \
             and `await $store.get(name)`.",
        ),
        (
            "this.cache = 1; return 1",
            "Object is possibly 'undefined'. `this` is `undefined` in a script: a variable holds what it needs.",
        ),
    ];
    Office::open().tells(&cases).await;
}

#[tokio::test]
async fn a_module_that_is_loaded_is_told_with_what_there_is_instead() {
    let told = [
        ("await import('fs')", "module 'fs'", NO_FILES),
        (
            "await import('node:fs/promises')",
            "module 'node:fs/promises'",
            NO_FILES,
        ),
        ("await import('./helpers')", "module './helpers'", ""),
        ("await import('left-pad')", "module 'left-pad'", ""),
        ("require('fs')", "name 'require'", NO_FILES),
        ("require('./helpers')", "name 'require'", ""),
    ]
    .map(|(load, what, instead)| {
        let told = format!("Cannot find {what}. {NO_MODULES} {instead}");
        (
            format!("const it = {load}; return it.a"),
            told.trim_end().to_owned(),
        )
    });
    let cases = told
        .each_ref()
        .map(|(script, told)| (script.as_str(), told.as_str()));
    Office::open().tells(&cases).await;
    let cases = [
        (
            "const name = 'fs'; const it = await import(name); return it.a",
            NO_MODULES,
        ),
        (
            "const it = await import('./servers/tasks.ts'); return it.list()",
            "Cannot find module './servers/tasks.ts'. `tasks` is there without an import: use it as it is.",
        ),
        (
            "import fs from 'fs'; return fs.readFileSync('a')",
            "there is no namespace `fs`, and a script can't load anything else: the tools' namespaces are there without an import. There \
             are no files: a tool reads and writes them, and `output.file(content, mediaType, name)` hands one out.",
        ),
        (
            "import pad from 'left-pad'; return pad('a')",
            "there is no namespace `pad`, and a script can't load anything else: the tools' namespaces are there without an import",
        ),
        (
            "import { tasks } from './servers'; return await tasks.list()",
            "",
        ),
    ];
    Office::open().tells(&cases).await;
}

#[tokio::test]
async fn a_command_for_a_shell_is_told_in_one_sentence() {
    let office = Office::open();
    for script in [
        "ls -la",
        "npm install x",
        "curl https://example.org",
        "cd src && ls",
        "```bash\nls\n```",
    ] {
        let told = office.check(script).await;
        assert_eq!(told.len(), 1, "{script}");
        assert!(
            told[0].message.starts_with("this is for a shell (`"),
            "{script}"
        );
    }
    let no_shell = "Cannot find name 'ls'. There is no shell, and there are no programs: the functions of the tools' namespaces do what \
                    is to be done.";
    office.tells(&[("ls", no_shell)]).await;
}

#[tokio::test]
async fn advice_is_given_once() {
    let told = Office::open()
        .check("readFile('a');\nwriteFile('b');\nreturn fetch('c')")
        .await;
    let told: Vec<&str> = told
        .iter()
        .map(|problem| problem.message.as_str())
        .collect();
    let first = format!("Cannot find name 'readFile'. {NO_FILES}");
    assert_eq!(
        told,
        [
            first.as_str(),
            "Cannot find name 'writeFile'.",
            "Cannot find name 'fetch'. A script reaches no network but through its tools.",
        ]
    );
}
