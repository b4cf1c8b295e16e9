//! Writes the declarations of the tools where the program finds them.

use std::error::Error;
use std::path::Path;
use std::{env, fs};

// Tools register themselves when their crate is linked, and a crate that isn't named isn't linked.
use weather_tools as _;

fn main() -> Result<(), Box<dyn Error>> {
    let declarations = codemode_runtime::declarations()?;
    fs::write(
        Path::new(&env::var("OUT_DIR")?).join("tools.d.ts"),
        declarations,
    )?;

    // Nothing but the tools goes into the declarations, and cargo runs a build script again whenever a crate that it
    // links has changed. Without this line, it would also do so for each change of the program.
    println!("cargo::rerun-if-changed=build.rs");
    Ok(())
}
