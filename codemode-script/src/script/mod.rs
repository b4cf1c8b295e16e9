//! A script: what a model wrote, in the form that the engine runs and the compiler checks.
//!
//! A text goes through three forms, each with the way back to the one before it: the code in it (`markdown`), its normal
//! form (`normal_form`), and JavaScript (`javascript`). `docs/scripts.md` has the rules.

mod edits;
mod foreign;
mod functions;
mod javascript;
mod lines;
mod mangled;
mod markdown;
mod module_form;
mod normal_form;
mod parse;
mod saved;
#[cfg(test)]
mod tests;
mod wrapping;

use std::collections::BTreeSet;

use oxc::allocator::Allocator;
use oxc::ast::ast::TemplateElement;
use oxc::ast_visit::Visit;
use oxc::span::SourceType;

use self::edits::Edited;
use self::foreign::{python, shell};
pub use self::javascript::SCRIPT_NAME;
use self::javascript::{JavaScript, Mapping};
pub use self::lines::Lines;
use self::markdown::{Markdown, NoScript, Source};
use self::module_form::{Guard, ModuleForm};
use self::normal_form::{Import, NormalForm};
use self::parse::{Parsed, Problem};
pub use self::saved::{SAVED, SavedScript, exports_something};
use self::wrapping::Unwrapped;
use crate::absent::instead_of_package;
use crate::error::{Diagnostic, ErrorKind, RunError};

/// The script becomes the body of an async function, which is what makes `return` and `await` at the top level work. The
/// body starts on a line of its own, so that columns are left alone.
///
/// The function that it is given is handed each result with its place, and hands it back.
const PROLOGUE: &str = "(async (__returned) => {\"use strict\";\n";
const EPILOGUE: &str = "\n})";

/// How large a script may be, in bytes.
const MAX_BYTES: usize = 256 * 1024;

/// How many problems are told of one script. A text can have one in every other byte, and nobody reads so many.
pub const MAX_DIAGNOSTICS: usize = 100;

/// How long the message of a problem is, in bytes. It repeats names, and a name can be as long as a script.
const MAX_MESSAGE: usize = 4 * 1024;

/// What compiling takes at most of the stack for one byte of text: the parser recurses, and one bracket is one level.
const STACK_PER_BYTE: usize = 4 * 1024;

/// The stack that compiling any script may need, for a thread that is made before its script is known.
pub const MAX_STACK_BYTES: usize = MAX_BYTES * STACK_PER_BYTE;

/// The stack that compiling a script may need. Only what is used of it becomes memory.
pub fn stack_bytes(text: &str) -> usize {
    text.len().min(MAX_BYTES) * STACK_PER_BYTE
}

/// A script that is ready to run.
#[derive(Clone, Debug)]
pub struct Script {
    /// An expression whose value is the script as an async function.
    pub javascript: String,
    source: Source,
    normal: Edited,
    normal_lines: Lines,
    module: Edited,
    positions: Vec<Mapping>,
    names: BTreeSet<String>,
    imports: Vec<Import>,
    mistakes: Vec<Diagnostic>,
    guards: Vec<Guard>,
}

/// Why code is no script.
enum Failure {
    /// It can't be read.
    Unreadable(Vec<Diagnostic>),
    /// It can be read and makes no sense, as when it declares one name twice.
    Senseless(Vec<Diagnostic>),
}

impl Script {
    /// Finds the code in a text, gives it its normal form and removes its types.
    ///
    /// # Errors
    ///
    /// What is wrong with the text, in the order of its lines.
    pub fn compile(text: &str) -> Result<Self, Vec<Diagnostic>> {
        if text.len() > MAX_BYTES {
            return Err(vec![too_long(text.len())]);
        }
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
        let markdown = Markdown::read(text).filter(|markdown| !is_code(text, markdown));
        let told = match markdown {
            None => match Self::of(Source::whole(text)) {
                Err(Failure::Unreadable(told)) => told,
                result => return result.map_err(Failure::diagnostics),
            },
            Some(_) if wrapping::begins_with_thoughts(text) => Vec::new(),
            Some(markdown) => match Self::of_markdown(&markdown, &[]) {
                Err(told) => told,
                script => return script,
            },
        };
        let Some(Unwrapped { text, removed }) = wrapping::unwrap(text) else {
            return Err(told);
        };
        match Markdown::read(&text).filter(|markdown| !is_code(&text, markdown)) {
            None => {
                let source = Source::whole(&text).behind(&removed);
                Self::of(source).map_err(Failure::diagnostics)
            }
            Some(markdown) => Self::of_markdown(&markdown, &removed),
        }
    }

