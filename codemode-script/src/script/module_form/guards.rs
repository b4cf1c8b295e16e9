//! Where a script asks whether there is a name before it uses it.

use oxc::ast::ast::{
    ArrowFunctionExpression, ConditionalExpression, Expression, Function, IfStatement,
    LogicalExpression, Statement, UnaryExpression, VariableDeclarator,
};
use oxc::ast_visit::{Visit, walk};
use oxc::span::{GetSpan as _, Span};
use oxc::syntax::operator::UnaryOperator;
use oxc::syntax::scope::ScopeFlags;

use super::super::parse::Parsed;

/// How many guards are known of one script: each is looked at for each unknown name.
const MAX_GUARDS: usize = 1_000;

/// Where a script asks with `typeof` whether there is such a name, and acts on it.
#[derive(Clone, Debug)]
pub(crate) struct Guard {
    pub(crate) name: String,
    pub(crate) span: Span,
}

/// All guards of a script.
pub(super) fn of(parsed: &Parsed<'_>) -> Vec<Guard> {
    let mut finder = Finder {
        guards: Vec::new(),
        decision: None,
        end: 0,
    };
    match parsed {
        Parsed::Expression(expression) => {
            finder.end = expression.span().end;
            finder.visit_expression(expression);
        }
        Parsed::Statements(program) => {
            finder.end = program.span.end;
            finder.visit_program(program);
        }
    }
    finder.guards
}

struct Finder {
    guards: Vec<Guard>,
    /// What depends on the condition that the current place is in, from the outermost one.
    decision: Option<Span>,
    /// Where the innermost function ends, or the script.
    end: u32,
}

impl Finder {
    /// Visits the condition that something depends on.
    fn condition(&mut self, whole: Span, condition: &Expression<'_>) {
        let outer = self.decision;
        self.decision = outer.or(Some(whole));
        self.visit_expression(condition);
        self.decision = outer;
    }

    /// From the start of something to the end of the function.
    fn and_all_behind(&self, start: Span) -> Span {
        Span::new(start.start, self.end.max(start.end))
    }

    fn inside(&mut self, function: Span, visit: impl FnOnce(&mut Self)) {
        let end = std::mem::replace(&mut self.end, function.end);
        visit(self);
        self.end = end;
    }
}

impl<'a> Visit<'a> for Finder {
    fn visit_unary_expression(&mut self, unary: &UnaryExpression<'a>) {
        if unary.operator == UnaryOperator::Typeof
            && let Expression::Identifier(name) = &unary.argument
            && self.guards.len() < MAX_GUARDS
        {
            self.guards.push(Guard {
                name: name.name.to_string(),
                span: self.decision.unwrap_or(unary.span),
            });
        }
        walk::walk_unary_expression(self, unary);
    }

    fn visit_if_statement(&mut self, statement: &IfStatement<'a>) {
        let whole = if leaves(&statement.consequent) {
            self.and_all_behind(statement.span)
        } else {
            statement.span
        };
        self.condition(whole, &statement.test);
        self.visit_statement(&statement.consequent);
        if let Some(alternate) = &statement.alternate {
            self.visit_statement(alternate);
        }
    }

    fn visit_conditional_expression(&mut self, expression: &ConditionalExpression<'a>) {
        self.condition(expression.span, &expression.test);
        self.visit_expression(&expression.consequent);
        self.visit_expression(&expression.alternate);
    }

    fn visit_logical_expression(&mut self, expression: &LogicalExpression<'a>) {
        self.condition(expression.span, &expression.left);
        self.visit_expression(&expression.right);
    }

    /// An answer that is kept is asked for later.
    fn visit_variable_declarator(&mut self, variable: &VariableDeclarator<'a>) {
        match &variable.init {
            Some(answer) if is_answer(answer) => {
                self.condition(self.and_all_behind(variable.span), answer);
            }
            _ => walk::walk_variable_declarator(self, variable),
        }
    }

    fn visit_function(&mut self, function: &Function<'a>, flags: ScopeFlags) {
        self.inside(function.span, |finder| {
            walk::walk_function(finder, function, flags);
        });
    }

    fn visit_arrow_function_expression(&mut self, function: &ArrowFunctionExpression<'a>) {
        self.inside(function.span, |finder| {
            walk::walk_arrow_function_expression(finder, function);
        });
    }
}

/// Whether a value can be an answer that `typeof` is compared for, and no function that asks.
fn is_answer(value: &Expression<'_>) -> bool {
    matches!(
        value.without_parentheses(),
        Expression::BinaryExpression(_) | Expression::LogicalExpression(_)
    )
}

/// Whether nothing behind a statement is reached from it.
fn leaves(statement: &Statement<'_>) -> bool {
    match statement {
        Statement::ReturnStatement(_)
        | Statement::ThrowStatement(_)
        | Statement::ContinueStatement(_)
        | Statement::BreakStatement(_) => true,
        Statement::BlockStatement(block) => block.body.last().is_some_and(leaves),
        _ => false,
    }
}
