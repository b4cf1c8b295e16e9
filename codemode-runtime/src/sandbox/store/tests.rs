use std::fs;

use serde_json::json;

use super::*;

fn small() -> Store {
    Store::with_limits(StoreLimits {
        entry_bytes: 100,
        bytes: 400,
        entries: 4,
    })
}

fn of_bytes(bytes: usize) -> Value {
    json!("x".repeat(bytes - 2))
}

#[test]
fn a_value_may_have_as_many_bytes_as_its_limit_and_not_one_more() {
    let store = small();
    store.set("a", &of_bytes(100)).unwrap();
    let error = store.set("b", &of_bytes(101)).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the value has 101 bytes of JSON, more than the 100 that one may have"
    );
    assert_eq!(store.names(), ["a"]);
}

#[test]
fn a_name_has_one_to_two_hundred_bytes() {
    let store = Store::new();
    store.set(&"n".repeat(200), &json!(1)).unwrap();
    for name in [String::new(), "n".repeat(201)] {
        let error = store.set(&name, &json!(1)).unwrap_err();
        let told = format!("a name has 1 to 200 bytes, and this one has {}", name.len());
        assert_eq!(error.to_string(), told);
    }
}

#[test]
fn a_full_store_says_so_and_keeps_what_it_has() {
    let store = small();
    for name in ["a", "b"] {
        store.set(name, &of_bytes(100)).unwrap();
    }
    // 3 × 165 bytes with names and all are more than 400.
    let error = store.set("c", &of_bytes(100)).unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("the store is full: it has 2 values with 330 bytes"),
        "{error}"
    );
    // A value in the place of another one needs no more room.
    store.set("b", &json!(1)).unwrap();
    store.set("c", &of_bytes(100)).unwrap();
    store.set("d", &json!(1)).unwrap_err();
    assert_eq!(store.names(), ["a", "b", "c"]);
    assert!(store.remove("a").unwrap());
    assert!(!store.remove("a").unwrap());
    store.set("d", &json!(1)).unwrap();
}

#[test]
fn what_was_kept_of_the_oldest_runs_makes_room_and_what_a_script_has_set_never_does() {
    let store = small();
    store.set("mine", &json!(1)).unwrap();
    let keep = |what: &str| {
        let run = store.begin_run();
        store.keep(run, what, json!(run).to_string()).unwrap()
    };
    assert_eq!(
        [keep("result"), keep("log"), keep("calls")],
        ["run1.result", "run2.log", "run3.calls"]
    );
    assert_eq!(
        store.names(),
        ["mine", "run1.result", "run2.log", "run3.calls"]
    );
    assert_eq!(keep("result"), "run4.result");
    assert_eq!(
        store.names(),
        ["mine", "run2.log", "run3.calls", "run4.result"]
    );
    for name in ["a", "b", "c"] {
        store.set(name, &json!(2)).unwrap();
    }
    assert_eq!(store.names(), ["a", "b", "c", "mine"]);
    store.keep(9, "result", "1".to_owned()).unwrap_err();
}

#[test]
fn a_file_has_everything_again_and_is_its_owners_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("session.jsonl");
    {
        let store = Store::in_file(&path).unwrap();
        store.set("a", &json!({ "list": [1, "ä", null] })).unwrap();
        store.set("b", &json!(1)).unwrap();
        store.set("b", &json!(2)).unwrap();
        store.set("c", &json!(3)).unwrap();
        store.remove("c").unwrap();
        store
            .set_text("marked", "~\"\\u0000n7\"".to_owned())
            .unwrap();
        assert_eq!(store.begin_run(), 1);
        let other = Store::in_file(&path).err().unwrap();
        assert!(
            other
                .to_string()
                .ends_with("session.jsonl: another process uses this session"),
            "{other}"
        );
    }
    let store = Store::in_file(&path).unwrap();
    assert_eq!(store.names(), ["a", "b", "marked"]);
    assert_eq!(store.get("a"), Some(json!({ "list": [1, "ä", null] })));
    assert_eq!(store.get("b"), Some(json!(2)));
    assert_eq!(store.get("marked"), Some(json!(7)));
    assert_eq!(store.text("marked").as_deref(), Some("~\"\\u0000n7\""));
    assert_eq!(store.begin_run(), 2);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(
            fs::metadata(&path).unwrap().permissions().mode() & 0o777,
            0o600
        );
    }
}

#[test]
fn a_line_that_was_cut_off_is_lost_and_no_other_one() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("session.jsonl");
    let store = Store::in_file(&path).unwrap();
    store.set("a", &json!(1)).unwrap();
    store.set("b", &json!(2)).unwrap();
    drop(store);
    let whole = fs::read_to_string(&path).unwrap();
    for end in 0..whole.len() {
        fs::write(&path, &whole[..end]).unwrap();
        let store = Store::in_file(&path).unwrap();
        store.set("c", &json!(3)).unwrap();
        drop(store);
        let lines = whole[..end].matches('\n').count();
        let left: Vec<&str> = ["a", "b"]
            .into_iter()
            .take(lines.saturating_sub(2))
            .collect();
        let names = Store::in_file(&path).unwrap().names();
        assert_eq!(names, [&left[..], &["c"]].concat(), "{end}");
    }
}

#[test]
fn what_counts_no_more_is_left_out_of_a_file_that_is_opened_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("session.jsonl");
    let store = Store::in_file(&path).unwrap();
    for number in 0..20 {
        store
            .set("a", &json!("x".repeat(100_000 + number)))
            .unwrap();
    }
    store.begin_run();
    drop(store);
    assert!(fs::metadata(&path).unwrap().len() > 2_000_000);
    let store = Store::in_file(&path).unwrap();
    assert!(fs::metadata(&path).unwrap().len() < 110_000);
    assert_eq!(store.get("a"), Some(json!("x".repeat(100_019))));
    store.set("b", &json!(1)).unwrap();
    assert!(
        Store::in_file(&path).is_err(),
        "the new file is locked as well"
    );
    drop(store);
    let store = Store::in_file(&path).unwrap();
    assert_eq!(
        (store.names(), store.begin_run()),
        (vec!["a".to_owned(), "b".to_owned()], 2)
    );
}

#[test]
fn a_file_of_something_else_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("notes.txt");
    for (text, problem) in [
        ("milk\n", "this is no file of a session"),
        ("milk", "this is no file of a session"),
        (
            "{\"codemode\":\"session\",\"version\":1}\nmilk\n",
            "line 2: expected value",
        ),
    ] {
        fs::write(&path, text).unwrap();
        let error = Store::in_file(&path).err().unwrap().to_string();
        assert!(error.contains(problem), "{error}");
        assert_eq!(fs::read_to_string(&path).unwrap(), text);
    }
}
