//! What a script means: which of its values is the result, and what becomes of imports and exports.
//!
//! The rules are those of `docs/scripts.md`.

use std::fmt::Write as _;

use oxc::ast::ast::{
    ArrowFunctionExpression, Class, Declaration, ExportDefaultDeclarationKind,
    ExportNamedDeclaration, Expression, Function, ImportDeclaration, ImportDeclarationSpecifier,
    ModuleDeclaration, Program, ReturnStatement, Statement, TSModuleReference,
};
use oxc::ast_visit::Visit;
use oxc::span::{GetSpan, Span};
use oxc::syntax::scope::ScopeFlags;

use super::edits::Edits;
use super::functions::{Callable, Functions, NamedFunction, required_parameter};
use super::parse::{Parsed, Problem};

/// What the script is given to hand its results to, on their way back.
pub(super) const HAND_BACK: &str = "__returned";

/// What has to be changed in a script to give it its normal form.
#[derive(Default)]
pub(super) struct NormalForm {
    /// Makes it the body of an async function that returns the result.
    pub(super) body: Edits,
    /// The same for the imports alone.
    pub(super) without_imports: Edits,
    /// The expression that is the result.
    pub(super) result: Option<Span>,
    /// Whether the result is what that expression, a function, returns.
    pub(super) calls_result: bool,
    /// The function that is called at the end.
    pub(super) entry: Option<Entry>,
    /// What can be read and makes no sense.
    pub(super) senseless: Vec<Problem>,
    pub(super) imports: Vec<Import>,
}

/// A function that a script declares, and whose result is that of the script.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) name: String,
    pub(super) declared: Span,
}

/// A name that a script imports.
#[derive(Clone, Debug)]
pub(super) struct Import {
    pub(super) name: String,
    pub(super) offset: usize,
}

const NOTHING_TO_LOAD: &str =
    "a script can't load anything: the tools are there as namespaces, without an import";
const NO_VALUE: &str = "the default export of a script is its result: a value or a function";
const NO_ASSIGNMENT: &str = "a script has no `export =`: `return` hands its result back";
const NO_ARGUMENTS: &str = "the function that is the script is called without arguments: the tools are there as namespaces";
const NOT_LAST: &str =
    "a value that is the default export is the script's result, so it has to be the last statement";

/// Finds the normal form, or what keeps the script from having one.
pub(super) fn of(parsed: &Parsed<'_>) -> Result<NormalForm, Vec<Problem>> {
    let mut writer = Writer::default();
    match parsed {
        Parsed::Expression(expression) => writer.only_expression(expression),
        Parsed::Statements(program) => writer.program(program),
    }
    if writer.problems.is_empty() {
        Ok(writer.form)
    } else {
        Err(writer.problems)
    }
}

/// The form of a file that hands out a function that it declares.
pub(super) fn of_module(program: &Program<'_>, name: &str) -> Result<NormalForm, Vec<Problem>> {
    let mut writer = Writer::default();
    for statement in &program.body {
        let declared = match statement {
            Statement::ImportDeclaration(import) => {
                writer.import(import);
                continue;
            }
            Statement::ExportDeclaration(export) => export.declaration.span(),
            Statement::ExportDefaultDeclaration(export) => export.declaration.span(),
            _ => continue,
        };
        let keyword = Span::new(statement.span().start, declared.start);
        writer.form.body.replace(keyword, "");
    }
    let end = program.span.end;
    writer.form.body.insert(end, format!("\nreturn {name};"));
    if writer.problems.is_empty() {
        Ok(writer.form)
    } else {
        Err(writer.problems)
    }
}

#[derive(Default)]
struct Writer {
    form: NormalForm,
    problems: Vec<Problem>,
    /// Whether an export is the result.
    exports_result: bool,
}

impl Writer {
    fn only_expression(&mut self, expression: &Expression<'_>) {
        let none = Functions::default();
        self.result(expression, expression.span().start, &none, Said::Nowhere);
    }

    fn program(&mut self, program: &Program<'_>) {
        let functions = Functions::of(program);
        self.form.senseless = functions.without_body(program);
        let returns = Returns::all(program);
        for value in &returns.values {
            let start = hand_back(value.start);
            self.form.body.insert(value.start, start);
            self.form.body.insert(value.end, "))");
        }
        let last = program
            .body
            .iter()
            .rfind(|statement| is_executed(statement));
        for statement in &program.body {
            if let Statement::TSImportEqualsDeclaration(import) = statement
                && matches!(
                    import.module_reference,
                    TSModuleReference::ExternalModuleReference(_)
                )
            {
                self.problems
                    .push(Problem::at(import.span, NOTHING_TO_LOAD));
            }
            if let Some(declaration) = statement.as_module_declaration() {
                let is_last = last.is_some_and(|last| last.span() == statement.span());
                self.module_declaration(declaration, is_last, &functions, program);
            }
        }
        if self.exports_result {
            return;
        }
        // A script with a `return` of its own calls what it wants called.
        let entry = functions.entry().filter(|_| !returns.any);
        if let Some(entry) = entry {
            self.call_at_end(program, entry);
        } else if let Some(Statement::ExpressionStatement(last)) = last {
            let (expression, start) = (&last.expression, last.span.start);
            self.result(expression, start, &functions, Said::Nowhere);
        } else if let Some(text) = only_text(program) {
            self.form.body.insert(text.start, "return ");
        } else if let Some(only) = functions.only_one(program) {
            self.call_at_end(program, only);
        }
    }

