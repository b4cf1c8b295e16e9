//! The script as a module that a TypeScript compiler can check.
//!
//! The compiler gets the code as it is but for three things: what only a script may have is taken away, what an author
//! without types may leave out is filled in, and where a promise would be lost, the compiler is asked whether there is
//! one. `docs/checking.md` has the list.

use oxc::allocator::Allocator;
use oxc::ast::ast::{
    Argument, ArrowFunctionExpression, BindingPattern, CallExpression, Expression,
    ExpressionStatement, Function, MemberExpression, ObjectExpression, ObjectPropertyKind,
    ReturnStatement, TSType, TemplateLiteral, VariableDeclarator,
};
use oxc::ast_visit::{Visit, walk};
use oxc::span::{GetSpan, SourceType, Span};
use oxc::syntax::scope::ScopeFlags;

use super::edits::{Edited, Edits};
use super::normal_form::NormalForm;
use super::parse::{self, Parsed, Problem};

/// Asks whether a value is a promise, and is declared beside the console: see `check/world.d.ts`.
const ASK_STATEMENT: &str = "__settled(";
const ASK_TEXT: &str = "__text(";
const ASK_RESULT: &str = "__result(";

const LOST_IN_FOR_EACH: &str = "`forEach` doesn't wait for an async function: use `for (const … of …) { await … }`, or `await \
                                Promise.all(….map(async …))`";

/// What the checker is given.
#[derive(Debug)]
pub(super) struct ModuleForm {
    pub(super) module: Edited,
    /// Mistakes that have no type.
    pub(super) mistakes: Vec<Problem>,
}

/// Writes the module form.
pub(super) fn of(parsed: &Parsed<'_>, code: &str, form: &NormalForm) -> ModuleForm {
    let mut writer = Writer {
        edits: form.without_imports.clone(),
        mistakes: Vec::new(),
        result: form.result,
        functions: 0,
        checks: Vec::new(),
    };
    match parsed {
        Parsed::Expression(expression) => {
            let span = expression.span();
            writer.edits.insert(span.start, "(");
            writer.visit_expression(expression);
            writer.edits.insert(span.end, ")");
        }
        Parsed::Statements(program) => {
            let mut finder = Checks::default();
            finder.visit_program(program);
            writer.checks = finder.names;
            writer.visit_program(program);
        }
    }
    let mut module = writer.edits.apply(code);
    module.text = without_comments(&module.text);
    ModuleForm {
        module,
        mistakes: writer.mistakes,
    }
}

/// Comments could switch the compiler's checks off, or load other declarations. Nothing changes its place.
fn without_comments(text: &str) -> String {
    let allocator = Allocator::default();
    let parsed = parse::statements(&allocator, text, SourceType::ts());
    let mut rest = text;
    let mut kept = String::with_capacity(text.len());
    for comment in &parsed.program.comments {
        let (start, end) = (comment.span.start as usize, comment.span.end as usize);
        kept.push_str(&text[kept.len()..start]);
        let blank = |byte| if byte == b'\n' { '\n' } else { ' ' };
        kept.extend(text[start..end].bytes().map(blank));
        rest = &text[end..];
    }
    kept.push_str(rest);
    kept
}

struct Writer {
    edits: Edits,
    mistakes: Vec<Problem>,
    /// The expression that the script hands back.
    result: Option<Span>,
    /// How many functions are around the current place.
    functions: usize,
    /// Functions whose calls tell the compiler something, as long as they are statements of their own.
    checks: Vec<String>,
}

impl Writer {
    /// Puts an expression into a question, if there is one.
    fn ask(&mut self, question: Option<&str>, expression: &Expression<'_>) {
        let span = expression.span();
        // Its commas would be those of the question.
        let question =
            question.filter(|_| !matches!(expression, Expression::SequenceExpression(_)));
        if let Some(question) = question {
            self.edits.insert(span.start, question);
        }
        self.visit_expression(expression);
        if question.is_some() {
            self.edits.insert(span.end, ")");
        }
    }

    /// Says of a value that starts empty that anything may come.
    fn open(&mut self, expression: &Expression<'_>) {
        match expression {
            Expression::ObjectExpression(object) if object.properties.is_empty() => {
                self.annotate(object.span, " as Record<string, any>");
            }
            Expression::ObjectExpression(object) => self.open_inside(object),
            Expression::ArrayExpression(array) if array.elements.is_empty() => {
                self.annotate(array.span, " as any[]");
            }
            Expression::NullLiteral(null) => self.annotate(null.span, " as any"),
            _ => {}
        }
    }

    fn open_inside(&mut self, object: &ObjectExpression<'_>) {
        for property in &object.properties {
            if let ObjectPropertyKind::ObjectProperty(property) = property {
                self.open(&property.value);
            }
        }
    }

    fn annotate(&mut self, span: Span, text: &str) {
        self.edits.insert_for(span.start, span.end, text);
    }

