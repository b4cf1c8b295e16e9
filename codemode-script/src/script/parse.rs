//! Code to a syntax tree, or to why there is none.

use oxc::allocator::Allocator;
use oxc::ast::ast::{
    AccessorProperty, Decorator, Expression, JSXElement, JSXFragment, Program, Statement,
};
use oxc::ast_visit::{Visit, walk};
use oxc::diagnostics::{LabeledSpan, OxcDiagnostic};
use oxc::parser::{ParseOptions, Parser, ParserReturn};
use oxc::span::{SourceType, Span};

/// What the parser says of an `await` in a function that can't have one, and what to write.
const NOT_ASYNC: &str = "`await` is only allowed within async functions";
const IS_ASYNC: &str = "`await` needs an async function around it: write `async` before the parameters, and `await Promise.all(…)` around a \
                        `map` with it";

/// Something that is wrong at a place.
#[derive(Debug)]
pub(super) struct Problem {
    pub(super) offset: usize,
    pub(super) message: String,
}

impl Problem {
    pub(super) fn at(span: Span, message: impl Into<String>) -> Self {
        Self {
            offset: span.start as usize,
            message: message.into(),
        }
    }

    pub(super) fn of(found: &OxcDiagnostic) -> Self {
        let offset = found.labels.first().map_or(0, LabeledSpan::offset);
        let message = match &found.help {
            _ if found.message.starts_with(NOT_ASYNC) => IS_ASYNC.to_owned(),
            Some(help) => format!("{} ({help})", found.message),
            None => found.message.to_string(),
        };
        Self {
            offset: offset as usize,
            message,
        }
    }
}

/// What code can be.
pub(super) enum Parsed<'a> {
    Statements(Program<'a>),
    /// An expression that is no statement, or that would mean something else as one: `{ a: 1 }`, `async () => 1`.
    Expression(Expression<'a>),
}

const NO_JSX: &str =
    "JSX isn't supported: a script has nothing to render, so build a string or an object";
const NO_DECORATORS: &str =
    "decorators aren't supported: call the function yourself, on the class or on the value";
const NO_ACCESSORS: &str = "`accessor` fields aren't supported, as decorators aren't: write `get` and `set`, or a plain field";

/// Reads code as statements, or else as an expression.
pub(super) fn parse<'a>(
    allocator: &'a Allocator,
    code: &'a str,
) -> Result<Parsed<'a>, Vec<Problem>> {
    let parsed = statements(allocator, code, SourceType::ts());
    let program = if parsed.diagnostics.is_empty() {
        Ok(parsed.program)
    } else {
        Err(parsed.diagnostics)
    };
    // Braces around a whole text are those of an object wherever they can be.
    let may_be_expression = program.as_ref().map_or(true, |program| {
        matches!(program.body.first(), Some(Statement::BlockStatement(_)))
    });
    if may_be_expression && let Some(expression) = expression(allocator, code) {
        refuse_unsupported(|finder| finder.visit_expression(&expression))?;
        return Ok(Parsed::Expression(expression));
    }
    match program {
        Ok(program) => {
            refuse_unsupported(|finder| finder.visit_program(&program))?;
            Ok(Parsed::Statements(program))
        }
        Err(found) => Err(match jsx(code) {
            Some(span) => vec![Problem::at(span, NO_JSX)],
            None => found.iter().map(Problem::of).collect(),
        }),
    }
}

/// Reads statements, with `await` and `return` at the top level.
pub(super) fn statements<'a>(
    allocator: &'a Allocator,
    code: &'a str,
    source_type: SourceType,
) -> ParserReturn<'a> {
    let options = ParseOptions {
        allow_return_outside_function: true,
        ..ParseOptions::default()
    };
    Parser::new(allocator, code, source_type.with_module(true))
        .with_options(options)
        .parse()
}

fn expression<'a>(allocator: &'a Allocator, code: &'a str) -> Option<Expression<'a>> {
    let code = code.trim_end_matches(|last: char| last == ';' || last.is_whitespace());
    Parser::new(allocator, code, SourceType::ts().with_module(true))
        .parse_expression()
        .ok()
}

/// Where the first JSX is, if that is all that is wrong with the code.
fn jsx(code: &str) -> Option<Span> {
    let allocator = Allocator::default();
    let parsed = statements(&allocator, code, SourceType::tsx());
    let mut finder = Finder::default();
    finder.visit_program(&parsed.program);
    finder.jsx.filter(|_| parsed.diagnostics.is_empty())
}

fn refuse_unsupported(visit: impl FnOnce(&mut Finder)) -> Result<(), Vec<Problem>> {
    let mut finder = Finder::default();
    visit(&mut finder);
    match finder.unsupported {
        Some((span, message)) => Err(vec![Problem::at(span, message)]),
        None => Ok(()),
    }
}

/// Finds the first of what a script can't have.
#[derive(Default)]
struct Finder {
    jsx: Option<Span>,
    unsupported: Option<(Span, &'static str)>,
}

impl<'a> Visit<'a> for Finder {
    fn visit_jsx_element(&mut self, element: &JSXElement<'a>) {
        self.jsx.get_or_insert(element.span);
    }

    fn visit_jsx_fragment(&mut self, fragment: &JSXFragment<'a>) {
        self.jsx.get_or_insert(fragment.span);
    }

    fn visit_decorator(&mut self, decorator: &Decorator<'a>) {
        self.unsupported
            .get_or_insert((decorator.span, NO_DECORATORS));
    }

    fn visit_accessor_property(&mut self, accessor: &AccessorProperty<'a>) {
        walk::walk_accessor_property(self, accessor);
        self.unsupported
            .get_or_insert((accessor.span, NO_ACCESSORS));
    }
}
