//! What a script can reach: the language, the tools, a console, timers and a small part of the web, and nothing else.

use codemode_runtime::{ErrorKind, Limits, Sandbox, ScriptClock, ToolSet};
use serde_json::{Value, json};

use crate::support::{assert_golden, error_of, in_crate, limited, log_of, run, sandbox, value_of};

/// The engine's name in golden files.
const ENGINE: &str = if cfg!(feature = "v8") {
    "v8"
} else {
    "quickjs"
};

/// What no script may find in a text: how the host is built, and where.
#[track_caller]
fn assert_tells_nothing_of_the_host(text: &str, place: &str) {
    // What the script wrote itself comes back in messages.
    let text = &text
        .replace("Deno is not defined", "")
        .replace("__bootstrap is not defined", "");
    let repository = in_crate("../..").canonicalize().unwrap();
    for secret in [
        "ext:",
        "deno",
        "Deno",
        "node_modules",
        ".cargo",
        ".rs",
        "op_",
        "file://",
        repository.to_str().unwrap(),
    ] {
        assert!(!text.contains(secret), "{place}: `{secret}` is in: {text}");
    }
}

/// An expression that reaches for something, and the name of the error that it gets.
const ATTEMPTS: [(&str, &str); 53] = [
    ("Deno", "ReferenceError"),
    ("Deno.core.ops", "ReferenceError"),
    ("globalThis.Deno.core", "TypeError"),
    ("fetch('http://127.0.0.1')", "ReferenceError"),
    ("XMLHttpRequest", "ReferenceError"),
    ("WebSocket", "ReferenceError"),
    ("Worker", "ReferenceError"),
    ("process.env", "ReferenceError"),
    ("process.binding('fs')", "ReferenceError"),
    ("require('fs')", "ReferenceError"),
    ("module.exports", "ReferenceError"),
    ("Buffer.from('a')", "ReferenceError"),
    ("global", "ReferenceError"),
    ("window", "ReferenceError"),
    ("self", "ReferenceError"),
    ("__bootstrap.primordials", "ReferenceError"),
    ("__dirname", "ReferenceError"),
    ("setImmediate(() => {})", "ReferenceError"),
    ("WebAssembly.Module", "ReferenceError"),
    ("SharedArrayBuffer", "ReferenceError"),
    ("Atomics.wait", "ReferenceError"),
    ("ShadowRealm", "ReferenceError"),
    ("performance.timerify(() => {})", "TypeError"),
    ("crypto.subtle.digest", "TypeError"),
    ("URL.createObjectURL({})", "TypeError"),
    ("EventTarget", "ReferenceError"),
    ("print('a')", "ReferenceError"),
    ("load('a')", "ReferenceError"),
    ("gc()", "ReferenceError"),
    ("std.open('/etc/passwd')", "ReferenceError"),
    ("os.exec(['id'])", "ReferenceError"),
    ("Error.prototype.constructor.Deno.core", "TypeError"),
    ("await import('fs')", "TypeError"),
    ("await import('file:///etc/passwd')", "TypeError"),
    ("await import('data:text/javascript,1')", "TypeError"),
    ("await import('ext:core/mod.js')", "TypeError"),
    (
        "await import('/etc/passwd', { with: { type: 'json' } } as any)",
        "TypeError",
    ),
    ("eval('1')", "EvalError"),
    ("(0, eval)('1')", "EvalError"),
    ("globalThis.eval('1')", "EvalError"),
    ("Function('return 1')()", "EvalError"),
    ("new Function('return 1')()", "EvalError"),
    ("Reflect.construct(Function, ['return 1'])()", "EvalError"),
    ("Function.prototype.constructor('return 1')()", "EvalError"),
    (
        "(function () {} as any).constructor('return 1')()",
        "EvalError",
    ),
    ("(() => 1 as any).constructor('return 1')()", "EvalError"),
    (
        "(async function () {} as any).constructor('return 1')()",
        "EvalError",
    ),
    (
        "(function* () {} as any).constructor('return 1')()",
        "EvalError",
    ),
    (
        "(async function* () {} as any).constructor('return 1')()",
        "EvalError",
    ),
    ("(zoo.add as any).constructor('return 1')()", "EvalError"),
    (
        "(console.log as any).constructor('return 1')()",
        "EvalError",
    ),
    ("(setTimeout as any)('1', 0)", "TypeError"),
    ("(URL as any).constructor('return 1')()", "EvalError"),
];

