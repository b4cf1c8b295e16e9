//! Checks scripts, each by a compiler that is free.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::pin::pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::{fs, thread};

use futures_util::future::{Either, select};
use tokio::sync::{Semaphore, oneshot};

use codemode_script::{
    Diagnostic, ErrorKind, MAX_DIAGNOSTICS, RunError, Script, diagnostic, stack_bytes, syntax_error,
};
use codemode_timer::sleep;

use super::compiler::kept::Compiler;
use super::compiler::locate;
use super::error::CheckError;
use super::limits::CheckLimits;
use super::project::Project;
use super::types::CatalogueTypes;
use super::verdict::found::Verdict;
use super::verdict::places::Places;
use super::verdict::rules;

/// Checks the types of scripts with the native `tsc` of `typescript@7`.
///
/// Compilers are started as they are needed and kept for the next script. A checker is cheap to clone and to share between
/// tasks and threads; the compilers end with its last clone.
///
/// ```no_run
/// use codemode_check::{CatalogueTypes, Checker, Namespaces};
/// use codemode_declarations::FunctionSchema;
/// use serde_json::json;
///
/// # async fn example() -> Result<(), Box<dyn std::error::Error>> {
/// let checker = Checker::find()?;
/// let text = json!({ "type": "string" });
/// let today = FunctionSchema::new("weather", "today", &text);
/// let types = CatalogueTypes::new(Namespaces { functions: vec![today], ..Namespaces::default() });
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

    /// Checks a script against the declarations of what it may call. `None` means that nothing is wrong; an error is of the kind
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
            Err(diagnostics) => return Ok(Some(syntax_error(diagnostics))),
        };
        self.check_script(&script, types).await
    }

    /// The same for a script that is read already.
    ///
    /// # Errors
    ///
    /// If the script couldn't be checked.
    pub async fn check_script(
        &self,
        script: &Script,
        types: &CatalogueTypes,
    ) -> Result<Option<RunError>, CheckError> {
        if let Err(diagnostics) =
            script.check_imports(|name| types.namespaces().any(|namespace| namespace == name))
        {
            return Ok(Some(syntax_error(diagnostics)));
        }
        let Verdict { found, doubt } = self
            .compile(Project::new(script, types.files(script.names())))
            .await?;
        let places = Places::of(script.module());
        let told = found.iter().filter_map(|found| {
            let offset = places.offset(&found.place);
            let told = rules::message(found, types, script, offset)?;
            Some((script.position_in_module(offset), found.code, told))
        });
        let mut told: Vec<_> = told.take(MAX_DIAGNOSTICS).collect();
        told.sort_by_key(|(position, ..)| *position);
        // One forgotten `await` can be wrong in several ways.
        told.dedup_by(|(position, _, told), (last, _, before)| {
            position == last && told.is_missing_await() && before.is_missing_await()
        });
        let mut given = BTreeSet::new();
        let told = told.into_iter().map(|(position, code, told)| Diagnostic {
            code: Some(format!("TS{code}")),
            ..diagnostic(position, told.once(&mut given))
        });
        let mut diagnostics = script.mistakes().to_vec();
        diagnostics.extend(told);
        diagnostics.sort_by_key(|problem| (problem.line, problem.column));
        diagnostics.truncate(MAX_DIAGNOSTICS);
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
                .stack_size(STACK + stack_bytes(&text))
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
        match select(pin!(reading), pin!(sleep(time))).await {
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
                more if more + 1 >= MAX_DIAGNOSTICS => " (and many more problems)".to_owned(),
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
