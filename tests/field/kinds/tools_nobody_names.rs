//! Tools of a crate that a program depends on and never names aren't linked: the command line says which, and the line that
//! links them. A crate that is linked, or has no tools, isn't mentioned.

use codemode_test_support::program::Done;

use crate::support::ToolCrate;

const WORKSPACE: &str = "[workspace]\nmembers = [\"app\", \"more-tools\", \"deep-tools\", \"no-tools\", \"build-tools\"]\nresolver = \"3\"\n";

fn manifest(name: &str, more: &str) -> String {
    format!(
        "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\n\
         codemode-runtime = {{ path = \"ROOT/codemode-runtime\", default-features = false }}\n\
         schemars = \"1\"\nserde = {{ version = \"1\", features = [\"derive\"] }}\n{more}"
    )
}

fn one_tool(namespace: &str) -> String {
    format!(
        "#[codemode_runtime::tool(namespace = \"{namespace}\")]\nfn here() -> u8 {{\n    1\n}}\n"
    )
}

/// A crate `app` that depends on `more-tools`, which depends on `deep-tools`, both with tools; on `no-tools`, which has none;
/// and on `build-tools` for its build script.
fn workspace(name: &str, app: &str, more: &str) -> ToolCrate {
    let dependencies = "more = { package = \"more-tools\", path = \"../more-tools\" }\n\
        no-tools = { path = \"../no-tools\" }\n\n[build-dependencies]\nbuild-tools = { path = \"../build-tools\" }\n";
    let no_tools = "//! \"codemode-tool of.nobody\"\npub use codemode_runtime::Catalogue;\n";
    ToolCrate::of_files(
        name,
        &[
            ("Cargo.toml", WORKSPACE),
            ("app/Cargo.toml", &manifest("app", dependencies)),
            ("app/build.rs", "fn main() {}\n"),
            ("app/src/lib.rs", app),
            (
                "more-tools/Cargo.toml",
                &manifest("more-tools", "deep-tools = { path = \"../deep-tools\" }\n"),
            ),
            ("more-tools/src/lib.rs", more),
            ("deep-tools/Cargo.toml", &manifest("deep-tools", "")),
            ("deep-tools/src/lib.rs", &one_tool("deep")),
            ("no-tools/Cargo.toml", &manifest("no-tools", "")),
            ("no-tools/src/lib.rs", no_tools),
            ("build-tools/Cargo.toml", &manifest("build-tools", "")),
            ("build-tools/src/lib.rs", &one_tool("build")),
        ],
    )
}

fn warnings(done: &Done) -> Vec<&str> {
    let lines = done.stderr.lines();
    lines
        .filter(|line| line.starts_with("warning: the crate"))
        .collect()
}

#[test]
fn crates_that_are_not_linked_are_named_with_the_line_that_links_them() {
    let tools = workspace("unnamed", &one_tool("app"), &one_tool("more"));
    for arguments in [
        &["emit-dts", "-p", "app"][..],
        &["list", "-p", "app"],
        &["run", "-", "-p", "app"],
    ] {
        // The second time, nothing is built.
        for _ in 0..2 {
            let done = tools.cli(arguments, "return 1").expect(0);
            let warnings = warnings(&done);
            let [more, deep] = warnings[..] else {
                panic!("{}", done.stderr);
            };
            for part in [
                "`more`",
                "(more.here)",
                "`use more as _;`",
                "library of `app`",
            ] {
                assert!(more.contains(part), "{more}");
            }
            for part in [
                "`deep_tools`",
                "(deep.here)",
                "`use deep_tools as _;`",
                "library of `more-tools`",
            ] {
                assert!(deep.contains(part), "{deep}");
            }
        }
    }
}

#[test]
fn an_app_without_tools_of_its_own_is_told_the_same_before_its_error() {
    let tools = workspace(
        "unnamed_only",
        "//! none\n",
        "pub use deep_tools as deep;\n",
    );
    let done = tools.cli(&["emit-dts", "-p", "app"], "").expect(2);
    assert_eq!(warnings(&done).len(), 1, "{}", done.stderr);
    done.complains(&["`use deep_tools as _;`", "no tools are registered"]);
}

#[test]
fn crates_that_are_linked_are_not_mentioned() {
    let more = format!(
        "use deep_tools as _;\n{}pub const N: u8 = 1;\n",
        one_tool("more")
    );
    let tools = workspace("named", "pub use more::N;\n", &more);
    let done = tools.cli(&["emit-dts", "-p", "app"], "").expect(0);
    assert!(warnings(&done).is_empty(), "{}", done.stderr);
    assert!(done.stdout.contains("namespace deep"), "{}", done.stdout);
}
