//! The command line as data.

use std::path::PathBuf;
#[cfg(feature = "engine")]
use std::time::Duration;

#[cfg(feature = "engine")]
use bytesize::ByteSize;
use clap::{Args, Parser, Subcommand};
use codemode_runtime::ToolSource;

/// TypeScript declarations for Rust tools, and scripts that run against them.
#[derive(Debug, Parser)]
#[command(name = "codemode-cli", version, about)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Print the TypeScript declarations of tools
    EmitDts(EmitDts),
    /// Print a crate's tools as an MCP server lists them
    EmitSchema(EmitSchema),
    /// Print one line a tool
    List(List),
    /// Make a new crate with tools and a script that uses them
    Init(Init),
    /// Ask a policy file about a call, or print the form of such files
    #[command(subcommand)]
    Policy(Policy),
    /// Print the system prompt for a model that is to write scripts
    Prompt(Prompt),
    /// Check the types of a script without running it
    #[cfg(feature = "engine")]
    Check(Check),
    /// Serve scripts to an MCP client, over standard input and output or over HTTP
    #[cfg(feature = "engine")]
    Serve(Serve),
    /// Run a script against a crate's tools
    #[cfg(feature = "engine")]
    Run(Run),
}

/// Which crate has the tools.
#[derive(Debug, Args)]
pub(crate) struct Target {
    /// The crate's Cargo.toml [default: the one of this folder or above it]
    #[arg(long, value_name = "P")]
    pub(crate) manifest_path: Option<PathBuf>,
    /// The package, where a workspace has several with tools
    #[arg(short, long, value_name = "NAME")]
    pub(crate) package: Option<String>,
    /// Features of the crate to turn on, separated by commas
    #[arg(long, value_name = "F", value_delimiter = ',')]
    pub(crate) features: Vec<String>,
}

/// Where tools come from: a crate, MCP servers, or both.
#[derive(Debug, Args)]
pub(crate) struct Sources {
    #[command(flatten)]
    pub(crate) target: Target,
    /// Offer the tools of the MCP servers in this file, too; it has the form that MCP clients use
    #[cfg(feature = "engine")]
    #[arg(long, value_name = "FILE.json")]
    pub(crate) mcp_config: Option<PathBuf>,
    /// Keep in this file what is learned of the results of MCP servers that have `"learn": true`
    #[cfg(feature = "engine")]
    #[arg(long, value_name = "FILE.json", requires = "mcp_config")]
    pub(crate) learned: Option<PathBuf>,
    /// Do without a crate
    #[arg(long)]
    pub(crate) no_tools: bool,
    /// Let scripts call the functions in this folder's `*.ts` files, as `scripts.name({ … })` [default: the folder `scripts` of
    /// the crate]
    #[cfg(feature = "engine")]
    #[arg(long, value_name = "DIR")]
    pub(crate) scripts: Option<PathBuf>,
    /// Let this file say which functions scripts may call, and how; what it always denies isn't offered
    #[arg(long, value_name = "FILE")]
    pub(crate) policy: Option<PathBuf>,
}

/// Where the text of a command goes.
#[derive(Debug, Args)]
pub(crate) struct Destination {
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Write nothing, and fail if the file given with -o isn't up to date
    #[arg(long, requires = "output")]
    pub(crate) check: bool,
}

#[derive(Debug, Args)]
pub(crate) struct EmitDts {
    #[command(flatten)]
    pub(crate) target: Target,
    /// Take the tools from an MCP `tools/list` result instead of a crate; the file's name becomes their namespace
    #[arg(long, value_name = "FILE.json", conflicts_with_all = ["manifest_path", "package", "features"])]
    pub(crate) mcp_tools: Option<PathBuf>,
    /// Say the same in as few tokens as it takes, for a prompt
    #[arg(long)]
    pub(crate) compact: bool,
    #[command(flatten)]
    pub(crate) destination: Destination,
}

#[derive(Debug, Args)]
pub(crate) struct EmitSchema {
    #[command(flatten)]
    pub(crate) target: Target,
    #[command(flatten)]
    pub(crate) destination: Destination,
}

#[derive(Debug, Args)]
pub(crate) struct List {
    #[command(flatten)]
    pub(crate) sources: Sources,
}

