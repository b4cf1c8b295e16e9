//! The script as a module that a TypeScript compiler can check.
//!
//! The compiler gets the code as it is but for three things: what only a script may have is taken away, what an author
//! without types may leave out is filled in, and where a promise would be lost, the compiler is asked whether there is
//! one. `docs/checking.md` has the list.

mod checks;
mod guards;
mod lost;
mod shapes;

use std::collections::{BTreeSet, HashSet};

use oxc::allocator::Allocator;
use oxc::ast::ast::{
    ArrowFunctionExpression, BindingPattern, CallExpression, ExportDefaultDeclaration,
    ExportDefaultDeclarationKind, Expression, ExpressionStatement, Function, ImportExpression,
    ObjectExpression, ObjectPropertyKind, ReturnStatement, TemplateLiteral, UnaryExpression,
    VariableDeclarator, WhileStatement,
};
use oxc::ast_visit::{Visit, walk};
use oxc::span::{GetSpan, SourceType, Span};
use oxc::syntax::operator::UnaryOperator;
use oxc::syntax::scope::ScopeFlags;

use self::checks::Checks;
pub(super) use self::guards::Guard;
use self::shapes::{is_elsewhere, method, name_of, sets_prototype};
use super::edits::{Edited, Edits};
use super::normal_form::{Entry, NormalForm};
use super::parse::{self, Parsed, Problem};
use crate::absent::instead_of_module;

/// Asks whether a value is a promise, and is declared beside the console: see `check/world.d.ts`.
const ASK_STATEMENT: &str = "__settled(";
const ASK_TEXT: &str = "__text(";
const ASK_RESULT: &str = "__result(";
const ASK_INPUT: &str = "__input(";

/// The same of what a function returns. It stands in a list, since the compiler takes a function that is called where it stands
/// for code that runs there, before what is declared behind it.
const ASK_CALLED: &str = "__result([";
const CALLED: &str = "][0]())";

const NOT_SENT: &str =
    "`__proto__: …` sets the object's prototype, and isn't sent: write `[\"__proto__\"]: …`";

/// What the checker is given.
#[derive(Debug)]
pub(super) struct ModuleForm {
    pub(super) module: Edited,
    /// Mistakes that have no type.
    pub(super) mistakes: Vec<Problem>,
    pub(super) guards: Vec<Guard>,
}

/// Writes the module form.
///
/// `names` are those that the script uses and doesn't declare.
pub(super) fn of(
    parsed: &Parsed<'_>,
    code: &str,
    form: &NormalForm,
    names: &BTreeSet<String>,
) -> ModuleForm {
    let mut writer = Writer {
        edits: form.without_imports.clone(),
        mistakes: Vec::new(),
        result: form.result,
        calls_result: form.calls_result,
        names,
        inputs: HashSet::new(),
        functions: 0,
        checks: Vec::new(),
    };
    match parsed {
        Parsed::Expression(expression) => {
            let span = expression.span();
            // In braces it would be a block.
            writer.edits.insert(span.start, "(");
            writer.ask_result(expression);
            writer.edits.insert(span.end, ")");
        }
        Parsed::Statements(program) => {
            let mut finder = Checks::default();
            finder.visit_program(program);
            writer.checks = finder.names;
            writer.visit_program(program);
            if let Some(Entry { name, declared }) = &form.entry {
                let call = format!("\n;{ASK_RESULT}{name}());");
                writer
                    .edits
                    .insert_for(declared.start, program.span.end, call);
            }
        }
    }
    let mut module = writer.edits.apply(code);
    module.text = without_comments(&module.text);
    ModuleForm {
        module,
        mistakes: writer.mistakes,
        guards: guards::of(parsed),
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
        for character in text[start..end].chars() {
            // Lines stay, or a statement could go on where it ended.
            if matches!(character, '\n' | '\r' | '\u{2028}' | '\u{2029}') {
                kept.push(character);
            } else {
                kept.extend(std::iter::repeat_n(' ', character.len_utf8()));
            }
        }
        rest = &text[end..];
    }
    kept.push_str(rest);
    kept
}

struct Writer<'n> {
    edits: Edits,
    mistakes: Vec<Problem>,
    /// The expression that the script hands back.
    result: Option<Span>,
    /// Whether that is a function, and what it returns is handed back.
    calls_result: bool,
    /// What the script has from elsewhere.
    names: &'n BTreeSet<String>,
    /// Where expressions start and end that a tool is given.
    inputs: HashSet<(u32, u32)>,
    /// How many functions are around the current place.
    functions: usize,
    /// Functions whose calls tell the compiler something, as long as they are statements of their own.
    checks: Vec<String>,
}

