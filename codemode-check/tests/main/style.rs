//! What is odd and harmless isn't refused, and the nearest thing that does harm is.

use crate::office::Office;

/// Scripts with which nothing is wrong.
async fn nothing_is_told_of(scripts: &[&str]) {
    let cases: Vec<(&str, &str)> = scripts.iter().map(|script| (*script, "")).collect();
    Office::open().tells(&cases).await;
}

#[tokio::test]
async fn groups_are_there() {
    nothing_is_told_of(&[
        "const by = Object.groupBy(await tasks.list(), (t) => t.title); return by['a'].length",
        "const by = Object.groupBy([1, 2], (n) => (n % 2 ? 'odd' : 'even')); return by.odd.length + by.even.length",
        "const by = Object.groupBy(await tasks.list(), (t) => t.id); return by[1].map((t) => t.title)",
        "const by = Object.groupBy([1], (n) => `${n}`); return Object.entries(by).map(([key, all]) => [key, all.length])",
        "const by = Map.groupBy(await tasks.list(), (t) => t.title); return by.get('a').length",
        "const by: Map<string, number[]> = Map.groupBy([1], (n) => `${n}`); return [...by].map(([key, all]) => [key, all.length])",
        "return Map.groupBy(await tasks.list(), (t) => t.id)",
    ])
    .await;
    let cases = [
        (
            "const by = Object.groupBy([1], (n) => tasks.get({ id: n })); return by",
            "`await` is missing: Type 'Promise<GetOutput>' is not assignable to type 'PropertyKey'.",
        ),
        (
            "const by = Object.groupBy(tasks.list(), (t) => 1); return by",
            "`await` is missing: Property '[Symbol.iterator]' is missing in type 'Promise<{ id, title, assignee, due, tags, labels }[]>' \
             but required in type 'Iterable<unknown>'.",
        ),
        (
            "const by = Map.groupBy([1], (n) => n); return by.get(1).size",
            "Property 'size' does not exist on type 'number[]'. Its `length` says how many there are.",
        ),
        (
            "const by = Map.groupBy([1], (n) => n); return by.find(1)",
            "Property 'find' does not exist on type 'Map<number, number>'.",
        ),
        (
            "const one = new Map([['a', 1]]); return one.get('a').toFixed()",
            "Object is possibly 'undefined'. Use `?.` or `??`, or `!` where it is surely there.",
        ),
    ];
    Office::open().tells(&cases).await;
}

#[tokio::test]
async fn a_name_may_be_asked_for_with_typeof_and_used_behind_the_answer() {
    nothing_is_told_of(&[
        "return typeof fetch !== 'undefined'",
        "if (typeof process !== 'undefined') { return process.env.HOME } return 1",
        "return typeof process !== 'undefined' ? process.env.HOME : 1",
        "return typeof Buffer === 'function' && Buffer.from('a')",
        "const has = typeof fetch === 'function'; if (has) { await fetch('a') } return 1",
        "if (typeof window === 'undefined') return 1; return window.name",
        "if (typeof fetch === 'undefined') { throw new Error('a') } return await fetch('a')",
        "for (const n of [1]) { if (typeof fetch === 'undefined') continue; await fetch('a') } return 1",
        "return typeof github !== 'undefined' ? await github.issues() : []",
    ])
    .await;
    let none = "Cannot find name 'fetch'. A script reaches no network but through its tools.";
    let cases = [
        "console.log(typeof fetch); return await fetch('a')",
        "const kind = typeof fetch; return await fetch(kind)",
        "const kind = () => typeof fetch; return await fetch(kind())",
        "if (typeof fetch === 'undefined') console.log('none'); return await fetch('a')",
        "const has = () => { if (typeof fetch === 'undefined') return 1; return 2 }; return await fetch(`${has()}`)",
        "await fetch('a'); return typeof fetch",
    ]
    .map(|script| (script, none));
    Office::open().tells(&cases).await;
}

#[tokio::test]
async fn a_value_is_compared_with_what_it_can_be() {
    let cases = [
        (
            "const last = await stats.last(); return last.kind === 'none' ? 1 : 2",
            "This comparison appears to be unintentional because the types '\"done\" | \"failed\"' and '\"none\"' have no overlap.",
        ),
        (
            "const { id } = await tasks.get({ id: 1 }); return id === '1'",
            "This comparison appears to be unintentional because the types 'number' and 'string' have no overlap.",
        ),
    ];
    Office::open().tells(&cases).await;
}

