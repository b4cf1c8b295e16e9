//! The check before the run: TypeScript's own compiler looks at a script before anything has happened.
//!
//! The compiler is a program of its own, kept alive between checks ([`compiler`]); it sees a disk that isn't there
//! ([`protocol`]) and what the script may use, and nothing else ([`project`]).

mod cold;
mod compiler;
mod ending;
mod locate;
mod places;
mod project;
mod protocol;
mod rules;
mod types;
mod version;
mod watchdog;

use std::path::PathBuf;
use std::pin::pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use std::{fs, io, thread};

use futures_util::future::{Either, select};
use tokio::sync::{Semaphore, oneshot};

use self::compiler::Compiler;
use self::places::{Place, Places};
use self::project::Project;
pub use self::types::CatalogueTypes;
use crate::outcome::{Diagnostic, ErrorKind, RunError};
use crate::script::{self, Script};
use crate::timer;

/// Checks the types of scripts with the native `tsc` of `typescript@7`.
///
/// Compilers are started as they are needed and kept for the next script. A checker is cheap to clone and to share between
/// tasks and threads; the compilers end with its last clone.
///
/// ```no_run
/// use codemode_runtime::{Catalogue, CatalogueTypes, Checker};
///
/// # async fn example() -> Result<(), Box<dyn std::error::Error>> {
/// let checker = Checker::find()?;
/// let types = CatalogueTypes::new(&Catalogue::registered()?);
/// if let Some(error) = checker.check("return await wether.today()", &types).await? {
///     println!("{}", error.message);
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Checker {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    program: PathBuf,
    limits: CheckLimits,
    idle: Mutex<Vec<Compiler>>,
    /// One for each compiler that may be at work.
    places: Arc<Semaphore>,
    /// One for each script that may be read at the same time, also when nobody waits for it any more.
    readers: Arc<Semaphore>,
}

/// How many scripts are read at once. Reading takes a moment; but a text can be made so that it takes minutes, and the
/// thread that does it can't be stopped.
const READERS: usize = 4;

/// What checking one script may cost. A script that needs more isn't checked, and its compiler is replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckLimits {
    /// How long reading the script may take, and then checking its types. Default: 10 s, most of which is for a busy machine: a
    /// check takes milliseconds.
    pub time: Duration,
    /// How much memory the compiler may have, in bytes. Kept on Linux; elsewhere the compiler tries to keep to it.
    /// Default: 1 GiB.
    pub memory_bytes: u64,
    /// How many scripts can be checked at once, each by a compiler of its own; 0 counts as 1. Default: 2.
    pub compilers: usize,
}

impl Default for CheckLimits {
    fn default() -> Self {
        Self {
            time: Duration::from_secs(10),
            memory_bytes: 1024 * 1024 * 1024,
            compilers: 2,
        }
    }
}

/// Why a script couldn't be checked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CheckError {
    /// There is no compiler where one is looked for.
    #[error(
        "there is no native `tsc`{}: install it with `npm install typescript@7`, or name it in CODEMODE_TSC",
        .0.as_ref().map(|path| format!(" at {}", path.display())).unwrap_or_default()
    )]
    NotFound(Option<PathBuf>),
    /// The compiler can't be started.
    #[error("{} can't be started: {error}", program.display())]
    Start {
        /// What was to be started.
        program: PathBuf,
        /// What the system says.
        error: io::Error,
    },
    /// The types of the script take too long.
    #[error("checking the script's types takes longer than the {} s that it may take", .0.as_secs_f64())]
    TooLong(Duration),
    /// The compiler failed over the script, as when it needs more memory than it may have.
    #[error("the compiler failed while it checked the script: {0}")]
    Failed(String),
}

/// What a compiler says of a script.
#[derive(Debug)]
struct Verdict {
    found: Vec<Found>,
    /// Why there may be more to say. What was found is wrong all the same, but finding nothing is no proof.
    doubt: Option<String>,
}

/// What the compiler says about a place.
#[derive(Debug)]
struct Found {
    place: Place,
    code: u32,
    text: String,
    /// What it says further, from the general to the particular.
    details: Vec<String>,
}

impl Checker {
    /// A checker with the compiler that `CODEMODE_TSC` names, or else that of the nearest `node_modules` above the current
    /// folder, or else that of `PATH`.
    ///
    /// # Errors
    ///
    /// If there is none.
    pub fn find() -> Result<Self, CheckError> {
        Self::find_with(CheckLimits::default())
    }

    /// The same with other limits.
    ///
    /// # Errors
    ///
    /// As for [`Checker::find`].
    pub fn find_with(limits: CheckLimits) -> Result<Self, CheckError> {
        Self::new(locate::locate()?, limits)
    }

