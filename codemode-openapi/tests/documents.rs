//! Documents of large services, which aren't part of this repository.
//!
//! Where the environment variable `CODEMODE_OPENAPI_DOCUMENTS` names a folder with some, each is read and declared, and, if
//! `CODEMODE_TSC` names the compiler, its declarations are compiled.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test that tells what it has measured"
)]

use std::path::Path;
use std::process::Command;
use std::time::Instant;

use codemode_openapi::Document;

#[test]
fn documents_of_large_services_are_declared() {
    let Some(folder) = std::env::var_os("CODEMODE_OPENAPI_DOCUMENTS") else {
        return;
    };
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        let start = Instant::now();
        let document =
            Document::read(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let read = start.elapsed();
        let tools = document.tools();
        let made = start.elapsed();
        let (declarations, left_out) = document.catalogue().declarable();
        let declared = start.elapsed();
        println!(
            "{}: {} operations, {} left out of the document, {} of the declarations ({} kB); read {read:.1?}, tools {made:.1?}, declared {declared:.1?}",
            path.display(),
            tools.len(),
            document.skipped().len(),
            left_out.len(),
            declarations.len() / 1000,
        );
        for skipped in document.skipped().iter().take(5) {
            println!("  {skipped}");
        }
        for left_out in left_out.iter().take(5) {
            println!("  {left_out}");
        }
        assert_eq!(left_out, []);
        compile(&path, &declarations);
    }
}

fn compile(document: &Path, declarations: &str) {
    let Some(compiler) = std::env::var_os("CODEMODE_TSC") else {
        return;
    };
    let name = format!(
        "{}-{}.d.ts",
        document.file_stem().unwrap().to_string_lossy(),
        std::process::id()
    );
    let file = std::env::temp_dir().join(name);
    std::fs::write(&file, declarations).unwrap();
    let start = Instant::now();
    let output = Command::new(compiler)
        .args([
            "--noEmit",
            "--strict",
            "--lib",
            "es2022",
            "--skipLibCheck",
            "false",
            "--types",
            "",
        ])
        .arg(&file)
        .output()
        .unwrap();
    println!("  compiled in {:.1?}", start.elapsed());
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stdout)
    );
    std::fs::remove_file(&file).unwrap();
}
