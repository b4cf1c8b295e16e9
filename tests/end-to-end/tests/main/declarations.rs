//! The declarations, as TypeScript's own compiler sees them.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use codemode_runtime::{Catalogue, ErrorKind};
use codemode_test_support::typescript;

use crate::support::{error_of, in_example, read, run};

/// What a sandbox has beside the language and the tools.
const SURROUNDINGS: &str = "\
declare const console: Record<'debug' | 'log' | 'info' | 'warn' | 'error', (...values: unknown[]) => void>;
declare function setTimeout(callback: (...values: any[]) => void, delay?: number, ...values: unknown[]): number;
declare function setInterval(callback: (...values: any[]) => void, delay?: number, ...values: unknown[]): number;
declare function clearTimeout(id: number): void;
declare function clearInterval(id: number): void;
";

/// What the compiler says about some files in one folder: for each file its errors, as `line:TSnumber text`.
fn check(folder: &Path, files: &[(String, String)]) -> BTreeMap<String, Vec<String>> {
    for (name, text) in files {
        fs::write(folder.join(name), text).unwrap();
    }
    let compiler = typescript::compiler().unwrap_or_else(|problem| panic!("{problem}"));
    let output = Command::new(&compiler)
        .current_dir(folder)
        .args([
            "--strict", "--noEmit", "--pretty", "false", "--target", "esnext", "--lib", "esnext",
        ])
        .args(["--module", "esnext", "--types", ""])
        .args(files.iter().map(|(name, _)| name))
        .output()
        .unwrap_or_else(|error| panic!("{} can't be started: {error}", compiler.display()));
    let text = String::from_utf8_lossy(&output.stdout);
    let mut problems: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for line in text.lines().filter(|line| !line.starts_with(' ')) {
        // `file(line,column): error TS1234: text`
        let (file, rest) = line
            .split_once('(')
            .unwrap_or_else(|| panic!("tsc said: {text}"));
        let (position, message) = rest
            .split_once("): error ")
            .unwrap_or_else(|| panic!("tsc said: {text}"));
        let line = position.split(',').next().unwrap_or_default();
        problems
            .entry(file.to_owned())
            .or_default()
            .push(format!("{line}:{message}"));
    }
    assert_eq!(
        output.status.success(),
        problems.is_empty(),
        "{}\n{text}\n{}",
        output.status,
        String::from_utf8_lossy(&output.stderr)
    );
    problems
}

/// A script as a module: its body in a function, which is what makes `return` and `await` at its top legal.
fn as_module(script: &str) -> String {
    format!("export async function script() {{\n{script}\n}}\n")
}

fn of_namespaces(namespaces: &[&str]) -> String {
    let tools = Catalogue::registered().unwrap().tools().to_vec();
    let chosen: Vec<_> = tools
        .into_iter()
        .filter(|tool| namespaces.contains(&tool.namespace.as_str()))
        .collect();
    assert!(!chosen.is_empty());
    Catalogue::from_tools(chosen).declarations().unwrap()
}

/// Checks scripts against declarations, and returns what is wrong with each.
fn check_scripts(declarations: String, scripts: &[&str]) -> Vec<Vec<String>> {
    let folder = tempfile::tempdir().unwrap();
    let mut files = vec![
        ("tools.d.ts".to_owned(), declarations),
        ("surroundings.d.ts".to_owned(), SURROUNDINGS.to_owned()),
    ];
    let name = |number: usize| format!("script{number}.ts");
    for (number, script) in scripts.iter().enumerate() {
        files.push((name(number), as_module(script)));
    }
    let mut problems = check(folder.path(), &files);
    let of_scripts = (0..scripts.len())
        .map(|number| problems.remove(&name(number)).unwrap_or_default())
        .collect();
    assert!(
        problems.is_empty(),
        "the declarations themselves are wrong: {problems:?}"
    );
    of_scripts
}

#[test]
fn the_declarations_of_the_example_are_accepted_and_its_scripts_fit_them() {
    let scripts: Vec<String> = crate::site_report::SCRIPTS
        .iter()
        .map(|script| read(&in_example(&format!("scripts/{script}.ts"))))
        .collect();
    let scripts: Vec<&str> = scripts.iter().map(String::as_str).collect();
    let problems = check_scripts(of_namespaces(&["analytics", "email"]), &scripts);
    // Two of them are right. The third is the one that makes a mistake on purpose, and none that types can find.
    assert_eq!(problems, [[].as_slice(), &[], &[]] as [&[String]; 3]);
}

#[test]
fn the_declarations_of_a_whole_program_are_accepted() {
    let all = codemode_runtime::declarations().unwrap();
    for namespace in ["zoo", "animals", "analytics", "email"] {
        assert!(
            all.contains(&format!("declare namespace {namespace} {{")),
            "{namespace}: {all}"
        );
    }
    let problems = check_scripts(all, &["return 1"]);
    assert_eq!(problems, [Vec::<String>::new()]);
}

