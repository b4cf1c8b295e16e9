//! What is said to a compiler that is kept alive, and what is made of its answers.

use std::io::Write as _;
use std::process::Command;

use super::*;
use crate::compiler::fake::{WITNESSED, program, project};
use crate::types::TypesFile;

type Scripted = Connection<Vec<u8>, io::Cursor<Vec<u8>>>;

/// A compiler that gives these answers, one after the other.
fn answering(results: &[Value]) -> Scripted {
    let mut said = Vec::new();
    for (number, result) in results.iter().enumerate() {
        let answer = json!({ "id": number + 1, "result": result }).to_string();
        write!(said, "Content-Length: {}\r\n\r\n{answer}", answer.len()).unwrap();
    }
    Connection {
        input: Vec::new(),
        output: io::Cursor::new(said),
        files: HashMap::new(),
        libraries: String::new(),
        last_request: 0,
    }
}

fn with_types(names: &[&str]) -> Project {
    let types = names.iter().map(|name| TypesFile {
        name: (*name).to_owned(),
        text: "declare const a: number;".into(),
    });
    Project {
        types: types.collect(),
        ..project("let a")
    }
}

#[test]
fn only_as_many_sets_of_declarations_are_kept_as_a_compiler_is_to_have_and_the_last_used_ones() {
    let mut connection = answering(&[]);
    let (mut projects, mut opened) = (Vec::new(), 0);
    let set = |number: usize| with_types(&["all.d.ts", &format!("{number}.d.ts")]);
    for number in 0..MAX_PROJECTS {
        let opening = open(&mut connection, &mut projects, &mut opened, &set(number));
        let folder = format!("{ROOT}/project{}", number + 1);
        let config = format!("{folder}/{CONFIG_FILE}");
        assert_eq!(opening.folder, folder);
        assert_eq!(opening.changes, json!({ "openProjects": [config] }));
    }
    // The first one is known, and the last used one from now on.
    let opening = open(&mut connection, &mut projects, &mut opened, &set(0));
    let script = format!("{ROOT}/project1/{SCRIPT_FILE}");
    assert_eq!(
        opening.changes,
        json!({ "fileChanges": { "changed": [script] } })
    );
    let opening = open(&mut connection, &mut projects, &mut opened, &set(99));
    assert_eq!(
        opening.changes["closeProjects"],
        json!([format!("{ROOT}/project2/{CONFIG_FILE}")])
    );
    assert_eq!(projects.len(), MAX_PROJECTS);
    let has = |file: &str| connection.files.contains_key(&format!("{ROOT}/{file}"));
    // What the others use, too, is still there.
    for file in ["all.d.ts", "0.d.ts", "99.d.ts", "project1/script.ts"] {
        assert!(has(file), "{file}");
    }
    for file in ["1.d.ts", "project2/script.ts", "project2/tsconfig.json"] {
        assert!(!has(file), "{file}");
    }
}

/// What a compiler finds: in a file, of a category, with a code.
fn said(file: &str, category: u32, code: u32) -> Value {
    let file = match file {
        WITNESS_FILE => format!("{ROOT}/{file}"),
        file => format!("{ROOT}/project1/{file}"),
    };
    json!({ "fileName": file, "pos": 3, "code": code, "category": category, "text": "a" })
}

/// The codes of what counts of this, and whether there is a doubt.
fn verdict(syntax: &[Value], types: &[Value]) -> (Vec<u32>, bool) {
    let answers = [json!({ "snapshot": 1 }), json!(syntax), json!(types)];
    let opened = Opened {
        folder: format!("{ROOT}/project1"),
        changes: Value::Null,
    };
    let verdict = diagnostics(&mut answering(&answers), &mut None, &opened).unwrap();
    let codes = verdict.found.iter().map(|found| found.code).collect();
    (codes, verdict.doubt.is_some())
}

#[test]
fn a_compiler_has_looked_if_it_tells_of_the_mistake_in_the_witness() {
    let witness = said(WITNESS_FILE, ERROR, WITNESS_CODE);
    assert_eq!(
        verdict(&[], std::slice::from_ref(&witness)),
        (vec![], false)
    );
    for other in [
        said(WITNESS_FILE, ERROR, 1),
        said(SCRIPT_FILE, ERROR, WITNESS_CODE),
    ] {
        assert!(verdict(&[], &[other]).1);
    }
    assert_eq!(verdict(&[witness], &[]), (vec![], true));
}

#[test]
fn of_what_a_compiler_finds_the_errors_of_the_script_count_and_first_those_that_keep_it_from_being_read()
 {
    let witness = said(WITNESS_FILE, ERROR, WITNESS_CODE);
    let types = [
        witness,
        said(SCRIPT_FILE, ERROR, 2345),
        said(SCRIPT_FILE, 2, 6133),
        said("other.ts", ERROR, 2304),
        said("other.ts", 2, 2305),
    ];
    assert_eq!(verdict(&[], &types), (vec![2345], false));
    let syntax = [
        said(SCRIPT_FILE, ERROR, 1005),
        said("other.ts", ERROR, 1006),
    ];
    assert_eq!(verdict(&syntax, &types), (vec![1005], false));
}

#[tokio::test]
async fn a_script_is_checked_by_whatever_compiler_there_is() {
    let (_folder, program) = program(&format!(
        "echo 'script.ts(1,5): error TS1: odd'; {WITNESSED}; exit 2"
    ));
    let compiler = Compiler::start(program, CheckLimits::default()).unwrap();
    let places = Arc::new(tokio::sync::Semaphore::new(1));
    let place = places.acquire_owned().await.unwrap();
    let (verdict, _place) = compiler.check(project("let a"), place).await.unwrap();
    assert_eq!(verdict.doubt, None);
    assert_eq!(verdict.found[0].text, "odd");
}

#[test]
fn a_compiler_is_told_to_do_with_three_quarters_of_the_memory_that_it_may_have() {
    let limits = CheckLimits::default();
    let command = command(Path::new("tsc"), &limits);
    let told: Vec<_> = command.get_envs().collect();
    let three_quarters = (768 << 20).to_string();
    assert_eq!(
        told,
        [("GOMEMLIMIT".as_ref(), Some(three_quarters.as_ref()))]
    );
}

#[cfg(target_os = "linux")]
#[test]
fn a_compiler_can_not_have_more_memory_than_it_may() {
    let limits = CheckLimits {
        memory_bytes: 512 << 20,
        ..CheckLimits::default()
    };
    let mut child = Command::new("sh")
        .args(["-c", "read line; ulimit -H -d"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    bound(&child, &limits);
    drop(child.stdin.take());
    let output = child.wait_with_output().unwrap();
    // In kibibytes.
    assert_eq!(String::from_utf8_lossy(&output.stdout).trim(), "524288");
}