#[tokio::test]
async fn whatever_a_script_reaches_for_is_a_plain_error() {
    let sandbox = sandbox();
    for (attempt, name) in ATTEMPTS {
        // As the error that a script can catch …
        let script = format!(
            "try {{ return ['value', String({attempt})] }} catch (e: any) {{ return [e.name, e.message, String(e.stack)] }}"
        );
        let outcome = sandbox.run(script).await;
        let caught = value_of(&outcome);
        assert_eq!(caught[0], name, "{attempt}: {caught}");
        assert_tells_nothing_of_the_host(&caught.to_string(), attempt);
        // … and as the one that ends it.
        let outcome = sandbox.run(format!("return {attempt}")).await;
        let error = error_of(&outcome, ErrorKind::Exception);
        assert_eq!(error.name.as_deref(), Some(name), "{attempt}: {error:?}");
        assert_tells_nothing_of_the_host(&serde_json::to_string(error).unwrap(), attempt);
    }
}

#[tokio::test]
async fn the_name_of_a_thing_that_is_gone_can_be_asked_for() {
    let outcome = run(
        "return [typeof Deno, typeof process, typeof require, typeof __bootstrap, typeof fetch, 'Deno' in globalThis]",
    )
    .await;
    assert_eq!(
        value_of(&outcome),
        &json!([
            "undefined",
            "undefined",
            "undefined",
            "undefined",
            "undefined",
            false
        ])
    );
}

#[tokio::test]
async fn the_global_object_has_these_names_and_no_others() {
    let sandbox = Sandbox::builder().tools(ToolSet::empty()).build().unwrap();
    let outcome = sandbox
        .run("return Reflect.ownKeys(globalThis).map(String).sort().join('\\n') + '\\n'")
        .await;
    assert_golden(
        &format!("closed-world/globals.{ENGINE}.txt"),
        value_of(&outcome).as_str().unwrap(),
    );
}

/// Follows every property, getter, setter and prototype from the global object and from objects that only syntax makes.
const WALK: &str = r"
    const paths = new Map<unknown, string>();
    const open: [unknown, string][] = [
        [globalThis, ''], [function () {}, 'function'], [async () => {}, 'async'], [function* () {}, 'generator'],
        [async function* () {}, 'asyncGenerator'], [(function* () {})(), 'generated'],
        [(async function* () {})(), 'asyncGenerated'], [[][Symbol.iterator](), 'arrayIterator'],
        [new Map()[Symbol.iterator](), 'mapIterator'], [new Set()[Symbol.iterator](), 'setIterator'],
        [''[Symbol.iterator](), 'stringIterator'], [''.matchAll(/a/g), 'matches'], [new Error('a'), 'error'],
        [await zoo.divide({ dividend: 1, by: 0 }).catch((error) => error), 'toolError'], [zoo.tick(), 'call'],
        [(function () { return arguments })(), 'arguments'], [[].values().map((x) => x), 'iteratorHelper'],
        [Object.getPrototypeOf(Int8Array), 'typedArray'], [setTimeout(() => {}, 1), 'timer'],
    ];
    for (const [value, path] of open) {
        if ((typeof value !== 'object' && typeof value !== 'function') || value === null || paths.has(value)) continue;
        paths.set(value, path);
        open.push([Object.getPrototypeOf(value), `${path}.__proto__`]);
        for (const key of Reflect.ownKeys(value)) {
            const { value: inner, get, set } = Object.getOwnPropertyDescriptor(value, key)!;
            const next = `${path}.${String(key)}`;
            open.push([inner, next], [get, `${next} (get)`], [set, `${next} (set)`]);
        }
    }
    // The tools differ from host to host; whatever hangs on one of them doesn't.
    const found = [...paths].filter(([value, path]) => !/^\.(zoo|animals|analytics|email)\.\w+$/.test(path));
";

