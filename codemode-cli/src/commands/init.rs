//! `codemode-cli init`: a new crate of tools, and a script that runs.

use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use handlebars::Handlebars;
use serde_json::json;

use crate::arguments::Init;
use crate::error::CliError;
use crate::terminal::complain;

/// The files of a new crate, each with its template.
const FILES: [(&str, &str); 4] = [
    (
        "Cargo.toml",
        include_str!("../../templates/init/Cargo.toml.hbs"),
    ),
    (
        "src/lib.rs",
        include_str!("../../templates/init/lib.rs.hbs"),
    ),
    (
        "scripts/first.ts",
        include_str!("../../templates/init/first.ts.hbs"),
    ),
    (
        "README.md",
        include_str!("../../templates/init/README.md.hbs"),
    ),
];

pub(crate) fn main(arguments: &Init) -> Result<ExitCode, CliError> {
    let folder = std::path::absolute(&arguments.folder).map_err(|error| CliError::Write {
        path: arguments.folder.clone(),
        error,
    })?;
    let name = package_name(&folder).ok_or_else(|| CliError::NoName(arguments.folder.clone()))?;
    // Quoted once for TOML and once for JSON, which agree on what is in a basic string.
    let quoted = |path: &Path| json!(path.to_string_lossy()).to_string();
    let content = json!({
        "name": name,
        "runtime": match sources(arguments) {
            Some(sources) => format!("path = {}", quoted(&sources.join("codemode-runtime"))),
            None => format!("version = {:?}", env!("CARGO_PKG_VERSION")),
        },
        "manifest": quoted(&folder.join("Cargo.toml")),
    });
    let mut templates = Handlebars::new();
    templates.register_escape_fn(handlebars::no_escape);
    // All or nothing: a file that is there already is somebody's.
    for (path, _) in FILES {
        let path = folder.join(path);
        if path.exists() {
            return Err(CliError::Exists(path));
        }
    }
    for (path, template) in FILES {
        let text = templates.render_template(template, &content)?;
        write(&folder.join(path), &text)?;
    }
    complain(&format!(
        "{} has a crate of tools now. Next: cd {0} && codemode-cli run scripts/first.ts",
        arguments.folder.display()
    ));
    Ok(ExitCode::SUCCESS)
}

/// The folder of the project's own crates: the one given, or that of a clone from which this program was installed.
fn sources(arguments: &Init) -> Option<PathBuf> {
    let built_from = || {
        Path::new(env!("CARGO_MANIFEST_DIR"))
            .parent()
            .map(Path::to_owned)
    };
    arguments
        .codemode
        .as_deref()
        .and_then(|folder| std::path::absolute(folder).ok())
        .or_else(built_from)
        .filter(|folder| folder.join("codemode-runtime/Cargo.toml").is_file())
}

/// The folder's name, as far as it can name a package.
fn package_name(folder: &Path) -> Option<String> {
    let name: String = folder
        .file_name()?
        .to_string_lossy()
        .chars()
        .map(|letter| match letter.to_ascii_lowercase() {
            letter if letter.is_ascii_alphanumeric() || letter == '_' => letter,
            _ => '-',
        })
        .collect();
    let name = name.trim_matches('-');
    name.starts_with(|first: char| first.is_ascii_alphabetic())
        .then(|| name.to_owned())
}

fn write(path: &Path, text: &str) -> Result<(), CliError> {
    let written = path
        .parent()
        .map_or(Ok(()), fs::create_dir_all)
        .and_then(|()| OpenOptions::new().write(true).create_new(true).open(path))
        .and_then(|mut file| file.write_all(text.as_bytes()));
    written.map_err(|error| CliError::Write {
        path: path.to_owned(),
        error,
    })
}
