//! What is taken out of what a server sends, and what isn't.

use super::*;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde_json::json;

#[test]
fn secrets_are_taken_out_wherever_they_stand() {
    let mut secrets = Secrets::default();
    secrets.add("Bearer abcdef-123");
    secrets.add("abcdef-123-longer");
    secrets.add("short");
    let mut value = json!({ "abcdef-123": ["x abcdef-123-longer y", 3], "a": "short" });
    secrets.scrub_value(&mut value);
    assert_eq!(
        value,
        json!({ "abcdef-123": ["x [secret] y", 3], "a": "short" })
    );
    assert_eq!(secrets.scrub("Bearer abcdef-123"), "[secret]");
}

#[test]
fn secrets_are_found_however_they_are_passed_on() {
    let cases = [
        (
            "quoted\"back\\slash\nline\u{3}",
            r#"{"TOKEN":"quoted\"back\\slash\nline\u0003"}"#,
        ),
        ("p@ss/wörd+1?&2", "a=p%40ss%2Fw%C3%B6rd%2B1%3F%262&b=3"),
        ("p@ss/wörd+1?&2", "a=p%40ss%2fw%c3%b6rd%2b1%3f%262"),
        ("p@ss/wörd+1?&2", "https://x/p@ss/w%C3%B6rd+1?&2"),
        ("(two words)!", "(two%20words)!"),
        ("(two words)!", "%28two+words%29%21"),
    ];
    for (value, text) in cases {
        let mut secrets = Secrets::default();
        secrets.add(value);
        assert!(secrets.scrub(text).contains(MARK), "{text}");
    }
    let mut secrets = Secrets::default();
    secrets.add("two words");
    assert_eq!(
        secrets.scrub("q=two+words&r=two%20words"),
        "q=[secret]&r=[secret]"
    );
    assert_eq!(
        secrets.scrub_bytes(b"\xff two words".to_vec()),
        b"\xff [secret]"
    );
}

#[test]
fn secrets_are_found_in_base64_whatever_stands_around_them() {
    // Base64 takes three bytes at once, so all depends on lengths.
    for value in ["p@ss/wörd?>", "p@ss/wörd?>1", "p@ss/wörd?>12"] {
        let mut secrets = Secrets::default();
        secrets.add(value);
        for before in ["", "a", "ab", "abc", "user:"] {
            for after in ["", "x", "xy", ":more"] {
                let text = format!("{before}{value}{after}");
                for encoded in [
                    BASE64_STANDARD.encode(&text),
                    BASE64_URL_SAFE_NO_PAD.encode(&text),
                ] {
                    let scrubbed = secrets.scrub(&encoded);
                    assert!(scrubbed.contains(MARK), "{text}: {encoded}");
                    // What is left of it stands in characters that have bits of its neighbours.
                    let neighbours = [before, after].map(|text| BASE64_STANDARD.encode(text).len());
                    let left = scrubbed.len() - MARK.len();
                    assert!(
                        left <= neighbours.iter().sum::<usize>() + 2,
                        "{text}: {scrubbed}"
                    );
                }
            }
        }
    }
}

#[test]
fn a_password_is_known_from_whatever_holds_it() {
    let whole = BASE64_STANDARD.encode("me:open sesame");
    let mut header = Secrets::default();
    header.add(&format!("Basic {whole}"));
    let mut address = Secrets::default();
    address.add_url("https://me:open%20sesame@x.example/?token=a%2Fb%2Fc%2Fd");
    for secrets in [header, address.clone()] {
        for text in [
            whole.as_str(),
            "open sesame",
            "open%20sesame",
            "me:open sesame",
        ] {
            assert_eq!(secrets.scrub(text), MARK, "{text}");
        }
    }
    assert_eq!(
        address.scrub("a/b/c/d a%2Fb%2Fc%2Fd me"),
        "[secret] [secret] me"
    );
    // Too short to be looked for by itself, but not with its user.
    let mut short = Secrets::default();
    short.add_url("https://admin:1234@x.example");
    assert_eq!(short.scrub(&BASE64_STANDARD.encode("admin:1234")), MARK);
    assert_eq!(short.scrub("1234"), "1234");
}