    fn may_lose_promise(&self, expression: &Expression<'_>) -> bool {
        match expression.without_parentheses() {
            Expression::CallExpression(call) => {
                let checks = |name: &str| self.checks.iter().any(|check| check == name);
                !call
                    .callee
                    .get_identifier_reference()
                    .is_some_and(|callee| checks(&callee.name))
            }
            Expression::ChainExpression(_)
            | Expression::LogicalExpression(_)
            | Expression::ConditionalExpression(_) => true,
            _ => false,
        }
    }
}

impl<'a> Visit<'a> for Writer {
    fn visit_expression_statement(&mut self, statement: &ExpressionStatement<'a>) {
        let span = statement.expression.span();
        let question = if self.result == Some(span) {
            (!statement.expression.is_function()).then_some(ASK_RESULT)
        } else {
            self.may_lose_promise(&statement.expression)
                .then_some(ASK_STATEMENT)
        };
        self.ask(question, &statement.expression);
    }

    fn visit_template_literal(&mut self, template: &TemplateLiteral<'a>) {
        for expression in &template.expressions {
            let can_be_promise = matches!(
                expression,
                Expression::Identifier(_)
                    | Expression::CallExpression(_)
                    | Expression::ChainExpression(_)
                    | Expression::StaticMemberExpression(_)
                    | Expression::ComputedMemberExpression(_)
            );
            self.ask(can_be_promise.then_some(ASK_TEXT), expression);
        }
    }

    /// The compiler refuses `return` outside of a function and doesn't look at what is returned. `throw` leaves in the
    /// same way, and its expression can have any type.
    fn visit_return_statement(&mut self, statement: &ReturnStatement<'a>) {
        if self.functions == 0 {
            let keyword = Span::sized(statement.span.start, 6);
            let has_value = statement.argument.is_some();
            let throw = if has_value { "throw " } else { "throw 0" };
            self.edits.replace(keyword, throw);
        }
        if let Some(value) = &statement.argument {
            self.ask((self.functions == 0).then_some(ASK_RESULT), value);
        }
    }

    fn visit_variable_declarator(&mut self, variable: &VariableDeclarator<'a>) {
        if let (BindingPattern::BindingIdentifier(_), None, Some(value)) =
            (&variable.id, &variable.type_annotation, &variable.init)
        {
            // What comes of a variable that starts as `[]` or `null` the compiler finds out by itself.
            if let Expression::ObjectExpression(_) = value {
                self.open(value);
            }
        }
        walk::walk_variable_declarator(self, variable);
    }

    fn visit_call_expression(&mut self, call: &CallExpression<'a>) {
        let method = call.callee.as_member_expression();
        let method = method.and_then(MemberExpression::static_property_name);
        match (method, call.arguments.as_slice()) {
            (Some("forEach"), [callback, ..]) if is_async(callback) => {
                let place = Span::sized(callback.span().start, 0);
                self.mistakes.push(Problem::at(place, LOST_IN_FOR_EACH));
            }
            (Some("reduce" | "reduceRight"), [_, start]) if call.type_arguments.is_none() => {
                if let Some(start) = start.as_expression() {
                    self.open(start);
                }
            }
            _ => {}
        }
        walk::walk_call_expression(self, call);
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

fn is_async(argument: &Argument<'_>) -> bool {
    match argument
        .as_expression()
        .map(Expression::get_inner_expression)
    {
        Some(Expression::ArrowFunctionExpression(function)) => function.r#async,
        Some(Expression::FunctionExpression(function)) => function.r#async,
        _ => false,
    }
}

/// Finds the functions that assert something, or never return.
#[derive(Default)]
struct Checks {
    names: Vec<String>,
}

impl Checks {
    fn add(&mut self, name: &str, returns: Option<&TSType<'_>>) {
        let tells = match returns {
            Some(TSType::TSNeverKeyword(_)) => true,
            Some(TSType::TSTypePredicate(predicate)) => predicate.asserts,
            _ => false,
        };
        if tells {
            self.names.push(name.to_owned());
        }
    }
}

impl<'a> Visit<'a> for Checks {
    fn visit_function(&mut self, function: &Function<'a>, flags: ScopeFlags) {
        if let Some(id) = &function.id {
            let returns = function.return_type.as_ref();
            self.add(&id.name, returns.map(|returns| &returns.type_annotation));
        }
        walk::walk_function(self, function, flags);
    }

    fn visit_variable_declarator(&mut self, variable: &VariableDeclarator<'a>) {
        if let Some(id) = variable.id.get_binding_identifier()
            && let Some(TSType::TSFunctionType(ty)) = variable
                .type_annotation
                .as_ref()
                .map(|ty| &ty.type_annotation)
        {
            self.add(&id.name, Some(&ty.return_type.type_annotation));
        }
        walk::walk_variable_declarator(self, variable);
    }
}