    /// Returns an expression whose statement starts at `start`; if it is a function, what that returns.
    fn result(
        &mut self,
        expression: &Expression<'_>,
        start: u32,
        functions: &Functions,
        said: Said,
    ) {
        let span = expression.span();
        self.form.result = Some(span);
        let called = match expression.get_inner_expression() {
            Expression::Identifier(name) => functions
                .named(&name.name)
                .map(|function| function.required_parameter),
            other => Callable::of(other).map(|function| function.required_parameter),
        };
        let before_expression = Span::new(start, span.start);
        // Where the statement is more than its expression, as for an export, the rest of it goes.
        let before = format!("return {}", hand_back(span.start));
        self.form.body.replace(before_expression, before);
        match (called, said) {
            (Some(parameter), _) => {
                self.form.calls_result = true;
                self.form.body.insert(span.end, ")())");
                self.refuse_parameter(parameter);
            }
            (None, Said::ByExport) => self.form.body.insert(span.end, "))"),
            (None, Said::Nowhere) => self.form.body.insert(span.end, "), true)"),
        }
    }

    fn call_at_end(&mut self, program: &Program<'_>, function: &NamedFunction) {
        self.refuse_parameter(function.required_parameter);
        let owner = function.name_span.start;
        let call = format!("\nreturn {}{}()));", hand_back(owner), function.name);
        self.form.body.insert_for(owner, program.span.end, call);
        self.form.entry = Some(Entry {
            name: function.name.clone(),
            declared: function.name_span,
        });
    }

    fn refuse_parameter(&mut self, parameter: Option<Span>) {
        if let Some(span) = parameter {
            self.problems.push(Problem::at(span, NO_ARGUMENTS));
        }
    }

    fn module_declaration(
        &mut self,
        declaration: &ModuleDeclaration<'_>,
        is_last: bool,
        functions: &Functions,
        program: &Program<'_>,
    ) {
        match declaration {
            ModuleDeclaration::ImportDeclaration(import) => self.import(import),
            ModuleDeclaration::ExportDeclaration(export) => {
                let keyword = Span::new(export.span.start, export.declaration.span().start);
                self.form.body.replace(keyword, "");
            }
            ModuleDeclaration::ExportNamedDeclaration(export) => {
                self.export_names(export, functions, program);
            }
            ModuleDeclaration::ExportDefaultDeclaration(export) => match &export.declaration {
                ExportDefaultDeclarationKind::FunctionDeclaration(function) => {
                    self.export_function(export.span, function, functions, program);
                }
                ExportDefaultDeclarationKind::ClassDeclaration(_)
                | ExportDefaultDeclarationKind::TSInterfaceDeclaration(_) => {
                    self.problems.push(Problem::at(export.span, NO_VALUE));
                }
                other => {
                    if let Some(expression) = other.as_expression() {
                        self.export_value(export.span, expression, is_last, functions, program);
                    }
                }
            },
            ModuleDeclaration::ExportAllDeclaration(_)
            | ModuleDeclaration::ExportFromDeclaration(_)
            | ModuleDeclaration::TSNamespaceExportDeclaration(_) => {
                self.problems
                    .push(Problem::at(declaration.span(), NOTHING_TO_LOAD));
            }
            ModuleDeclaration::TSExportAssignment(export) => {
                self.problems.push(Problem::at(export.span, NO_ASSIGNMENT));
            }
        }
    }

    /// Imports are erased: if what they name is there, it is there without them.
    fn import(&mut self, import: &ImportDeclaration<'_>) {
        let mut aliases = String::new();
        for specifier in import.specifiers.iter().flatten() {
            let local = specifier.local();
            let imported = match specifier {
                ImportDeclarationSpecifier::ImportSpecifier(specifier)
                    if import.import_kind.is_type() || specifier.import_kind.is_type() =>
                {
                    continue;
                }
                ImportDeclarationSpecifier::ImportSpecifier(specifier) => {
                    match specifier.imported.name().as_str() {
                        // A default import has the name that its importer gives it.
                        "default" => local.name.as_str(),
                        name => name,
                    }
                }
                _ if import.import_kind.is_type() => continue,
                _ => local.name.as_str(),
            };
            self.form.imports.push(Import {
                name: imported.to_owned(),
                offset: specifier.span().start as usize,
            });
            if imported != local.name {
                let _ = write!(aliases, "const {} = {imported};", local.name);
            }
        }
        if import.specifiers.is_none() {
            self.problems
                .push(Problem::at(import.span, NOTHING_TO_LOAD));
        }
        // A statement stays, or the one before it could go on in the one behind it.
        let replacement = if aliases.is_empty() { ";" } else { &aliases };
        self.form.body.replace(import.span, replacement);
        self.form.without_imports.replace(import.span, replacement);
    }

