//! What scripts of a session keep for each other, and what is kept of them.

use codemode_runtime::{ErrorKind, KeptKind, Limits, Session};
use serde_json::{Value, json};

use crate::support::{builder, calls_of, error_of, run, sandbox, value_of};

fn session() -> Session {
    sandbox().session()
}

/// What the scripts return, one after the other.
async fn values(session: &Session, scripts: &[&str]) -> Vec<Value> {
    let mut values = Vec::new();
    for script in scripts {
        let outcome = session.run(*script).await;
        values.push(value_of(&outcome).clone());
    }
    values
}

#[tokio::test]
async fn what_one_script_keeps_the_next_ones_read() {
    let session = session();
    let scripts = [
        "await $store.set('b', { list: [1, 'ä', null], map: new Map([['x', 1]]) }); await $store.set('a', null); return await $store.keys()",
        "return [await $store.get('b'), await $store.get('a'), await $store.get('c') === undefined]",
        "await $store.set('b', 2); return [await $store.delete('a'), await $store.delete('a'), await $store.keys(), await $store.get('b')]",
    ];
    assert_eq!(
        values(&session, &scripts).await,
        [
            json!(["a", "b"]),
            json!([{ "list": [1, "ä", null], "map": { "x": 1 } }, null, true]),
            json!([true, false, ["b"], 2]),
        ]
    );
    assert_eq!(session.store().get("b"), Some(json!(2)));
    session
        .store()
        .set("from the host", &json!([true]))
        .unwrap();
    let read = values(&session, &["return await $store.get('from the host')"]).await;
    assert_eq!(read, [json!([true])]);
}

#[tokio::test]
async fn bytes_bigints_and_texts_that_look_like_marks_come_back_as_they_were() {
    let session = session();
    let keep = "await $store.set('a', [new Uint8Array([0, 255]), 2n ** 70n, '\\0n7', { '\\0b': '\\0s' }]); return 1";
    let read = "const [bytes, big, text, object] = await $store.get('a'); \
                return [bytes instanceof Uint8Array, [...bytes], big === 2n ** 70n, text === '\\0n7', object['\\0b'] === '\\0s']";
    assert_eq!(
        values(&session, &[keep, read]).await[1],
        json!([true, [0, 255], true, true, true])
    );
}

#[tokio::test]
async fn names_that_mean_something_to_the_language_are_names() {
    let script = "const names = ['__proto__', 'constructor', 'toString', '', '0', 'a.b', '\\n', '日本'].filter((name) => name); \
                  for (const name of names) await $store.set(name, name); \
                  const read = []; for (const name of names) read.push(await $store.get(name) === name); \
                  return [read.every(Boolean), (await $store.keys()).length === names.length, ({}).x === undefined]";
    assert_eq!(value_of(&run(script).await), &json!([true, true, true]));
}

#[tokio::test]
async fn sessions_know_nothing_of_each_other_and_a_run_without_one_has_a_store_of_its_own() {
    let sandbox = sandbox();
    let (one, other) = (sandbox.session(), sandbox.session());
    let count =
        "await $store.set('n', ((await $store.get('n')) ?? 0) + 1); return await $store.get('n')";
    for expected in [1, 2] {
        assert_eq!(values(&one, &[count]).await, [json!(expected)]);
    }
    assert_eq!(values(&other, &[count]).await, [json!(1)]);
    for _ in 0..2 {
        assert_eq!(value_of(&sandbox.run(count).await), &json!(1));
    }
}

#[tokio::test]
async fn what_can_not_be_kept_is_refused_and_says_why() {
    let large = "$store.set('a', 'x'.repeat(4 * 1024 * 1024))";
    for (call, told) in [
        (
            "$store.set('a', undefined)",
            "TypeError: $store.set: there is no value; `$store.delete` takes one away",
        ),
        (
            "$store.set(7 as any, 1)",
            "TypeError: $store.set: a value's name is a text, such as \"orders\"",
        ),
        (
            "$store.get({} as any)",
            "TypeError: $store.get: a value's name is a text, such as \"orders\"",
        ),
        (
            "$store.set('', 1)",
            "ToolError: $store.set: a name has 1 to 200 bytes, and this one has 0",
        ),
        (
            large,
            "ToolError: $store.set: the value has 4194306 bytes of JSON, more than the 4194304 that one may have",
        ),
        (
            "$store.set('a', 'x'.repeat(9 * 1024 * 1024))",
            "TypeError: $store.set: the value: can't be sent, because it is 9437186 characters of JSON long, more than the \
             8388608 bytes that it may have",
        ),
    ] {
        let script =
            format!("try {{ await {call} }} catch (e) {{ return `${{e.name}}: ${{e.message}}` }}");
        assert_eq!(value_of(&run(&script).await), told, "{call}");
    }
    let outcome = run("await $store.set('a', { f: () => 1 })").await;
    let error = error_of(&outcome, ErrorKind::Exception);
    assert!(
        error.message.starts_with("$store.set: the value.f: "),
        "{}",
        error.message
    );
}

#[tokio::test]
async fn a_store_that_is_full_says_so_and_a_run_has_less_room_than_a_session() {
    let fill = "let kept = 0; try { for (;;) { await $store.set(`n${kept}`, 'x'.repeat(4_000_000)); kept += 1 } } \
                catch (e) { return [kept, e.message.includes('the store is full')] }";
    let outcome = session().run(fill).await;
    assert_eq!(value_of(&outcome), &json!([16, true]));
    assert_eq!(value_of(&run(fill).await), &json!([4, true]));
}

