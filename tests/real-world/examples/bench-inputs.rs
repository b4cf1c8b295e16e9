//! Writes what `bench/compare.mjs` measures with into a folder: MCP `tools/list` results that any generator can read.

use std::path::PathBuf;
use std::{env, fs, io};

use codemode_real_world::k8s;
use serde_json::json;

fn main() -> io::Result<()> {
    let folder: PathBuf = env::args_os()
        .nth(1)
        .ok_or_else(|| io::Error::other("the argument is missing: the folder to write to"))?
        .into();
    fs::create_dir_all(&folder)?;
    let put_all = json!({ "name": "put", "inputSchema": k8s::schema() });
    let list = json!({ "tools": [put_all] });
    fs::write(folder.join("k8s.json"), list.to_string())
}