#[tokio::test]
async fn every_function_in_reach_that_is_not_the_engines_is_known() {
    let outcome = run(&format!(
        "{WALK}
        const native = /\\{{\\s*\\[native code\\]\\s*\\}}$/;
        const ours = found.filter(([value]) => typeof value === 'function' && !native.test(Function.prototype.toString.call(value)));
        return {{ all: found.length, ours: ours.map(([, path]) => path).sort().join('\\n') + '\\n' }}"
    ))
    .await;
    let walked = value_of(&outcome);
    // A walk that gets nowhere would find nothing.
    assert!(walked["all"].as_u64().unwrap() > 600, "{walked}");
    assert_golden(
        &format!("closed-world/functions.{ENGINE}.txt"),
        walked["ours"].as_str().unwrap(),
    );
}

/// With every object and function by the shortest way to it. An engine that is updated changes it; then its news are to be
/// looked at, one by one.
#[tokio::test]
async fn everything_in_reach_is_known() {
    let outcome = run(&format!(
        "{WALK}
        return found.map(([value, path]) => `${{path || 'globalThis'}}: ${{typeof value}}`).sort().join('\\n') + '\\n'"
    ))
    .await;
    assert_golden(
        &format!("closed-world/reachable.{ENGINE}.txt"),
        value_of(&outcome).as_str().unwrap(),
    );
}

#[tokio::test]
async fn no_text_in_reach_tells_of_the_host() {
    let outcome = run(&format!(
        "{WALK}
        return found.flatMap(([value, path]) => [path, ...Reflect.ownKeys(value as object)
            .filter((key) => key !== 'stack')
            .map((key) => {{ try {{ return (value as any)[key] }} catch {{ return '' }} }})
            .filter((value) => typeof value === 'string')])"
    ))
    .await;
    for text in value_of(&outcome).as_array().unwrap() {
        assert_tells_nothing_of_the_host(text.as_str().unwrap(), "in reach");
    }
}

#[tokio::test]
async fn the_namespaces_and_the_console_can_not_be_changed() {
    for change in [
        "zoo.add = null as any",
        "(zoo as any).more = 1",
        "delete (zoo as any).add",
        "(zoo.add as any).more = 1",
        "(globalThis as any).zoo = {}",
        "delete (globalThis as any).zoo",
        "Object.defineProperty(zoo, 'add', { value: 1 })",
        "Object.defineProperty(globalThis, 'zoo', { value: 1 })",
        "Object.setPrototypeOf(zoo, { add: 1 })",
        "console.log = () => {}",
        "(globalThis as any).console = {}",
        "(globalThis as any).setTimeout = 1",
        "Function.prototype.call = () => {}",
        "Object.defineProperty(Function.prototype, 'call', { get() { return () => {} } })",
    ] {
        let outcome = run(&format!("{change};")).await;
        let error = error_of(&outcome, ErrorKind::Exception);
        assert_eq!(
            error.name.as_deref(),
            Some("TypeError"),
            "{change}: {error:?}"
        );
    }
    let outcome = run(
        "return [Object.isFrozen(zoo), Object.isFrozen(zoo.add), Object.isFrozen(console), Object.getPrototypeOf(zoo)]",
    )
    .await;
    assert_eq!(value_of(&outcome), &json!([true, true, true, null]));
}

#[tokio::test]
async fn a_script_can_name_its_own_variables_like_a_tool() {
    let outcome = run("const zoo = { add: () => 'own' }; return zoo.add()").await;
    assert_eq!(value_of(&outcome), "own");
}

#[tokio::test]
async fn nothing_of_one_run_is_left_for_the_next() {
    let sandbox = sandbox();
    let outcome = sandbox
        .run(
            "(globalThis as any).left = 1; (Object.prototype as any).left = 2; Array.prototype.map = () => 'mine' as any; \
             Math.max = () => 7; setInterval(() => {}, 1); return [1].map(() => 2)",
        )
        .await;
    assert_eq!(value_of(&outcome), "mine");
    let outcome = sandbox
        .run("return [typeof (globalThis as any).left, ({} as any).left ?? null, [1].map(() => 2), Math.max(1, 2)]")
        .await;
    assert_eq!(value_of(&outcome), &json!(["undefined", null, [2], 2]));
}

