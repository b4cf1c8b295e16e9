use serde_json::{Value, json};

use super::{Report, shorten};
use crate::Catalogue;
use crate::outcome::Outcome;

fn outcome(mut parts: Value) -> Outcome {
    let defaults = json!({
        "status": "ok", "checked": false, "logs": [], "calls": [],
        "stats": { "wall_ms": 0.0, "cpu_ms": 0.0, "heap_peak_bytes": 0, "tool_calls": 0, "output_bytes": 0, "truncated": false },
    });
    for (key, value) in defaults.as_object().unwrap() {
        parts
            .as_object_mut()
            .unwrap()
            .entry(key.clone())
            .or_insert(value.clone());
    }
    serde_json::from_value(parts).unwrap()
}

fn failed(kind: &str, error: Value) -> Outcome {
    let mut error = error;
    error["kind"] = json!(kind);
    outcome(json!({ "status": "error", "error": error }))
}

#[test]
fn a_value_is_cut_inside_of_its_structure_and_says_what_is_missing() {
    let rows: Vec<Value> = (0..1_000)
        .map(|id| json!({ "id": id, "name": "some name" }))
        .collect();
    let value = json!({ "rows": rows, "text": "ä".repeat(5_000), "last": true });
    for budget in [64, 100, 200, 500, 1_000, 5_000, 20_000] {
        let cut = shorten::json(&value, budget);
        assert!(cut.len() <= budget + 64, "{budget}: {}", cut.len());
        assert!(cut.contains('…'), "{budget}");
        assert!(
            cut.starts_with("{\"rows\":[") && cut.ends_with('}'),
            "{budget}: {cut}"
        );
    }
    assert_eq!(shorten::json(&value, 1_000_000), value.to_string());
    assert_eq!(shorten::json(&json!([1, 2, 3]), 100), "[1,2,3]");
    let long = shorten::json(&json!((0..100).collect::<Vec<_>>()), 60);
    assert!(
        long.starts_with("[0,1,2,") && long.ends_with("more of 100]"),
        "{long}"
    );
}

#[test]
fn a_text_is_never_cut_inside_of_a_character() {
    for budget in 0..20 {
        let cut = shorten::text("ä😀ö and more of it", budget);
        assert!(cut.ends_with("bytes more)"), "{cut}");
    }
    assert_eq!(shorten::text("ä😀", 6), "ä😀");
}

#[test]
fn a_report_keeps_to_its_budget_whatever_the_outcome() {
    let line = json!({ "level": "log", "text": "x".repeat(3_000) });
    let call = json!({ "tool": "weather.getForecast", "ms": 1.0, "ok": true });
    let other = json!({ "tool": "tasks.add", "ms": 1.0, "ok": false });
    let problem = json!({ "line": 1, "column": 1, "message": "m".repeat(2_000) });
    let outcomes = [
        outcome(json!({ "value": "v".repeat(100_000), "logs": vec![line.clone(); 300] })),
        outcome(
            json!({ "value": vec![json!({ "a": [1, 2] }); 5_000], "calls": (vec![[call, other]; 400].concat()) }),
        ),
        failed(
            "type_check",
            json!({ "message": "", "diagnostics": vec![problem; 200] }),
        ),
        failed(
            "exception",
            json!({ "message": "m".repeat(9_000), "frames": vec![json!({ "line": 1, "column": 1 }); 50] }),
        ),
    ];
    let script = "s".repeat(50_000);
    for outcome in &outcomes {
        let report = Report::new(outcome, &script, None);
        for tokens in [500, 1_000, 5_000] {
            let text = report.for_model(tokens);
            assert!(text.len() <= tokens * 4 + 400, "{tokens}: {}", text.len());
            assert!(!text.contains(&script[..1_000]));
        }
    }
}

fn catalogue() -> Catalogue {
    let tools = json!([
        {
            "namespace": "weather", "name": "getForecast",
            "input": { "type": "object", "properties": { "city": { "type": "string" } }, "required": ["city"] },
            "output": { "type": "number" },
        },
        { "namespace": "weather", "name": "listCities", "output": true },
        { "namespace": "tasks", "name": "add", "output": true },
    ]);
    Catalogue::from_tools(serde_json::from_value(tools).unwrap())
}

