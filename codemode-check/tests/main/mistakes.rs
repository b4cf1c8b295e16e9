//! The mistakes that language models make most, and the first thing that is told of each: it names the repair.

use crate::office::Office;

/// What is said of every promise that nothing waits for.
const LOST: &str = "`await` is missing: this is a promise, and nothing waits for what comes of it";

#[tokio::test]
async fn a_forgotten_await_is_told_as_one() {
    let cases = [
        ("tasks.list(); return 1", LOST),
        ("return [tasks.list()]", LOST),
        ("return !tasks.list()", LOST),
        ("while (files.read()) { break } return 1", LOST),
        ("return [1].filter((id) => tasks.get({ id }))", LOST),
        ("return [1].some((id) => (tasks.get({ id })))", LOST),
        (
            "return await Promise.all([1].map((id) => tasks.get({ id })))",
            "",
        ),
        ("return !(await files.read())", ""),
        ("return !Array.isArray(await tasks.list())", ""),
        (
            "const one: string | number = await files.read(); const is = { text: (it: unknown): it is string => true }; \
             if (!is.text(one)) return 1; return one.length",
            "",
        ),
        ("console.log(tasks.list()); return 1", LOST),
        (
            "const all = tasks.list(); return all.length",
            "`await` is missing: Property 'length' does not exist on type 'Promise<{ id, title, assignee, due, tags, labels }[]>'.",
        ),
        (
            "return await tasks.get({ id: 1 }).title",
            "`await` is missing: Property 'title' does not exist on type 'Promise<GetOutput>'.",
        ),
        (
            "const [one] = Promise.all([files.read()]); return one",
            "`await` is missing: Type 'Promise<[string]>' must have a '[Symbol.iterator]()' method that returns an iterator.",
        ),
        (
            "return [1].map(async (id) => await tasks.get({ id }))",
            "`await` is missing: this is a list of promises, and `await Promise.all(…)` waits for all of them",
        ),
        (
            "[1].forEach(async (id) => { await tasks.get({ id }) }); return 1",
            "`forEach` doesn't wait for an async function: use `for (const … of …) { await … }`, or `await Promise.all(….map(async …))`",
        ),
        (
            "return [1, 2].filter(async (id) => (await tasks.get({ id })).due)",
            "`filter` takes the promise of an async function for a yes: wait for the answers first, with `await Promise.all(….map(async …))`",
        ),
        (
            "const all = [1].map((id) => await tasks.get({ id })); return all",
            "`await` needs an async function around it: write `async` before the parameters, and `await Promise.all(…)` around a `map` with \
             it",
        ),
    ];
    Office::open().tells(&cases).await;
}

#[tokio::test]
async fn one_forgotten_await_is_told_once() {
    let told = Office::open()
        .check("return JSON.parse(files.read())")
        .await;
    assert_eq!(told.len(), 1, "{told:?}");
}

