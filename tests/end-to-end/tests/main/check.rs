//! The check before the run, by TypeScript's own compiler.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use std::{env, fs};

use codemode_runtime::{
    Catalogue, CatalogueTypes, CheckError, CheckLimits, Checker, ErrorKind, RunError, Sandbox,
    ToolSet,
};

use crate::support::{error_of, value_of};
use crate::texts::Office;

fn checker() -> Checker {
    Checker::find().unwrap()
}

fn types() -> CatalogueTypes {
    CatalogueTypes::new(&Office::new().catalogue)
}

async fn check(text: &str) -> Option<RunError> {
    checker().check(text, &types()).await.unwrap()
}

/// The codes of what is wrong.
fn codes(error: Option<RunError>) -> Vec<String> {
    let diagnostics = error.map_or_else(Vec::new, |error| error.diagnostics);
    let code = |problem: codemode_runtime::Diagnostic| problem.code.unwrap_or_default();
    diagnostics.into_iter().map(code).collect()
}

/// What the language and the sandbox have, one word each.
const THERE: &str = "
    globalThis Infinity NaN undefined isFinite isNaN parseFloat parseInt decodeURI decodeURIComponent
    encodeURI encodeURIComponent escape unescape AggregateError Array ArrayBuffer BigInt BigInt64Array
    BigUint64Array Boolean DataView Date Error EvalError FinalizationRegistry Float16Array Float32Array
    Float64Array Function Int8Array Int16Array Int32Array Iterator Map Number Object Promise Proxy
    RangeError ReferenceError RegExp Set String Symbol SyntaxError TypeError URIError Uint8Array
    Uint8ClampedArray Uint16Array Uint32Array WeakMap WeakRef WeakSet Intl JSON Math Reflect console
    setTimeout setInterval clearTimeout clearInterval queueMicrotask TextEncoder TextDecoder atob btoa URL
    URLSearchParams structuredClone crypto performance AbortController AbortSignal DOMException weather tasks
";

/// What other environments have.
const NOT_THERE: &str = "
    SharedArrayBuffer Atomics Temporal DisposableStack AsyncDisposableStack SuppressedError WebAssembly
    fetch process Buffer require module exports global window document self setImmediate navigator localStorage
    Deno Bun XMLHttpRequest WebSocket Blob ActiveXObject gc print alert name event Event EventTarget Worker
    postMessage
";

#[tokio::test]
async fn the_globals_that_are_declared_are_those_that_are_there() {
    let sandbox = Office::sandbox();
    for (names, expected) in [(THERE, true), (NOT_THERE, false)] {
        for name in names.split_whitespace() {
            let declared = check(&format!("return typeof ({name})")).await.is_none();
            assert_eq!(declared, expected, "the declaration of {name}");
            let outcome = sandbox.run(format!("return '{name}' in globalThis")).await;
            assert_eq!(value_of(&outcome), expected, "{name}");
        }
    }
}

/// What an author without types may write, and the nearest thing that stays an error.
#[tokio::test]
async fn types_may_be_left_out_where_they_hide_no_failing_call() {
    let cases = [
        (
            "const f = (a, b) => a + b; return f(1, 2)",
            "const f = (a: number) => a; return f('1')",
            "TS2345",
        ),
        (
            "function f({ a }, ...rest) { return [a, rest] } return f({ a: 1 })",
            "function f({ a }: { a: number }) { return a } return f({})",
            "TS2741",
        ),
        (
            "const r = {}; r.a = 1; r['b' + 1] = 2; return r",
            "const r = { a: 1 }; r.b = 1; return r",
            "TS2339",
        ),
        (
            "const r = { list: [], best: null }; r.list.push(1); r.best = 2; return r",
            "const r = { list: [1] }; r.list.push('a'); return r",
            "TS2345",
        ),
        (
            "const r = []; r.push(1); return r",
            "const r: string[] = []; r.push(1); return r",
            "TS2345",
        ),
        (
            "let best = null; for (const n of [1]) best = n; return best",
            "let best = 1; best = 'a'; return best",
            "TS2322",
        ),
        (
            "return ['a'].reduce((all, x) => { all[x] = 1; return all }, {})",
            "return ['a'].reduce((all, x) => all + x, 0)",
            "TS2769",
        ),
        (
            "return ['a'].reduce((all, x) => [...all, x], [])",
            "return ['a'].map((x) => x.high)",
            "TS2339",
        ),
        (
            "try { await tasks.archive() } catch (error) { return error.message }",
            "try { await tasks.archived() } catch (error) { return error.message }",
            "TS2551",
        ),
        (
            "const f = (n) => (n < 2 ? 1 : n * f(n - 1)); return f(3)",
            "const f = (n: number): number => f(`${n}`); return f(3)",
            "TS2345",
        ),
        (
            "const f = await weather.getForecast({ city: 'Oslo' }); return Object.keys(f).map((key) => f[key])",
            "const f = await weather.getForecast({ city: 'Oslo' }); return f['hig']",
            "TS2551",
        ),
        (
            "class A { items; constructor() { this.items = [1] } } return new A().items",
            "class A { #a = 1 } return new A().b",
            "TS2339",
        ),
        (
            "const list = []; const add = (x) => list.push(x); add(1); return list",
            "for (const name of ['getForecast']) weather[name]()",
            "TS7053",
        ),
    ];
    let (checker, types) = (checker(), types());
    for (allowed, refused, code) in cases {
        let error = checker.check(allowed, &types).await.unwrap();
        assert!(error.is_none(), "{allowed}: {error:?}");
        let error = checker.check(refused, &types).await.unwrap();
        assert_eq!(codes(error), [code], "{refused}");
    }
}

