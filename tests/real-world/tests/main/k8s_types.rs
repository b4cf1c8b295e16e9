//! The table of the API's types has all that the crate has.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use codemode_test_support::golden;
use serde_json::Value;

/// The newest version of the API that the crate has, which is the feature that is turned on.
const VERSION: &str = "v1_37";

/// Where cargo has the source of `k8s-openapi`.
fn source() -> PathBuf {
    let version = Command::new("rustc").arg("-vV").output().unwrap();
    let version = String::from_utf8(version.stdout).unwrap();
    let host = version
        .lines()
        .find_map(|line| line.strip_prefix("host: "))
        .unwrap();
    // Of other platforms, some packages were never fetched.
    let output = Command::new(env!("CARGO"))
        .args([
            "metadata",
            "--format-version",
            "1",
            "--offline",
            "--filter-platform",
            host,
        ])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let package = packages
        .iter()
        .find(|package| package["name"] == "k8s-openapi")
        .unwrap();
    let manifest = Path::new(package["manifest_path"].as_str().unwrap());
    manifest.parent().unwrap().join("src").join(VERSION)
}

/// Finds each `impl JsonSchema for …` below `folder`, whose modules are `path`.
fn find(folder: &Path, path: &str, found: &mut BTreeSet<(String, bool)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap().path();
        if entry.is_dir() {
            let module = entry.file_name().unwrap().to_str().unwrap();
            find(&entry, &format!("{path}{module}::"), found);
            continue;
        }
        let source = fs::read_to_string(&entry).unwrap();
        for line in source.lines() {
            let Some((head, rest)) = line.split_once("JsonSchema for ") else {
                continue;
            };
            if !head.starts_with("impl") {
                continue;
            }
            let name = rest.split_once(" {").unwrap().0;
            let is_resource = source.contains(&format!("crate::Resource for {name} "));
            found.insert((format!("{path}{name}"), is_resource));
        }
    }
}

#[test]
fn the_table_has_every_type_of_the_crate_with_a_schema() {
    let mut found = BTreeSet::new();
    find(&source(), "", &mut found);
    assert!(found.len() > 700, "{} types were found", found.len());

    let mut table = String::from(
        "//! Every type of `k8s-openapi` that implements `JsonSchema`. Written by the test `the_table_has_every_type_of_the_crate_with_a_schema`\n\
         //! from the crate's source, with `CODEMODE_UPDATE_GOLDEN=1`.\n\n\
         use k8s_openapi::{Resource as _, api, apiextensions_apiserver, apimachinery, kube_aggregator};\n\n\
         use super::{ApiType, api_type};\n\n\
         #[rustfmt::skip]\n\
         pub(super) const ALL: &[ApiType] = &[\n",
    );
    for (path, is_resource) in found {
        // Only one type is generic, and its schema is the same for all types.
        let (path, arguments) = match path.strip_suffix("<T>") {
            Some(path) => (path, "::<api::core::v1::Pod>"),
            None => (path.as_str(), ""),
        };
        let kind = if is_resource {
            format!("Some({path}::KIND)")
        } else {
            "None".to_owned()
        };
        let _ = writeln!(
            table,
            "    api_type::<{path}{arguments}>(\"{path}\", {kind}),"
        );
    }
    table.push_str("];\n");
    golden::check(
        concat!(env!("CARGO_MANIFEST_DIR"), "/src/k8s/types.rs"),
        &table,
    );
}