#[test]
fn a_wrong_name_is_told_with_those_that_there_are() {
    let cases = [
        (
            "Property 'getForcast' does not exist on type 'typeof weather'. Did you mean 'getForecast'?",
            "Perhaps `weather.getForecast` is meant. `weather` has `getForecast` and `listCities`.",
        ),
        (
            "weather.today is not a function",
            "`weather` has `getForecast` and `listCities`.",
        ),
        (
            "wether is not defined",
            "Perhaps `weather` is meant. The namespaces are `tasks` and `weather`.",
        ),
        (
            "Cannot find name 'fetch'. A script has nothing else.",
            "The namespaces are `tasks` and `weather`.",
        ),
    ];
    for (message, expected) in cases {
        let outcome = failed("exception", json!({ "message": message }));
        let report = Report::new(&outcome, "", Some(&catalogue()));
        assert_eq!(report.problems()[0].advice, [expected], "{message}");
    }
    for message in [
        "Cannot find name 'total'. It is declared with `let total = …`.",
        "Cannot find name 'Task'. Leave the type out: that of a call is known.",
        "x.y is not a function",
        "weather.getForecast is not a function",
        "boom",
    ] {
        let outcome = failed("exception", json!({ "message": message }));
        let report = Report::new(&outcome, "", Some(&catalogue()));
        assert!(report.problems()[0].advice.is_empty(), "{message}");
    }
}

/// A problem of a check, with its place.
fn found(code: &str, line: u32, column: u32) -> Value {
    json!({ "line": line, "column": column, "code": code, "message": "Type" })
}

const FORECAST: &str = "`weather.getForecast` takes `{city:string}`.";

#[test]
fn a_wrong_argument_is_told_with_what_the_tool_takes_and_once() {
    let script = "const a = await tasks.add();\nconst b = weather.getForecast({\n  city: 5,\n}); tasks.add()";
    let outcome = failed(
        "type_check",
        json!({ "message": "", "diagnostics": [found("TS2322", 3, 3), found("TS2322", 3, 9)] }),
    );
    let report = Report::new(&outcome, script, Some(&catalogue()));
    assert_eq!(report.problems()[0].advice, [FORECAST]);
    assert!(report.problems()[1].advice.is_empty(), "said once");

    let message = "weather.getForecast: city: a string is needed";
    let outcome = failed(
        "exception",
        json!({ "name": "TypeError", "message": message }),
    );
    let report = Report::new(&outcome, script, Some(&catalogue()));
    assert_eq!(report.problems()[0].advice, [FORECAST]);
}

#[test]
fn a_tool_is_told_of_only_where_its_own_argument_is_wrong() {
    // A bar stands before the place.
    for (marked, code, advice) in [
        ("weather.|getForecast()", "TS2554", Some(FORECAST)),
        (
            "weather.getForecast({ city: 'a' }, |1)",
            "TS2554",
            Some(FORECAST),
        ),
        ("weather.getForecast(|'a')", "TS2345", Some(FORECAST)),
        (
            "tasks.|add(1)",
            "TS2554",
            Some("`tasks.add` takes nothing: `tasks.add()`."),
        ),
        // What comes back is wrong, or wrong in another place.
        ("show(|weather.getForecast({ city: 'a' }))", "TS2345", None),
        (
            "output.image(|weather.getForecast({ city: 'a' }))",
            "TS2345",
            None,
        ),
        (
            "const f = (): string => |weather.getForecast({ city: 'a' })",
            "TS2322",
            None,
        ),
        ("weather.getForecast({ city: show(|1) })", "TS2345", None),
        ("output.|image('a')", "TS2554", None),
        ("function show(n: number) {}\nshow(|'a')", "TS2345", None),
        (
            "weather.getForecast({ city: |forecast.name })",
            "TS2339",
            None,
        ),
    ] {
        let column = marked.rsplit('\n').next().unwrap().find('|').unwrap() + 1;
        let line = marked.lines().count();
        let place = found(code, line.try_into().unwrap(), column.try_into().unwrap());
        let outcome = failed(
            "type_check",
            json!({ "message": "", "diagnostics": [place] }),
        );
        let report = Report::new(&outcome, &marked.replace('|', ""), Some(&catalogue()));
        let told = report.problems()[0].advice.first().map(String::as_str);
        assert_eq!(told, advice, "{marked}");
    }
}