#[tokio::test]
async fn nothing_in_a_script_switches_the_check_off() {
    for switch in [
        "// @ts-ignore",
        "// @ts-nocheck",
        "// @ts-expect-error",
        "/* @ts-ignore */",
        "/// <reference lib=\"dom\" />",
        "/// <reference types=\"node\" />",
        "/// <reference path=\"/etc/hostname\" />",
        "//// @ts-nocheck",
        "#!/usr/bin/env node\n// @ts-nocheck",
    ] {
        let error = check(&format!("{switch}\nfetch('https://example.org')")).await;
        assert_eq!(codes(error), ["TS2304"], "{switch}");
    }
    // Braces around all of it take another way through the parser.
    let error = check("// @ts-nocheck\n({\n// @ts-ignore\na: fetch('') })").await;
    assert_eq!(codes(error), ["TS2304"]);
}

#[tokio::test]
async fn a_forgotten_await_is_told_as_just_that() {
    for text in [
        "weather.getForecast({ city: 'Oslo' }).high",
        "const f = weather.getForecast({ city: 'Oslo' }); return f.high",
        "const { high } = weather.getForecast({ city: 'Oslo' }); return high",
        "for (const city of weather.listCities()) console.log(city)",
        "return [...weather.listCities()]",
        "if (weather.listCities()) return 1",
        "tasks.add({ title: 'a' }); return 1",
        "const add = tasks.add; add({ title: 'a' }); return 1",
        "Promise.all([weather.listCities()]); return 1",
        "async function f() { await null } f(); return 1",
        "console.log(weather.listCities())",
        "return `${weather.listCities()}`",
        "return weather.listCities().length + 1",
        "const n: number = tasks.list(); return n",
        "return Math.max(tasks.list())",
        "return ['a'].map((title) => tasks.add({ title }))",
        "return { cities: weather.listCities() }",
        "return weather.listCities() + 1",
        "[1].forEach((n) => { tasks.list() }); return 1",
        "true && tasks.list(); return 1",
    ] {
        let error = check(text).await.unwrap_or_else(|| panic!("{text}"));
        let first = &error.diagnostics[0].message;
        assert!(first.starts_with("`await` is missing"), "{text}: {first}");
    }
    for text in [
        "void tasks.list(); return 1",
        "await tasks.list(); return 1",
        "return tasks.list()",
        "tasks.list()",
        "return await Promise.all(['a'].map((title) => tasks.add({ title })))",
        "const p = tasks.list(); console.log('started'); return await p",
        "setTimeout(async () => { await tasks.list() }, 1); return 1",
        "function same<T>(value: T) { console.log(value); return `${value}` } return same(1)",
        "function fail(): never { throw new Error('a') } fail()",
        "function sure(a: unknown): asserts a is number { if (!a) throw new Error('a') } const a: unknown = 1; sure(a); return a + 1",
    ] {
        let error = check(text).await;
        assert!(error.is_none(), "{text}: {error:?}");
    }
}