#[derive(Debug, Args)]
pub(crate) struct Init {
    /// The crate's folder, whose name becomes the package's
    #[arg(value_name = "DIR")]
    pub(crate) folder: PathBuf,
    /// A clone of codemode, for the crate to depend on [default: where this program was installed from, if that is one]
    #[arg(long, value_name = "DIR")]
    pub(crate) codemode: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Policy {
    /// Look for mistakes in a policy file, and tell which of its rules decides about a call
    Check(PolicyCheck),
    /// Print the JSON Schema of policy files
    Schema(PolicySchema),
}

#[derive(Debug, Args)]
pub(crate) struct PolicyCheck {
    /// The file, in JSON if its name ends with `.json`, or in TOML
    pub(crate) file: PathBuf,
    /// The function to be called, as in `mail.send`
    #[arg(long, value_name = "NAME")]
    pub(crate) call: Option<String>,
    /// Its argument [default: none]
    #[arg(long, value_name = "JSON", requires = "call", value_parser = json)]
    pub(crate) input: Option<String>,
    /// Where the function comes from: `rust`, `mcp`, `openapi` or `world`
    #[arg(long, requires = "call", default_value = "rust", value_parser = source)]
    pub(crate) source: ToolSource,
    /// What the function says of itself: `read_only`, `destructive`, `idempotent` or `open_world`, with `=false` for the contrary
    #[arg(long, value_name = "NAME", requires = "call", value_parser = annotation)]
    pub(crate) annotation: Vec<(&'static str, bool)>,
}

#[derive(Debug, Args)]
pub(crate) struct PolicySchema {
    #[command(flatten)]
    pub(crate) destination: Destination,
}

fn json(text: &str) -> Result<String, String> {
    match serde_json::from_str::<serde::de::IgnoredAny>(text) {
        Ok(_) => Ok(text.to_owned()),
        Err(error) => Err(format!("this isn't JSON: {error}")),
    }
}

fn source(text: &str) -> Result<ToolSource, String> {
    let mut all = ToolSource::ALL.into_iter();
    all.find(|source| source.as_str() == text)
        .ok_or_else(|| "write `rust`, `mcp`, `openapi` or `world`".to_owned())
}

const ANNOTATIONS: [&str; 4] = ["read_only", "destructive", "idempotent", "open_world"];

fn annotation(text: &str) -> Result<(&'static str, bool), String> {
    let (name, said) = match text.split_once('=') {
        None => (text, Some(true)),
        Some((name, said)) => (name, said.parse().ok()),
    };
    let known = ANNOTATIONS.into_iter().find(|known| *known == name);
    known.zip(said).ok_or_else(|| {
        let all = ANNOTATIONS.map(|name| format!("`{name}`")).join(", ");
        format!("write one of {all}, or with `=false` behind it")
    })
}

#[derive(Debug, Args)]
pub(crate) struct Prompt {
    #[command(flatten)]
    pub(crate) sources: Sources,
    /// How many tokens the prompt may have; without room for the declarations it lists the tools, and says how scripts look
    /// further [default: 8000, or 1000 with --discovery]
    #[arg(long, value_name = "TOKENS")]
    pub(crate) budget: Option<usize>,
    /// List the tools, even if there is room for their declarations
    #[arg(long)]
    pub(crate) discovery: bool,
    /// Fill in this handlebars template instead of the built-in one
    #[arg(long, value_name = "FILE.hbs")]
    pub(crate) template: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) destination: Destination,
}

#[derive(Debug, Args)]
#[cfg(feature = "engine")]
pub(crate) struct Check {
    /// The script, or `-` for standard input
    pub(crate) script: PathBuf,
    #[command(flatten)]
    pub(crate) sources: Sources,
    /// Print the result as one JSON object, as for a run
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
#[cfg(feature = "engine")]
pub(crate) struct Run {
    /// The script, or `-` for standard input
    pub(crate) script: PathBuf,
    #[command(flatten)]
    pub(crate) sources: Sources,
    /// Print the outcome as one JSON object
    #[arg(long)]
    pub(crate) json: bool,
    /// How long the script may run, as in `500ms` or `2m` [default: 30s]
    #[arg(long, value_name = "TIME", value_parser = time)]
    pub(crate) timeout: Option<Duration>,
    /// How large the script's heap may grow, as in `64MiB`; at least 8MiB [default: 128MiB]
    #[arg(long, value_name = "BYTES", value_parser = heap)]
    pub(crate) heap: Option<ByteSize>,
    /// How many tool calls the script may make [default: 1000]
    #[arg(long, value_name = "N")]
    pub(crate) max_tool_calls: Option<u64>,
    /// How large the script's result may be, and how large its log [default: 1MiB, and 256KiB for the log]
    #[arg(long, value_name = "BYTES")]
    pub(crate) max_output: Option<ByteSize>,
    /// Keep what scripts put into `$store` under this name, for the next scripts of the session; with a `/` it is a file
    #[arg(long, value_name = "NAME")]
    pub(crate) session: Option<String>,
    /// Ask on standard error before each call of a tool that isn't `read_only`, and read the answer from standard input
    #[arg(long, conflicts_with = "policy")]
    pub(crate) ask: bool,
    /// Don't check the script's types first
    #[arg(long)]
    pub(crate) no_check: bool,
    /// Save pictures and files that the script hands out in this folder; with --json, they are in the object instead
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub(crate) files: PathBuf,
    /// Where the script runs: in a process of its own that can always be killed, or in this one
    #[arg(long, value_name = "TIER", value_enum, default_value_t)]
    pub(crate) isolation: Isolation,
    /// Whether to refuse to run where the system can't lock that process down
    #[arg(long, value_name = "MODE", value_enum, default_value_t)]
    pub(crate) lock_down: LockDown,
}

#[derive(Debug, Args)]
#[cfg(feature = "engine")]
pub(crate) struct Serve {
    #[command(flatten)]
    pub(crate) sources: Sources,
    /// Listen here for clients over HTTP, at `/mcp`, instead of serving one over standard input and output. An address other
    /// than loopback needs a token in the environment variable `CODEMODE_HTTP_TOKEN`
    #[arg(long, value_name = "ADDR:PORT")]
    pub(crate) http: Option<std::net::SocketAddr>,
    /// Another name by which clients reach the server over HTTP
    #[arg(long, value_name = "NAME", requires = "http")]
    pub(crate) host: Vec<String>,
    /// A web page's origin that may use the server over HTTP, such as `https://app.example:443`
    #[arg(long, value_name = "ORIGIN", requires = "http")]
    pub(crate) origin: Vec<String>,
    /// Let scripts save functions in the folder of `--scripts`, with `$scripts.save({ name, code })`
    #[arg(long, requires = "scripts")]
    pub(crate) save_scripts: bool,
    /// What the client sees: `scripts` is search, describe and run, `direct` is each tool by itself, for comparing
    #[arg(long, value_name = "PROFILE", value_enum, default_value_t)]
    pub(crate) profile: Profile,
    /// Offer tools by themselves beside search, describe and run: those that the pattern fits, a `namespace.tool` in which `*` is
    /// any letters; may be given several times
    #[arg(long, value_name = "PATTERN", conflicts_with = "profile")]
    pub(crate) direct: Vec<String>,
    /// Run scripts without a check of their types
    #[arg(long)]
    pub(crate) no_check: bool,
    /// Which calls a person has to approve, asked through the client
    #[arg(
        long,
        value_name = "CALLS",
        value_enum,
        default_value_t,
        conflicts_with = "policy"
    )]
    pub(crate) ask: Approval,
    /// How long a script may run, as in `500ms` or `2m` [default: 30s]
    #[arg(long, value_name = "TIME", value_parser = time)]
    pub(crate) timeout: Option<Duration>,
    /// Where scripts run: in processes of their own that can always be killed, or in this one
    #[arg(long, value_name = "TIER", value_enum, default_value_t)]
    pub(crate) isolation: Isolation,
    /// Whether to refuse to run where the system can't lock such a process down
    #[arg(long, value_name = "MODE", value_enum, default_value_t)]
    pub(crate) lock_down: LockDown,
}