    /// A checker with a certain compiler: the program itself, and not the script that npm puts before it.
    ///
    /// # Errors
    ///
    /// If there is no such file.
    pub fn new(program: impl Into<PathBuf>, limits: CheckLimits) -> Result<Self, CheckError> {
        let program = program.into();
        let Ok(program) = fs::canonicalize(&program) else {
            return Err(CheckError::NotFound(Some(program)));
        };
        let places = Arc::new(Semaphore::new(limits.compilers.max(1)));
        Ok(Self {
            shared: Arc::new(Shared {
                program,
                limits,
                idle: Mutex::default(),
                places,
                readers: Arc::new(Semaphore::new(READERS)),
            }),
        })
    }

    /// Checks a script against a catalogue. `None` means that nothing is wrong; an error is of the kind
    /// [`ErrorKind::Syntax`] or [`ErrorKind::TypeCheck`].
    ///
    /// # Errors
    ///
    /// If the script couldn't be checked.
    pub async fn check(
        &self,
        text: &str,
        types: &CatalogueTypes,
    ) -> Result<Option<RunError>, CheckError> {
        let script = match self.read(text.to_owned()).await? {
            Ok(script) => script,
            Err(diagnostics) => return Ok(Some(script::syntax_error(diagnostics))),
        };
        if let Err(diagnostics) =
            script.check_imports(|name| types.namespaces().any(|namespace| namespace == name))
        {
            return Ok(Some(script::syntax_error(diagnostics)));
        }
        let Verdict { found, doubt } = self
            .compile(Project::new(&script, types.files(script.names())))
            .await?;
        let places = Places::of(script.module());
        let mut diagnostics = script.mistakes().to_vec();
        diagnostics.extend(
            found
                .iter()
                .filter_map(|found| {
                    let offset = places.offset(&found.place);
                    let message = rules::message(found, types, &script, offset)?;
                    let position = script.position_in_module(offset);
                    let code = Some(format!("TS{}", found.code));
                    Some(Diagnostic {
                        code,
                        ..script::diagnostic(position, message)
                    })
                })
                .take(script::MAX_DIAGNOSTICS),
        );
        diagnostics.sort_by_key(|problem| (problem.line, problem.column));
        diagnostics.truncate(script::MAX_DIAGNOSTICS);
        if let Some(doubt) = doubt.filter(|_| diagnostics.is_empty()) {
            return Err(CheckError::Failed(doubt));
        }
        Ok((!diagnostics.is_empty()).then(|| type_error(diagnostics)))
    }

    /// Reads a script on a thread with a stack for it, since the parser recurses, and in the time that a check may take.
    async fn read(&self, text: String) -> Result<Result<Script, Vec<Diagnostic>>, CheckError> {
        const STACK: usize = 2 * 1024 * 1024;
        let ended = || CheckError::Failed("the script can't be read".to_owned());
        let reading = async {
            let readers = Arc::clone(&self.shared.readers);
            let place = readers.acquire_owned().await.map_err(|_| ended())?;
            let (sender, script) = oneshot::channel();
            let started = thread::Builder::new()
                .name("codemode-script".to_owned())
                .stack_size(STACK + script::stack_bytes(&text))
                .spawn(move || {
                    let _ = sender.send(Script::compile(&text));
                    drop(place);
                });
            started.map_err(|error| CheckError::Start {
                program: PathBuf::from("a thread"),
                error,
            })?;
            script.await.map_err(|_| ended())
        };
        let time = self.shared.limits.time;
        match select(pin!(reading), pin!(timer::sleep(time))).await {
            Either::Left((script, _)) => script,
            Either::Right(_) => Err(CheckError::TooLong(time)),
        }
    }

    async fn compile(&self, project: Project) -> Result<Verdict, CheckError> {
        let Shared {
            program,
            limits,
            idle,
            places,
            ..
        } = &*self.shared;
        let closed = |_| CheckError::Failed("the checker has ended".to_owned());
        let place = Arc::clone(places).acquire_owned().await;
        let place = place.map_err(closed)?;
        let lock = || idle.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = lock().pop();
        let compiler = match kept {
            Some(compiler) => compiler,
            None => Compiler::start(program.clone(), limits.clone())?,
        };
        // Whoever gives up waiting takes the compiler down, which is in the middle of something.
        let (verdict, _place) = compiler.check(project, place).await?;
        if verdict.doubt.is_none() {
            lock().push(compiler);
        }
        Ok(verdict)
    }
}

fn type_error(diagnostics: Vec<Diagnostic>) -> RunError {
    let message = match diagnostics.as_slice() {
        [] => "the script's types don't fit".to_owned(),
        [first, rest @ ..] => {
            let more = match rest.len() {
                0 => String::new(),
                // The others weren't looked at.
                more if more + 1 >= script::MAX_DIAGNOSTICS => {
                    " (and many more problems)".to_owned()
                }
                1 => " (and 1 more problem)".to_owned(),
                more => format!(" (and {more} more problems)"),
            };
            let (line, column) = (first.line, first.column);
            format!("line {line}, column {column}: {}{more}", first.message)
        }
    };
    RunError {
        diagnostics,
        ..RunError::new(ErrorKind::TypeCheck, message)
    }
}