/// Each level has four times the work of the one before it.
const ENDLESS: &str = "type Grow<N extends number, T extends unknown[] = []> = T['length'] extends N ? T : \
                       Grow<N, [...T, 1]> | Grow<N, [...T, 2]> | Grow<N, [...T, 3]> | Grow<N, [...T, 4]>;\n\
                       const a: Grow<40> = null as any as Grow<41>;";

#[tokio::test]
async fn types_that_never_end_are_stopped_and_the_next_script_is_checked() {
    let limits = CheckLimits {
        time: Duration::from_secs(2),
        ..CheckLimits::default()
    };
    let checker = Checker::find_with(limits).unwrap();
    let error = checker.check(ENDLESS, &types()).await;
    // By itself the compiler gives up only after a minute.
    assert!(matches!(error, Err(CheckError::TooLong(_))), "{error:?}");
    let error = checker.check("return 1", &types()).await.unwrap();
    assert!(error.is_none(), "{error:?}");
}

#[tokio::test]
async fn a_text_that_keeps_the_parser_busy_is_given_up_and_the_next_script_is_checked() {
    let limits = CheckLimits {
        time: Duration::from_millis(500),
        ..CheckLimits::default()
    };
    let checker = Checker::find_with(limits).unwrap();
    // Each may begin type arguments, so the parser tries, and tries again within each try.
    let error = checker.check(&"a<".repeat(4_000), &types()).await;
    assert!(matches!(error, Err(CheckError::TooLong(_))), "{error:?}");
    let error = checker.check("return 1", &types()).await.unwrap();
    assert!(error.is_none(), "{error:?}");
}