#[test]
fn a_line_is_shown_once_however_many_problems_it_has() {
    let script = "const a = b + c;\nreturn d";
    let outcome = failed(
        "type_check",
        json!({ "message": "", "diagnostics": [
            found("TS2304", 1, 11), found("TS2304", 1, 15), found("TS2304", 2, 8),
        ] }),
    );
    let report = Report::new(&outcome, script, None);
    let text = report.for_terminal("it");
    assert_eq!(text.matches("1 | const a").count(), 1, "{text}");
    let text = report.for_model(500);
    assert_eq!(
        text,
        "error[type_check] TS2304: Type\n  at line 1, column 11\n  1 | const a = b + c;\n    |           ^\n\
         error[type_check] TS2304: Type\n  at line 1, column 15\n\
         error[type_check] TS2304: Type\n  at line 2, column 8\n  2 | return d\n    |        ^\n\
         Nothing was run."
    );
}

#[test]
fn a_timeout_says_where_the_time_went_and_what_was_pending() {
    let mut outcome = failed(
        "timeout",
        json!({ "message": "the script ran longer than its limit of 2s" }),
    );
    let calls = json!([
        { "tool": "tasks.add", "ms": 100.0, "ok": true },
        { "tool": "tasks.add", "ms": 150.0, "ok": true },
        { "tool": "weather.getForecast", "ms": 1_500.0, "ok": false, "pending": true },
    ]);
    outcome.calls = serde_json::from_value(calls).unwrap();
    outcome.stats.wall_ms = 2_000.0;
    let text = Report::new(&outcome, "", None).for_model(500);
    assert_eq!(
        text,
        "error[timeout]: the script ran longer than its limit of 2s\n\
         The run took 2.0s, 1.5s in weather.getForecast, 250.0ms in tasks.add.\n\
         Not finished: weather.getForecast.\n\
         Tool calls made: tasks.add ×2 ok, weather.getForecast pending"
    );
}

#[test]
fn an_outcome_from_elsewhere_costs_no_more_than_one_can_read() {
    let place = json!({ "line": 1, "column": 200_000, "message": "m" });
    let frame = json!({ "line": 1, "column": 200_000 });
    let script = "a".repeat(250_000);
    let many = failed(
        "type_check",
        json!({ "message": "m", "diagnostics": vec![place; 40_000] }),
    );
    let report = Report::new(&many, &script, None);
    assert_eq!(report.problems().len(), 100);
    let deep = failed(
        "exception",
        json!({ "message": "m", "frames": vec![frame; 40_000] }),
    );
    let report = Report::new(&deep, &script, None);
    assert_eq!(report.problems()[0].called_from.len(), 100);
    assert!(report.for_terminal("it").len() < 20_000);
}

#[test]
fn the_mark_stands_under_its_column_with_tabs_and_wide_characters() {
    let long = format!("{}missing{}", "a".repeat(500), "b".repeat(500));
    for (script, line, column, expected) in [
        ("a\n\tb c", 2, 4, "  2 | \tb c\n    | \t  ^\n"),
        ("'😀' x", 1, 6, "  1 | '😀' x\n    |     ^\n"),
        ("a", 7, 1, ""),
        (&long, 1, 501, ""),
    ] {
        let outcome = failed(
            "exception",
            json!({ "message": "m", "frames": [{ "line": line, "column": column }] }),
        );
        let report = Report::new(&outcome, script, None);
        let place = report.problems()[0].place.clone().unwrap();
        let shown = place.shown("");
        if script.len() > 500 {
            let (text, mark) = shown.split_once('\n').unwrap();
            let at = mark.chars().position(|c| c == '^').unwrap();
            let marked: String = text.chars().skip(at).take(7).collect();
            assert_eq!(marked, "missing");
            assert!(text.chars().count() < 200);
        } else {
            assert_eq!(shown, expected);
        }
    }
}

#[test]
fn an_outcome_without_a_value_says_how_to_have_one() {
    let text = Report::new(&outcome(json!({})), "", None).for_model(100);
    assert!(text.starts_with("The script returned nothing."), "{text}");
    let text = Report::new(&outcome(json!({ "value": null })), "", None).for_model(100);
    assert_eq!(text, "Result: null");
}
