//! The end of `cargo xtask demo`: the example's tools and a file-system server, together, for an MCP client.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::build::Build;
use crate::npm;
use crate::tools;
use crate::typescript;

const SERVERS: &str = "tests/mcp-servers";
const EXAMPLE: &str = "examples/site-report";

/// What the client runs: one script over a Rust tool and a server's tool.
const SCRIPT: &str = "\
const { firstDay, lastDay } = await analytics.importReport();
const { content } = await files.readTextFile({ path: 'README.md', head: 1 });
return { file: content.trim(), firstDay, lastDay };";

/// The first line of the file that the script reads.
const HEADING: &str = "# Tools over a web server's access log, and one that sends e-mail";

/// Lets the inspector, an MCP client, list what `codemode-cli serve` has and run a script there.
///
/// # Errors
/// When Node.js isn't there, or when a step fails; the error names it.
pub(crate) fn show(build: &Build<'_>) -> Result<(), String> {
    let workspace = build.workspace;
    let modules = npm::install(workspace, SERVERS)?.join("@modelcontextprotocol");
    let compiler = typescript::compiler(workspace)?;
    let folder = workspace.target.join("demo");
    fs::create_dir_all(&folder)
        .map_err(|error| format!("{} can't be made: {error}", folder.display()))?;
    let servers = folder.join("mcp.json");
    let client = folder.join("client.json");

    tools::heading(
        "7. A file-system server beside the Rust tools, in the form that MCP clients know",
    );
    let example = workspace.root.join(EXAMPLE);
    put(
        &servers,
        &format!(
            "{{ \"mcpServers\": {{ \"files\": {{\n  \"command\": \"node\",\n  \"args\": [{}, {1}],\n  \"cwd\": {1}\n}} }} }}\n",
            quoted(&modules.join("server-filesystem/dist/index.js")),
            quoted(&example),
        ),
    )?;
    tools::heading(
        "8. One entry in a client's configuration: codemode-cli, as an MCP server over both",
    );
    put(
        &client,
        &format!(
            "{{ \"mcpServers\": {{ \"codemode\": {{\n  \"command\": {},\n  \"args\": [\"serve\", \"--manifest-path\", {}, \"--mcp-config\", {}],\n  \
         \"env\": {{ \"CARGO_TARGET_DIR\": {}, \"{}\": {} }}\n}} }} }}\n",
            quoted(&build.cli()),
            quoted(&example.join("Cargo.toml")),
            quoted(&servers),
            quoted(&workspace.target),
            codemode_test_support::typescript::VARIABLE,
            quoted(&compiler),
        ),
    )?;

    tools::heading("9. The inspector, an MCP client, asks what there is");
    let listed = inspector(build, &modules, &client, &["--method", "tools/list"]);
    shows(listed, &["\"name\": \"run\""])?;
    tools::heading("10. The inspector runs a script over both");
    println!("{SCRIPT}\n");
    let script = format!("script={SCRIPT}");
    let call = [
        "--method",
        "tools/call",
        "--tool-name",
        "run",
        "--tool-arg",
        &script,
    ];
    // A tool that failed is a result as well, and the client is content with it.
    shows(
        inspector(build, &modules, &client, &call),
        &[HEADING, "2026-09-28", "2026-11-15"],
    )
}

/// Runs a command whose output has to have all of these.
fn shows(command: Command, expected: &[&str]) -> Result<(), String> {
    let mut output = String::new();
    let status = tools::run_watched(command, |line| output.push_str(line))?;
    let missing: Vec<_> = expected
        .iter()
        .filter(|text| !output.contains(**text))
        .collect();
    match (status.success(), missing.as_slice()) {
        (true, []) => Ok(()),
        (false, _) => Err(format!("the inspector failed ({status})")),
        (true, missing) => Err(format!("the inspector's answer has no {missing:?}")),
    }
}

fn inspector(build: &Build<'_>, modules: &Path, client: &Path, arguments: &[&str]) -> Command {
    let mut command = build.command("node");
    command
        .arg(modules.join("inspector/clients/launcher/build/index.js"))
        .args(["--cli", "--config"])
        .arg(client)
        .args(["--server", "codemode"])
        .args(arguments);
    command
}

fn put(path: &Path, text: &str) -> Result<(), String> {
    fs::write(path, text)
        .map_err(|error| format!("{} can't be written: {error}", path.display()))?;
    print!("{text}");
    Ok(())
}

/// The path as JSON has it, where it has nothing but what paths usually have.
fn quoted(path: &Path) -> String {
    format!("{:?}", path.display().to_string())
}
