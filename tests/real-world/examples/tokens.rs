//! Prints how many tokens the tools of published MCP servers take, as MCP lists them, as declarations, and in
//! prompts.
//!
//! The servers are those of `tests/mcp-servers`, or the arguments: files that hold `tools/list` results. With `--show`, what
//! is counted is printed instead.

use std::error::Error;
use std::path::Path;
use std::{env, fs};

use codemode_real_world::servers;
use codemode_real_world::tokens::{HEADING, Tokens};
use serde_json::Value;

fn main() -> Result<(), Box<dyn Error>> {
    let (options, files): (Vec<String>, Vec<String>) = env::args()
        .skip(1)
        .partition(|argument| argument == "--show");
    let mut lists: Vec<(String, Value)> = Vec::new();
    if files.is_empty() {
        for server in servers::all()? {
            let listed = server.tools()?;
            lists.push((server.name, listed));
        }
    }
    for file in files {
        let name = Path::new(&file).file_stem().unwrap_or_default();
        let listed = serde_json::from_slice(&fs::read(&file)?)?;
        lists.push((name.to_string_lossy().into_owned(), listed));
    }
    if !options.is_empty() {
        for (name, listed) in &lists {
            let catalogue = servers::as_a_host_has_them(name, listed.clone())?;
            print!("{}", catalogue.compact().0);
        }
        return Ok(());
    }
    println!("{:20}{HEADING}", "");
    for server in &lists {
        println!("{:20}{}", server.0, Tokens::count([server])?);
    }
    println!("{:20}{}", "together", Tokens::count(&lists)?);
    Ok(())
}
