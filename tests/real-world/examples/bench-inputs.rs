//! Writes what `bench/compare.mjs` measures with into a folder: MCP `tools/list` results that any generator can read.

use std::path::PathBuf;
use std::{env, fs, io};

use codemode_real_world::{k8s, servers};
use serde_json::{Value, json};

fn main() -> io::Result<()> {
    let folder: PathBuf = env::args_os()
        .nth(1)
        .ok_or_else(|| io::Error::other("the argument is missing: the folder to write to"))?
        .into();
    fs::create_dir_all(&folder)?;
    let write = |name: &str, tools: Value| {
        let list = json!({ "tools": tools });
        fs::write(folder.join(format!("{name}.json")), list.to_string())
    };
    write(
        "k8s",
        json!([{ "name": "put", "inputSchema": k8s::schema() }]),
    )?;
    let hundred = servers::hundred_tools()?;
    for times in [1, 10, 100] {
        let tools = servers::times(&hundred, times);
        write(&format!("tools-{}", tools.len()), tools.into())?;
    }
    Ok(())
}
