//! Rule files and calls, and what comes of them.

use serde_json::json;

use super::decide::{Action, Call, decide};
use super::policy_file::arguments;
use super::*;
use crate::tool::annotations::Annotations;
use crate::tool::source::ToolSource;
use crate::{Catalogue, ToolInfo, exact};

fn policy(text: &str) -> PolicyFile {
    PolicyFile::parse("policy.toml", text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

/// What becomes of a call, and which rule says so: `allow 1`, `ask -`.
fn verdict(policy: &PolicyFile, question: &PolicyQuestion<'_>) -> String {
    let arguments = arguments(question.arguments);
    let verdict = decide(
        policy.rules(),
        &Call {
            tool: question.tool,
            annotations: question.annotations,
            source: question.source,
            arguments: arguments.as_ref(),
        },
    );
    let action = match verdict.action {
        Action::Allow => "allow",
        Action::Deny(_) => "deny",
        Action::Ask(_) => "ask",
    };
    let rule = verdict
        .rule
        .map_or("-".to_owned(), |rule| rule.number.to_string());
    let limits = verdict
        .limits
        .iter()
        .map(|(rule, limit)| format!(" after {}: {limit}", rule.number));
    format!("{action} {rule}{}", limits.collect::<String>())
}

#[test]
fn the_first_rule_that_fits_decides() {
    let policy = policy(
        r#"
        default = "ask"
        [[rules]]
        tools = "mail.send"
        deny = "no mail"
        [[rules]]
        tools = ["mail.*", "*.get*"]
        allow = true
        [[rules]]
        tools = "mail.drop"
        deny = "never reached"
        "#,
    );
    for (tool, expected) in [
        ("mail.send", "deny 1"),
        ("mail.list", "allow 2"),
        ("mail.drop", "allow 2"),
        ("files.getAll", "allow 2"),
        ("files.drop", "ask -"),
        ("mails.send", "ask -"),
    ] {
        assert_eq!(
            verdict(&policy, &PolicyQuestion::new(tool, "{}")),
            expected,
            "{tool}"
        );
    }
}

#[test]
#[allow(clippy::too_many_lines, reason = "a table")]
fn a_condition_holds_for_what_it_says_and_for_nothing_else() {
    // What stands in `where`, what it holds for, and what it doesn't.
    let cases: &[(&str, &[&str], &[&str])] = &[
        (
            "a = 'x'",
            &[r#"{"a":"x"}"#],
            &[
                r#"{"a":"X"}"#,
                r#"{"a":["x"]}"#,
                "{}",
                "",
                "null",
                r#""x""#,
                r#"[{"a":"x"}]"#,
            ],
        ),
        (
            "a = 1",
            &[r#"{"a":1}"#, r#"{"a":1.0}"#],
            &[r#"{"a":"1"}"#, r#"{"a":1.5}"#, r#"{"a":true}"#],
        ),
        (
            "a = true",
            &[r#"{"a":true}"#],
            &[r#"{"a":false}"#, r#"{"a":1}"#],
        ),
        (
            "a = ['x', 2]",
            &[r#"{"a":"x"}"#, r#"{"a":2}"#],
            &[r#"{"a":["x",2]}"#, "{}"],
        ),
        (
            "a = { equals = ['x', 2] }",
            &[r#"{"a":["x",2]}"#],
            &[r#"{"a":"x"}"#, r#"{"a":[2,"x"]}"#],
        ),
        (
            "a = { equals = { b = 1 } }",
            &[r#"{"a":{"b":1}}"#],
            &[r#"{"a":{"b":1,"c":2}}"#, r#"{"a":{}}"#],
        ),
        (
            "a = { one_of = ['x'] }",
            &[r#"{"a":"x"}"#],
            &[r#"{"a":"y"}"#],
        ),
        (
            "a = { prefix = '/tmp/' }",
            &[r#"{"a":"/tmp/x"}"#, r#"{"a":"/tmp/"}"#],
            &[r#"{"a":"/tmp"}"#, r#"{"a":"x/tmp/"}"#, r#"{"a":1}"#],
        ),
        (
            "a = { suffix = '.de' }",
            &[r#"{"a":"x.de"}"#],
            &[r#"{"a":"x.de "}"#, r#"{"a":[".de"]}"#],
        ),
        (
            "a = { matches = '[a-z]+' }",
            &[r#"{"a":"abc"}"#],
            &[
                r#"{"a":"abc1"}"#,
                r#"{"a":"1abc"}"#,
                r#"{"a":"abc\n"}"#,
                r#"{"a":""}"#,
                r#"{"a":1}"#,
            ],
        ),
        (
            "a = { matches = 'x|y' }",
            &[r#"{"a":"x"}"#, r#"{"a":"y"}"#],
            &[r#"{"a":"xz"}"#, r#"{"a":"zy"}"#],
        ),
        (
            "a = { less = 10 }",
            &[r#"{"a":9}"#, r#"{"a":9.99}"#, r#"{"a":-1}"#],
            &[r#"{"a":10}"#, r#"{"a":"9"}"#, r#"{"a":null}"#, "{}"],
        ),
        (
            "a = { at_most = 10 }",
            &[r#"{"a":10}"#, r#"{"a":10.0}"#],
            &[r#"{"a":10.1}"#, r#"{"a":1e300}"#],
        ),
        (
            "a = { greater = 0.5 }",
            &[r#"{"a":1}"#],
            &[r#"{"a":0.5}"#, r#"{"a":0}"#],
        ),
        (
            "a = { at_least = 1, less = 3 }",
            &[r#"{"a":1}"#, r#"{"a":2}"#],
            &[r#"{"a":0}"#, r#"{"a":3}"#],
        ),
        (
            "a = { prefix = 'x', suffix = 'z' }",
            &[r#"{"a":"xyz"}"#],
            &[r#"{"a":"xy"}"#, r#"{"a":"yz"}"#],
        ),
        (
            "a = { present = true }",
            &[r#"{"a":0}"#, r#"{"a":""}"#, r#"{"a":[]}"#],
            &[r#"{"a":null}"#, r#"{"b":0}"#, ""],
        ),
        (
            "a = { present = false }",
            &["{}", r#"{"a":null}"#],
            &[r#"{"a":false}"#],
        ),
        (
            "a = { absent = true }",
            &["{}", r#"{"a":null}"#, ""],
            &[r#"{"a":0}"#],
        ),
        ("a = { absent = false }", &[r#"{"a":0}"#], &["{}"]),
        (
            "'a.b' = 1",
            &[r#"{"a":{"b":1}}"#],
            &[r#"{"a.b":1}"#, r#"{"a":1}"#, r#"{"a":null}"#, r#"{"b":1}"#],
        ),
        (r"'a\.b' = 1", &[r#"{"a.b":1}"#], &[r#"{"a":{"b":1}}"#]),
        (
            "'a.1' = 'x'",
            &[r#"{"a":["y","x"]}"#, r#"{"a":{"1":"x"}}"#],
            &[r#"{"a":["x"]}"#, r#"{"a":"yx"}"#],
        ),
        (
            "'a.*' = 'x'",
            &[r#"{"a":["x"]}"#, r#"{"a":["x","x"]}"#],
            &[
                r#"{"a":["x","y"]}"#,
                r#"{"a":[]}"#,
                r#"{"a":"x"}"#,
                r#"{"a":["x",null]}"#,
            ],
        ),
        (
            "'a.*.b' = { suffix = '@x' }",
            &[r#"{"a":[{"b":"1@x"},{"b":"2@x"}]}"#],
            &[r#"{"a":[{"b":"1@x"},{}]}"#, r#"{"a":[{"b":"1@y"}]}"#],
        ),
        (
            "'a.b' = { absent = true }",
            &["{}", r#"{"a":{}}"#, r#"{"a":1}"#],
            &[r#"{"a":{"b":1}}"#],
        ),
        (
            "a = 1, b = 2",
            &[r#"{"a":1,"b":2}"#],
            &[r#"{"a":1}"#, r#"{"b":2}"#],
        ),
    ];
    for (conditions, holds, others) in cases {
        let policy = policy(&format!(
            "default = 'deny'\n[[rules]]\ntools = '*'\nwhere = {{ {conditions} }}\nallow = true"
        ));
        for (inputs, expected) in [(holds, "allow 1"), (others, "deny -")] {
            for input in *inputs {
                assert_eq!(
                    verdict(&policy, &PolicyQuestion::new("a.b", input)),
                    expected,
                    "{conditions}: {input}"
                );
            }
        }
    }
}

#[test]
fn bytes_are_there_and_nothing_else_and_bigints_are_numbers() {
    let marked =
        r#"~{"id":"\u0000n18446744073709551615","file":"\u0000bAQI=","text":"\u0000s\u0000n1"}"#;
    let plain = exact::unmark(marked);
    for (conditions, holds) in [
        ("id = { greater = 9007199254740993 }", true),
        ("id = { less = 9007199254740993 }", false),
        ("id = '18446744073709551615'", false),
        ("file = { present = true }", true),
        ("file = { prefix = 'A' }", false),
        ("file = 'AQI='", false),
        (r#"text = "\u0000n1""#, true),
    ] {
        let policy = policy(&format!(
            "default = 'deny'\n[[rules]]\ntools = '*'\nwhere = {{ {conditions} }}\nallow = true"
        ));
        let expected = if holds { "allow 1" } else { "deny -" };
        assert_eq!(
            verdict(&policy, &PolicyQuestion::new("a.b", &plain)),
            expected,
            "{conditions}"
        );
    }
    let big = PolicyFile::parse(
        "policy.json",
        r#"{ "default": "deny", "rules": [{ "tools": "*", "where": { "id": 18446744073709551615 }, "allow": true }] }"#,
    );
    assert_eq!(
        verdict(&big.unwrap(), &PolicyQuestion::new("a.b", &plain)),
        "allow 1"
    );
}

#[test]
fn what_a_function_leaves_open_counts_as_the_worse() {
    let said = |text: &str| Annotations::from_mcp(&serde_json::from_str(text).unwrap());
    for (annotations, fitting, others) in [
        (
            "read_only = true",
            &[r#"{"readOnlyHint":true}"#][..],
            &["{}", r#"{"readOnlyHint":false}"#][..],
        ),
        (
            "read_only = false",
            &["{}", r#"{"readOnlyHint":false}"#],
            &[r#"{"readOnlyHint":true}"#],
        ),
        (
            "destructive = true",
            &["{}", r#"{"destructiveHint":true}"#],
            &[r#"{"destructiveHint":false}"#, r#"{"readOnlyHint":true}"#],
        ),
        (
            "destructive = false",
            &[r#"{"destructiveHint":false}"#],
            &["{}"],
        ),
        (
            "idempotent = true",
            &[r#"{"idempotentHint":true}"#],
            &["{}"],
        ),
        (
            "open_world = true",
            &["{}", r#"{"openWorldHint":true}"#],
            &[r#"{"openWorldHint":false}"#],
        ),
        (
            "open_world = false, read_only = true",
            &[r#"{"openWorldHint":false,"readOnlyHint":true}"#],
            &[r#"{"openWorldHint":false}"#],
        ),
    ] {
        let policy = policy(&format!(
            "default = 'deny'\n[[rules]]\ntools = '*'\nannotations = {{ {annotations} }}\nallow = true"
        ));
        for (hints, expected) in [(fitting, "allow 1"), (others, "deny -")] {
            for hint in hints {
                let call = PolicyQuestion {
                    annotations: said(hint),
                    ..PolicyQuestion::new("a.b", "")
                };
                assert_eq!(verdict(&policy, &call), expected, "{annotations}: {hint}");
            }
        }
    }
}

#[test]
fn a_rule_can_be_about_where_functions_come_from() {
    for (source, expected) in [
        ("source = 'mcp'", ["deny -", "allow 1", "deny -", "allow -"]),
        (
            "source = ['rust', 'openapi']",
            ["allow 1", "deny -", "allow 1", "allow -"],
        ),
        (
            "source = 'world'",
            ["deny -", "deny -", "deny -", "allow 1"],
        ),
        // A script's own world is meant only where it is named.
        ("", ["allow 1", "allow 1", "allow 1", "allow -"]),
    ] {
        let policy = policy(&format!(
            "default = 'deny'\n[[rules]]\ntools = '*'\n{source}\nallow = true"
        ));
        let found = ToolSource::ALL.map(|source| {
            verdict(
                &policy,
                &PolicyQuestion {
                    source,
                    ..PolicyQuestion::new("a.b", "")
                },
            )
        });
        assert_eq!(found, expected, "{source}");
    }
}

#[test]
fn the_default_decides_where_no_rule_does() {
    for (default, unsaid, read_only) in [
        ("allow", "allow -", "allow -"),
        ("deny", "deny -", "deny -"),
        ("ask", "ask -", "ask -"),
        ("ask-changes", "ask -", "allow -"),
    ] {
        let policy = policy(&format!("default = '{default}'"));
        let call = PolicyQuestion::new("a.b", "");
        assert_eq!(verdict(&policy, &call), unsaid, "{default}");
        let annotations = Annotations {
            read_only: Some(true),
            ..Annotations::NONE
        };
        assert_eq!(
            verdict(
                &policy,
                &PolicyQuestion {
                    annotations,
                    ..call
                }
            ),
            read_only,
            "{default}"
        );
    }
}

#[test]
fn a_limit_lets_the_next_rules_decide() {
    let policy = policy(
        r#"
        default = "allow"
        [[rules]]
        tools = "*"
        limit = { calls = 1, per = "run" }
        [[rules]]
        tools = "a.*"
        where = { x = 1 }
        limit = { calls = 20, per = "hour" }
        [[rules]]
        tools = "a.b"
        ask = "Sure?"
        "#,
    );
    for (tool, input, expected) in [
        (
            "a.b",
            r#"{"x":1}"#,
            "ask 3 after 1: 1 call a run after 2: 20 calls an hour",
        ),
        ("a.b", r#"{"x":2}"#, "ask 3 after 1: 1 call a run"),
        ("b.b", r#"{"x":1}"#, "allow - after 1: 1 call a run"),
    ] {
        assert_eq!(
            verdict(&policy, &PolicyQuestion::new(tool, input)),
            expected
        );
    }
}

#[test]
fn an_argument_that_cannot_be_read_meets_no_condition_and_gets_past_none() {
    let policy = policy(
        r#"
        default = "allow"
        [[rules]]
        tools = "a.*"
        where = { x = 1 }
        deny = "not this one"
        "#,
    );
    for (tool, input, expected) in [
        ("a.b", "{\"x\":", "deny 1"),
        ("a.b", "{}", "allow -"),
        ("b.b", "{\"x\":", "allow -"),
    ] {
        assert_eq!(
            verdict(&policy, &PolicyQuestion::new(tool, input)),
            expected,
            "{tool} {input}"
        );
    }
}

#[test]
fn the_same_file_in_json_is_the_same_policy() {
    let toml = r#"
        default = "ask-changes"
        [[rules]]
        name = "our own people"
        tools = ["mail.send", "mail.draft"]
        source = ["mcp", "rust"]
        annotations = { read_only = false }
        where = { "to.*" = { suffix = "@example.com" }, size = { at_most = 1.5 }, kind = ["a", "b"] }
        allow = true
        [[rules]]
        tools = "*"
        limit = { calls = 3, per = "session" }
        [[rules]]
        tools = "mail.*"
        deny = "no"
        [[rules]]
        tools = "*"
        ask = "Sure?"
    "#;
    let json = json!({
        "$schema": "https://example.com/policy.schema.json",
        "default": "ask-changes",
        "rules": [
            {
                "name": "our own people",
                "tools": ["mail.send", "mail.draft"],
                "source": ["mcp", "rust"],
                "annotations": { "read_only": false },
                "where": { "to.*": { "suffix": "@example.com" }, "size": { "at_most": 1.5 }, "kind": ["a", "b"] },
                "allow": true,
            },
            { "tools": "*", "limit": { "calls": 3, "per": "session" } },
            { "tools": "mail.*", "deny": "no" },
            { "tools": "*", "ask": "Sure?" },
        ],
    });
    let json = PolicyFile::parse("policy.json", &json.to_string()).unwrap();
    let debug = |policy: &PolicyFile| {
        let text = format!("{:?}", policy.rules());
        // Only the lines differ.
        regex::Regex::new("line: [0-9]+")
            .unwrap()
            .replace_all(&text, "line")
            .into_owned()
    };
    assert_eq!(debug(&policy(toml)), debug(&json));
}

#[test]
fn an_explanation_has_the_verdict_first_and_then_why_no_other_rule_decides() {
    let policy = policy(
        r#"default = "ask"
[[rules]]
tools = "files.*"
allow = true
[[rules]]
tools = "mail.*"
source = "mcp"
allow = true
[[rules]]
tools = "mail.*"
annotations = { read_only = true }
allow = true
[[rules]]
tools = "mail.*"
limit = { calls = 5, per = "run" }
[[rules]]
name = "our own people"
tools = "mail.send"
where = { to = { suffix = "@example.com" }, size = { less = 10, greater = 1 } }
allow = true
[[rules]]
tools = "mail.send"
deny = "mail goes to our own people only"
[[rules]]
tools = "*"
allow = true
"#,
    );
    let call = PolicyQuestion::new("mail.send", r#"{"to":"eve@example.org"}"#);
    assert_eq!(
        policy.explain(&call),
        "denied by rule 6: mail goes to our own people only
  line 2: rule 1 doesn't fit: it is about other functions
  line 5: rule 2 doesn't fit: it is about functions that come from elsewhere
  line 9: rule 3 doesn't fit: it is about functions that are `read_only`
  line 13: rule 4 fits, and lets 5 calls a run go on
  line 16: rule 5 (our own people) doesn't fit: it is about calls in which `to` ends with \"@example.com\"
  line 21: rule 6 decides
"
    );
    let call = PolicyQuestion::new("mail.send", r#"{"to":"ada@example.com","size":10}"#);
    let explanation = policy.explain(&call);
    let expected = "it is about calls in which `size` is less than 10 and is greater than 1";
    assert!(explanation.contains(expected), "{explanation}");
}

#[test]
#[allow(clippy::too_many_lines, reason = "a table")]
fn mistakes_are_told_with_their_lines_and_with_what_to_write() {
    let rule =
        |text: &str| format!("default = 'deny'\n[[rules]]\ntools = '*'\nallow = true\n{text}");
    let condition = |text: &str| rule(&format!("where = {{ {text} }}"));
    let only = |text: &str| format!("default = 'deny'\n[[rules]]\n{text}");
    let cases = [
        (
            String::new(),
            "1: say what becomes of calls that no rule decides: `default = \"ask-changes\"`, or \"allow\", \"deny\" or \"ask\"",
        ),
        (
            "default = 'asks'".to_owned(),
            "1: say what becomes of calls that no rule decides: `default = \"ask-changes\"`, or \"allow\", \"deny\" or \"ask\"",
        ),
        (
            "default = true".to_owned(),
            "1: `default` is a text: write it in double quotes",
        ),
        (
            "default = 'deny'\nrule = 1".to_owned(),
            "2: a policy has no `rule`: write `rules`",
        ),
        (
            "default = 'deny'\n[rules]\ntools = '*'".to_owned(),
            "2: `rules` is a list: write `[[rules]]` above each rule, or in JSON `[{ … }]`",
        ),
        (
            "default = 'deny'\n[[rules]".to_owned(),
            "2: this isn't TOML: unclosed array table, expected `]`",
        ),
        (
            "default = 'deny'\ndefault = 'allow'".to_owned(),
            "2: this isn't TOML: duplicate key",
        ),
        (
            rule("tool = 'a.b'"),
            "5: a rule has no `tool`: write `tools`",
        ),
        (
            rule("unless = 'a.b'"),
            "5: a rule has no `unless`; there is `name`, `tools`, `source`, `annotations`, `where`, `allow`, `deny`, `ask` and `limit`",
        ),
        (
            rule("name = ''"),
            "5: `name` is a text with something in it",
        ),
        (
            rule("deny = 'no'"),
            "5: a rule says one thing: make two of it, or leave `allow` or `deny` out",
        ),
        (
            rule("source = 'http'"),
            "5: there is no source \"http\": write one of \"rust\", \"mcp\", \"openapi\", \"world\"",
        ),
        (
            rule("source = []"),
            "5: `source` names none: leave it out for all",
        ),
        (
            rule("annotations = { readonly = true }"),
            "5: `annotations` has no `readonly`: write `read_only`",
        ),
        (
            rule("annotations = { read_only = 'yes' }"),
            "5: `read_only` is true or false, without quotes",
        ),
        (
            rule("annotations = 'read_only'"),
            "5: `annotations` is a table with `read_only`, `destructive`, `idempotent` and `open_world`",
        ),
        (
            rule("where = 'to'"),
            "5: `where` names arguments: write `where = { to = { suffix = \"@example.com\" } }`",
        ),
        (
            only("allow = true"),
            "2: say which functions the rule is about: `tools = \"mail.*\"`, a list of such, or \"*\" for all",
        ),
        (
            only("tools = []\nallow = true"),
            "3: `tools` names none: write a function as in `mail.send`, or `*` for all",
        ),
        (
            only("tools = ['a.b',\n 'mail']\nallow = true"),
            "4: `mail` names no function: write `mail.*` for all of a namespace",
        ),
        (
            only("tools = 1\nallow = true"),
            "3: `tools` is a text: write it in double quotes",
        ),
        (
            only("tools = '*'"),
            "2: say in each rule what becomes of the call: `allow = true`, `deny = \"why\"`, `ask = \"question\"` or `limit = { calls = 10, per = \"run\" }`",
        ),
        (
            only("tools = '*'\nallow = false"),
            "4: write `deny = \"why\"` for what isn't allowed",
        ),
        (
            only("tools = '*'\ndeny = true"),
            "4: `deny` is the reason, which the script's author reads: write `deny = \"why\"`",
        ),
        (
            only("tools = '*'\nask = ' '"),
            "4: `ask` is the question, which a person reads: write `ask = \"question\"`",
        ),
        (
            only("tools = '*'\nlimit = 3"),
            "4: `limit` is a table with `calls` and `per`",
        ),
        (
            only("tools = '*'\nlimit = { calls = 3 }"),
            "4: say in what calls are counted: `per = \"run\"`, \"session\" or \"hour\"",
        ),
        (
            only("tools = '*'\nlimit = { per = 'run' }"),
            "4: say how many calls there may be: `limit = { calls = 10, per = \"run\" }`",
        ),
        (
            only("tools = '*'\nlimit = { calls = 0, per = 'run' }"),
            "4: no call at all is `deny = \"why\"`",
        ),
        (
            only("tools = '*'\nlimit = { calls = 1.5, per = 'run' }"),
            "4: `calls` is a whole number from 1 to 1000000",
        ),
        (
            only("tools = '*'\nlimit = { calls = 1, per = 'day' }"),
            "4: calls are counted per \"run\", per \"session\" or per \"hour\"",
        ),
        (
            condition("a = {}"),
            "5: say what `a` has to be, as in `a = { prefix = \"a\" }`",
        ),
        (
            condition("a = []"),
            "5: no value is one of none: write the values of `a` into the list",
        ),
        (
            condition("a = { one_of = 'x' }"),
            "5: `one_of` is a list of values",
        ),
        (
            condition("a = { starts = 'x' }"),
            "5: an argument can't be asked for `starts`; there is `equals`, `one_of`, `prefix`, `suffix`, `matches`, `less`, `at_most`, `greater`, `at_least`, `present` and `absent`",
        ),
        (
            condition("a = { prefixes = 'x' }"),
            "5: an argument can't be asked for `prefixes`: write `prefix`",
        ),
        (
            condition("a = { b = { prefix = 'x' } }"),
            "5: write the way to an argument within another in quotes: `\"a.b\"`",
        ),
        (
            condition("'a..b' = 1"),
            "5: `a..b` is no way to an argument: write names with dots between them, as in `message.to`",
        ),
        (
            condition("a = { prefix = '' }"),
            "5: every text has an empty `prefix`: write at least one letter",
        ),
        (
            condition("a = { less = '1' }"),
            "5: `less` is a number, without quotes",
        ),
        (
            condition("a = { present = 1 }"),
            "5: `present` is true or false, without quotes",
        ),
        (
            condition("a = { matches = '[a' }"),
            "5: `matches` isn't a regular expression: unclosed character class",
        ),
        (
            condition("a = { matches = 'a)|(b' }"),
            "5: `matches` isn't a regular expression: unopened group",
        ),
        (
            condition("a = { matches = '(\\w{999}){999}' }"),
            "5: `matches` isn't a regular expression: it is too large: repeat less in it",
        ),
        (
            condition("a = 2026-01-01"),
            "5: this is a date, which no argument can be: write a text",
        ),
        (
            condition("a = inf"),
            "5: this is no finite number, which no argument can be: write a text",
        ),
        (
            only("tools = 'mail'\ndeny = 1\nlimits = 2"),
            "3: `mail` names no function: write `mail.*` for all of a namespace
policy.toml:4: `deny` is the reason, which the script's author reads: write `deny = \"why\"`
policy.toml:5: a rule has no `limits`: write `limit`",
        ),
    ];
    for (text, expected) in cases {
        let error = PolicyFile::parse("policy.toml", &text).unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("policy.toml:{expected}"),
            "{text}"
        );
    }
}

#[test]
fn mistakes_in_json_have_their_lines_too() {
    let deep = format!("{{\"default\":\n{}1{}}}", "[".repeat(100), "]".repeat(100));
    for (text, expected) in [
        ("", "1: this isn't JSON: EOF while parsing a value"),
        (
            "{\n\"default\": \"deny\",\n}",
            "3: this isn't JSON: key must be a string",
        ),
        (
            "[]",
            "1: a policy is a table with `$schema`, `default` and `rules`",
        ),
        (
            "{\"default\": \"deny\",\n\"default\": \"allow\"}",
            "2: `default` is given twice: leave one out",
        ),
        (
            "{\"default\": \"deny\", \"rules\": [\n{\"tools\": \"*\",\n\"where\": {\"a\": null},\n\"allow\": true}]}",
            "3: `null` is no value here: write `{ \"absent\": true }`",
        ),
        (&deep, "2: this is nested deeper than 32 levels"),
    ] {
        let error = PolicyFile::parse("policy.JSON", text).unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("policy.JSON:{expected}"),
            "{text}"
        );
    }
}

#[test]
fn a_file_is_read_by_its_name_and_one_that_cannot_be_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("p.json");
    std::fs::write(&path, r#"{ "default": "deny" }"#).unwrap();
    assert!(PolicyFile::read(&path).unwrap().is_empty());
    std::fs::write(&path, " ".repeat(1 << 21)).unwrap();
    let name = path.display();
    let expected =
        format!("can't read {name}: it has 2097152 bytes, more than the 1048576 of a policy");
    assert_eq!(PolicyFile::read(&path).unwrap_err().to_string(), expected);
    let missing = folder.path().join("none.toml");
    let error = PolicyFile::read(&missing).unwrap_err().to_string();
    assert!(
        error.starts_with(&format!("can't read {}: ", missing.display())),
        "{error}"
    );
}

#[test]
fn what_is_always_denied_is_not_declared_and_what_is_asked_about_says_so() {
    // The rules, and what becomes of `a.b`, which takes `x`: left out, or its docs.
    for (rules, docs) in [
        ("default = 'allow'", Some("Does.")),
        ("default = 'deny'", None),
        (
            "default = 'ask'",
            Some("Does.\n\nA person is asked before each call."),
        ),
        (
            "default = 'ask-changes'",
            Some("Does.\n\nA person is asked before each call."),
        ),
        (
            "default = 'allow'\n[[rules]]\ntools = 'a.b'\ndeny = 'no'",
            None,
        ),
        (
            "default = 'allow'\n[[rules]]\ntools = 'a.c'\ndeny = 'no'",
            Some("Does."),
        ),
        (
            "default = 'allow'\n[[rules]]\ntools = 'a.*'\nsource = 'mcp'\ndeny = 'no'",
            Some("Does."),
        ),
        (
            "default = 'allow'\n[[rules]]\ntools = 'a.*'\nannotations = { read_only = false }\ndeny = 'no'",
            None,
        ),
        (
            "default = 'allow'\n[[rules]]\ntools = 'a.b'\nwhere = { x = 1 }\ndeny = 'no'",
            Some("Does."),
        ),
        (
            "default = 'deny'\n[[rules]]\ntools = 'a.b'\nwhere = { x = 1 }\ndeny = 'no'",
            None,
        ),
        (
            "default = 'deny'\n[[rules]]\ntools = 'a.b'\nlimit = { calls = 1, per = 'run' }",
            None,
        ),
        (
            "default = 'deny'\n[[rules]]\ntools = 'a.b'\nwhere = { x = 1 }\nallow = true",
            Some("Does."),
        ),
        (
            "default = 'allow'\n[[rules]]\ntools = 'a.b'\nwhere = { x = 1 }\nask = 'Sure?'",
            Some("Does.\n\nA person is asked before some calls."),
        ),
        (
            "default = 'deny'\n[[rules]]\ntools = 'a.b'\nwhere = { x = 1 }\nask = 'Sure?'",
            Some("Does.\n\nA person is asked before each call."),
        ),
        (
            "default = 'allow'\n[[rules]]\ntools = 'a.b'\ndeny = 'no'\n[[rules]]\ntools = 'a.b'\nallow = true",
            None,
        ),
    ] {
        let tool = ToolInfo {
            docs: "Does.".to_owned(),
            ..ToolInfo::bare("a", "b", Some(json!({ "type": "object" })), json!(true))
        };
        let world = ToolInfo {
            source: ToolSource::World,
            ..ToolInfo::bare("$tools", "search", None, json!(true))
        };
        let catalogue = Catalogue::from_tools(vec![world.clone(), tool])
            .without([("c".to_owned(), "starts".to_owned())]);
        let permitted = catalogue.permitted(&policy(rules));
        let found = permitted.tools().iter().find(|tool| tool.namespace == "a");
        assert_eq!(found.map(|tool| &*tool.docs), docs, "{rules}");
        assert!(permitted.tools().contains(&world), "{rules}");
        assert_eq!(permitted.absent().count(), 1);
    }
}