impl Writer<'_> {
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

    /// Asks for the result, which is an expression or what a function returns.
    fn ask_result(&mut self, expression: &Expression<'_>) {
        if !self.calls_result {
            return self.ask(Some(ASK_RESULT), expression);
        }
        let span = expression.span();
        self.edits.insert(span.start, ASK_CALLED);
        self.visit_expression(expression);
        self.edits.insert(span.end, CALLED);
    }

    /// Asks for what a tool is given, part by part: what is written out keeps the type that the tool wants of it.
    fn ask_inputs(&mut self, given: &Expression<'_>) {
        match given.without_parentheses() {
            Expression::ObjectExpression(object) => {
                for property in &object.properties {
                    if let ObjectPropertyKind::ObjectProperty(property) = property {
                        if property.shorthand {
                            let value = property.value.span();
                            self.edits.insert_for(
                                value.start,
                                value.start,
                                name_of(property) + ": ",
                            );
                        }
                        // The compiler takes it for a property like any other.
                        if sets_prototype(property) {
                            self.mistakes.push(Problem::at(property.span, NOT_SENT));
                        }
                        self.ask_inputs(&property.value);
                    }
                }
            }
            Expression::ArrayExpression(array) => {
                for element in &array.elements {
                    if let Some(element) = element.as_expression() {
                        self.ask_inputs(element);
                    }
                }
            }
            Expression::Identifier(_)
            | Expression::CallExpression(_)
            | Expression::ChainExpression(_)
            | Expression::StaticMemberExpression(_)
            | Expression::ComputedMemberExpression(_) => {
                let span = given.without_parentheses().span();
                self.inputs.insert((span.start, span.end));
            }
            _ => {}
        }
    }

    /// Asks for what something depends on, where it is the answer of a tool: its promise is always a yes.
    fn ask_answer(&mut self, condition: Option<&Expression<'_>>) {
        if let Some(Expression::CallExpression(call)) =
            condition.map(Expression::without_parentheses)
            && is_elsewhere(&call.callee, self.names)
        {
            self.inputs.insert((call.span.start, call.span.end));
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

impl<'a> Visit<'a> for Writer<'_> {
    fn visit_expression_statement(&mut self, statement: &ExpressionStatement<'a>) {
        let expression = &statement.expression;
        if self.result == Some(expression.span()) {
            return self.ask_result(expression);
        }
        if let Expression::CallExpression(call) = expression.without_parentheses() {
            self.mistakes.extend(lost::in_statement(call));
        }
        let question = self.may_lose_promise(expression).then_some(ASK_STATEMENT);
        self.ask(question, expression);
    }

    fn visit_export_default_declaration(&mut self, export: &ExportDefaultDeclaration<'a>) {
        match &export.declaration {
            ExportDefaultDeclarationKind::FunctionDeclaration(function)
                if function.id.is_none() =>
            {
                self.edits.insert(function.span.start, ASK_CALLED);
                walk::walk_export_default_declaration(self, export);
                self.edits.insert(function.span.end, CALLED);
            }
            other => match other.as_expression() {
                Some(value) if self.result == Some(value.span()) => self.ask_result(value),
                _ => walk::walk_export_default_declaration(self, export),
            },
        }
    }

    fn visit_expression(&mut self, expression: &Expression<'a>) {
        let span = expression.span();
        if self.inputs.remove(&(span.start, span.end)) {
            self.edits.insert(span.start, ASK_INPUT);
            walk::walk_expression(self, expression);
            self.edits.insert(span.end, ")");
        } else {
            walk::walk_expression(self, expression);
        }
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

    fn visit_unary_expression(&mut self, unary: &UnaryExpression<'a>) {
        if unary.operator == UnaryOperator::LogicalNot {
            self.ask_answer(Some(&unary.argument));
        }
        walk::walk_unary_expression(self, unary);
    }

    fn visit_while_statement(&mut self, statement: &WhileStatement<'a>) {
        self.ask_answer(Some(&statement.test));
        walk::walk_while_statement(self, statement);
    }

    fn visit_import_expression(&mut self, import: &ImportExpression<'a>) {
        // Of a module with a name the compiler says that there is none.
        if !matches!(import.source, Expression::StringLiteral(_)) {
            let advice = instead_of_module("");
            self.mistakes.push(Problem::at(import.span, advice));
        }
        walk::walk_import_expression(self, import);
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
        if is_elsewhere(&call.callee, self.names) {
            for given in &call.arguments {
                if let Some(given) = given.as_expression() {
                    self.ask_inputs(given);
                }
            }
        }
        self.mistakes.extend(lost::in_call(call));
        self.ask_answer(lost::answer(call));
        if let (Some("reduce" | "reduceRight"), [_, start]) =
            (method(call), call.arguments.as_slice())
            && call.type_arguments.is_none()
            && let Some(start) = start.as_expression()
        {
            self.open(start);
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