#[tokio::test]
async fn a_check_without_time_is_an_error_and_its_script_is_not_run() {
    let limits = CheckLimits {
        time: Duration::ZERO,
        ..CheckLimits::default()
    };
    let checker = Checker::find_with(limits).unwrap();
    let error = checker.check("return 1", &types()).await.unwrap_err();
    assert!(matches!(error, CheckError::TooLong(_)), "{error}");
    let sandbox = Sandbox::builder()
        .tools(ToolSet::empty())
        .checker(checker)
        .build()
        .unwrap();
    let outcome = sandbox.run("return 1").await;
    let error = error_of(&outcome, ErrorKind::TypeCheck);
    assert!(
        error.message.contains("longer than the 0 s"),
        "{}",
        error.message
    );
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_script_whose_types_need_too_much_memory_ends_its_compiler_only() {
    let limits = CheckLimits {
        time: Duration::from_mins(1),
        memory_bytes: 160 * 1024 * 1024,
        ..CheckLimits::default()
    };
    let checker = Checker::find_with(limits).unwrap();
    let mut large = "type Build<N extends number, T extends unknown[] = []> = T['length'] extends N ? T : Build<N, [...T, [N, T]]>;\n".to_owned();
    for length in 500..999 {
        writeln!(large, "const a{length}: Build<{length}> = [];").unwrap();
    }
    let error = checker.check(&large, &types()).await.unwrap_err();
    assert!(matches!(error, CheckError::Failed(_)), "{error}");
    let error = checker.check("return 1", &types()).await.unwrap();
    assert!(error.is_none(), "{error:?}");
}

#[tokio::test]
async fn many_scripts_are_checked_at_once() {
    let (checker, types) = (checker(), types());
    let checks = (0..24).map(|number| {
        let (checker, types) = (checker.clone(), types.clone());
        tokio::spawn(async move {
            let wrong = number % 3 == 0;
            let tool = if wrong { "getWeather" } else { "getForecast" };
            let text = format!("return await weather.{tool}({{ city: 'c{number}' }})");
            let error = checker.check(&text, &types).await.unwrap();
            assert_eq!(error.is_some(), wrong, "{number}: {error:?}");
        })
    });
    for check in checks.collect::<Vec<_>>() {
        check.await.unwrap();
    }
}

#[tokio::test]
async fn a_check_that_nobody_waits_for_leaves_the_checker_sound() {
    let (checker, types) = (checker(), types());
    for text in ["return 1", "return fetch('')", "return 2"] {
        let dropped = checker.check(text, &types);
        let _ = tokio::time::timeout(Duration::from_micros(500), dropped).await;
    }
    let error = checker.check("return missing", &types).await.unwrap();
    assert_eq!(codes(error), ["TS2304"]);
}

#[tokio::test]
async fn catalogues_of_one_checker_are_kept_apart() {
    let other = r#"[{ "namespace": "weather", "name": "other", "output": { "type": "string" } }]"#;
    let other = CatalogueTypes::new(&Catalogue::from_tools(serde_json::from_str(other).unwrap()));
    let (checker, types) = (checker(), types());
    for _ in 0..2 {
        let text = "return await weather.other()";
        assert!(checker.check(text, &other).await.unwrap().is_none());
        assert_eq!(
            codes(checker.check(text, &types).await.unwrap()),
            ["TS2339"]
        );
    }
}

/// More sets of namespaces than a compiler keeps, in turn, so that the first ones are closed and come again.
#[tokio::test]
async fn namespaces_come_and_go() {
    let names: Vec<String> = (0..40).map(|number| format!("space{number}")).collect();
    let tools = names.iter().map(|name| {
        serde_json::json!({ "namespace": name, "name": "get", "output": { "type": "number" } })
    });
    let tools = serde_json::from_value(tools.collect()).unwrap();
    let types = CatalogueTypes::new(&Catalogue::from_tools(tools));
    let limits = CheckLimits {
        compilers: 1,
        ..CheckLimits::default()
    };
    let checker = Checker::find_with(limits).unwrap();
    for name in names.iter().chain(&names) {
        let text = format!("const n: number = await {name}.get(); return n");
        let error = checker.check(&text, &types).await.unwrap();
        assert!(error.is_none(), "{name}: {error:?}");
        let text = format!("const n: string = await {name}.get(); return n");
        let error = checker.check(&text, &types).await.unwrap();
        assert_eq!(codes(error), ["TS2322"], "{name}");
    }
    let text = "return [await space1.get(), await globalThis.space2.get(), await globalThis.space99.get()]";
    let error = checker.check(text, &types).await.unwrap();
    assert_eq!(codes(error), ["TS7017"]);
}

#[tokio::test]
async fn a_type_that_two_namespaces_share_is_there_with_either() {
    let tool = |namespace: &str, name: &str| {
        serde_json::json!({
            "namespace": namespace, "name": name,
            "output": { "$ref": "#/$defs/Place", "$defs": { "Place": {
                "title": "Place", "type": "object", "properties": { "x": { "type": "number" } }, "required": ["x"],
            } } },
        })
    };
    let tools = serde_json::json!([tool("a", "f"), tool("b", "g")]);
    let catalogue = Catalogue::from_tools(serde_json::from_value(tools).unwrap());
    assert!(
        catalogue
            .declarations()
            .unwrap()
            .contains("declare interface Place")
    );
    let types = CatalogueTypes::new(&catalogue);
    let checker = checker();
    let text = "const place: Place = await a.f(); return place.x";
    let error = checker.check(text, &types).await.unwrap();
    assert!(error.is_none(), "{error:?}");
}

/// A compiler that isn't the pinned one, as far as anybody can tell: it lies in no package.
fn unpackaged_compiler(folder: &Path) -> PathBuf {
    let packaged = env::var_os("CODEMODE_TSC").map_or_else(
        || {
            let modules = crate::support::in_crate("node_modules/@typescript");
            let mut packages = fs::read_dir(modules).unwrap();
            packages.next().unwrap().unwrap().path().join("lib/tsc")
        },
        PathBuf::from,
    );
    for file in fs::read_dir(packaged.parent().unwrap()).unwrap() {
        let file = file.unwrap();
        let copy = folder.join(file.file_name());
        fs::hard_link(file.path(), &copy)
            .or_else(|_| fs::copy(file.path(), &copy).map(|_| ()))
            .unwrap();
    }
    folder.join(packaged.file_name().unwrap())
}

#[tokio::test]
async fn another_version_is_run_as_a_command_and_says_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let cold = Checker::new(unpackaged_compiler(folder.path()), CheckLimits::default()).unwrap();
    let (warm, types) = (checker(), types());
    for text in [
        "return 1",
        "return await weather.getForecast({ city: 'Oslo' })",
        "const ä = '😀'; return await wether.getForecast({ city: 5 })",
        "/* 😀 */ const n: number = 'a'; weather.listCities();\nreturn fetch('')",
        "const f: (a: string) => void = (a: number) => {}; return 1",
    ] {
        let expected = warm.check(text, &types).await.unwrap();
        let actual = cold.check(text, &types).await.unwrap();
        assert_eq!(actual, expected, "{text}");
    }
}

