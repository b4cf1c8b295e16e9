//! Each published crate by itself, with only its own features.
//!
//! In the workspace's build every feature that anybody asks for is on, so a crate that forgot one of its own compiles there,
//! and for its users it doesn't.

use crate::build::Build;
use crate::report::Done;
use crate::tools;

/// A crate and what chooses its features. None has an engine: that is what takes minutes, and the workspace has it.
const ALONE: &[(&str, &str)] = &[
    ("codemode-timer", ""),
    ("codemode-declarations", ""),
    ("codemode-macros", ""),
    ("codemode-script", ""),
    ("codemode-script", "--no-default-features"),
    ("codemode-check", ""),
    ("codemode-runtime", "--no-default-features"),
    (
        "codemode-runtime",
        "--no-default-features --features script",
    ),
    ("codemode-runtime", "--no-default-features --features check"),
    (
        "codemode-runtime",
        "--no-default-features --features policy",
    ),
    (
        "codemode-runtime",
        "--no-default-features --features prompt",
    ),
    (
        "codemode-runtime",
        "--no-default-features --features check,prompt",
    ),
    ("codemode-mcp", "--no-default-features"),
    ("codemode-openapi", ""),
    ("codemode-openapi", "--features http"),
    ("codemode-cli", "--no-default-features"),
    ("tools-from-build-script", ""),
    ("site-report", ""),
];

/// Checks each of them; a warning is a failure.
pub(crate) fn check(build: &Build<'_>) -> Done {
    let mut failed = Vec::new();
    for (package, features) in ALONE {
        let mut command = build.cargo(&format!("clippy --quiet --package {package} {features}"));
        command.args(["--", "--deny", "warnings"]);
        println!("{package} {features}");
        match tools::run_for_status(&mut command) {
            Ok(status) if status.success() => {}
            Ok(_) => failed.push(format!("{package} {features}")),
            Err(problem) => return Done::failed(problem),
        }
    }
    if failed.is_empty() {
        Done::passed()
    } else {
        Done::failed(format!("not by themselves: {}", failed.join("; ")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::Workspace;

    #[test]
    fn every_published_crate_is_checked() {
        let workspace = Workspace::find().expect("the workspace is there");
        let entries = std::fs::read_dir(&workspace.root).expect("the root can be read");
        let mut crates = 0;
        for entry in entries {
            let name = entry.expect("an entry").file_name();
            let name = name.to_string_lossy();
            if name.starts_with("codemode-") {
                crates += 1;
                assert!(ALONE.iter().any(|(package, _)| *package == name), "{name}");
            }
        }
        assert!(crates >= 8, "{crates}");
    }
}
