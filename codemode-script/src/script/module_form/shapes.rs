//! Small questions about syntax.

use std::collections::BTreeSet;

use oxc::ast::ast::{Argument, CallExpression, Expression, ObjectProperty};

/// Whether what is written as a property is the object's prototype.
pub(super) fn sets_prototype(property: &ObjectProperty<'_>) -> bool {
    let is_plain = !property.computed && !property.shorthand && !property.method;
    is_plain && property.key.static_name().as_deref() == Some("__proto__")
}

/// The name of the method that is called.
pub(super) fn method<'c>(call: &'c CallExpression<'_>) -> Option<&'c str> {
    call.callee.as_member_expression()?.static_property_name()
}

/// Whether what is called takes its arguments out of the script: a tool, or `JSON`. Names of namespaces begin with a small
/// letter; those of the language that take promises, such as `Promise` itself, don't.
pub(super) fn is_elsewhere(callee: &Expression<'_>, names: &BTreeSet<String>) -> bool {
    let Some(member) = callee.as_member_expression() else {
        return false;
    };
    let mut root = member.object();
    while let Some(member) = root.as_member_expression() {
        root = member.object();
    }
    root.get_identifier_reference().is_some_and(|root| {
        let name = root.name.as_str();
        let is_namespace = name.starts_with(|first: char| first == '$' || first.is_lowercase());
        names.contains(name)
            && (is_namespace || name == "JSON")
            && !matches!(name, "console" | "globalThis")
    })
}

/// The name of a property that is written as its value, too.
pub(super) fn name_of(property: &ObjectProperty<'_>) -> String {
    property
        .key
        .static_name()
        .map_or_else(String::new, |name| name.to_string())
}

pub(super) fn is_async(argument: &Argument<'_>) -> bool {
    match argument
        .as_expression()
        .map(Expression::get_inner_expression)
    {
        Some(Expression::ArrowFunctionExpression(function)) => function.r#async,
        Some(Expression::FunctionExpression(function)) => function.r#async,
        _ => false,
    }
}