#[test]
fn right_uses_are_accepted() {
    let animal = "{ name: 'L', 'born-on': '2020-01-01', body: { kind: 'fur' }, mood: 'hungry', position: [0, 1] }";
    let with_all = "{ name: 'L', 'born-on': '2020-01-01', body: { kind: 'feathers', wingspan: 1 }, mood: 'well-fed', \
                    nickname: null, young: [], weights: { a: 1 }, position: [0, 1] }";
    let scripts = [
        "const sum: number = await zoo.add({ a: 1, b: 2 }); return sum".to_owned(),
        "const text: string = await zoo.greet({ name: 'a' }); return text".to_owned(),
        "return await zoo.greet({ name: 'a', greeting: 'b', exclamation_marks: 1 })".to_owned(),
        "const nothing: null = await zoo.nothing(); return nothing".to_owned(),
        "const [first]: string[] = await zoo.relabel({ FIRST_NAME: 'a', family: 'b' }); return first".to_owned(),
        "return (await zoo.askKeeper({ question: 'a' })).length".to_owned(),
        format!("return await animals.mirror({{ animals: [{animal}, {with_all}] }})"),
        format!("return await animals.mirror({{ animals: [], leader: {animal} }})"),
        "return await animals.mirror({ animals: [], leader: null })".to_owned(),
        "const all = await animals.mirror({ animals: [] }); return await animals.mirror({ animals: all })".to_owned(),
        "for (const a of await animals.mirror({ animals: [] })) { const n: string | null = a.nickname; const y: animals.Animal[] = a.young; \
         const p: [number, number] = a.position; if (a.body.kind === 'feathers') return [a.body.wingspan.toFixed(), n, y, p] }"
            .to_owned(),
        "const mood: animals.Mood | undefined = (await animals.moods())['Leo']; return mood".to_owned(),
    ];
    let scripts: Vec<&str> = scripts.iter().map(String::as_str).collect();
    let problems = check_scripts(of_namespaces(&["zoo", "animals"]), &scripts);
    for (script, problems) in scripts.iter().zip(problems) {
        assert_eq!(problems, Vec::<String>::new(), "{script}");
    }
}

/// Each with the number of TypeScript's complaint.
const WRONG_USES: [(&str, &str); 18] = [
    ("await zoo.add({ a: 1 })", "TS2741"),
    ("await zoo.add({ a: 1, b: '2' })", "TS2322"),
    ("await zoo.add({ a: 1, b: 2, c: 3 })", "TS2353"),
    ("await zoo.add()", "TS2554"),
    ("await zoo.add(1, 2)", "TS2554"),
    ("await zoo.nothing({})", "TS2554"),
    ("await zoo.ad({ a: 1, b: 2 })", "TS2339"),
    ("await zo.add({ a: 1, b: 2 })", "TS2304"),
    ("zoo.add({ a: 1, b: 2 }).toFixed()", "TS2339"),
    (
        "const text: string = await zoo.add({ a: 1, b: 2 })",
        "TS2322",
    ),
    ("await zoo.greet({ name: 'a', greeting: 1 })", "TS2322"),
    (
        "await zoo.relabel({ first_name: 'a', family: 'b' })",
        "TS2561",
    ),
    (
        "await zoo.askKeeper({ question: 'a', keeper: {} })",
        "TS2353",
    ),
    ("const mood: animals.Mood = 'sad'", "TS2322"),
    ("const body: animals.Body = { kind: 'feathers' }", "TS2322"),
    ("const position: animals.Animal['position'] = [1]", "TS2322"),
    ("(await animals.moods()).Leo.toFixed()", "TS2551"),
    ("await fetch('http://127.0.0.1')", "TS2304"),
];

#[test]
fn wrong_uses_are_rejected() {
    let scripts = WRONG_USES.map(|(script, _)| script);
    let problems = check_scripts(of_namespaces(&["zoo", "animals"]), &scripts);
    for ((script, code), problems) in WRONG_USES.iter().zip(problems) {
        let [problem] = problems.as_slice() else {
            panic!("one problem was expected: {script}: {problems:?}");
        };
        assert!(
            problem.starts_with(&format!("2:{code}: ")),
            "{script}: {problem}"
        );
    }
}

/// What types forbid is also what a call refuses, so that a script that wasn't checked is no worse off.
#[tokio::test]
async fn an_input_that_is_rejected_is_refused_by_the_call_as_well() {
    let of_inputs = ["TS2322", "TS2353", "TS2561", "TS2741"];
    let calls = WRONG_USES
        .iter()
        .filter(|(script, code)| script.starts_with("await ") && of_inputs.contains(code));
    let mut refused = 0;
    for (script, _) in calls {
        let outcome = run(script).await;
        let error = error_of(&outcome, ErrorKind::Exception);
        assert_eq!(
            error.name.as_deref(),
            Some("TypeError"),
            "{script}: {error:?}"
        );
        refused += 1;
    }
    assert_eq!(refused, 6);
}
