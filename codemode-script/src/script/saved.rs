//! A saved script: a file with one function that other scripts can call.
//!
//! It is compiled as a script is, and has the same ways back from each place. What it runs as is a function that evaluates the
//! file and hands the file's own function out.

mod names;
mod signature;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use oxc::allocator::Allocator;
use oxc::ast::ast::{
    ArrowFunctionExpression, AwaitExpression, ExportDefaultDeclarationKind, Expression,
    ForOfStatement, Function, IdentifierReference, Program, ReturnStatement, Statement,
    StaticMemberExpression,
};
use oxc::ast_visit::{Visit, walk};
use oxc::span::{GetSpan, SourceType, Span};
use oxc::syntax::scope::ScopeFlags;

use self::signature::Signature;
use super::markdown::Source;
use super::parse::{self, Parsed, Problem};
use super::{MAX_BYTES, Script, diagnostic, forms, normal_form, told, too_long};
use crate::error::Diagnostic;

/// Evaluates the file, when it is called, and returns the function.
const PROLOGUE: &str = "(() => {\"use strict\";\n";
const EPILOGUE: &str = "\n})";

/// The namespace by which scripts call saved ones.
pub const SAVED: &str = "scripts";

const ONE_FUNCTION: &str = "a saved script exports one `async function` and, if it likes, types";
const NO_AWAIT: &str = "a saved script can't `await` outside of its function: what is here is evaluated before the script that calls it";
const NO_RETURN: &str = "a saved script is a function: `return` belongs into it";
const BY_NAME: &str = "saved scripts are called by their names: `scripts.name({ … })`";

/// A saved script that can be read.
#[derive(Clone, Debug)]
pub struct SavedScript {
    /// Its code; [`Script::javascript`] is a function that returns the saved one.
    pub script: Script,
    /// What it does, as its author has put it.
    pub docs: String,
    /// TypeScript that declares the function, and a namespace of its name with the types that it needs.
    pub declaration: String,
    /// The saved scripts that it calls.
    pub calls: BTreeSet<String>,
}

impl SavedScript {
    /// Reads the file of the saved script of this name.
    ///
    /// # Errors
    ///
    /// What is wrong with it, in the order of its lines.
    pub fn compile(name: &str, text: &str) -> Result<Self, Vec<Diagnostic>> {
        if text.len() > MAX_BYTES {
            return Err(vec![too_long(text.len())]);
        }
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
        let source = Source::whole(text);
        let tell = |problems| told(&source, problems, &|offset| offset);
        if let Some(why) = names::refusal(name) {
            return Err(vec![diagnostic((1, 1), why)]);
        }
        let allocator = Allocator::default();
        let parsed = parse::parse(&allocator, &source.code).map_err(tell)?;
        let Parsed::Statements(program) = &parsed else {
            return Err(vec![diagnostic((1, 1), ONE_FUNCTION.to_owned())]);
        };
        let (statement, function) = exported(program, name).map_err(tell)?;
        let signature = Signature::of(program, &source.code, statement, function, name);
        let signature = signature.map_err(|problem| tell(vec![problem]))?;
        let mut uses = Uses::default();
        uses.visit_program(program);
        let others = uses.others.iter();
        uses.problems
            .extend(others.map(|span| Problem::at(*span, BY_NAME)));
        if !uses.problems.is_empty() {
            return Err(tell(uses.problems));
        }
        let form = normal_form::of_module(program, name).map_err(tell)?;
        let forms = forms(&source, &parsed, form)?;
        Ok(Self {
            docs: signature.docs,
            declaration: signature.declaration,
            calls: uses.called,
            script: forms.script(source.clone(), PROLOGUE, EPILOGUE),
        })
    }
}

/// Whether a text exports anything. One that doesn't is a script of another kind.
pub fn exports_something(text: &str) -> bool {
    let allocator = Allocator::default();
    let parsed = parse::statements(&allocator, text, SourceType::ts());
    let exports = |statement: &Statement<'_>| {
        let is_import = matches!(statement, Statement::ImportDeclaration(_));
        statement.as_module_declaration().is_some() && !is_import
    };
    // What can't be read may have been meant as one.
    !parsed.diagnostics.is_empty() && text.contains("export")
        || parsed.program.body.iter().any(exports)
}

