//! What can go wrong on the command line.

use std::io;
use std::path::PathBuf;

/// Ends a command with exit status 2: not the script's fault.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CliError {
    /// Nothing went wrong that isn't known to who has sent the signal.
    #[cfg(feature = "engine")]
    #[error("ended by a signal")]
    Interrupted(crate::interrupt::Interrupt),
    #[error("can't read {}: {error}", path.display())]
    Read { path: PathBuf, error: io::Error },
    #[error(
        "{} isn't text in UTF-8 (line {line}): save it in that encoding",
        path.display()
    )]
    NotText { path: PathBuf, line: usize },
    #[cfg(feature = "engine")]
    #[error(
        "`--ask` reads the answers from standard input, and so can't the script: put it into a file"
    )]
    AskWithoutInput,
    #[cfg(feature = "engine")]
    #[error("the session can't be used: {0}")]
    Session(#[from] codemode_runtime::StoreError),
    #[cfg(feature = "engine")]
    #[error(
        "{0:?} is no name of a session, which has up to 100 letters, digits, `-`, `_` and `.`; a path with a `/` names a file"
    )]
    SessionName(String),
    #[cfg(feature = "engine")]
    #[error(
        "there is no folder for sessions, because neither XDG_STATE_HOME nor HOME is set: name a file, as in `--session ./work.jsonl`"
    )]
    NoStateFolder,
    #[error("can't write {}: {error}", path.display())]
    Write { path: PathBuf, error: io::Error },
    #[error("can't start {program}: {error}")]
    Start { program: String, error: io::Error },
    #[error("cargo can't read the project: {0}")]
    Metadata(#[from] cargo_metadata::Error),
    #[error("{} isn't a manifest that can be read: {error}", path.display())]
    Manifest {
        path: PathBuf,
        error: toml::de::Error,
    },
    #[error("the runner's manifest can't be written: {0}")]
    RunnerManifest(#[from] toml::ser::Error),
    #[error("there is no package `{name}` in this workspace; it has {}", known.join(", "))]
    UnknownPackage { name: String, known: Vec<String> },
    #[error(
        "no package here depends on `codemode-runtime`, so none has tools. Add it with \
         `cargo add codemode-runtime --no-default-features` and write `#[tool]` above a function"
    )]
    NoToolPackage,
    #[error("several packages here may have tools: {}. Choose one with `-p NAME`", .0.join(", "))]
    SeveralPackages(Vec<String>),
    #[error("the package `{0}` doesn't depend on `codemode-runtime`, so it has no tools")]
    NoTools(String),
    #[error(
        "the package `{0}` has only a binary, and nothing else can link a binary's tools. Either move the tools to \
         `src/lib.rs`, or let the program print their declarations itself, with these lines at the start of its `main`:\n\n\
         \x20   if std::env::args().nth(1).as_deref() == Some(\"emit-dts\") {{\n\
         \x20       print!(\"{{}}\", codemode_runtime::declarations().expect(\"every tool can be declared\"));\n\
         \x20       std::process::exit(0);\n\
         \x20   }}\n\n\
         Then `{0} emit-dts` prints them"
    )]
    OnlyBinary(String),
    #[error("cargo couldn't build the tools of `{0}`; its messages are above")]
    Build(String),
    #[error("cargo built the runner but didn't say where it is")]
    NoExecutable,
    /// The runner has said why on standard error, or says it here.
    #[error("the tools can't be had: {0}")]
    Runner(String),
    #[error("the runner's answer can't be read: {0}")]
    Answer(#[from] serde_json::Error),
    #[cfg(feature = "engine")]
    #[error(transparent)]
    Check(#[from] codemode_runtime::CheckError),
    #[error(transparent)]
    Policy(#[from] codemode_runtime::PolicyFileError),
    #[error(transparent)]
    Declaration(#[from] codemode_runtime::DeclarationError),
    #[error("{} can't be read as JSON: {error}", path.display())]
    Json {
        path: PathBuf,
        error: serde_json::Error,
    },
    #[error("{}: {error}", path.display())]
    ToolList {
        path: PathBuf,
        error: codemode_mcp::McpError,
    },
    #[error("{} is there already, and nothing was written", .0.display())]
    Exists(PathBuf),
    #[error("the folder {} can't name a package: its name has to begin with a letter from a to z", .0.display())]
    NoName(PathBuf),
    #[error("a template can't be filled in: {0}")]
    Template(#[from] handlebars::RenderError),
    #[error(transparent)]
    Prompt(#[from] codemode_runtime::PromptError),
    #[error("{} has no tool that can be declared", .0.display())]
    NothingToDeclare(PathBuf),
    #[cfg(feature = "engine")]
    #[error(transparent)]
    Sandbox(#[from] codemode_runtime::BuildError),
    #[cfg(feature = "engine")]
    #[error(transparent)]
    McpConfig(#[from] codemode_mcp::McpConfigError),
    #[cfg(feature = "engine")]
    #[error(transparent)]
    McpServe(#[from] codemode_mcp::McpServeError),
    #[cfg(feature = "engine")]
    #[error(transparent)]
    HttpServe(#[from] codemode_mcp::HttpServeError),
    #[cfg(feature = "engine")]
    #[error("can't listen at {address}: {error}")]
    Listen {
        address: std::net::SocketAddr,
        error: io::Error,
    },
    #[cfg(feature = "engine")]
    #[error("no event loop could be started: {0}")]
    EventLoop(io::Error),
}

#[cfg(feature = "engine")]
impl From<crate::interrupt::Interrupt> for CliError {
    fn from(interrupt: crate::interrupt::Interrupt) -> Self {
        Self::Interrupted(interrupt)
    }
}