    /// Reads the blocks of a text. `removed` are the columns that stood before each line of it.
    fn of_markdown(markdown: &Markdown<'_>, removed: &[u32]) -> Result<Self, Vec<Diagnostic>> {
        if let Some(inner) = markdown.inner()
            && let Some(markdown) = Markdown::read(&inner)
            && markdown.inner().is_none()
        {
            return Self::of_markdown(&markdown, removed);
        }
        let (all, last) = markdown.sources().map_err(|NoScript { line, tag, text }| {
            let in_json = mangled::name_in_json(&text).map(|name| format!(
                "there is no block of TypeScript here, but JSON with the script inside of it as `{name}`: hand over the text of \
                 `{name}` itself"
            ));
            let message = in_json.or_else(|| shell::of_tag(&tag)).unwrap_or_else(|| format!(
                "there is no block of TypeScript here: this one is tagged `{tag}`, and a script is tagged `ts`"
            ));
            vec![diagnostic((line, 1), message)]
        })?;
        match (Self::of(all.behind(removed)), last) {
            // A draft and what became of it, or a signature and its use: the last word counts.
            (Err(Failure::Senseless(problems)), Some(last)) => {
                Self::of(last.behind(removed)).map_err(|_| problems)
            }
            (result, _) => result.map_err(Failure::diagnostics),
        }
    }

    fn of(source: Source) -> Result<Self, Failure> {
        let unreadable = |problems| Failure::Unreadable(told(&source, problems, &|offset| offset));
        let allocator = Allocator::default();
        let parsed = parse::parse(&allocator, &source.code).map_err(|problems| {
            let offset = problems.first().map_or(0, |problem| problem.offset);
            let cause = mangled::unreadable(&source.code, offset)
                .or_else(|| shell::unreadable(&source.code))
                .or_else(|| python::unreadable(&source.code));
            unreadable(cause.map_or(problems, |cause| vec![cause]))
        })?;
        let cause = mangled::pointless(&source.code, &parsed);
        if let Some(cause) = cause.or_else(|| shell::readable(&source.code)) {
            return Err(unreadable(vec![cause]));
        }
        let form = normal_form::of(&parsed).map_err(unreadable)?;
        if !form.senseless.is_empty() {
            let problems = told(&source, form.senseless, &|offset| offset);
            return Err(Failure::Senseless(problems));
        }
        let forms = forms(&source, &parsed, form).map_err(Failure::Senseless)?;
        Ok(forms.script(source, PROLOGUE, EPILOGUE))
    }

    /// The position in the text that was given, for one in [`Script::javascript`]. All count from 1.
    pub fn original_position(&self, line: u32, column: u32) -> Option<(u32, u32)> {
        // One line for the prologue, one because the engine counts from 1.
        let wanted = (line.checked_sub(2)?, column.checked_sub(1)?);
        let next = self
            .positions
            .partition_point(|mapping| mapping.generated <= wanted);
        let mapping = self.positions[..next].last()?;
        if mapping.generated.0 != wanted.0 {
            return None;
        }
        // What stands between two mapped places was printed as it was written, so the distance is the same there.
        let (line, column) = mapping.original;
        let column = column + (wanted.1 - mapping.generated.1);
        let offset = self.normal_lines.offset(&self.normal.text, line, column);
        Some(self.source.position(self.normal.original(offset)))
    }

    /// The position in the text that was given, for a byte offset in the code. It counts from 1.
    pub fn position(&self, offset: usize) -> (u32, u32) {
        self.source.position(offset)
    }

    /// The script as TypeScript, as a module that a compiler can check.
    pub fn module(&self) -> &str {
        &self.module.text
    }

    /// What is wrong with the script in a way that no type tells.
    pub fn mistakes(&self) -> &[Diagnostic] {
        &self.mistakes
    }

    /// The position in the text that was given, for a byte offset in [`Script::module`]. It counts from 1.
    pub fn position_in_module(&self, offset: usize) -> (u32, u32) {
        self.source.position(self.module.original(offset))
    }

    /// Whether a name at a byte offset in [`Script::module`] is used only where `typeof` has asked for it.
    pub fn is_guarded(&self, name: &str, offset: usize) -> bool {
        let offset = self.module.original(offset);
        self.guards.iter().any(|guard| {
            let (start, end) = (guard.span.start as usize, guard.span.end as usize);
            guard.name == name && (start..end).contains(&offset)
        })
    }

    /// The names that the script uses and doesn't declare.
    pub fn names(&self) -> &BTreeSet<String> {
        &self.names
    }

    /// The imports of anything that isn't there without them.
    ///
    /// # Errors
    ///
    /// One diagnostic for each.
    pub fn check_imports(
        &self,
        is_namespace: impl Fn(&str) -> bool,
    ) -> Result<(), Vec<Diagnostic>> {
        let unknown: Vec<_> = self
            .imports
            .iter()
            .filter(|import| !is_namespace(&import.name))
            .take(MAX_DIAGNOSTICS)
            .map(|import| {
                let name = &import.name;
                let mut message = format!(
                    "there is no namespace `{name}`, and a script can't load anything else: the tools' namespaces are there \
                     without an import"
                );
                if let Some(instead) = instead_of_package(name) {
                    message.push_str(". ");
                    message.push_str(instead);
                }
                diagnostic(self.source.position(import.offset), message)
            })
            .collect();
        if unknown.is_empty() {
            Ok(())
        } else {
            Err(unknown)
        }
    }
}