/// The one function that a file exports, and the whole statement.
fn exported<'a, 'b>(
    program: &'b Program<'a>,
    name: &str,
) -> Result<(Span, &'b Function<'a>), Vec<Problem>> {
    let mut found = None;
    for statement in &program.body {
        let function = match statement {
            Statement::ExportDefaultDeclaration(export) => match &export.declaration {
                ExportDefaultDeclarationKind::FunctionDeclaration(function) => function,
                ExportDefaultDeclarationKind::TSInterfaceDeclaration(_) => continue,
                _ => return Err(vec![Problem::at(export.span, ONE_FUNCTION)]),
            },
            Statement::ExportDeclaration(export) => {
                use oxc::ast::ast::Declaration::{
                    FunctionDeclaration, TSInterfaceDeclaration, TSTypeAliasDeclaration,
                };
                match &export.declaration {
                    FunctionDeclaration(function) => function,
                    TSInterfaceDeclaration(_) | TSTypeAliasDeclaration(_) => continue,
                    _ => return Err(vec![Problem::at(export.span, ONE_FUNCTION)]),
                }
            }
            Statement::ImportDeclaration(_) => continue,
            other if other.as_module_declaration().is_some() => {
                return Err(vec![Problem::at(other.span(), ONE_FUNCTION)]);
            }
            _ => continue,
        };
        if found
            .replace((statement.span(), function.as_ref()))
            .is_some()
        {
            return Err(vec![Problem::at(statement.span(), ONE_FUNCTION)]);
        }
    }
    let Some((statement, function)) = found else {
        let end = Span::sized(0, 0);
        return Err(vec![Problem::at(
            end,
            format!("there is no exported function: {ONE_FUNCTION}"),
        )]);
    };
    if !function.r#async || function.generator || function.body.is_none() {
        return Err(vec![Problem::at(function.span, ONE_FUNCTION)]);
    }
    match &function.id {
        Some(id) if id.name == name => Ok((statement, function)),
        Some(id) => Err(vec![Problem::at(
            id.span,
            format!(
                "the function is called `{}`, but the file `{name}.ts`: they need one name",
                id.name
            ),
        )]),
        None => Err(vec![Problem::at(
            function.span,
            format!("the function needs the name of its file, `{name}`"),
        )]),
    }
}

/// Finds what a saved script calls, and what it can't do outside of a function.
#[derive(Default)]
struct Uses {
    called: BTreeSet<String>,
    /// Where it names the namespace in another way than for a call.
    others: Vec<Span>,
    problems: Vec<Problem>,
    functions: usize,
}

impl<'a> Visit<'a> for Uses {
    fn visit_static_member_expression(&mut self, member: &StaticMemberExpression<'a>) {
        if let Expression::Identifier(name) = &member.object
            && name.name == SAVED
        {
            self.called.insert(member.property.name.to_string());
            return;
        }
        walk::walk_static_member_expression(self, member);
    }

    fn visit_identifier_reference(&mut self, name: &IdentifierReference<'a>) {
        if name.name == SAVED {
            self.others.push(name.span);
        }
    }

    // Types may name it: they need no script at run time.
    fn visit_ts_type(&mut self, _: &oxc::ast::ast::TSType<'a>) {}

    fn visit_await_expression(&mut self, expression: &AwaitExpression<'a>) {
        if self.functions == 0 {
            self.problems.push(Problem::at(expression.span, NO_AWAIT));
        }
        walk::walk_await_expression(self, expression);
    }

    fn visit_for_of_statement(&mut self, statement: &ForOfStatement<'a>) {
        if self.functions == 0 && statement.r#await {
            self.problems.push(Problem::at(statement.span, NO_AWAIT));
        }
        walk::walk_for_of_statement(self, statement);
    }

    fn visit_return_statement(&mut self, statement: &ReturnStatement<'a>) {
        if self.functions == 0 {
            self.problems.push(Problem::at(statement.span, NO_RETURN));
        }
        walk::walk_return_statement(self, statement);
    }

    fn visit_function(&mut self, function: &Function<'a>, flags: ScopeFlags) {
        self.functions += 1;
        walk::walk_function(self, function, flags);
        self.functions -= 1;
    }

    fn visit_arrow_function_expression(&mut self, function: &ArrowFunctionExpression<'a>) {
        self.functions += 1;
        walk::walk_arrow_function_expression(self, function);
        self.functions -= 1;
    }
}