#[test]
fn a_value_of_fewer_than_six_characters_is_no_secret() {
    for (value, expected) in [("a1b2c", "a1b2c"), ("a1b2c3", MARK)] {
        let mut secrets = Secrets::default();
        secrets.add(value);
        assert_eq!(secrets.scrub(value), expected);
    }
}

#[test]
fn json_stays_json() {
    let mut secrets = Secrets::default();
    secrets.add_url("https://x?token=12345678901234567890");
    secrets.add("quoted\"secret");
    for (text, expected) in [
        (
            r#"{"limit":12345678901234567890,"id":"12345678901234567890"}"#,
            r#"{"limit":12345678901234567890,"id":"[secret]"}"#,
        ),
        (r#"[ "12345678901234567890" ]"#, r#"[ "[secret]" ]"#),
        (r#"{ "a": "quoted\"secret" }"#, r#"{ "a": "[secret]" }"#),
        ("limit: 12345678901234567890", "limit: [secret]"),
    ] {
        assert_eq!(secrets.scrub(text), expected);
    }
}

#[test]
fn the_interface_of_a_tool_is_not_scrubbed() {
    let mut secrets = Secrets::default();
    secrets.add("parrot-7");
    let mut listed = json!({
        "name": "parrot-7",
        "title": "parrot-7",
        "description": "Asks parrot-7.",
        "inputSchema": {
            "type": "object",
            "properties": {
                "parrot-7": { "enum": ["parrot-7"], "description": "parrot-7", "default": "parrot-7" },
                "default": { "const": "parrot-7", "title": "parrot-7" },
            },
            "required": ["parrot-7"],
        },
    });
    secrets.scrub_listed(&mut listed);
    assert_eq!(
        listed,
        json!({
            "name": "parrot-7",
            "title": MARK,
            "description": "Asks [secret].",
            "inputSchema": {
                "type": "object",
                "properties": {
                    "parrot-7": { "enum": ["parrot-7"], "description": MARK, "default": MARK },
                    "default": { "const": "parrot-7", "title": MARK },
                },
                "required": ["parrot-7"],
            },
        })
    );
}

/// What is made of these names and values, and what a text is without their secrets.
fn scrubbed(secrets: &mut Secrets, named: &[(&str, &str)], text: &str) -> String {
    for (name, value) in named {
        secrets.add_named(name, value).unwrap();
    }
    secrets.scrub(text).into_owned()
}

#[test]
fn what_a_user_calls_a_secret_or_public_is_that_whatever_its_name_and_its_look() {
    let told = Told::new(
        vec!["Greeting".to_owned(), "UNUSED".to_owned()],
        vec!["API_TOKEN".to_owned()],
    );
    let mut secrets = Secrets::told(told);
    let named = [
        ("GREETING", "localhost"),
        ("greeting", "localhost"),
        ("api_token", "hunter2-a1"),
        ("OTHER_TOKEN", "hunter2-b2"),
    ];
    let text = scrubbed(&mut secrets, &named, "localhost hunter2-a1 hunter2-b2");
    assert_eq!(text, "[secret] hunter2-a1 [secret]");
    assert_eq!(secrets.unmet().collect::<Vec<_>>(), ["UNUSED"]);
    assert_eq!(secrets.told.met, ["GREETING"], "each is met once");
    // A user is told of what can't be done.
    let error = secrets.add_named("GREETING", " a1b2c ").unwrap_err();
    assert!(error.contains("`GREETING`"), "{error}");
    assert_eq!(secrets.scrub("a1b2c"), "a1b2c");
    assert_eq!(secrets.values.len(), 2, "{:?}", secrets.values);
}

#[test]
fn a_value_is_a_secret_by_its_name_unless_it_tells_where_something_is() {
    for (name, value, is_secret) in [
        ("DB_PASSWORD", "sesamsesam", true),
        ("DB_PASSWORD", "/run/secrets/db.txt", false),
        // These names say little, so the value has to look like one.
        ("SESSION", "a7-b7-c7", true),
        ("SESSION", "sesamsesam", false),
        ("SESSION", "/var/run/7.sock", false),
        ("GREETING", "a7-b7-c7", false),
    ] {
        let expected = if is_secret { MARK } else { value };
        let found = scrubbed(&mut Secrets::default(), &[(name, value)], value);
        assert_eq!(found, expected, "{name}");
    }
}

#[test]
fn a_secret_is_found_in_an_argument_of_any_form() {
    const TOKEN: &str = "ghp_16C7e42F292c6912E7710c838347Ae178B4a";
    for (argument, text) in [
        (TOKEN, TOKEN),
        ("Bearer sesamsesam", "sesamsesam"),
        ("X-Api-Key: sesamsesam", "sesamsesam"),
        ("password=sesamsesam", "sesamsesam"),
        ("--password='sesamsesam'", "sesamsesam"),
        ("Server=db;Password=sesamsesam;Timeout=3", "sesamsesam"),
        ("https://x.example/?key=sesamsesam", "sesamsesam"),
        ("postgres://me:sesamsesam@db/x", "sesamsesam"),
        ("https://sesam7sesam@x.example", "sesam7sesam"),
        (
            r#"{ "auth": [{ "password": "sesamsesam" }], "n": 1 }"#,
            "sesamsesam",
        ),
        ("session=a7-b7-c7", "a7-b7-c7"),
    ] {
        let mut secrets = Secrets::default();
        secrets.add_found(argument);
        assert_eq!(secrets.scrub(text), MARK, "{argument}");
    }
    for (argument, text) in [
        ("sesamsesam", "sesamsesam"),
        ("Greeting sesamsesam", "sesamsesam"),
        ("greeting: sesamsesam", "sesamsesam"),
        ("the password: sesamsesam", "sesamsesam"),
        ("password://sesamsesam", "//sesamsesam"),
        ("greeting=sesamsesam", "sesamsesam"),
        ("session=sesamsesam", "sesamsesam"),
        ("password=/run/secrets/db.txt", "/run/secrets/db.txt"),
        ("https://sesamsesam@x.example", "sesamsesam"),
        (
            "https://x.example/ghp_16C7e42F292c6912E7710c83",
            "https://x.example/",
        ),
        (r#"{ "greeting": "sesamsesam" }"#, "sesamsesam"),
    ] {
        let mut secrets = Secrets::default();
        secrets.add_found(argument);
        assert_eq!(secrets.scrub(text), text, "{argument}");
    }
}

#[test]
fn the_parts_of_a_secret_are_secrets_where_they_look_like_that() {
    let [one, other] = ["f3Kq81LmZx90PaQwE7rT", "a8Wq27QmZx15PbRwE9sU"];
    // Signs of equality at an end are base64's.
    let value = format!("{one}, greeting=sesamsesam; {other}==");
    let text = format!("{one} sesamsesam {other}==");
    let named = [("API_TOKENS", value.as_str())];
    let text = scrubbed(&mut Secrets::default(), &named, &text);
    assert_eq!(text, "[secret] sesamsesam [secret]");
}

#[test]
fn the_words_of_every_tool_of_a_list_are_scrubbed() {
    let mut secrets = Secrets::default();
    secrets.add("parrot-7");
    let mut listed = json!({ "anyOf": [{ "title": "parrot-7", "const": "parrot-7" }] });
    secrets.scrub_listed(&mut listed);
    assert_eq!(
        listed,
        json!({ "anyOf": [{ "title": MARK, "const": "parrot-7" }] })
    );
}