#[tokio::test]
async fn conditions_may_be_always_the_same() {
    nothing_is_told_of(&[
        "const a = 'x' as const; if (a === 'y') return 1; return 2",
        "let mode: 'a' | 'b' = 'a'; return mode === 'b' ? 1 : 2",
        "const a = 1; switch (a) { case 2: return 1 } return 2",
        "const a = [1]; return a === [1]",
        "const a = {}; return a === {} ? 1 : 2",
        "const a: number = 1; return a === NaN",
        "return 'a' ?? 'b'",
        "return null ?? 1",
        "return [] || 1",
        "return {} ? 1 : 2",
        "return (1 + 1) ?? 2",
        "return '' || 1",
        "return tasks.add ? 'there' : 'not there'",
        "if (Object.groupBy) return 1; return 2",
        "return 1; console.log(2)",
        "throw new Error('a'); return 1",
        "outer: for (const a of [1]) console.log(a); return 1",
    ])
    .await;
    let cases = [
        (
            "if (tasks.get({ id: 1 }) === 5) return 1; return 2",
            "`await` is missing: This comparison appears to be unintentional because the types 'Promise<GetOutput>' and 'number' have no overlap.",
        ),
        (
            "return 5 === tasks.get({ id: 1 })",
            "`await` is missing: This comparison appears to be unintentional because the types 'number' and 'Promise<GetOutput>' have no overlap.",
        ),
        (
            "switch (files.read()) { case 'a': return 1 } return 2",
            "`await` is missing: Type 'string' is not comparable to type 'Promise<string>'.",
        ),
        (
            "switch ('a') { case files.read(): return 1 } return 2",
            "`await` is missing: Type 'Promise<string>' is not comparable to type '\"a\"'.",
        ),
        (
            "if (files.read()) return 1; return 2",
            "`await` is missing: This condition will always return true since this 'Promise<string>' is always defined.",
        ),
        (
            "const open = () => 1; if (open) return 1; return 2",
            "This condition will always return true since this function is always defined. Did you mean to call it instead?",
        ),
        (
            "const open = () => 1; return open === 5",
            "This comparison appears to be unintentional because the types '() => number' and 'number' have no overlap.",
        ),
    ];
    Office::open().tells(&cases).await;
}

#[tokio::test]
async fn values_may_be_of_any_kind_where_the_language_takes_any() {
    nothing_is_told_of(&[
        "const kinds = ['a', 'b'] as const; return kinds.includes(await files.read())",
        "return ['a', 'b'].includes((await tasks.get({ id: 1 })).due)",
        "return parseInt(5.5) + parseFloat(5) + Number.parseInt(5.5) + Number.parseFloat(5)",
        "return isNaN('a') || isFinite('1')",
        "return ['1'].map(parseFloat)",
        "return (await tasks.list({})).length",
        "return (await tasks.list()).map((t) => t.due).filter(Boolean).map((due) => due.slice(0, 4))",
        "return (await tasks.list()).map((t) => t.assignee).filter(Boolean)[0].name",
        "return new Date('2026-01-02') - new Date('2026-01-01')",
        "return ['2026-01-02'].sort((a, b) => new Date(a) - new Date(b))",
    ])
    .await;
    let cases = [
        (
            "return [1].includes('a')",
            "Argument of type 'string' is not assignable to parameter of type 'number'. `Number(text)` makes a number of a text.",
        ),
        (
            "return (await tasks.list({ id: 1 })).length",
            "Expected 0 arguments, but got 1.",
        ),
        (
            "return [files.read()].filter(Boolean)[0].length",
            "`await` is missing: Property 'length' does not exist on type 'Promise<string>'.",
        ),
        (
            "return ['a'].filter(1)",
            "Argument of type 'number' is not assignable to parameter of type '(value: string, index: number, array: string[]) => unknown'.",
        ),
        (
            "return ['a'].includes(files.read())",
            "`await` is missing: Argument of type 'Promise<string>' is not assignable to parameter of type 'string'.",
        ),
        (
            "return parseInt(files.read())",
            "`await` is missing: Argument of type 'Promise<string>' is not assignable to parameter of type 'string'.",
        ),
        (
            "return isNaN(files.read())",
            "`await` is missing: Argument of type 'Promise<string>' is not assignable to parameter of type 'number'.",
        ),
    ];
    Office::open().tells(&cases).await;
}

#[tokio::test]
async fn what_only_style_forbids_is_let_through() {
    nothing_is_told_of(&[
        "const one = { a: 1 }; delete one.a; return one",
        "var a = 1; console.log(a); var a = 'b'; return a",
        "try { await tasks.list() } catch (error: Error) { return error.message } return 1",
        "class A { a: number; set() { this.a = 1 } } const one = new A(); one.set(); return one.a",
        "function* f() { const got = yield 1; return got } return [...f()]",
        "const error = new Error('a'); error.code = 5; throw error",
        "try { await tasks.list() } catch (error) { if (error instanceof Error) return error.code } return 1",
    ])
    .await;
}
