//! A credential is taken out of whatever comes from a server. A word, a number or a path isn't one, whatever its name is; names
//! of tools and JSON stay what they are; and a user has the last word.

use serde_json::{Value, json};

use crate::support::{HttpServer, configuration, run_script, stdio};

/// What a server tells of its environment, which it was given with more fields in its entry.
fn environment(test: &str, environment: &Value, more: &[(&str, Value)]) -> Value {
    let mut server = stdio("environment.mjs", &[]);
    server["env"] = environment.clone();
    for (name, value) in more {
        server[*name] = value.clone();
    }
    let config = configuration(test, &json!({ "s": server }));
    let script = "return JSON.parse(await s.started() as string).environment;";
    let outcome = run_script(&["--mcp-config", &config], script);
    assert_eq!(outcome["status"], "ok", "{outcome}");
    outcome["value"].clone()
}

#[test]
fn settings_come_through() {
    let settings = json!({
        "MEMORY_FILE_PATH": "/home/me/notes",
        "KEYCLOAK_REALM": "master",
        "AUTH_TYPE": "bearer",
        "MAX_TOKENS": "100000",
        "MAX_OUTPUT_TOKENS": 200_000,
        "TOKEN_FILE": "/run/secrets/token",
        "API_TOKEN": "/run/secrets/token",
        "API_KEY": "public",
        "SECRET_BACKEND": "memory",
        "SESSION_KEY": "issues",
        "KEYBOARD_LAYOUT": "german",
        "AUTHOR": "Rosalind",
        "PRIVATE_MODE": "enabled",
        "PASSWORD": "false",
        "MODEL": "claude-3-5-sonnet-20241022",
        "TENANT_ID": "123e4567-e89b-12d3-a456-426614174000",
        "BASE_URL": "https://api.example/v1?page=10000000",
    });
    let told = environment("settings", &settings, &[]);
    for (name, value) in settings.as_object().unwrap() {
        let value = value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned);
        assert_eq!(told[name], value, "{name}");
    }
}

#[test]
fn credentials_do_not() {
    let token = "f3Kq81LmZx90PaQwE7rT";
    let secret = json!({
        "GITHUB_TOKEN": "swordfish",
        "OPENAI_API_KEY": "correct-horse",
        "DB_PASSWORD": "hunter22",
        "GOOGLE_CREDENTIAL": "a1b2c3",
        "UNSUSPICIOUS": token,
        "UPSTREAM": "postgres://me:tr0ub4dor@db.example/x",
        "HEADERS": "{\"Authorization\": \"Bearer canary-7x9\"}",
    });
    let told = environment("credentials", &secret, &[]);
    for name in [
        "GITHUB_TOKEN",
        "OPENAI_API_KEY",
        "DB_PASSWORD",
        "GOOGLE_CREDENTIAL",
        "UNSUSPICIOUS",
    ] {
        assert_eq!(told[name], "[secret]", "{name}");
    }
    assert_eq!(told["UPSTREAM"], "postgres://[secret]@db.example/x");
    assert_eq!(told["HEADERS"], "{\"Authorization\": \"[secret]\"}");
}

#[test]
fn a_user_has_the_last_word() {
    let variables = json!({ "SHOP": "blue-parrot", "API_KEY": "guest-login-77" });
    let more = [("secrets", json!(["SHOP"])), ("public", json!(["API_KEY"]))];
    let told = environment("told", &variables, &more);
    assert_eq!(told["SHOP"], "[secret]");
    assert_eq!(told["API_KEY"], "guest-login-77");
}

#[test]
fn errors_have_no_credentials_either() {
    let mut server = stdio("environment.mjs", &["--token", "canary-error-1"]);
    server["env"] = json!({ "ACCESS_TOKEN": "canary-error-2" });
    let config = configuration("errors", &json!({ "s": server }));
    for call in ["s.fail()", "s.refuse()"] {
        let outcome = run_script(&["--mcp-config", &config], &format!("return await {call};"));
        let message = outcome["error"]["message"].as_str().unwrap();
        assert!(message.contains("[secret]"), "{call}: {message}");
        assert!(!outcome.to_string().contains("canary-error"), "{outcome}");
    }
}

#[test]
fn tools_keep_their_names_and_json_stays_json() {
    let server = HttpServer::start("headers.mjs", &[]);
    let config = configuration(
        "toolsets",
        &json!({ "s": { "url": server.url("/mcp"), "headers": {
            "Authorization": "Bearer not-a-real-token-0123456789",
            "X-MCP-Toolsets": "issues",
            "X-MCP-Readonly": "context",
            "X-Limit": "100000",
            "X-Tenant": "master",
        } } }),
    );
    let script = r#"
        await s.getContext();
        const told = JSON.parse(await s.listIssues() as string);
        return [told["x-mcp-toolsets"], told["x-mcp-readonly"], told["x-limit"], told["x-tenant"], told.authorization];"#;
    let outcome = run_script(&["--mcp-config", &config], script);
    assert_eq!(
        outcome["value"],
        json!(["issues", "context", "100000", "master", "[secret]"]),
        "{outcome}"
    );
}
