//! The functions at the top level of a script, and who uses them.

use oxc::ast::ast::{ArrowFunctionExpression, AwaitExpression, Function};
use oxc::ast::ast::{
    CallExpression, Declaration, ExportDefaultDeclarationKind, Expression, FormalParameters,
    ModuleDeclaration, NewExpression, Program, Statement, TaggedTemplateExpression,
    VariableDeclaration, VariableDeclarator,
};
use oxc::ast_visit::Visit;
use oxc::semantic::{NodeId, Reference, Scoping, SemanticBuilder};
use oxc::span::{GetSpan, Span};
use oxc::syntax::scope::ScopeFlags;

use super::parse::Problem;

/// A function that can be called by its name.
#[derive(Debug)]
pub(super) struct NamedFunction {
    pub(super) name: String,
    pub(super) name_span: Span,
    span: Span,
    /// The first parameter that a caller has to give.
    pub(super) required_parameter: Option<Span>,
    /// Where it is used, itself aside.
    uses: Vec<Span>,
}

/// The functions at the top level. Generators aren't among them: calling one runs nothing.
#[derive(Debug, Default)]
pub(super) struct Functions {
    functions: Vec<NamedFunction>,
}

/// Names that say of a function that it is the script.
const ENTRY_NAMES: [&str; 2] = ["main", "run"];

impl Functions {
    pub(super) fn of(program: &Program<'_>) -> Self {
        let mut functions: Vec<_> = program.body.iter().flat_map(declared).collect();
        if functions.is_empty() {
            return Self::default();
        }
        let exports: Vec<Span> = program
            .body
            .iter()
            .filter(|statement| matches!(statement, Statement::ExportNamedDeclaration(_)))
            .map(GetSpan::span)
            .collect();
        let semantic = SemanticBuilder::new()
            .with_build_nodes(true)
            .build(program)
            .semantic;
        let scoping = semantic.scoping();
        for function in &mut functions {
            function.uses = references(scoping, &function.name)
                .map(|reference| semantic.nodes().get_node(reference).kind().span())
                .filter(|place| !function.span.contains_inclusive(*place))
                .filter(|place| {
                    !exports
                        .iter()
                        .any(|export| export.contains_inclusive(*place))
                })
                .collect();
        }
        Self { functions }
    }

    pub(super) fn named(&self, name: &str) -> Option<&NamedFunction> {
        self.functions.iter().find(|function| function.name == name)
    }

    /// The signatures that no body follows.
    pub(super) fn without_body(&self, program: &Program<'_>) -> Vec<Problem> {
        let signature = |statement: &Statement<'_>| match declaration(statement) {
            Some(Declaration::FunctionDeclaration(function))
                if function.body.is_none() && !function.declare =>
            {
                let id = function.id.as_ref()?;
                self.named(&id.name).is_none().then(|| {
                    Problem::at(id.span, format!("the function `{}` has no body", id.name))
                })
            }
            _ => None,
        };
        program.body.iter().filter_map(signature).collect()
    }

    /// The function `main` or `run`, where the script leaves it to others to call it.
    pub(super) fn entry(&self) -> Option<&NamedFunction> {
        let entries = || ENTRY_NAMES.iter().filter_map(|name| self.named(name));
        let starts_itself = entries().any(|entry| {
            let inside_a_function = |place: &Span| {
                let mut functions = self.functions.iter();
                functions.any(|function| function.span.contains_inclusive(*place))
            };
            !entry.uses.iter().all(inside_a_function)
        });
        if starts_itself {
            return None;
        }
        entries().find(|entry| entry.uses.is_empty())
    }

    /// The one function that nothing uses, in a script that only declares things.
    pub(super) fn only_one(&self, program: &Program<'_>) -> Option<&NamedFunction> {
        let mut unused = self
            .functions
            .iter()
            .filter(|function| function.uses.is_empty());
        let only = unused.next().filter(|_| unused.next().is_none())?;
        program.body.iter().all(only_declares).then_some(only)
    }
}

/// The nodes that use what the top level declares by this name.
fn references(scoping: &Scoping, name: &str) -> impl Iterator<Item = NodeId> {
    let symbol = scoping.get_root_binding(name.into());
    symbol
        .into_iter()
        .flat_map(|symbol| scoping.get_resolved_references(symbol))
        .filter(|reference| reference.is_value())
        .map(Reference::node_id)
}

