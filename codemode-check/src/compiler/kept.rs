//! One compiler that is kept alive, on a thread of its own.

use std::collections::HashMap;
use std::io::{self, BufReader, BufWriter};
use std::path::{Path, PathBuf};
use std::process::{ChildStdin, ChildStdout, Stdio};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::sync::{OwnedSemaphorePermit, oneshot};

use super::ending::{NO_VERDICT, Said};
use super::program::{bound, command};
use super::protocol::{ApiDiagnostic, CALLBACKS, Connection, ROOT, Snapshot};
use super::watchdog::Watchdog;
use super::{cold, version};
use crate::error::CheckError;
use crate::limits::CheckLimits;
use crate::project::{
    CONFIG_FILE, Project, SCRIPT_FILE, WITNESS, WITNESS_CODE, WITNESS_FILE, WORLD, WORLD_FILE,
};
use crate::verdict::found::{Found, Verdict};
use crate::verdict::places::Place;

/// How many sets of declarations a compiler has at hand. A set that it has takes a few milliseconds to check with, another
/// one some ten more.
const MAX_PROJECTS: usize = 16;

/// Something to check, the place that it takes until it is done, and who wants to know.
type Job = (Project, OwnedSemaphorePermit, oneshot::Sender<Answer>);

/// The place comes back with what was found. Where nobody waits any more, it is free as soon as the compiler is.
type Answer = (Result<Verdict, CheckError>, OwnedSemaphorePermit);

/// A handle on the thread. Dropping it ends the compiler.
#[derive(Debug)]
pub(crate) struct Compiler {
    jobs: Sender<Job>,
}

impl Compiler {
    /// Starts the thread; the compiler itself starts with the first job.
    pub(crate) fn start(program: PathBuf, limits: CheckLimits) -> Result<Self, CheckError> {
        let (jobs, receiver) = channel();
        let failed = |error| CheckError::Start {
            program: PathBuf::from("a thread"),
            error,
        };
        thread::Builder::new()
            .name("codemode-check".to_owned())
            .spawn(move || serve(&program, &limits, &receiver))
            .map_err(failed)?;
        Ok(Self { jobs })
    }

    /// Checks. After an error or a doubt the compiler is of no more use.
    pub(crate) async fn check(
        &self,
        project: Project,
        place: OwnedSemaphorePermit,
    ) -> Result<(Verdict, OwnedSemaphorePermit), CheckError> {
        let (sender, answer) = oneshot::channel();
        let gone = || CheckError::Failed("its thread has ended".to_owned());
        let job = (project, place, sender);
        self.jobs.send(job).map_err(|_| gone())?;
        let (result, place) = answer.await.map_err(|_| gone())?;
        Ok((result?, place))
    }
}

fn serve(program: &Path, limits: &CheckLimits, jobs: &Receiver<Job>) {
    let mut session = None;
    while let Ok((project, place, answer)) = jobs.recv() {
        let result = if version::is_pinned(program) {
            check(&mut session, program, limits, &project)
        } else {
            cold::check(program, limits, &project)
        };
        let failed = result
            .as_ref()
            .map_or(true, |verdict| verdict.doubt.is_some());
        // Who asked may have gone.
        let _ = answer.send((result, place));
        if failed {
            return;
        }
    }
}

fn check(
    session: &mut Option<Session>,
    program: &Path,
    limits: &CheckLimits,
    project: &Project,
) -> Result<Verdict, CheckError> {
    if session.is_none() {
        match Session::start(program, limits) {
            Ok(started) => *session = Some(started),
            // A system where it can't be kept alive still has the slow way.
            Err(_) => return cold::check(program, limits, project),
        }
    }
    match session {
        Some(session) => session.check(project, limits),
        None => Err(CheckError::Failed("it didn't start".to_owned())),
    }
}

struct Session {
    connection: Connection<BufWriter<ChildStdin>, BufReader<ChildStdout>>,
    watchdog: Watchdog,
    /// What the compiler says of itself.
    said: Said,
    /// The last used one is the last.
    projects: Vec<Open>,
    opened: u64,
    snapshot: Option<u64>,
}

/// A project that the compiler knows.
struct Open {
    key: String,
    folder: String,
    files: Vec<String>,
}

impl Session {
    fn start(program: &Path, limits: &CheckLimits) -> Result<Self, CheckError> {
        let failed = |error| CheckError::Start {
            program: program.to_owned(),
            error,
        };
        let mut command = command(program, limits);
        command.args(["--api", "--async", "--cwd", ROOT]);
        command.arg(format!("--callbacks={CALLBACKS}"));
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(failed)?;
        bound(&child, limits);
        let said = Said::by(&mut child);
        let pipes = child.stdin.take().zip(child.stdout.take());
        let watchdog = Watchdog::new(child).map_err(failed)?;
        let (input, output) = pipes.ok_or_else(|| failed(io::ErrorKind::BrokenPipe.into()))?;
        let libraries = program.parent().unwrap_or(Path::new("/")).display();
        let mut connection = Connection {
            input: BufWriter::new(input),
            output: BufReader::new(output),
            files: HashMap::from([
                (format!("{ROOT}/{WORLD_FILE}"), WORLD.into()),
                (format!("{ROOT}/{WITNESS_FILE}"), WITNESS.into()),
            ]),
            libraries: format!("{libraries}/").replace('\\', "/"),
            last_request: 0,
        };
        let initialised = watchdog.within(limits.time, || {
            connection.request::<Value>("initialize", &Value::Null)
        });
        initialised
            .ok_or(CheckError::TooLong(limits.time))?
            .map_err(failed)?;
        Ok(Self {
            connection,
            watchdog,
            said,
            projects: Vec::new(),
            opened: 0,
            snapshot: None,
        })
    }

