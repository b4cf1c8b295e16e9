//! What a test's code uses, by its syntax: a name in a comment or in a longer word is no use of it.

use oxc::allocator::Allocator;
use oxc::ast::ast::{
    CallExpression, Expression, IdentifierReference, NewExpression, StaticMemberExpression,
};
use oxc::ast_visit::{Visit, walk};
use oxc::parser::Parser;
use oxc::span::SourceType;

/// What makes code from a text when it is called, by the names that the suite has for it.
const COMPILERS: [&str; 5] = [
    "AsyncFunction",
    "AsyncGeneratorFunction",
    "Function",
    "GeneratorFunction",
    "eval",
];

/// Why no script can be asked for this code, if it uses what no script has. Code that is no code uses nothing.
pub(super) fn left_out(code: &str) -> Option<&'static str> {
    let allocator = Allocator::default();
    let parsed = Parser::new(&allocator, code, SourceType::cjs()).parse();
    let mut uses = Uses { reason: None };
    uses.visit_program(&parsed.program);
    uses.reason
}

struct Uses {
    reason: Option<&'static str>,
}

impl Uses {
    fn callee(&mut self, callee: &Expression<'_>) {
        let function = match callee.get_inner_expression() {
            // `(0, eval)('1')`
            Expression::SequenceExpression(sequence) => sequence.expressions.last(),
            plain => Some(plain),
        };
        let name = function.and_then(|function| function.get_identifier_reference());
        if name.is_some_and(|name| COMPILERS.contains(&name.name.as_str())) {
            self.reason = Some("makes code from a text: refused");
        }
    }
}

impl<'a> Visit<'a> for Uses {
    fn visit_call_expression(&mut self, call: &CallExpression<'a>) {
        self.callee(&call.callee);
        walk::walk_call_expression(self, call);
    }

    fn visit_new_expression(&mut self, new: &NewExpression<'a>) {
        self.callee(&new.callee);
        walk::walk_new_expression(self, new);
    }

    fn visit_static_member_expression(&mut self, member: &StaticMemberExpression<'a>) {
        if member.object.is_specific_id("$262") {
            let reason = match member.property.name.as_str() {
                "createRealm" => Some("needs a second realm, which a host could make"),
                "evalScript" => Some("makes code from a text: refused"),
                "agent" => Some("shared memory is taken away"),
                "gc" => Some("needs a collection of garbage on demand"),
                _ => None,
            };
            self.reason = reason.or(self.reason);
        }
        walk::walk_static_member_expression(self, member);
    }

    fn visit_identifier_reference(&mut self, name: &IdentifierReference<'a>) {
        if name.name == "ClearKeptObjects" {
            self.reason = Some("needs a collection of garbage on demand");
        }
    }
}