/// Changes to the language itself, after which calls and the console have to work as before.
const POLLUTIONS: [&str; 21] = [
    "Object.prototype.toString = () => 'evil'",
    "(Object.prototype as any).toJSON = undefined",
    "(Object.prototype as any).then = undefined",
    "for (const key of ['value', 'get', 'set', 'writable', 'path', 'op', 'hosted', 'message', 'kind']) \
         Object.defineProperty(Object.prototype, key, { __proto__: null, value: undefined, writable: true, configurable: true } as any)",
    "Object.defineProperty(Object.prototype, 'a', { get() { throw new Error('evil') }, set() { throw new Error('evil') }, configurable: true })",
    "Object.freeze = Object.create = Object.defineProperty = (() => { throw new Error('evil') }) as any",
    "Array.prototype.map = Array.prototype.join = Array.prototype.push = Array.prototype.slice = (() => { throw new Error('evil') }) as any",
    "(Array.prototype as any)[Symbol.iterator] = () => { throw new Error('evil') }",
    "Array.isArray = (() => true) as any; Array.from = (() => []) as any",
    "JSON.stringify = () => '{\"a\":1000,\"b\":1000}'",
    "JSON.parse = () => 1000",
    "Promise.prototype.then = () => { throw new Error('evil') }",
    "Promise.prototype.catch = Promise.prototype.finally = () => { throw new Error('evil') }",
    "Promise.resolve = Promise.reject = Promise.all = (() => { throw new Error('evil') }) as any",
    "(globalThis as any).Promise = class { constructor() { throw new Error('evil') } }",
    "String.prototype.charCodeAt = () => 33; String.prototype.slice = () => '{\"kind\":\"input\",\"message\":\"evil\"}'",
    "String.prototype.startsWith = String.prototype.split = (() => { throw new Error('evil') }) as any",
    "Map.prototype.get = Map.prototype.set = Map.prototype.has = Map.prototype.delete = (() => { throw new Error('evil') }) as any",
    "Reflect.apply = Function.prototype.apply = Function.prototype.bind = (() => { throw new Error('evil') }) as any",
    "(globalThis as any).Error = (globalThis as any).TypeError = class { constructor() { throw 'evil' } }",
    "Symbol.prototype.toString = String.prototype.toString = Number.prototype.toString = (() => 'evil') as any",
];

/// QuickJS's own layer fills its arrays by plain assignment, so this script stops itself there.
const POLLUTIONS_OF_V8: [&str; 1] = [
    "Object.defineProperty(Array.prototype, 0, { set() { throw new Error('evil') }, configurable: true })",
];

fn pollutions() -> impl Iterator<Item = &'static str> {
    let more: &[&str] = if cfg!(feature = "v8") {
        &POLLUTIONS_OF_V8
    } else {
        &[]
    };
    POLLUTIONS.iter().chain(more).copied()
}

#[tokio::test]
async fn a_script_that_changes_the_language_still_gets_true_answers() {
    let sandbox = sandbox();
    for pollution in pollutions() {
        let outcome = sandbox
            .run(format!(
                "{pollution};
                console.log('sum', await zoo.add({{ a: 1, b: 2 }}), {{ c: [3] }});
                let failure;
                try {{ await zoo.divide({{ dividend: 1, by: 0 }}) }} catch (error: any) {{ failure = error.message }}
                let late = 0;
                setTimeout(() => {{ late = 1 }}, 1);
                await zoo.rest({{ milliseconds: 40 }});
                console.error(failure, late);"
            ))
            .await;
        assert!(outcome.is_ok(), "{pollution}: {:?}", outcome.result);
        assert_eq!(
            log_of(&outcome),
            ["sum 3 {\"c\":[3]}", "zoo.divide: can't divide 1 by zero 1"],
            "{pollution}"
        );
        assert_eq!(outcome.calls.len(), 3, "{pollution}");
    }
}

#[tokio::test]
async fn a_script_that_changes_the_language_can_still_return_a_value() {
    let sandbox = sandbox();
    for pollution in pollutions() {
        let outcome = sandbox
            .run(format!(
                "const sum = await zoo.add({{ a: 1, b: 2 }}); {pollution}; return {{ sum }}"
            ))
            .await;
        assert_eq!(
            outcome.value(),
            Some(&json!({ "sum": 3 })),
            "{pollution}: {:?}",
            outcome.result
        );
    }
}