#[tokio::test]
async fn a_wrong_name_is_told_with_the_right_one() {
    let cases = [
        (
            "return await tasks.lst()",
            "Property 'lst' does not exist on type 'typeof tasks'. Did you mean 'list'?",
        ),
        (
            "return await task.list()",
            "Cannot find name 'task'. Did you mean 'tasks'?",
        ),
        (
            "return await Tasks.list()",
            "Cannot find name 'Tasks'. Did you mean 'tasks'?",
        ),
        (
            "return await tools.tasks.list()",
            "Cannot find name 'tools'. Tools are functions of their namespaces, with nothing before them: `tasks.list`.",
        ),
        (
            "return await mcp__tasks__list()",
            "Cannot find name 'mcp__tasks__list'. Tools are functions of their namespaces, with nothing before them: `tasks.list`.",
        ),
        (
            "return await callTool('tasks.list', {})",
            "Cannot find name 'callTool'. Tools are functions of their namespaces, with nothing before them: `tasks.list`.",
        ),
        (
            "return await files()",
            "This expression is not callable. Type 'typeof files' has no call signatures. `files` is a namespace, whose functions are \
             called: `files.read` or `files.parsed`.",
        ),
        (
            "return await files.read.all()",
            "Property 'all' does not exist on type '() => Promise<string>'. This is a function: what it gives comes of calling it, with \
             `(…)` behind it.",
        ),
        (
            "for (const name of ['list']) return await tasks[name]()",
            "Expression of type 'string' can't be used to index type 'typeof tasks'. Tools are called by names that are written out: \
             `namespace.tool(…)`.",
        ),
        (
            "return await github.issues()",
            "Cannot find name 'github'. Its tools can't be called now: its server doesn't answer.",
        ),
        (
            "return await fetch('https://example.org')",
            "Cannot find name 'fetch'. A script reaches no network but through its tools.",
        ),
        (
            "total = 5; return total",
            "Cannot find name 'total'. It is declared with `let total = …`.",
        ),
        (
            "if (true) exit(); return 1",
            "Cannot find name 'exit'. `return` ends a script, and `throw new Error(…)` makes it fail.",
        ),
        (
            "await sleep(5); return 1",
            "Cannot find name 'sleep'. `await new Promise((done) => setTimeout(done, milliseconds))` waits.",
        ),
        (
            "return process.env.HOME",
            "Cannot find name 'process'. There is no process, no environment and no system around a script: what it needs stands in its \
             text or comes from a tool.",
        ),
        (
            "const one: Task = await tasks.get({ id: 1 }); return one",
            "Cannot find name 'Task'. Leave the type out: that of a call is known.",
        ),
        (
            "const one: tasks.Task = await tasks.get({ id: 1 }); return one",
            "Namespace 'tasks' has no exported member 'Task'. Types needn't be written: that of a call is known.",
        ),
        (
            "await output.text('a'); return 1",
            "Property 'text' does not exist on type 'typeof output'. `output` has `image` and `file`; text is returned, or printed with \
             `console.log`.",
        ),
    ];
    Office::open().tells(&cases).await;
}

#[tokio::test]
async fn a_wrong_argument_is_told_with_what_makes_it_right() {
    let cases = [
        (
            "return await stats.views()",
            "Expected 1 arguments, but got 0.",
        ),
        (
            "return await stats.views('a', 'b')",
            "Expected 1 arguments, but got 2.",
        ),
        (
            "return await tasks.get(1)",
            "Argument of type 'number' is not assignable to parameter of type 'GetInput'.",
        ),
        (
            "return await stats.views({ from: 'a' })",
            "Property 'to' is missing in type '{ from: string; }' but required in type 'ViewsInput'.",
        ),
        (
            "return await tasks.add({ name: 'a' })",
            "Object literal may only specify known properties, and 'name' does not exist in type 'AddInput'.",
        ),
        (
            "return await tasks.get({ ID: 1 })",
            "Object literal may only specify known properties, but 'ID' does not exist in type 'GetInput'. Did you mean to write 'id'?",
        ),
        (
            "return await tasks.get({ id: '1' })",
            "Type 'string' is not assignable to type 'number'. `Number(text)` makes a number of a text.",
        ),
        (
            "return await tasks.add({ title: 1 })",
            "Type 'number' is not assignable to type 'string'. `String(value)` makes a text of it.",
        ),
        (
            "return await tasks.add({ title: 'a', tags: 'b' })",
            "Type 'string' is not assignable to type 'string[]'. `[value]` is a list of one.",
        ),
        (
            "return await tasks.add({ title: 'a', tags: new Set(['b']) })",
            "Type 'Set<string>' is not assignable to type 'string[]'. `[...set]` makes a list of a `Set`.",
        ),
        (
            "return await tasks.add({ title: 'a', labels: new Map([['b', 'c']]) })",
            "Type 'Map<string, string>' is not assignable to type 'Record<string, string>'. `Object.fromEntries(map)` makes an object of \
             a `Map`.",
        ),
        (
            "return await tasks.add({ title: 'a', due: new Date() })",
            "Type 'Date' is not assignable to type 'string'. `date.toISOString()` makes a text of a `Date`, and `.slice(0, 10)` takes the \
             day of it.",
        ),
        (
            "return await tasks.add({ title: null })",
            "Type 'null' is not assignable to type 'string'.",
        ),
        (
            "return await tasks.add({ title: 'a', due: null })",
            "Type 'null' is not assignable to type 'string | undefined'. Where there is no value, a field is left out or `undefined`.",
        ),
        (
            "return await stats.views({ from: 'a', to: 'b', unit: 'year' })",
            "Type '\"year\"' is not assignable to type '\"day\" | \"month\" | \"week\" | undefined'.",
        ),
        (
            "const given = { from: 'a', to: 'b', unit: 'day' }; return await stats.views(given)",
            "Argument of type '{ from: string; to: string; unit: string; }' is not assignable to parameter of type 'ViewsInput'. Types of \
             property 'unit' are incompatible. Type 'string' is not assignable to type '\"day\" | \"month\" | \"week\" | undefined'. A \
             text that is to be one of a few is written where it is used, or with `as const` behind it.",
        ),
        (
            "await output.image('a'); return 1",
            "Expected 2-3 arguments, but got 1. An image is its bytes and their type: `output.image(bytes, \"image/png\")`, and a file \
             `output.file(text, \"text/plain\")`.",
        ),
        (
            "await output.image('a', 'image/png'); return 1",
            "Argument of type 'string' is not assignable to parameter of type 'Uint8Array<ArrayBuffer>'. Bytes are a `Uint8Array`: \
             `Uint8Array.fromBase64(text)` makes them of base64, and `new TextEncoder().encode(text)` of other text.",
        ),
        (
            "return JSON.parse(await tasks.list())",
            "Argument of type '{ id, title, assignee, due, tags, labels }[]' is not assignable to parameter of type 'string'. This is no \
             text but a value already, such as an object: use it as it is, without `JSON.parse`.",
        ),
    ];
    Office::open().tells(&cases).await;
}

