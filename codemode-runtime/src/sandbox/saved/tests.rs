use super::*;

fn calling(name: &str, others: &[&str]) -> (String, String) {
    let calls = others
        .iter()
        .map(|other| format!("await scripts.{other}();"));
    let calls: String = calls.collect();
    let text = format!("/** D */\nexport async function {name}(): Promise<void> {{ {calls} }}");
    (name.to_owned(), text)
}

fn reached(saved: &SavedScripts, script: &str) -> Vec<String> {
    let reached = saved.reached_by(script).into_iter();
    reached.map(|(name, _)| name).collect()
}

#[test]
fn a_run_is_given_what_its_script_names_and_what_that_calls_in_turn() {
    let saved = SavedScripts::of([
        calling("a", &["c", "b"]),
        calling("b", &["d"]),
        calling("c", &["d"]),
        calling("d", &[]),
        calling("e", &[]),
    ]);
    for (script, expected) in [
        ("return 1", &[][..]),
        ("await scripts.d()", &["d"]),
        ("await scripts.b()", &["d", "b"]),
        ("await scripts.a()", &["d", "b", "c", "a"]),
        ("await scripts.unknown()", &["d"]),
        ("const { e } = scripts", &["d", "b", "c", "a", "e"]),
        ("globalThis", &["d", "b", "c", "a", "e"]),
    ] {
        assert_eq!(reached(&saved, script), expected, "{script}");
    }
}

#[test]
fn what_can_not_be_used_is_left_out_with_the_reason() {
    let bad = |name: &str, text: &str| (name.to_owned(), text.to_owned());
    let saved = SavedScripts::of([
        calling("a", &["b"]),
        calling("b", &["a"]),
        calling("c", &["nothing"]),
        calling("d", &["c"]),
        calling("good", &[]),
        bad("text", "export async function text( {"),
        bad(
            "deep",
            &format!("export const deep = {};", "[".repeat(50_000)),
        ),
    ]);
    let problems: Vec<_> = saved
        .problems()
        .map(|(name, why)| format!("{name}: {why}"))
        .collect();
    let circle =
        "saved scripts can't call each other in a circle: scripts.a → scripts.b → scripts.a";
    assert_eq!(
        problems[..4],
        [
            format!("a: 1:1: {circle}"),
            format!("b: 1:1: {circle}"),
            "c: 1:1: it calls `scripts.nothing`, which isn't there or is left out".to_owned(),
            "d: 1:1: it calls `scripts.c`, which isn't there or is left out".to_owned(),
        ]
    );
    assert!(problems[4].starts_with("deep: 1:"), "{}", problems[4]);
    assert_eq!(problems[5], "text: 1:30: Expected `}` but found `EOF`");
    assert_eq!(problems.len(), 6);
    assert_eq!(
        saved.tools().map(|tool| tool.path()).collect::<Vec<_>>(),
        ["scripts.good"]
    );
}

#[test]
fn there_are_never_more_than_so_many() {
    let files = (0..=SavedScripts::MAX).map(|number| calling(&format!("n{number}"), &[]));
    let saved = SavedScripts::of(files);
    assert_eq!(saved.tools().count(), SavedScripts::MAX);
    let problems: Vec<_> = saved.problems().collect();
    assert_eq!(
        problems,
        [(
            "n200",
            "1:1: there are 200 already, and no more can be used"
        )]
    );
}