fn declared(statement: &Statement<'_>) -> Vec<NamedFunction> {
    if let Statement::ExportDefaultDeclaration(export) = statement {
        return match &export.declaration {
            ExportDefaultDeclarationKind::FunctionDeclaration(function) => {
                of_function(function).into_iter().collect()
            }
            _ => Vec::new(),
        };
    }
    match declaration(statement) {
        Some(Declaration::FunctionDeclaration(function)) => {
            of_function(function).into_iter().collect()
        }
        Some(Declaration::VariableDeclaration(variables)) => of_variables(variables),
        _ => Vec::new(),
    }
}

/// What a statement declares, exported or not.
fn declaration<'a, 'b>(statement: &'b Statement<'a>) -> Option<&'b Declaration<'a>> {
    match statement {
        Statement::ExportDeclaration(export) => Some(&export.declaration),
        other => other.as_declaration(),
    }
}

fn of_function(function: &Function<'_>) -> Option<NamedFunction> {
    let id = function.id.as_ref()?;
    if function.generator || function.body.is_none() {
        return None;
    }
    Some(NamedFunction {
        name: id.name.to_string(),
        name_span: id.span,
        span: function.span,
        required_parameter: required_parameter(&function.params),
        uses: Vec::new(),
    })
}

fn of_variables(variables: &VariableDeclaration<'_>) -> Vec<NamedFunction> {
    let of_one = |variable: &VariableDeclarator<'_>| {
        let id = variable.id.get_binding_identifier()?;
        let callable = Callable::of(variable.init.as_ref()?)?;
        Some(NamedFunction {
            name: id.name.to_string(),
            name_span: id.span,
            span: variable.span,
            required_parameter: callable.required_parameter,
            uses: Vec::new(),
        })
    };
    variables.declarations.iter().filter_map(of_one).collect()
}

/// An expression that is a function.
pub(super) struct Callable {
    pub(super) required_parameter: Option<Span>,
}

impl Callable {
    pub(super) fn of(expression: &Expression<'_>) -> Option<Self> {
        let params = match expression.get_inner_expression() {
            Expression::ArrowFunctionExpression(function) => &function.params,
            Expression::FunctionExpression(function) if !function.generator => &function.params,
            _ => return None,
        };
        Some(Self {
            required_parameter: required_parameter(params),
        })
    }
}

pub(super) fn required_parameter(parameters: &FormalParameters<'_>) -> Option<Span> {
    let first = parameters.items.first()?;
    let required = first.initializer.is_none() && !first.optional;
    required.then_some(first.span)
}

/// Whether a statement makes names known and does nothing else.
fn only_declares(statement: &Statement<'_>) -> bool {
    if let Some(module) = statement.as_module_declaration() {
        let declares = matches!(
            module,
            ModuleDeclaration::ImportDeclaration(_) | ModuleDeclaration::ExportNamedDeclaration(_)
        );
        if declares {
            return true;
        }
    }
    match declaration(statement) {
        Some(Declaration::VariableDeclaration(variables)) => {
            let mut finder = Effects::default();
            finder.visit_variable_declaration(variables);
            !finder.found
        }
        Some(_) => true,
        None => matches!(statement, Statement::EmptyStatement(_)),
    }
}

/// Finds what may do something when it is evaluated.
#[derive(Default)]
struct Effects {
    found: bool,
}

impl<'a> Visit<'a> for Effects {
    fn visit_call_expression(&mut self, _: &CallExpression<'a>) {
        self.found = true;
    }

    fn visit_new_expression(&mut self, _: &NewExpression<'a>) {
        self.found = true;
    }

    fn visit_tagged_template_expression(&mut self, _: &TaggedTemplateExpression<'a>) {
        self.found = true;
    }

    fn visit_await_expression(&mut self, _: &AwaitExpression<'a>) {
        self.found = true;
    }

    // What a function would do is done when it is called.
    fn visit_function(&mut self, _: &Function<'a>, _: ScopeFlags) {}
    fn visit_arrow_function_expression(&mut self, _: &ArrowFunctionExpression<'a>) {}
}