/// What is made of code that has a normal form.
struct Forms {
    normal: Edited,
    javascript: JavaScript,
    module: ModuleForm,
    mistakes: Vec<Diagnostic>,
    imports: Vec<Import>,
}

/// Removes the types of code, and writes it as a module.
fn forms(source: &Source, parsed: &Parsed<'_>, form: NormalForm) -> Result<Forms, Vec<Diagnostic>> {
    let normal = form.body.clone().apply(&source.code);
    let mut javascript = javascript::print(&normal.text)
        .map_err(|problems| told(source, problems, &|offset| normal.original(offset)))?;
    javascript.names.remove(normal_form::HAND_BACK);
    let mut module = module_form::of(parsed, &source.code, &form, &javascript.names);
    let mistakes = std::mem::take(&mut module.mistakes);
    Ok(Forms {
        mistakes: told(source, mistakes, &|offset| offset),
        normal,
        javascript,
        module,
        imports: form.imports,
    })
}

impl Forms {
    fn script(self, source: Source, prologue: &str, epilogue: &str) -> Script {
        let Self {
            normal,
            javascript,
            module,
            mistakes,
            imports,
        } = self;
        Script {
            javascript: format!("{prologue}{}{epilogue}", javascript.text),
            mistakes,
            module: module.module,
            guards: module.guards,
            normal_lines: Lines::of_language(&normal.text),
            normal,
            source,
            positions: javascript.positions,
            names: javascript.names,
            imports,
        }
    }
}

/// Problems with their places in the text, where `origin` leads from their offsets to those in the code.
fn told(
    source: &Source,
    problems: Vec<Problem>,
    origin: &dyn Fn(usize) -> usize,
) -> Vec<Diagnostic> {
    let problems = problems.into_iter().take(MAX_DIAGNOSTICS);
    problems
        .map(|problem| diagnostic(source.position(origin(problem.offset)), problem.message))
        .collect()
}

fn too_long(bytes: usize) -> Diagnostic {
    let message =
        format!("the script has {bytes} bytes, more than the {MAX_BYTES} that it may have");
    diagnostic((1, 1), message)
}

impl Failure {
    fn diagnostics(self) -> Vec<Diagnostic> {
        match self {
            Self::Unreadable(diagnostics) | Self::Senseless(diagnostics) => diagnostics,
        }
    }
}

/// For a fuzzer: reads a text as a script, and looks up the places of it.
///
/// # Panics
///
/// If a place leads out of the text.
#[doc(hidden)]
pub fn fuzz_script(text: &str) {
    let lines = text.split('\n').count();
    let is_inside =
        |(line, column): (u32, u32)| (1..=lines).contains(&(line as usize)) && column > 0;
    match Script::compile(text) {
        Ok(script) => {
            for offset in 0..=script.module().len() {
                assert!(is_inside(script.position_in_module(offset)));
            }
            for mapping in &script.positions {
                let (line, column) = mapping.generated;
                let position = script.original_position(line + 2, column + 1);
                assert!(position.is_some_and(is_inside));
            }
        }
        Err(diagnostics) => {
            assert!(!diagnostics.is_empty());
            for problem in diagnostics {
                assert!(is_inside((problem.line, problem.column)), "{problem:?}");
            }
        }
    }
}

/// The error of a text that is no script.
pub fn syntax_error(diagnostics: Vec<Diagnostic>) -> RunError {
    let message = match diagnostics.as_slice() {
        [] => "the script can't be read".to_owned(),
        [first, ..] => format!(
            "line {}, column {}: {}",
            first.line, first.column, first.message
        ),
    };
    RunError {
        name: Some("SyntaxError".to_owned()),
        diagnostics,
        ..RunError::new(ErrorKind::Syntax, message)
    }
}

/// A problem without a number, at a line and column.
pub fn diagnostic((line, column): (u32, u32), mut message: String) -> Diagnostic {
    if message.len() > MAX_MESSAGE {
        message.truncate(message.floor_char_boundary(MAX_MESSAGE));
        message.push('…');
    }
    Diagnostic {
        line,
        column,
        code: None,
        message,
    }
}

/// Whether a text with fences is code all the same: its fences stand in comments or in strings.
fn is_code(text: &str, markdown: &Markdown<'_>) -> bool {
    let allocator = Allocator::default();
    let parsed = parse::statements(&allocator, text, SourceType::ts());
    if !parsed.diagnostics.is_empty() {
        return false;
    }
    let mut texts = Texts::default();
    texts
        .0
        .extend(parsed.program.comments.iter().map(|comment| comment.span));
    texts.visit_program(&parsed.program);
    markdown.fences().all(|fence| {
        let mut texts = texts.0.iter();
        texts.any(|text| (text.start as usize) < fence && fence < text.end as usize)
    })
}

/// Where there is text that isn't code and can have several lines.
#[derive(Default)]
struct Texts(Vec<oxc::span::Span>);

impl<'a> Visit<'a> for Texts {
    fn visit_template_element(&mut self, element: &TemplateElement<'a>) {
        self.0.push(element.span);
    }
}
