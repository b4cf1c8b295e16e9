//! `cargo xtask compile-time`: what tools cost to check, beside the same tools with rmcp's `#[tool]`.
//!
//! Both libraries are written, and checked in turn, so that whatever else the machine does slows both down.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::tools;
use crate::workspace::Workspace;

/// How often a touched library is checked; the fastest one counts, because noise only ever adds.
const TOUCHES: usize = 5;

/// One of the two libraries.
struct Library {
    name: &'static str,
    folder: PathBuf,
}

/// Writes both libraries with so many tools, checks them from nothing and after a touch, and prints the figures.
///
/// # Errors
/// What can't be written, or doesn't compile.
pub(crate) fn run(workspace: &Workspace, tools: usize) -> Result<(), String> {
    let base = workspace.target.join("compile-time");
    let ours = Library {
        name: "codemode",
        folder: base.join("codemode"),
    };
    let theirs = Library {
        name: "rmcp",
        folder: base.join("rmcp"),
    };
    let runtime = workspace.root.join("codemode-runtime");
    let dependency = format!(
        "codemode-runtime = {{ path = {:?}, default-features = false }}",
        runtime.display().to_string()
    );
    ours.write(&dependency, &with_codemode(tools))?;
    theirs.write(
        "rmcp = { version = \"3.11\", default-features = false, features = [\"server\", \"macros\"] }",
        &with_rmcp(tools),
    )?;
    for library in [&ours, &theirs] {
        // The same versions of what both need as the workspace has.
        let lock = workspace.root.join("Cargo.lock");
        fs::copy(&lock, library.folder.join("Cargo.lock")).map_err(|error| error.to_string())?;
        library.fetch(workspace)?;
    }
    let cold = [ours.cold(workspace)?, theirs.cold(workspace)?];
    let mut warm = [Duration::MAX; 2];
    for _ in 0..TOUCHES {
        for (library, best) in [&ours, &theirs].into_iter().zip(&mut warm) {
            *best = (*best).min(library.touched(workspace)?);
        }
    }
    println!("\n`cargo check` of a library of {tools} tools, in seconds\n");
    println!(
        "                  {:>10} {:>10}   ratio",
        ours.name, theirs.name
    );
    for (what, [ours, theirs]) in [("from nothing", cold), ("after a touch", warm)] {
        let (ours, theirs) = (ours.as_secs_f64(), theirs.as_secs_f64());
        println!(
            "{what:<17} {ours:>11.2} {theirs:>10.2} {:>7.2}",
            ours / theirs
        );
    }
    Ok(())
}

impl Library {
    fn write(&self, dependency: &str, source: &str) -> Result<(), String> {
        let manifest = format!(
            "[package]\nname = \"tools-with-{}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n{dependency}\n\
             schemars = \"1\"\nserde = {{ version = \"1\", features = [\"derive\"] }}\n\n[workspace]\n",
            self.name
        );
        let put = |path: &Path, text: &str| {
            fs::write(path, text).map_err(|error| format!("{}: {error}", path.display()))
        };
        fs::create_dir_all(self.folder.join("src")).map_err(|error| error.to_string())?;
        put(&self.folder.join("Cargo.toml"), &manifest)?;
        put(&self.folder.join("src/lib.rs"), source)
    }

    /// Downloads what it needs, which is nobody's compile time.
    fn fetch(&self, workspace: &Workspace) -> Result<(), String> {
        let mut cargo = workspace.cargo();
        cargo.arg("fetch").current_dir(&self.folder);
        tools::run(&mut cargo)
    }

    fn cold(&self, workspace: &Workspace) -> Result<Duration, String> {
        match fs::remove_dir_all(self.folder.join("target")) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.to_string()),
            _ => self.check(workspace),
        }
    }

    fn touched(&self, workspace: &Workspace) -> Result<Duration, String> {
        let path = self.folder.join("src/lib.rs");
        let source = fs::read(&path).map_err(|error| error.to_string())?;
        fs::write(&path, source).map_err(|error| error.to_string())?;
        self.check(workspace)
    }

    fn check(&self, workspace: &Workspace) -> Result<Duration, String> {
        let mut cargo = workspace.cargo();
        cargo
            .args(["check", "--quiet", "--offline"])
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", self.folder.join("target"))
            // As a user has it: the workspace's own builds may have switched it off.
            .env_remove("CARGO_INCREMENTAL");
        let started = Instant::now();
        tools::run(&mut cargo)?;
        Ok(started.elapsed())
    }
}

const RESULT: &str = "\
#[derive(serde::Serialize, schemars::JsonSchema)]
pub struct Result@ {
    /// What it is called.
    pub name: String,
    /// How many there are.
    pub count: u32,
}
";

fn with_codemode(tools: usize) -> String {
    let mut text = "use codemode_runtime::tool;\n".to_owned();
    for number in 0..tools {
        let item = format!(
            "\n{RESULT}\n\
             /// Does something.\n\
             #[tool(namespace = \"things\")]\n\
             pub fn tool_@(\n    /// The name.\n    name: String,\n    /// How many.\n    count: u32,\n    \
             /// Whether it is urgent.\n    urgent: Option<bool>,\n) -> Result@ {{\n    \
             let _ = urgent;\n    Result@ {{ name, count }}\n}}\n"
        );
        text.push_str(&item.replace('@', &number.to_string()));
    }
    text
}

fn with_rmcp(tools: usize) -> String {
    let mut text = "use rmcp::handler::server::wrapper::{Json, Parameters};\nuse rmcp::{tool, tool_router};\n\n\
                    pub struct Things;\n"
        .to_owned();
    let mut methods = String::new();
    for number in 0..tools {
        let types = format!(
            "\n{RESULT}\n#[derive(serde::Deserialize, schemars::JsonSchema)]\npub struct Input@ {{\n    \
             /// The name.\n    pub name: String,\n    /// How many.\n    pub count: u32,\n    \
             /// Whether it is urgent.\n    pub urgent: Option<bool>,\n}}\n"
        );
        let number = number.to_string();
        text.push_str(&types.replace('@', &number));
        let _ = write!(
            methods,
            "\n    /// Does something.\n    #[tool]\n    \
             pub fn tool_{number}(&self, Parameters(input): Parameters<Input{number}>) -> Json<Result{number}> {{\n        \
             let _ = input.urgent;\n        Json(Result{number} {{ name: input.name, count: input.count }})\n    }}\n"
        );
    }
    let _ = write!(text, "\n#[tool_router]\nimpl Things {{{methods}}}\n");
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_libraries_have_as_many_tools_of_the_same_form() {
        for text in [with_codemode(3), with_rmcp(3)] {
            assert_eq!(text.matches("fn tool_").count(), 3, "{text}");
            assert_eq!(text.matches("pub struct Result").count(), 3, "{text}");
            assert!(
                text.contains(
                    "#[derive(serde::Serialize, schemars::JsonSchema)]\npub struct Result2 {"
                ),
                "{text}"
            );
        }
    }
}