/// See [`codemode_mcp::Profile`].
#[derive(Clone, Copy, Debug, Default, clap::ValueEnum)]
#[cfg(feature = "engine")]
pub(crate) enum Profile {
    #[default]
    Scripts,
    Direct,
}

/// See [`codemode_mcp::Approval`].
#[derive(Clone, Copy, Debug, Default, clap::ValueEnum)]
#[cfg(feature = "engine")]
pub(crate) enum Approval {
    /// None
    #[default]
    Never,
    /// Those of tools that don't say that they change nothing
    Changes,
    /// All
    Always,
}

/// See [`codemode_runtime::Isolation`].
#[derive(Clone, Copy, Debug, Default, clap::ValueEnum)]
#[cfg(feature = "engine")]
pub(crate) enum Isolation {
    #[cfg_attr(unix, default)]
    Process,
    #[cfg_attr(not(unix), default)]
    InProcess,
}

/// See [`codemode_runtime::LockDown`].
#[derive(Clone, Copy, Debug, Default, clap::ValueEnum)]
#[cfg(feature = "engine")]
pub(crate) enum LockDown {
    #[default]
    Required,
    BestEffort,
}

/// A time that something can be done in.
#[cfg(feature = "engine")]
fn time(text: &str) -> Result<Duration, String> {
    let time = humantime::parse_duration(text).map_err(|error| error.to_string())?;
    if time.is_zero() {
        return Err("nothing can be done in no time".to_owned());
    }
    Ok(time)
}

/// What an empty script needs.
#[cfg(feature = "engine")]
const SMALLEST_HEAP: ByteSize = ByteSize::mib(8);

#[cfg(feature = "engine")]
fn heap(text: &str) -> Result<ByteSize, String> {
    let size: ByteSize = text.parse()?;
    if size < SMALLEST_HEAP {
        return Err(format!("an empty script needs {SMALLEST_HEAP}"));
    }
    Ok(size)
}
