//! MCP servers as they are published, and the tools that they list.
//!
//! `tests/mcp-servers` says which ones there are. What they list is theirs, so it is kept below the target directory and not in the
//! repository.

use std::collections::BTreeMap;
use std::error::Error;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, BufRead, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;
use std::{env, fs, process, thread};

use codemode_mcp::McpCatalogue as _;
use codemode_runtime::Catalogue;
use serde_json::{Value, json};

/// The folder with what npm installed.
const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../mcp-servers");

/// How long a server may take for an answer: far longer than any needs.
const PATIENCE: Duration = Duration::from_mins(2);

/// An MCP server.
#[derive(Debug)]
pub struct Server {
    /// What it is called here.
    pub name: String,
    package: String,
    arguments: Vec<String>,
    environment: BTreeMap<String, String>,
}

/// All servers of `tests/mcp-servers`, by name.
///
/// # Errors
///
/// If the list of them can't be read.
pub fn all() -> io::Result<Vec<Server>> {
    let listed: Vec<Value> =
        serde_json::from_slice(&fs::read(Path::new(FOLDER).join("servers.json"))?)?;
    Ok(listed.iter().map(Server::read).collect())
}

/// A hundred tools: every so many of all that the servers have.
///
/// # Errors
///
/// If a server doesn't tell what it has.
pub fn hundred_tools() -> io::Result<Vec<Value>> {
    let mut tools = Vec::new();
    for server in all()? {
        if let Value::Array(more) = server.tools()?["tools"].take() {
            tools.extend(more);
        }
    }
    Ok((0..100)
        .map(|number| tools[number * tools.len() / 100].clone())
        .collect())
}

/// The tools of a `tools/list` result as scripts have them: with a type for the results that the server doesn't describe.
///
/// # Errors
///
/// If it isn't a `tools/list` result.
pub fn as_a_host_has_them(name: &str, listed: Value) -> Result<Catalogue, Box<dyn Error>> {
    let undescribed: Value = serde_json::from_str(include_str!("undescribed.json"))?;
    let mut tools = Catalogue::from_mcp(name, listed)?.tools().to_vec();
    for tool in &mut tools {
        if tool.output == Value::Bool(true) {
            tool.output = undescribed.clone();
        }
    }
    Ok(Catalogue::from_tools(tools))
}

/// `times` as many tools as `tools` has: the same ones under other names.
#[must_use]
pub fn times(tools: &[Value], times: usize) -> Vec<Value> {
    (0..times)
        .flat_map(|copy| {
            tools.iter().cloned().map(move |mut tool| {
                let name = tool["name"].as_str().unwrap_or_default();
                tool["name"] = format!("{name}_copy{copy}").into();
                tool
            })
        })
        .collect()
}

impl Server {
    fn read(entry: &Value) -> Self {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let arguments = entry["arguments"].as_array().into_iter().flatten();
        let environment = entry["environment"].as_object().into_iter().flatten();
        Self {
            name: text(&entry["name"]),
            package: text(&entry["package"]),
            arguments: arguments.map(text).collect(),
            environment: environment
                .map(|(name, value)| (name.clone(), text(value)))
                .collect(),
        }
    }

    /// The server's whole `tools/list` result. The server is asked once for each state of the lock file; then its answer is read
    /// from the target directory.
    ///
    /// # Errors
    ///
    /// If the server isn't installed, or doesn't answer as a server should. The error names it.
    pub fn tools(&self) -> io::Result<Value> {
        let kept = answers()?.join(format!("{}.json", self.name));
        if let Ok(text) = fs::read(&kept) {
            return Ok(serde_json::from_slice(&text)?);
        }
        let tools = self
            .ask()
            .map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", self.package)))?;
        // Tests run beside each other: a file that is there is whole.
        let unfinished = kept.with_extension(process::id().to_string());
        fs::write(&unfinished, tools.to_string())?;
        fs::rename(&unfinished, &kept)?;
        Ok(tools)
    }

