//! `codemode-cli init`.

use std::fs;

use crate::support::cli_in;
use crate::support::fixtures::{folder, repository, share_lock_file};

#[test]
fn a_new_crate_runs_its_first_script() {
    let parent = folder("init");
    let _ = fs::remove_dir_all(&parent);
    fs::create_dir_all(&parent).unwrap();
    let sources = repository();
    let arguments = ["init", "My Tasks", "--codemode", sources.to_str().unwrap()];
    cli_in(&parent, &arguments, "")
        .expect(0)
        .complains(&["codemode-cli run scripts/first.ts"]);
    let crate_folder = parent.join("My Tasks");
    let manifest = fs::read_to_string(crate_folder.join("Cargo.toml")).unwrap();
    assert!(manifest.contains("name = \"my-tasks\""), "{manifest}");
    // With the profile of the other fixtures, so that nothing has to be built twice.
    let manifest = format!("{manifest}\n[profile.dev]\ndebug = \"line-tables-only\"\n");
    fs::write(crate_folder.join("Cargo.toml"), manifest).unwrap();
    share_lock_file(&crate_folder);

    let done = cli_in(&crate_folder, &["run", "scripts/first.ts"], "").expect(0);
    assert_eq!(
        serde_json::from_str::<serde_json::Value>(&done.stdout).unwrap(),
        serde_json::json!([{ "title": "write a tool", "done": false }])
    );
    done.complains(&["1 of 2 tasks are open"]);

    // A second time, nothing is replaced.
    fs::write(crate_folder.join("src/lib.rs"), "mine").unwrap();
    cli_in(&parent, &arguments, "")
        .expect(2)
        .complains(&["Cargo.toml is there already"]);
    assert_eq!(
        fs::read_to_string(crate_folder.join("src/lib.rs")).unwrap(),
        "mine"
    );
}

#[test]
fn a_folder_needs_a_name_that_a_package_can_have() {
    cli_in(&std::env::temp_dir(), &["init", "123"], "")
        .expect(2)
        .complains(&["can't name a package"]);
}