    fn export_names(
        &mut self,
        export: &ExportNamedDeclaration<'_>,
        functions: &Functions,
        program: &Program<'_>,
    ) {
        let default = export
            .specifiers
            .iter()
            .find(|specifier| specifier.exported.name() == "default");
        if let Some(default) = default {
            self.exports_result = true;
            let name = default.local.name();
            if let Some(function) = functions.named(&name) {
                self.call_at_end(program, function);
            } else {
                let owner = default.span.start;
                let result = format!("\nreturn {}{name}));", hand_back(owner));
                self.form.body.insert_for(owner, program.span.end, result);
            }
        }
        self.form.body.replace(export.span, ";");
    }

    fn export_function(
        &mut self,
        export: Span,
        function: &Function<'_>,
        functions: &Functions,
        program: &Program<'_>,
    ) {
        self.exports_result = true;
        let keyword = Span::new(export.start, function.span.start);
        match function
            .id
            .as_ref()
            .and_then(|id| functions.named(&id.name))
        {
            Some(named) => {
                self.form.body.replace(keyword, "");
                self.call_at_end(program, named);
            }
            None if function.generator => self.problems.push(Problem::at(export, NO_VALUE)),
            None => {
                // Hoisted, as a declaration is: what follows it comes first.
                self.form.body.replace(keyword, "const __result = ");
                self.form.body.insert(function.span.end, ";");
                self.refuse_parameter(required_parameter(&function.params));
                let owner = function.span.start;
                let call = format!("\nreturn {}__result()));", hand_back(owner));
                self.form.body.insert_for(owner, program.span.end, call);
            }
        }
    }

    fn export_value(
        &mut self,
        export: Span,
        expression: &Expression<'_>,
        is_last: bool,
        functions: &Functions,
        program: &Program<'_>,
    ) {
        self.exports_result = true;
        if let Expression::Identifier(name) = expression
            && let Some(function) = functions.named(&name.name)
        {
            self.form.body.replace(export, ";");
            self.call_at_end(program, function);
        } else if is_last {
            self.result(expression, export.start, functions, Said::ByExport);
        } else {
            self.problems.push(Problem::at(export, NOT_LAST));
        }
    }
}

/// Where a script says of an expression that it is its result.
#[derive(Clone, Copy)]
enum Said {
    ByExport,
    /// It is only the last statement.
    Nowhere,
}

/// What stands before a result that stands at an offset; behind it come two parentheses.
fn hand_back(offset: u32) -> String {
    format!("{HAND_BACK}({offset}, (")
}

/// Whether a statement is executed where it stands. Functions and types are there from the start.
fn is_executed(statement: &Statement<'_>) -> bool {
    let declaration = match statement {
        Statement::EmptyStatement(_)
        | Statement::ImportDeclaration(_)
        | Statement::ExportNamedDeclaration(_) => return false,
        Statement::ExportDeclaration(export) => &export.declaration,
        other => match other.as_declaration() {
            Some(declaration) => declaration,
            None => return true,
        },
    };
    !matches!(
        declaration,
        Declaration::FunctionDeclaration(_)
            | Declaration::TSTypeAliasDeclaration(_)
            | Declaration::TSInterfaceDeclaration(_)
    )
}

/// The string that is all of a script, which the grammar takes for a directive.
fn only_text(program: &Program<'_>) -> Option<Span> {
    let text = program.directives.last()?;
    let is_text = program.body.is_empty() && text.directive != "use strict";
    is_text.then_some(text.span)
}

/// Finds each `return` outside of all functions.
#[derive(Default)]
struct Returns {
    any: bool,
    /// What is returned.
    values: Vec<Span>,
}

impl Returns {
    fn all(program: &Program<'_>) -> Self {
        let mut finder = Self::default();
        finder.visit_program(program);
        finder
    }
}

impl<'a> Visit<'a> for Returns {
    fn visit_return_statement(&mut self, statement: &ReturnStatement<'a>) {
        self.any = true;
        self.values
            .extend(statement.argument.as_ref().map(GetSpan::span));
    }

    fn visit_function(&mut self, _: &Function<'a>, _: ScopeFlags) {}
    fn visit_arrow_function_expression(&mut self, _: &ArrowFunctionExpression<'a>) {}
    // Nothing inside of a statement's expressions but functions can have statements in it.
    fn visit_expression(&mut self, _: &Expression<'a>) {}
    fn visit_class(&mut self, _: &Class<'a>) {}
}