#[tokio::test]
async fn what_may_be_missing_is_told_with_the_ways_to_say_so() {
    const ADVICE: &str = "Use `?.` or `??`, or `!` where it is surely there.";
    let told = [
        (
            "return (await tasks.get({ id: 1 })).assignee.name",
            "Object is possibly 'null'.",
        ),
        (
            "const one = await tasks.get({ id: 1 }); return one.due.length",
            "'one.due' is possibly 'undefined'.",
        ),
        (
            "const all = await tasks.list(); return all.find((t) => t.id === 1).title",
            "Object is possibly 'undefined'.",
        ),
        (
            "const found = 'abc'.match(/b/); return found[0]",
            "'found' is possibly 'null'.",
        ),
        (
            "const by = new Map([['a', 1]]); return by.get('a') + 1",
            "Object is possibly 'undefined'.",
        ),
        (
            "const one = await tasks.get({ id: 1 }); return await tasks.add({ title: one.due })",
            "Type 'string | undefined' is not assignable to type 'string'.",
        ),
    ]
    .map(|(script, told)| (script, format!("{told} {ADVICE}")));
    let cases = told
        .each_ref()
        .map(|(script, told)| (*script, told.as_str()));
    Office::open().tells(&cases).await;
    let destructured = "Property 'name' does not exist on this object (which may be missing itself: `?? {}` is for that).";
    let script = "const { assignee: { name } } = await tasks.get({ id: 1 }); return name";
    Office::open().tells(&[(script, destructured)]).await;
}