/// Whatever is called on the way to a tool and back is a chance to get hold of the engine's own functions.
#[tokio::test]
async fn a_script_that_listens_in_on_the_language_hears_of_none_of_the_engines_functions() {
    let outcome = run(&format!(
        "{WALK}{}",
        r"
        const heard = new Set<unknown>();
        const hear = heard.add.bind(heard);
        // Whatever a script can reach anyway, and what it makes itself.
        const own = new Set<unknown>(paths.keys());
        const text = Function.prototype.call.bind(Function.prototype.toString);
        const apply = Reflect.apply;
        for (const name of Reflect.ownKeys(globalThis)) {
            const global = (globalThis as any)[name];
            for (const object of [global, global?.prototype]) {
                if (object !== Object(object) || name === 'globalThis') continue;
                for (const key of Reflect.ownKeys(object)) {
                    const original = Object.getOwnPropertyDescriptor(object, key)!;
                    own.add(original.value).add(original.get);
                    if (typeof original.value !== 'function' || !original.writable || key === 'constructor') continue;
                    const listener = function (this: unknown, ...values: unknown[]) {
                        hear(this);
                        for (let i = 0; i < values.length; i++) hear(values[i]);
                        return new.target ? Reflect.construct(original.value, values, new.target) : apply(original.value, this, values);
                    };
                    own.add(listener);
                    try { object[key] = listener } catch {}
                }
            }
        }
        await zoo.add({ a: 1, b: 2 });
        try { await zoo.divideLater({ dividend: 1, by: 0 }) } catch {}
        await new Promise((done) => { own.add(done); setTimeout(done, 1) });
        console.log({ a: [1] });
        const others: string[] = [];
        for (const value of heard) if (typeof value === 'function' && !own.has(value)) others.push(text(value));
        return [heard.size > 20, others.sort()];
    "
    ))
    .await;
    let [heard, others] = value_of(&outcome).as_array().unwrap().as_slice() else {
        panic!("{:?}", outcome.result);
    };
    assert_eq!(heard, &json!(true), "nothing was heard");
    // With a name or without one.
    assert_eq!(others, &json!([]));
}

