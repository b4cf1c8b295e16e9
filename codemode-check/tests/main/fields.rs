//! A field that isn't there is told with those that are.

use crate::office::Office;

#[tokio::test]
async fn a_wrong_field_is_told_with_the_fields_that_there_are() {
    let cases = [
        (
            "const t = await stats.today({ from: 'a', to: 'b' }); return t.date",
            "Property 'date' does not exist on type 'TodayOutput' (it has day, views, visitors).",
        ),
        (
            "const { date } = await stats.today({ from: 'a', to: 'b' }); return date",
            "Property 'date' does not exist on type 'TodayOutput' (it has day, views, visitors).",
        ),
        (
            "const all = await stats.views({ from: 'a', to: 'b' }); return all[0].date",
            "Property 'date' does not exist on this object (it has day, views, visitors).",
        ),
        (
            "const all = await stats.views({ from: 'a', to: 'b' }); return all.map((d) => d.date)",
            "Property 'date' does not exist on this object (it has day, views, visitors).",
        ),
        (
            "return (await stats.wide()).total",
            "Property 'total' does not exist on type 'WideOutput' (it has column0, column1, column2, column3, column4, \
             column5, column6, column7, column8, column9, column10, column11 and 5 more).",
        ),
        (
            "return (await tasks.get({ id: 1 })).assignee?.phone",
            "Property 'phone' does not exist on this object (it has name, email).",
        ),
        (
            "const own = { a: 1 }; return own.b",
            "Property 'b' does not exist on this object (it has a).",
        ),
    ];
    Office::open().tells(&cases).await;
}

#[tokio::test]
async fn a_field_that_is_nearly_right_is_told_with_the_right_one_alone() {
    let cases = [
        (
            "const t = await stats.today({ from: 'a', to: 'b' }); return t.visiters",
            "Property 'visiters' does not exist on type 'TodayOutput'. Did you mean 'visitors'?",
        ),
        (
            "const all = await stats.views({ from: 'a', to: 'b' }); return all[0].visiters",
            "Property 'visiters' does not exist on this object. Did you mean 'visitors'?",
        ),
    ];
    Office::open().tells(&cases).await;
}

#[tokio::test]
async fn a_field_of_a_list_is_told_with_those_of_its_elements() {
    let cases = [
        (
            "const all = await stats.views({ from: 'a', to: 'b' }); return all.day",
            "Property 'day' does not exist on this list (each of its elements has day, views, visitors).",
        ),
        (
            "const t = await stats.today({ from: 'a', to: 'b' }); return [t].day",
            "Property 'day' does not exist on type 'TodayOutput[]' (each of its elements has day, views, visitors).",
        ),
        (
            "return (await tasks.get({ id: 1 })).tags.count",
            "Property 'count' does not exist on type 'string[]'. Its `length` says how many there are.",
        ),
    ];
    Office::open().tells(&cases).await;
}

#[tokio::test]
async fn a_field_of_one_form_is_told_with_the_question_for_the_form() {
    let cases = [
        (
            "return (await stats.last()).reason",
            "Property 'reason' does not exist on this object (it has that only where `kind` is \"failed\": ask for this first).",
        ),
        (
            "return (await stats.last()).error",
            "Property 'error' does not exist on this object (it has kind, value, or kind, reason).",
        ),
        (
            "type A = { a: number } | { b: string }; const f = (x: A) => x.b; return f({ a: 1 })",
            "Property 'b' does not exist on type 'A'. Property 'b' does not exist on type '{ a: number; }'.",
        ),
        (
            "const f = (x: { a: number } | { b: string }) => x.b; return f({ a: 1 })",
            "Property 'b' does not exist on this object (only some of its forms have that: ask `\"b\" in …` first).",
        ),
    ];
    Office::open().tells(&cases).await;
}

#[tokio::test]
async fn a_type_that_is_not_surely_the_one_meant_is_not_taken_apart() {
    let cases = [
        // It hides the one of the catalogue.
        (
            "interface TodayOutput { a: number } const t: TodayOutput = { a: 1 }; await stats.wide(); return t.day",
            "Property 'day' does not exist on type 'TodayOutput'.",
        ),
        (
            "class Own { a = 1 } return new Own().b",
            "Property 'b' does not exist on type 'Own'.",
        ),
    ];
    Office::open().tells(&cases).await;
}

#[tokio::test]
async fn a_type_that_two_namespaces_have_is_told_with_the_fields_of_each() {
    let cases = [(
        "await people.today(); const t = await stats.today({ from: 'a', to: 'b' }); return t.date",
        "Property 'date' does not exist on type 'TodayOutput' (in `people` it has name, email; in `stats` it has day, views, visitors).",
    )];
    Office::open().tells(&cases).await;
}

#[tokio::test]
async fn a_long_type_is_told_by_the_names_of_its_fields() {
    let cases = [
        (
            "const all = tasks.list(); return all.length",
            "`await` is missing: Property 'length' does not exist on type 'Promise<{ id, title, assignee, due, tags, labels }[]>'.",
        ),
        (
            "const all: string = await tasks.list(); return all",
            "Type '{ id, title, assignee, due, tags, labels }[]' is not assignable to type 'string'.",
        ),
        (
            "const one: { a: string; b: number } = 1; return one",
            "Type 'number' is not assignable to type '{ a: string; b: number; }'.",
        ),
    ];
    Office::open().tells(&cases).await;
}