    fn ask(&self) -> io::Result<Value> {
        let folder = tempfile::tempdir()?;
        let folder = folder
            .path()
            .to_str()
            .ok_or(io::ErrorKind::InvalidFilename)?;
        let fill_in = |text: &String| text.replace("{folder}", folder);
        let child = Command::new("node")
            .arg(self.script()?)
            .args(self.arguments.iter().map(fill_in))
            .envs(
                self.environment
                    .iter()
                    .map(|(name, value)| (name, fill_in(value))),
            )
            .current_dir(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(fs::File::create(Path::new(folder).join("stderr"))?)
            .spawn()?;
        Session::start(child)
            .and_then(|mut session| session.list())
            .map_err(|error| {
                let said = fs::read_to_string(Path::new(folder).join("stderr")).unwrap_or_default();
                io::Error::new(error.kind(), format!("{error}; it wrote: {said}"))
            })
    }

    /// The script that the package names first under `bin`.
    fn script(&self) -> io::Result<PathBuf> {
        let package = Path::new(FOLDER).join("node_modules").join(&self.package);
        let manifest = fs::read(package.join("package.json")).map_err(|error| {
            let remedy = format!("{error}; run `npm ci` in tests/mcp-servers");
            io::Error::new(error.kind(), remedy)
        })?;
        let manifest: Value = serde_json::from_slice(&manifest)?;
        let first = match &manifest["bin"] {
            Value::Object(scripts) => scripts.values().next().and_then(Value::as_str),
            script => script.as_str(),
        };
        let script = first.ok_or_else(|| io::Error::other("the package has no `bin`"))?;
        Ok(package.join(script))
    }
}

/// The folder for answers of the servers that are pinned now.
fn answers() -> io::Result<PathBuf> {
    let mut hasher = DefaultHasher::new();
    for file in ["package-lock.json", "servers.json"] {
        fs::read(Path::new(FOLDER).join(file))?.hash(&mut hasher);
    }
    let program = env::current_exe()?;
    let target = program
        .ancestors()
        .find(|folder| folder.join("CACHEDIR.TAG").is_file())
        .ok_or_else(|| io::Error::other("this program isn't in a target directory of cargo"))?;
    let folder = target.join(format!("mcp-servers/{:016x}", hasher.finish()));
    fs::create_dir_all(&folder)?;
    Ok(folder)
}

/// A conversation with a server; the server ends with it.
struct Session {
    child: Child,
    requests: ChildStdin,
    messages: Receiver<String>,
    asked: u64,
}

impl Session {
    fn start(mut child: Child) -> io::Result<Self> {
        let (Some(requests), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(io::ErrorKind::BrokenPipe.into());
        };
        let (sender, messages) = mpsc::channel();
        thread::spawn(move || {
            let lines = BufReader::new(output).lines().map_while(Result::ok);
            lines
                .take_while(|line| sender.send(line.clone()).is_ok())
                .for_each(drop);
        });
        let mut session = Self {
            child,
            requests,
            messages,
            asked: 0,
        };
        session.request(
            "initialize",
            &json!({
                "protocolVersion": "2025-06-18",
                "capabilities": {},
                "clientInfo": { "name": "codemode-real-world", "version": env!("CARGO_PKG_VERSION") },
            }),
        )?;
        session.send(&json!({ "jsonrpc": "2.0", "method": "notifications/initialized" }))?;
        Ok(session)
    }

    fn list(&mut self) -> io::Result<Value> {
        let mut tools = Vec::new();
        let mut page = json!({});
        loop {
            let mut result = self.request("tools/list", &page)?;
            let Value::Array(more) = result["tools"].take() else {
                return Err(io::Error::other(format!("`tools` is no list: {result}")));
            };
            tools.extend(more);
            match result["nextCursor"].take() {
                Value::Null => return Ok(json!({ "tools": tools })),
                cursor => page = json!({ "cursor": cursor }),
            }
        }
    }

    fn send(&mut self, message: &Value) -> io::Result<()> {
        writeln!(self.requests, "{message}")
    }

    fn request(&mut self, method: &str, params: &Value) -> io::Result<Value> {
        self.asked += 1;
        let id = self.asked;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }))?;
        loop {
            let line = self
                .messages
                .recv_timeout(PATIENCE)
                .map_err(|error| io::Error::other(format!("no answer to `{method}` ({error})")))?;
            // Some servers greet on their standard output.
            let Ok(mut message) = serde_json::from_str::<Value>(&line) else {
                continue;
            };
            if message.get("method").is_some() {
                // A request of the server's own, such as for the client's folders. Nothing of that kind was offered.
                if let Some(theirs) = message.get("id") {
                    let refusal = json!({ "code": -32601, "message": "not offered" });
                    self.send(&json!({ "jsonrpc": "2.0", "id": theirs, "error": refusal }))?;
                }
            } else if message["id"] == id {
                return match message["result"].take() {
                    Value::Null => Err(io::Error::other(format!("`{method}` failed: {message}"))),
                    result => Ok(result),
                };
            }
        }
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