    fn check(&mut self, project: &Project, limits: &CheckLimits) -> Result<Verdict, CheckError> {
        let Self {
            connection,
            watchdog,
            said,
            projects,
            opened,
            snapshot,
        } = self;
        let checked = watchdog.within(limits.time, || {
            let folder = open(connection, projects, opened, project);
            diagnostics(connection, snapshot, &folder)
        });
        checked
            .ok_or(CheckError::TooLong(limits.time))?
            .map_err(|error| {
                let status = watchdog.ended(PATIENCE);
                CheckError::Failed(said.why(status, &error.to_string(), limits))
            })
    }
}

/// How long a compiler that has stopped talking may take to end, so that its end can be told.
const PATIENCE: Duration = Duration::from_millis(200);

/// The category of a diagnostic that is an error.
const ERROR: u32 = 1;

/// What the compiler has to be told before it can check, as parameters of `updateSnapshot`.
struct Opened {
    folder: String,
    changes: Value,
}

/// Puts the script where the compiler looks for it.
fn open<W, R>(
    connection: &mut Connection<W, R>,
    projects: &mut Vec<Open>,
    opened: &mut u64,
    project: &Project,
) -> Opened {
    let key = project.key();
    let known = projects.iter().position(|open| open.key == key);
    let (open, changes) = if let Some(position) = known {
        let open = projects.remove(position);
        let script = format!("{}/{SCRIPT_FILE}", open.folder);
        (open, json!({ "fileChanges": { "changed": [script] } }))
    } else {
        *opened += 1;
        let folder = format!("{ROOT}/project{opened}");
        let config = format!("{folder}/{CONFIG_FILE}");
        let mut changes = json!({ "openProjects": [config] });
        if projects.len() >= MAX_PROJECTS {
            let closed = projects.remove(0);
            changes["closeProjects"] = json!([format!("{}/{CONFIG_FILE}", closed.folder)]);
            forget(connection, projects, &closed);
        }
        let types = project.types.iter().map(|file| {
            let path = format!("{ROOT}/{}", file.name);
            (path, Arc::clone(&file.text))
        });
        let mut files: Vec<(String, Arc<str>)> = types.collect();
        files.push((config, project.config("../").into()));
        let open = Open {
            key,
            folder,
            files: files.iter().map(|(path, _)| path.clone()).collect(),
        };
        connection.files.extend(files);
        (open, changes)
    };
    let folder = open.folder.clone();
    let script = (
        format!("{folder}/{SCRIPT_FILE}"),
        Arc::clone(&project.script),
    );
    connection.files.extend([script]);
    projects.push(open);
    Opened { folder, changes }
}

/// Drops the files that no other project has.
fn forget<W, R>(connection: &mut Connection<W, R>, projects: &[Open], closed: &Open) {
    let in_use = |file: &String| projects.iter().any(|open| open.files.contains(file));
    for file in closed.files.iter().filter(|file| !in_use(file)) {
        connection.files.remove(file);
    }
    let script = format!("{}/{SCRIPT_FILE}", closed.folder);
    connection.files.remove(&script);
}

fn diagnostics<W: io::Write, R: io::BufRead>(
    connection: &mut Connection<W, R>,
    last: &mut Option<u64>,
    opened: &Opened,
) -> io::Result<Verdict> {
    let Snapshot { snapshot } = connection.request("updateSnapshot", &opened.changes)?;
    if let Some(old) = last.replace(snapshot) {
        connection.request::<Value>("release", &json!({ "snapshot": old }))?;
    }
    // Those of all files that are no declarations: the script and the witness.
    let of_project = json!({
        "snapshot": snapshot,
        "project": format!("{}/{CONFIG_FILE}", opened.folder),
    });
    let script = format!("{}/{SCRIPT_FILE}", opened.folder);
    let witness = format!("{ROOT}/{WITNESS_FILE}");
    let mut ask = |method| connection.request::<Vec<ApiDiagnostic>>(method, &of_project);
    let (mut syntax, mut types) = (
        ask("getSyntacticDiagnostics")?,
        ask("getSemanticDiagnostics")?,
    );
    let is_seen = types
        .iter()
        .any(|found| found.file_name == witness && found.code == WITNESS_CODE);
    let is_error = |found: &ApiDiagnostic| found.category == ERROR && found.file_name == script;
    syntax.retain(is_error);
    types.retain(is_error);
    // The types of what can't be read are guesses.
    let counts = if syntax.is_empty() { types } else { syntax };
    Ok(Verdict {
        found: counts.into_iter().map(found).collect(),
        doubt: (!is_seen).then(|| NO_VERDICT.to_owned()),
    })
}

fn found(diagnostic: ApiDiagnostic) -> Found {
    let mut details = Vec::new();
    let mut rest = diagnostic.message_chain;
    while let Some(next) = rest.into_iter().next() {
        details.push(next.text);
        rest = next.message_chain;
    }
    Found {
        place: Place::Unit(diagnostic.pos),
        code: diagnostic.code,
        text: diagnostic.text,
        details,
    }
}

#[cfg(test)]
#[cfg(unix)]
mod tests;