#[tokio::test]
async fn a_value_that_is_taken_for_another_is_told_with_what_it_has() {
    let cases = [
        (
            "return (await files.read()).rows",
            "Property 'rows' does not exist on type 'string'. This is a text: if it is JSON, `JSON.parse(text)` makes a value of it, whose \
             parts can be read.",
        ),
        (
            "return (await files.parsed()).rows",
            "Object is of type 'unknown'. Its type isn't declared: return it to see it, and read it as `(value as any)`.",
        ),
        (
            "const { rows } = await files.parsed(); return rows",
            "Property 'rows' does not exist on type 'unknown'. Its type isn't declared: return it to see it, and read it as `(value as any)`.",
        ),
        (
            "for (const part of await tasks.get({ id: 1 })) console.log(part); return 1",
            "Type 'GetOutput' is no list. It has id, title, assignee, due, tags, labels. `Object.entries(object)` makes a list of an object.",
        ),
        (
            "return (await tasks.list()).items.length",
            "Property 'items' does not exist on this list (each of its elements has id, title, assignee, due, tags, labels).",
        ),
        (
            "return (await tasks.list()).first().title",
            "Property 'first' does not exist on this list. The first one is `[0]`.",
        ),
        (
            "return (await tasks.get({ id: 1 }))['name']",
            "Property 'name' does not exist on type 'GetOutput' (it has id, title, assignee, due, tags, labels).",
        ),
        (
            "return (await tasks.get({ id: 1 })).tags.split(',')",
            "Property 'split' does not exist on type 'string[]'. This is a list, and no text: `map` does something with each of its elements.",
        ),
        (
            "return 'a'.contains('b')",
            "Property 'contains' does not exist on type '\"a\"'. `includes` asks whether something is in it.",
        ),
        (
            "return new Set([1]).map((n) => n)",
            "Property 'map' does not exist on type 'Set<number>'. A `Set` has `has`, `add` and `size`; `[...set]` is a list of it.",
        ),
        (
            "return new Map([[1, 2]]).length",
            "Property 'length' does not exist on type 'Map<number, number>'. A `Map` has `get`, `set`, `has` and `size`; `[...map]` is a list \
             of its pairs, and `Object.fromEntries(map)` an object.",
        ),
    ];
    Office::open().tells(&cases).await;
}

#[tokio::test]
async fn a_slip_in_the_language_is_told_with_what_to_write() {
    let cases = [
        (
            "const by = new Map([['a', 1]]); return by['a']",
            "Type 'Map<string, number>' has no index signature. Did you mean to call 'by.get'?",
        ),
        (
            "for (const one in await tasks.list()) console.log(one.title); return 1",
            "Property 'title' does not exist on type 'string'. `for (… in …)` goes through names, and `for (… of …)` through what a list has.",
        ),
        (
            "const pairs = [1].map((n) => [n, 'a']); return new Map(pairs)",
            "Argument of type '(string | number)[][]' is not assignable to parameter of type 'readonly (readonly [unknown, unknown])[]'. Type \
             '(string | number)[]' is not assignable to type 'readonly [unknown, unknown]'. Target requires 2 element(s) but source may have \
             fewer. `[key, value] as const` stays a pair.",
        ),
        (
            "return Math.max([1, 2])",
            "Argument of type 'number[]' is not assignable to parameter of type 'number'. `...list` hands over the elements of a list, one by one.",
        ),
        (
            "const done = await Promise.allSettled([tasks.get({ id: 1 })]); return done[0].value.title",
            "Property 'value' does not exist on type 'PromiseSettledResult<GetOutput>'. Property 'value' does not exist on type \
             'PromiseRejectedResult'. `value` is there where `status` is \"fulfilled\", and `reason` where it is \"rejected\": ask for this first.",
        ),
        (
            "const all = (await tasks.list()) as { name: string }[]; return all",
            "Type '{ id, title, assignee, due, tags, labels }[]' can't be taken for type '{ name: string; }[]'. Property 'name' is missing in \
             type '{ id, title, assignee, due, tags, labels }' but required in type '{ name: string; }'.",
        ),
        (
            "const all = [1].map((n) => { n }); return all[0].toFixed()",
            "Property 'toFixed' does not exist on type 'void'. The function that gives it returns nothing: behind `=> {` a `return` is needed.",
        ),
        (
            "return [1].length()",
            "This expression is not callable. Type 'Number' has no call signatures. It is a value already, and isn't called.",
        ),
        (
            "const a = new Date(); const b = new Date(); return b - a",
            "This is no number. `Number(text)` makes a number of a text, and `date.getTime()` of a `Date`; `a.localeCompare(b)` compares texts.",
        ),
        (
            "return (await tasks.list()).sort((a, b) => a.title > b.title)",
            "Type 'boolean' is not assignable to type 'number'. What `sort` is given returns a number: `a - b`, or `a.localeCompare(b)` for texts.",
        ),
        (
            "const a = 1; a = 2; return a",
            "Cannot assign to 'a' because it is a constant. What changes is declared with `let`.",
        ),
        (
            "let sum: number; for (const n of [1]) sum += n; return sum",
            "Variable 'sum' is used before being assigned. It needs a first value where it is declared.",
        ),
    ];
    Office::open().tells(&cases).await;
}