#[tokio::test]
async fn a_result_that_an_outcome_has_no_room_for_is_kept() {
    let session = session();
    let large = "return { rows: Array.from({ length: 30_000 }, (_, id) => ({ id, name: 'a name that takes its room' })) }";
    let outcome = session.run(large).await;
    assert!(outcome.is_ok() && outcome.value().is_none(), "{outcome:?}");
    let [kept] = &outcome.kept[..] else {
        panic!("{:?}", outcome.kept);
    };
    assert_eq!(
        (kept.kind, kept.name.as_str()),
        (KeptKind::Returned, "run1.result")
    );
    assert_eq!(
        kept.shape,
        "{ rows: { id: number, name: string }[] (30000) }"
    );
    let read =
        "const { rows } = await $store.get('run1.result'); return [rows.length, rows[29_999]]";
    assert_eq!(
        values(&session, &[read]).await,
        [json!([30_000, { "id": 29_999, "name": "a name that takes its room" }])]
    );
    // Without a session it would be lost, so the script is told.
    let outcome = run(large).await;
    error_of(&outcome, ErrorKind::Limit);
    assert!(outcome.kept.is_empty());
    // And there is an end to what a session keeps.
    let outcome = session.run("return 'x'.repeat(4 * 1024 * 1024)").await;
    let error = error_of(&outcome, ErrorKind::Limit);
    assert!(error.message.contains("4194306 bytes"), "{}", error.message);
}

#[tokio::test]
async fn a_result_is_kept_from_eight_kibibytes_on_and_is_in_the_outcome_as_well() {
    let session = session();
    let outcome = session.run("return 'x'.repeat(8 * 1024 - 2)").await;
    assert!(outcome.kept.is_empty(), "{:?}", outcome.kept);
    let outcome = session.run("return 'x'.repeat(8 * 1024 - 1)").await;
    assert_eq!(outcome.kept[0].name, "run2.result");
    assert_eq!(value_of(&outcome), &json!("x".repeat(8 * 1024 - 1)));
}

#[tokio::test]
async fn a_log_beyond_its_limit_is_kept_whole() {
    let session = session();
    let outcome = session
        .run("for (let n = 0; n < 20_000; n++) console.log(`line ${n}`); return 1")
        .await;
    assert!(outcome.stats.truncated);
    assert_eq!(outcome.logs.len(), 1_001);
    let [kept] = &outcome.kept[..] else {
        panic!("{:?}", outcome.kept);
    };
    assert_eq!(
        (kept.kind, kept.name.as_str(), kept.count),
        (KeptKind::Log, "run1.log", 20_000)
    );
    let read = "const lines = (await $store.get<string>('run1.log')).split('\\n'); return [lines.length, lines[19_999]]";
    assert_eq!(
        values(&session, &[read]).await,
        [json!([20_001, "line 19999"])]
    );
}

#[tokio::test]
async fn what_the_calls_of_a_failed_script_returned_is_kept() {
    let session = session();
    let outcome = session
        .run("await zoo.add({ a: 1, b: 2 }); await $store.set('x', 1); await zoo.look(); throw new Error('late')")
        .await;
    error_of(&outcome, ErrorKind::Exception);
    assert_eq!(
        calls_of(&outcome),
        [("zoo.add", true), ("$store.set", true), ("zoo.look", true)]
    );
    let [kept] = &outcome.kept[..] else {
        panic!("{:?}", outcome.kept);
    };
    assert_eq!(
        (kept.kind, kept.name.as_str(), kept.count),
        (KeptKind::Calls, "run1.calls", 2)
    );
    let read = values(&session, &["return await $store.get('run1.calls')"]).await;
    assert_eq!(
        read,
        [json!([
            { "tool": "zoo.add", "input": { "a": 1, "b": 2 }, "result": 3 },
            { "tool": "zoo.look", "result": true },
        ])]
    );
    // A script that is stopped fails as well, and one that ends well leaves nothing behind.
    let outcome = session
        .run("await zoo.look(); for (;;) await zoo.look()")
        .await;
    assert_eq!(error_of(&outcome, ErrorKind::Limit).kind, ErrorKind::Limit);
    assert_eq!(outcome.kept[0].count, 1_000);
    assert!(
        session
            .run("await zoo.look(); return 1")
            .await
            .kept
            .is_empty()
    );
}

#[tokio::test]
async fn files_may_be_as_large_as_attachments_are() {
    let outcome = run(
        "await output.file('x'.repeat(10_000_000), 'text/plain', 'x.txt'); \
                       await output.file(new Uint8Array(5_000_000), 'application/octet-stream')",
    )
    .await;
    let sizes: Vec<usize> = outcome
        .attachments
        .iter()
        .map(|attachment| attachment.bytes.len())
        .collect();
    assert_eq!(sizes, [10_000_000, 5_000_000], "{outcome:?}");
    let limits = Limits {
        attachment_bytes: 1_000,
        argument_bytes: 1_000,
        ..Limits::default()
    };
    let sandbox = builder().limits(limits).build().unwrap();
    let outcome = sandbox
        .run("await output.file('x'.repeat(1_001), 'text/plain')")
        .await;
    let error = error_of(&outcome, ErrorKind::Exception);
    assert!(
        error.message.contains("no more than 1000 bytes"),
        "{}",
        error.message
    );
}
