//! What must not know of what.

use std::fs;

use codemode_architecture::source_files;

use super::repository;

/// The crates of the product that each may depend on, in their order.
const BELOW: &[(&str, &[&str])] = &[
    ("codemode-macros", &[]),
    ("codemode-timer", &[]),
    ("codemode-declarations", &[]),
    ("codemode-script", &[]),
    (
        "codemode-check",
        &["codemode-declarations", "codemode-script", "codemode-timer"],
    ),
    (
        "codemode-runtime",
        &[
            "codemode-check",
            "codemode-declarations",
            "codemode-macros",
            "codemode-script",
            "codemode-timer",
        ],
    ),
    (
        "codemode-mcp",
        &["codemode-declarations", "codemode-runtime"],
    ),
    (
        "codemode-openapi",
        &["codemode-declarations", "codemode-runtime"],
    ),
    ("codemode-cli", &["codemode-mcp", "codemode-runtime"]),
];

/// Names that stand in the sources of a place nowhere but in these files and folders.
const NAMED_ONLY_IN: &[(&str, &[&str], &[&str])] = &[
    (
        "codemode-runtime/src",
        &["deno_core::", "v8::"],
        &["sandbox/isolate", "registry", "tool/descriptor.rs"],
    ),
    (
        "codemode-runtime/src",
        &["rmcp", "hyper", "reqwest", "clap::"],
        &[],
    ),
    ("codemode-check/src", &["deno_core", "rmcp"], &[]),
    (
        "codemode-declarations/src",
        &["deno_core", "rmcp", "tokio"],
        &[],
    ),
    ("codemode-script/src", &["deno_core", "rmcp", "tokio"], &[]),
    (
        "codemode-mcp/src",
        &["deno_core", "clap::", "cargo_metadata"],
        &[],
    ),
    (
        "codemode-openapi/src",
        &["deno_core", "rmcp", "clap::"],
        &[],
    ),
    ("codemode-openapi/src", &["reqwest"], &["http"]),
    ("codemode-cli/src", &["deno_core"], &[]),
];

#[test]
fn a_crate_depends_on_those_below_it_only() {
    for (name, below) in BELOW {
        let text = fs::read_to_string(repository().join(name).join("Cargo.toml")).unwrap();
        let manifest: toml::Table = text.parse().unwrap();
        let dependencies = manifest["dependencies"].as_table().unwrap();
        for dependency in dependencies
            .keys()
            .filter(|name| name.starts_with("codemode-"))
        {
            assert!(
                below.contains(&dependency.as_str()),
                "{name} depends on {dependency}"
            );
        }
    }
}

#[test]
fn every_crate_has_its_place_in_the_order() {
    for path in super::crates() {
        let name = super::name_of(&path);
        assert!(BELOW.iter().any(|(known, _)| *known == name), "{name}");
    }
}

#[test]
fn what_is_named_in_one_place_only_is_named_there_only() {
    for (place, names, allowed) in NAMED_ONLY_IN {
        let root = repository().join(place);
        for path in source_files(&root, &["rs"]).unwrap() {
            let within = path.strip_prefix(&root).unwrap();
            if allowed.iter().any(|allowed| within.starts_with(allowed)) {
                continue;
            }
            let text = fs::read_to_string(&path).unwrap();
            let code = text
                .lines()
                .filter(|line| !line.trim_start().starts_with("//"));
            for line in code {
                let named = names.iter().find(|name| line.contains(**name));
                assert_eq!(named, None, "{}: {line}", path.display());
            }
        }
    }
}
