//! The README's tour, done as it is written: its files into a folder, its commands in their order.

use std::fs;
use std::path::{Path, PathBuf};

/// A fenced block: what it is marked as, the text before it, and its lines.
struct Block {
    mark: String,
    before: String,
    text: String,
}

fn blocks(readme: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut before = String::new();
    let mut lines = readme.lines();
    while let Some(line) = lines.next() {
        if let Some(mark) = line.strip_prefix("```") {
            let text = lines.by_ref().take_while(|line| *line != "```");
            blocks.push(Block {
                mark: mark.split(',').next().unwrap_or_default().to_owned(),
                before: std::mem::take(&mut before),
                text: text.flat_map(|line| [line, "\n"]).collect(),
            });
        } else {
            before.push_str(line);
        }
    }
    blocks
}

/// The last file name that the text mentions in backticks.
fn file_named_in(text: &str) -> &str {
    text.split('`')
        .skip(1)
        .step_by(2)
        .filter(|quoted| quoted.contains('.') && !quoted.contains(' '))
        .last()
        .expect("the text before a file's contents names the file")
}

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

#[test]
fn the_tour_works_as_it_is_written() {
    let workspace = workspace().canonicalize().unwrap();
    let readme = fs::read_to_string(workspace.join("README.md")).unwrap();
    let tour = readme.find("## A tour").expect("the README has a tour");
    let end = readme
        .find("### Run it in your own program")
        .expect("the tour has an end");

    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("src")).unwrap();
    fs::copy(
        workspace.join("Cargo.lock"),
        folder.path().join("Cargo.lock"),
    )
    .unwrap();

    let mut commands = 0;
    for block in blocks(&readme[tour..end]) {
        if block.mark == "console" {
            check_command(folder.path(), &block.text);
            commands += 1;
        } else {
            let text = block
                .text
                .replace("../codemode", &workspace.display().to_string());
            fs::write(folder.path().join(file_named_in(&block.before)), text).unwrap();
        }
    }
    assert_eq!(
        commands, 3,
        "the tour shows three commands with their output"
    );
}

/// Runs a line of `$ codemode-cli …` and looks for the output that is shown below it.
fn check_command(folder: &Path, text: &str) {
    let (command, expected) = text.split_once('\n').unwrap();
    let arguments = command
        .strip_prefix("$ codemode-cli ")
        .expect("the tour uses codemode-cli only");
    let output = crate::support::command(env!("CARGO_BIN_EXE_codemode-cli"))
        .args(arguments.split(' '))
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", target_directory())
        .output()
        .unwrap();
    let stdout = String::from_utf8(output.stdout).unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    if output.status.success() {
        assert_eq!(stdout, expected, "{command}\n{stderr}");
    } else {
        assert!(stderr.contains(expected), "{command}\n{stderr}");
    }
}

/// The one that this test was built into, so that the tour's crate finds its dependencies there.
fn target_directory() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR"))
        .parent()
        .expect("the folder for temporary files is inside of the target directory")
        .to_owned()
}