/// Whatever the script asks for, and however its compiler is run.
#[tokio::test]
async fn a_script_is_told_nothing_of_the_files_of_its_host() {
    let folder = tempfile::tempdir().unwrap();
    let secret = "export const secret = 'canary' as const;";
    fs::write(folder.path().join("typed.ts"), secret).unwrap();
    fs::write(folder.path().join("untyped.js"), secret).unwrap();
    fs::write(folder.path().join("data.json"), r#"{ "canary": 1 }"#).unwrap();
    let compiler = tempfile::tempdir().unwrap();
    let cold = unpackaged_compiler(compiler.path());
    let cold = Checker::new(cold, CheckLimits::default()).unwrap();
    for module in ["typed", "untyped", "data.json", "nothing"] {
        let path = folder.path().join(module).display().to_string();
        for text in [
            format!("const x: 1 = 0 as any as typeof import('{path}'); return x"),
            format!("const x: 1 = 0 as any as typeof import('{path}').secret; return x"),
            format!("const all = await import('{path}'); const x: 1 = all.secret; return x"),
        ] {
            for checker in [&cold, &checker()] {
                let error = checker.check(&text, &types()).await.unwrap().unwrap();
                let message = &error.diagnostics[0].message;
                let told = format!("Cannot find module '{path}'. There are no modules, ");
                assert!(message.starts_with(&told), "{text}: {message}");
                assert_eq!(codes(Some(error)), ["TS2307"], "{text}");
            }
        }
        let reference = format!("/// <reference path=\"{path}\" />\nreturn secret");
        for checker in [&cold, &checker()] {
            let error = checker.check(&reference, &types()).await.unwrap();
            assert_eq!(codes(error), ["TS2304"], "{reference}");
        }
    }
}

#[tokio::test]
async fn a_script_with_a_problem_in_every_word_is_told_some_of_them_and_soon() {
    let start = std::time::Instant::now();
    let folder = tempfile::tempdir().unwrap();
    let cold = unpackaged_compiler(folder.path());
    let cold = Checker::new(cold, CheckLimits::default()).unwrap();
    for text in ["a;".repeat(20_000), "a;\n".repeat(20_000)] {
        for checker in [&cold, &checker()] {
            let error = checker.check(&text, &types()).await.unwrap().unwrap();
            assert_eq!(error.diagnostics.len(), 100);
            assert!(error.message.ends_with("(and many more problems)"));
        }
    }
    let error = check(&"let a;\n".repeat(30_000)).await.unwrap();
    assert_eq!(error.diagnostics.len(), 100);
    // Place by place from the start of the script, it was minutes.
    assert!(
        start.elapsed() < Duration::from_mins(1),
        "{:?}",
        start.elapsed()
    );
}

#[tokio::test]
async fn a_script_that_takes_too_long_to_read_is_given_up() {
    let limits = CheckLimits {
        time: Duration::from_millis(50),
        ..CheckLimits::default()
    };
    let checker = Checker::find_with(limits).unwrap();
    let start = std::time::Instant::now();
    // Each of these could be the start of type arguments, so the parser tries them all.
    let text = format!("return a{}", "<a".repeat(3_000));
    let error = checker.check(&text, &types()).await.unwrap_err();
    assert!(matches!(error, CheckError::TooLong(_)), "{error}");
    assert!(
        start.elapsed() < Duration::from_secs(20),
        "{:?}",
        start.elapsed()
    );
}

#[tokio::test]
async fn what_is_allowed_leaves_no_room_for_what_is_not() {
    let allowed = "{ const f = (a) => a; f(1); }\n".repeat(300);
    assert!(check(&allowed).await.is_none());
    let error = check(&format!("{allowed}return wether.getForecast()")).await;
    assert_eq!(codes(error), ["TS2304"]);
}

#[tokio::test]
async fn a_name_as_long_as_a_script_is_told_in_part() {
    let name = "ä".repeat(50_000);
    for text in [
        format!("return {name}"),
        format!("return ({{ a: 1 }}).{name}"),
        format!("let {name}; let {name}"),
    ] {
        let error = check(&text).await.unwrap();
        assert!(error.message.len() < 5_000, "{}", error.message.len());
        assert!(error.diagnostics[0].message.ends_with('…'));
    }
}

/// The check has types of its own to find promises with.
#[tokio::test]
async fn a_scripts_own_types_may_have_any_name() {
    for name in ["Settled", "MissingAwait", "Sendable"] {
        let text = format!(
            "type {name}<T> = {{ value: T }}; const it: {name}<number> = {{ value: 1 }};
             return await weather.getForecast({{ city: it }})"
        );
        let error = check(&text).await.unwrap();
        assert!(
            error.diagnostics[0].message.contains(name),
            "{}",
            error.message
        );
        assert_eq!(codes(Some(error)), ["TS2322"], "{text}");
    }
}

/// Or somebody who asks and goes away, again and again, would have any number of them at work.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_check_that_nobody_waits_for_keeps_its_place_until_it_ends() {
    use crate::support::processes::children;

    let folder = tempfile::tempdir().unwrap();
    let program = unpackaged_compiler(folder.path());
    let limits = CheckLimits {
        compilers: 1,
        time: Duration::from_secs(3),
        ..CheckLimits::default()
    };
    let checker = Checker::new(&program, limits).unwrap();
    let at_work = || {
        let children = children(std::process::id());
        let programs = children
            .iter()
            .map(|child| fs::read_link(format!("/proc/{child}/exe")));
        programs
            .filter(|found| found.as_ref().is_ok_and(|found| *found == program))
            .count()
    };
    let mut most = 0;
    for _ in 0..5 {
        let types = types();
        let check = checker.check(ENDLESS, &types);
        let _ = tokio::time::timeout(Duration::from_millis(400), check).await;
        most = most.max(at_work());
    }
    assert_eq!(most, 1);
}

