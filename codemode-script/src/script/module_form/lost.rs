//! Promises of async functions that methods of lists lose.

use oxc::ast::ast::{CallExpression, Expression};
use oxc::span::{GetSpan as _, Span};

use super::super::parse::Problem;
use super::shapes::{is_async, method};

const IN_MAP: &str = "nothing waits for the promises that `map` makes of an async function: `await Promise.all(….map(async …))`";
const IN_FOR_EACH: &str = "`forEach` doesn't wait for an async function: use `for (const … of …) { await … }`, or `await \
                           Promise.all(….map(async …))`";

/// The methods that ask a function for yes or no.
const ASKING: [&str; 7] = [
    "every",
    "filter",
    "find",
    "findIndex",
    "findLast",
    "findLastIndex",
    "some",
];

/// What a call loses wherever it stands.
pub(super) fn in_call(call: &CallExpression<'_>) -> Option<Problem> {
    let callback = call.arguments.first().filter(|given| is_async(given))?;
    let message = match method(call)? {
        "forEach" => IN_FOR_EACH.to_owned(),
        asking if ASKING.contains(&asking) => format!(
            "`{asking}` takes the promise of an async function for a yes: wait for the answers first, with `await \
             Promise.all(….map(async …))`"
        ),
        _ => return None,
    };
    Some(Problem::at(Span::sized(callback.span().start, 0), message))
}

/// The answer that a method asks a function for, where the function is nothing else.
pub(super) fn answer<'c, 'a>(call: &'c CallExpression<'a>) -> Option<&'c Expression<'a>> {
    ASKING.contains(&method(call)?).then_some(())?;
    match call
        .arguments
        .first()?
        .as_expression()?
        .without_parentheses()
    {
        Expression::ArrowFunctionExpression(function) => function.body.as_expression(),
        _ => None,
    }
}

/// What a call loses that is a statement of its own.
pub(super) fn in_statement(call: &CallExpression<'_>) -> Option<Problem> {
    let callback = call.arguments.first();
    let is_lost = method(call) == Some("map") && callback.is_some_and(is_async);
    is_lost.then(|| Problem::at(Span::sized(call.span.start, 0), IN_MAP))
}
