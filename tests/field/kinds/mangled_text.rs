//! A text that was changed on its way, or has something around it, is understood where that is beyond doubt, and else told
//! in one sentence that shows what was found. A script that can be read is never changed.

use serde_json::{Value, json};

use crate::support::run_script;

fn run(text: &str) -> Value {
    run_script(&[], text)
}

#[test]
fn a_script_is_found_in_what_stands_around_it() {
    for (text, value) in [
        (
            "Here is the script:\n\n```ts\nconst fence = \"```\";\nreturn fence.length;\n```\n\nIt returns 3.\n",
            3,
        ),
        (
            "<think>First I look at the tools.</think>\n\n```typescript title=\"script.ts\" {1,3}\nreturn 1;\n```\n",
            1,
        ),
        (
            "<think>\nPerhaps\n```ts\nreturn 0\n```\nor so.\n</think>\n```ts\nreturn 1\n```",
            1,
        ),
        ("<think>Hm.</think>\nreturn 1;", 1),
        ("Hm, so be it.\n</think>\n\nreturn 1;", 1),
        ("~~~tsx\nreturn 2;\n~~~\n", 2),
        (
            "1. Do this:\n\n   ```js\n   const a = 3;\n   return a;\n   ```\n\n2. And look:\n\n   ```json\n   {\"a\": 3}\n   ```\n",
            3,
        ),
        ("- ```ts\n  return 4;\n  ```", 4),
        (
            "<execute_typescript>\nreturn 5;\n</execute_typescript>\n",
            5,
        ),
        (
            "I run it.\n<tool_call>\n<parameter name=\"script\">\nreturn 5;\n</parameter>\n</tool_call>",
            5,
        ),
        ("<code><![CDATA[return 5;]]></code>", 5),
        ("<|python_tag|>return 5;<|eom_id|>", 5),
        ("> ```ts\n> return 6;\n> ```\n", 6),
        ("> return 6;", 6),
        ("```ts\r\nreturn 7;\r\n```\r\n", 7),
        ("````markdown\n```ts\nreturn 8;\n```\n````\n", 8),
        ("'''ts\nreturn 9;\n'''", 9),
    ] {
        let outcome = run(text);
        assert_eq!(outcome["value"], value, "{text}: {outcome}");
        assert_eq!(outcome["checked"], true, "{text}");
    }
}

#[test]
fn places_in_it_are_those_of_the_text() {
    for (text, line, column) in [
        ("<think>Hm. 😀</think> return wrong;", 1, 30),
        ("> ```ts\n> return wrong;\n> ```", 2, 10),
        (
            "<execute_typescript>\n  return wrong;\n</execute_typescript>",
            2,
            10,
        ),
        ("````md\n```ts\nreturn wrong;\n```\n````", 3, 8),
        ("- ```ts\n  return wrong;\n  ```", 2, 10),
    ] {
        let outcome = run(text);
        let problem = &outcome["error"]["diagnostics"][0];
        assert_eq!(
            (&problem["line"], &problem["column"]),
            (&json!(line), &json!(column)),
            "{text}: {outcome}"
        );
    }
}

#[test]
#[allow(clippy::too_many_lines, reason = "most of it is a table")]
fn what_happened_to_a_text_is_told_in_one_sentence() {
    for (text, words, line, column) in [
        (
            "const a = [1].filter((n) =&gt; n &lt; 3 &amp;&amp; n &gt; 0);\nreturn a",
            "`&gt;` stands here in place of `>`",
            1,
            27,
        ),
        (
            "const q = &quot;a&quot;;\nreturn q",
            "`&quot;` stands here",
            1,
            11,
        ),
        (
            "```ts\nreturn [1].map((n) =&gt; n)\n```",
            "`&gt;` stands here",
            2,
            21,
        ),
        (
            "const a = 1;\\nconst b = 2;\\nreturn a + b;",
            "`\\n` stands here in place of the end of a line",
            1,
            13,
        ),
        (
            "return JSON.stringify({ text: \\\"a\\\" })",
            "`\\\"` stands here in place of `\"`",
            1,
            31,
        ),
        (
            "// Adds.\\nconst a = 1;\\nreturn a;",
            "`\\n` stands in place of the ends of its lines",
            1,
            1,
        ),
        (
            "// Adds. const a = 1; return a;",
            "all of this is a comment",
            1,
            1,
        ),
        (
            "/* const a = 1; return a; */",
            "all of this is a comment",
            1,
            1,
        ),
        (
            "{\"script\": \"const a = 1;\\nreturn a;\"}",
            "inside of it as `script`",
            1,
            1,
        ),
        (
            "{\"code\": \"return await f()\"}",
            "inside of it as `code`",
            1,
            1,
        ),
        (
            "{\"code\": \"const a = 1;\nreturn a;\"}",
            "inside of it as `code`",
            1,
            1,
        ),
        (
            "{\"name\": \"run\", \"arguments\": {\"code\": \"return 1\"}}",
            "inside of it as `code`",
            1,
            1,
        ),
        (
            "```json\n{\"code\": \"const a = 4;\\nreturn a;\"}\n```\n",
            "inside of it as `code`",
            1,
            1,
        ),
        ("\"const a = 1;\\nreturn a;\"", "one text in quotes", 1, 1),
        ("return “a”", "`“` is no character of code", 1, 8),
        (
            "1 | const a = 1;\n2 | return a;",
            "begins with its number",
            1,
            1,
        ),
        (
            "     1\tconst a = 1;\n     2\t\n     3\treturn a;",
            "begins with its number",
            1,
            1,
        ),
        (
            "+const a = 1;\n+\n+return a;",
            "each line begins with `+`",
            1,
            1,
        ),
        (
            "--- a/x\n+++ b/x\n@@ -1 +1 @@\n-return 1\n+return 2",
            "patch",
            2,
            1,
        ),
    ] {
        let outcome = run(text);
        assert_eq!(outcome["error"]["kind"], "syntax", "{text}: {outcome}");
        let problems = outcome["error"]["diagnostics"].as_array().unwrap();
        assert_eq!(problems.len(), 1, "{text}: {outcome}");
        let message = problems[0]["message"].as_str().unwrap();
        assert!(message.contains(words), "{text}: {message}");
        assert_eq!(
            (&problems[0]["line"], &problems[0]["column"]),
            (&json!(line), &json!(column)),
            "{text}: {message}"
        );
    }
}

#[test]
fn what_can_be_read_stays_what_it_is() {
    for (text, value) in [
        (
            "return \"&lt;b&gt; &amp;&amp; =&gt;\"",
            json!("&lt;b&gt; &amp;&amp; =&gt;"),
        ),
        (
            "const c = { \"&\": \"&amp;\" }; return c[\"&\"]",
            json!("&amp;"),
        ),
        ("return 'a\\nb\\\"c'", json!("a\nb\"c")),
        ("return `<think>${1}</think>`", json!("<think>1</think>")),
        ("return `\n> quoted\n`", json!("\n> quoted\n")),
        (
            "{ \"code\": \"abc\", \"script\": \"x\" }",
            json!({ "code": "abc", "script": "x" }),
        ),
        ("'a sentence'", json!("a sentence")),
        ("// Adds.\n1 + 1 // two", json!(2)),
        ("return \"“quoted”\"", json!("“quoted”")),
        ("+1\n+2", json!(3)),
        ("1\n2", json!(2)),
    ] {
        let outcome = run(text);
        assert_eq!(outcome["value"], value, "{text}: {outcome}");
    }
}