#[test]
fn a_compiler_that_is_not_there_is_an_error_that_says_how_to_get_one() {
    let error = Checker::new("no/such/tsc", CheckLimits::default()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "there is no native `tsc` at no/such/tsc: install it with `npm install typescript@7`, or name it in CODEMODE_TSC"
    );
}

#[tokio::test]
async fn a_program_that_is_no_compiler_leaves_scripts_unchecked() {
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("tsc");
    fs::write(&program, "not a program").unwrap();
    let checker = Checker::new(program, CheckLimits::default()).unwrap();
    let error = checker.check("return 1", &types()).await.unwrap_err();
    assert!(matches!(error, CheckError::Start { .. }), "{error}");
    let sandbox = Sandbox::builder()
        .tools(ToolSet::empty())
        .checker(checker)
        .build()
        .unwrap();
    let outcome = sandbox.run("return missing ?? 1").await;
    assert!(!outcome.checked);
    error_of(&outcome, ErrorKind::Exception);
}

#[tokio::test]
async fn a_sandbox_with_a_checker_runs_what_is_right_and_nothing_else() {
    let sandbox = Sandbox::builder()
        .tools(ToolSet::empty())
        .host(Arc::new(Office::new()))
        .checker(checker())
        .build()
        .unwrap();
    let outcome = sandbox
        .run("await tasks.add({ title: 'a' }); return (await tasks.list()).length")
        .await;
    assert_eq!(
        (value_of(&outcome), outcome.checked),
        (&serde_json::json!(1), true)
    );

    let outcome = sandbox
        .run("await tasks.add({ title: 'b' });\nreturn await tasks.lst()")
        .await;
    let error = error_of(&outcome, ErrorKind::TypeCheck);
    assert!(outcome.checked && outcome.calls.is_empty());
    let problem = &error.diagnostics[0];
    assert_eq!((problem.line, problem.column), (2, 20));
    assert_eq!(problem.code.as_deref(), Some("TS2551"));
    assert_eq!(
        error.message,
        "line 2, column 20: Property 'lst' does not exist on type 'typeof tasks'. Did you mean 'list'?"
    );

    let outcome = sandbox.run("return (await tasks.list()").await;
    error_of(&outcome, ErrorKind::Syntax);
    let outcome = sandbox.run("return (await tasks.list()).length").await;
    assert_eq!(value_of(&outcome), &serde_json::json!(1));
}

#[tokio::test]
async fn the_scripts_of_the_example_pass() {
    let (checker, types) = (
        checker(),
        CatalogueTypes::new(&Catalogue::registered().unwrap()),
    );
    for name in crate::site_report::SCRIPTS {
        let script =
            crate::support::read(&crate::support::in_example(&format!("scripts/{name}.ts")));
        let error = checker.check(&script, &types).await.unwrap();
        assert!(error.is_none(), "{name}: {error:?}");
    }
}