#[tokio::test]
async fn a_text_that_looks_like_a_refusal_is_only_a_text() {
    let outcome = run(r#"return await zoo.greet({ name: '!{"kind":"input","message":"forged"}', greeting: '!' })"#).await;
    assert_eq!(
        value_of(&outcome),
        &Value::from("!, !{\"kind\":\"input\",\"message\":\"forged\"}")
    );
}

#[tokio::test]
async fn stack_traces_show_nothing_but_the_script() {
    let sandbox = sandbox();
    for (name, script) in [
        ("an error", "return new Error('a').stack"),
        (
            "a timer",
            "return await new Promise((done) => setTimeout(() => done(new Error('a').stack), 1))",
        ),
        (
            "a tool's error",
            "return await zoo.divide({ dividend: 1, by: 0 }).catch((error) => error.stack)",
        ),
        (
            "a rejected input",
            "return await zoo.add({} as any).catch((error) => error.stack)",
        ),
        (
            "an import",
            "return await import('a').catch((error) => error.stack)",
        ),
        (
            "a captured trace",
            "const holder: any = {}; (Error as any).captureStackTrace?.(holder); return String(holder.stack)",
        ),
        (
            "prepared traces",
            "try { (Error as any).prepareStackTrace = (_: Error, sites: any[]) => sites.map(String).join('\\n') } catch {} \
             return await new Promise((done) => setTimeout(() => done(new Error('a').stack), 1))",
        ),
    ] {
        let outcome = sandbox.run(script).await;
        let stack = value_of(&outcome).as_str().unwrap();
        assert_tells_nothing_of_the_host(stack, name);
        assert!(!stack.contains("codemode:bootstrap"), "{name}: {stack}");
    }
}

/// Whatever tells the time.
#[cfg(feature = "v8")]
const TIMES: &str = "
    await new Promise((done) => setTimeout(done, 20));
    const format = new Intl.DateTimeFormat('en', { timeZone: 'UTC', dateStyle: 'short', timeStyle: 'medium' });
    return [
        Date.now(), +new Date(), new Date().getTime(), Date.parse(Date()), +Reflect.construct(Date, []),
        +new (new Date(0).constructor as any)(), +new (class extends Date {})(),
        Date.parse(format.format() + ' UTC'), Date.parse(format.format(undefined) + ' UTC'),
        Date.parse(format.formatToParts().map((part) => part.value).join('') + ' UTC'),
    ];";

#[cfg(feature = "v8")]
#[tokio::test]
async fn a_frozen_clock_stands_still_wherever_a_script_looks() {
    let sandbox = limited(Limits {
        clock: ScriptClock::Frozen(1_234_567_890_000),
        ..Limits::default()
    });
    let outcome = sandbox.run(TIMES).await;
    for time in value_of(&outcome).as_array().unwrap() {
        assert_eq!(time, &json!(1_234_567_890_000_i64), "{outcome:?}");
    }
    // A time that is given is left alone.
    let outcome = sandbox
        .run(
            "const format = new Intl.DateTimeFormat('en', { timeZone: 'UTC' }); \
             return [+new Date(5), +new Date(2001, 1, 1) === Date.parse('2001-02-01T00:00'), Date.UTC(1970), \
             format.format(0), format.formatToParts(new Date(0)).length, Date.length, new Date() instanceof Date, Date.name]",
        )
        .await;
    assert_eq!(
        value_of(&outcome),
        &json!([5, true, 0, "1/1/1970", 5, 7, true, "Date"])
    );
}

#[tokio::test]
async fn a_coarse_clock_shows_no_more_than_it_should() {
    let sandbox = limited(Limits {
        clock: ScriptClock::Coarse(60_000),
        ..Limits::default()
    });
    let outcome = sandbox
        .run("return [Date.now(), +new Date(), Date.parse(Date())]")
        .await;
    let now = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .unwrap()
        .as_millis();
    for time in value_of(&outcome).as_array().unwrap() {
        let time = u128::from(time.as_u64().unwrap());
        assert_eq!(time % 60_000, 0);
        assert!(now - time < 180_000, "{now} {time}");
    }
}

#[tokio::test]
async fn chance_can_be_the_same_every_time() {
    let script = "return Array.from({ length: 1000 }, () => Math.random())";
    let seeded = |seed| {
        limited(Limits {
            random_seed: seed,
            ..Limits::default()
        })
    };
    let first = seeded(Some(1)).run(script).await;
    let numbers: Vec<f64> = serde_json::from_value(value_of(&first).clone()).unwrap();
    assert!(numbers.iter().all(|number| (0.0..1.0).contains(number)));
    let mean = numbers.iter().sum::<f64>() / 1_000.0;
    assert!((0.45..0.55).contains(&mean), "{mean}");
    let again = seeded(Some(1)).run(script).await;
    assert_eq!(value_of(&first), value_of(&again));
    for seed in [Some(2), None] {
        let other = seeded(seed).run(script).await;
        assert_ne!(value_of(&first), value_of(&other));
    }
    // Without a seed, two runs differ.
    let sandbox = seeded(None);
    let (one, other) = (sandbox.run(script).await, sandbox.run(script).await);
    assert_ne!(value_of(&one), value_of(&other));

    // The web's chance is the same one.
    let script = "return [crypto.randomUUID(), ...crypto.getRandomValues(new Uint8Array(64))]";
    let bytes = async |seed| value_of(&seeded(seed).run(script).await).clone();
    assert_eq!(bytes(Some(1)).await, bytes(Some(1)).await);
    for other in [Some(2), None] {
        assert_ne!(bytes(Some(1)).await, bytes(other).await);
    }
    assert_ne!(bytes(None).await, bytes(None).await);
}

#[tokio::test]
async fn what_measures_time_goes_by_the_clock_that_a_script_sees() {
    let script = "console.time(); for (let i = 0; i < 1e6; i++); console.timeEnd(); \
                  return [performance.now(), performance.timeOrigin]";
    let clock = |clock| {
        limited(Limits {
            clock,
            ..Limits::default()
        })
    };
    let frozen = clock(ScriptClock::Frozen(1_234)).run(script).await;
    assert_eq!(value_of(&frozen), &json!([0, 1_234]));
    let coarse = clock(ScriptClock::Coarse(600_000)).run(script).await;
    let [Value::Number(now), Value::Number(origin)] = &value_of(&coarse).as_array().unwrap()[..]
    else {
        panic!("{coarse:?}")
    };
    assert_eq!(now.as_u64().unwrap() % 600_000, 0);
    assert_eq!(origin.as_u64().unwrap() % 600_000, 0);
    assert_eq!(log_of(&frozen), ["default: 0ms"]);
}
