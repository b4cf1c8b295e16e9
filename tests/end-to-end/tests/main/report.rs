//! What goes back to the model that wrote a script, for real outcomes.

use std::fmt::Write as _;
use std::sync::Arc;
use std::time::Duration;

use codemode_runtime::{
    CallContext, Catalogue, Checker, HostedCall, Limits, Outcome, Report, Sandbox, ToolHost,
    ToolSet,
};

use crate::support::assert_golden;
use crate::texts::Office;

/// Each script with a name; those of the first list are checked before they run.
const CHECKED: [(&str, &str); 5] = [
    (
        "wrong argument",
        "const cities = await weather.listCities();\nconst all = await Promise.all(\n  cities.map((city) => weather.getForecast({ city, days: \"two\" })),\n);\nreturn all;",
    ),
    (
        "unknown tool",
        "```ts\nawait tasks.add({ title: \"a\" });\nreturn await tasks.remove({ id: 1 });\n```",
    ),
    ("unknown namespace", "return await wether.listCities();"),
    (
        "forgotten await",
        "const forecast = weather.getForecast({ city: \"Oslo\" });\nreturn forecast.high;",
    ),
    ("syntax", "const cities = await weather.listCities(;"),
];

const UNCHECKED: [(&str, &str); 5] = [
    (
        "wrong argument at run time",
        "await tasks.add({ title: \"a\" });\nfunction high(city: any) {\n  return weather.getForecast({ city });\n}\nreturn await high(5);",
    ),
    (
        "unknown tool at run time",
        "return await tasks.remove({ id: 1 });",
    ),
    (
        "failed tool",
        "for (const title of [\"a\", \"b\", \"c\"]) await tasks.add({ title });\nconsole.log(\"added\");\nawait tasks.archive();",
    ),
    (
        "value and log",
        "console.log(\"cities\");\nconsole.warn({ careful: true });\nreturn await weather.listCities();",
    ),
    ("nothing", "const cities = await weather.listCities();"),
];

fn told(script: &str, outcome: &Outcome) -> String {
    let office = Office::new();
    let report = Report::new(outcome, script, Some(&office.catalogue));
    format!("{}\n", report.for_model(500))
}

#[tokio::test]
async fn each_kind_of_outcome_has_its_golden_report() {
    let mut all = String::new();
    let checked = Sandbox::builder()
        .tools(ToolSet::empty())
        .host(Arc::new(Office::new()))
        .checker(Checker::find().unwrap())
        .build()
        .unwrap();
    for (name, script) in CHECKED {
        let outcome = checked.run(script).await;
        writeln!(all, "=== {name}\n{script}\n---\n{}", told(script, &outcome)).unwrap();
    }
    for (name, script) in UNCHECKED {
        let outcome = Office::sandbox().run(script).await;
        writeln!(all, "=== {name}\n{script}\n---\n{}", told(script, &outcome)).unwrap();
    }
    assert_golden("reports.txt", &all);
}

/// A tool that never answers.
struct Silence(Catalogue);

impl ToolHost for Silence {
    fn catalogue(&self) -> &Catalogue {
        &self.0
    }

    fn call(&self, index: usize, _call: CallContext, _input: String) -> HostedCall {
        Box::pin(async move {
            if index == 0 {
                return Ok("1".to_owned());
            }
            std::future::pending().await
        })
    }
}

#[tokio::test]
async fn a_timeout_names_its_limit_and_the_calls_that_were_pending() {
    let tools = serde_json::json!([
        { "namespace": "a", "name": "quick", "output": true },
        { "namespace": "a", "name": "silent", "output": true },
    ]);
    let catalogue = Catalogue::from_tools(serde_json::from_value(tools).unwrap());
    let sandbox = Sandbox::builder()
        .tools(ToolSet::empty())
        .host(Arc::new(Silence(catalogue)))
        .limits(Limits {
            wall_time: Duration::from_millis(1_500),
            ..Limits::default()
        })
        .build()
        .unwrap();
    let script = "await a.quick();\nawait a.silent();";
    let outcome = sandbox.run(script).await;
    let pending: Vec<bool> = outcome.calls.iter().map(|call| call.pending).collect();
    assert_eq!(pending, [false, true]);
    let text = Report::new(&outcome, script, None).for_model(500);
    for part in [
        "error[timeout]: the script ran longer than its limit of 1.5s",
        "s in a.silent, ",
        "Not finished: a.silent.",
        "Tool calls made: a.quick ok, a.silent pending",
    ] {
        assert!(text.contains(part), "`{part}` isn't in:\n{text}");
    }
}
