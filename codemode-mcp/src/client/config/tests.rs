//! Configurations as people have them.

use super::*;

fn parsed(entry: &str) -> Result<ServerConfig, String> {
    let text = format!("{{ \"mcpServers\": {{ \"it\": {entry} }} }}");
    let variable = |name: &str| match name {
        "HOME" => Some("/home/me".to_owned()),
        "API_TOKEN" => Some("canary-12345".to_owned()),
        _ => None,
    };
    let config = McpConfig::parse(&text, None, &variable).unwrap();
    config.into_servers().next().unwrap().1
}

#[test]
fn variables_are_put_in_their_places() {
    let entry = r#"{ "command": "${HOME}/bin/x", "args": ["${NOTHING:-a b}", "$HOME", "${env:HOME}", "${NOTHING-c:d}"],
                     "env": { "KEY": "${API_TOKEN}!" }, "cwd": "${HOME}" }"#;
    let Ok(ServerConfig {
        way:
            Way::Command {
                program,
                arguments,
                environment,
                folder,
            },
        ..
    }) = parsed(entry)
    else {
        panic!("a command")
    };
    assert_eq!(program, "/home/me/bin/x");
    assert_eq!(arguments, ["a b", "$HOME", "/home/me", "c:d"]);
    assert_eq!(environment["KEY"], "canary-12345!");
    assert_eq!(folder.as_deref(), Some("/home/me"));
}

#[test]
fn a_tilde_is_the_home_folder() {
    for (written, meant) in [
        ("~", "/home/me"),
        ("~/bin/x", "/home/me/bin/x"),
        ("~you/bin", "~you/bin"),
        ("a/~/b", "a/~/b"),
    ] {
        let entry = format!(r#"{{ "command": "{written}", "args": ["~/a"], "cwd": "{written}" }}"#);
        let Ok(Way::Command {
            program,
            arguments,
            folder,
            ..
        }) = parsed(&entry).map(|server| server.way)
        else {
            panic!("a command")
        };
        assert_eq!(program, meant);
        assert_eq!(folder.as_deref(), Some(meant));
        assert_eq!(arguments, ["~/a"]);
    }
}

#[test]
fn what_is_wrong_with_a_server_is_said_without_its_values() {
    let cases = [
        ("{}", "neither `command` nor `url`"),
        (r#"{ "command": "a", "url": "b" }"#, "both"),
        (r#"{ "url": "http://x", "type": "sse" }"#, "streamable HTTP"),
        (
            r#"{ "command": "a", "env": { "T": "${API_TOKEN}${GONE}" } }"#,
            "`GONE`, which isn't set",
        ),
        (r#"{ "command": "${HOME" }"#, "without `}`"),
        (
            r#"{ "command": "${HOME:+b}" }"#,
            "it has `${HOME:+b}`; of such forms only",
        ),
        (
            r#"{ "command": "a", "disabledTools": [{}] }"#,
            "`disabledTools` has an object in it",
        ),
        (
            r#"{ "command": "a", "tools": { "find": "sometimes" } }"#,
            "has a text for `find`",
        ),
        (r#"{ "command": "${GONE:-${API_TOKEN}}" }"#, "within `${…}`"),
        (
            r#"{ "command": "${input:key}" }"#,
            "`${input:key}`, which an editor asks",
        ),
        (
            r#"{ "command": "${workspaceFolder}/a" }"#,
            "only an editor knows",
        ),
        (r#"{ "command": ["a", {}] }"#, "has an object in it"),
        (r#"{ "command": [] }"#, "empty list"),
        (r#"{ "command": "  " }"#, "neither `command` nor `url`"),
        (r#"{ "url": "ws://x" }"#, "begins with `ws://`"),
        (r#"{ "url": "x/mcp" }"#, "no `https://`"),
        (
            r#"{ "url": "http://x", "type": "websocket" }"#,
            "`websocket`; only stdio",
        ),
        (r#"{ "sseUrl": "http://x" }"#, "streamable HTTP"),
        (r#"{ "command": "C:\Users" }"#, "JSON doesn't know"),
        (r#""node x.mjs""#, "it is a text, and should be"),
        ("null", "it is null"),
    ];
    for (entry, expected) in cases {
        let error = parsed(entry).err().unwrap();
        assert!(error.contains(expected), "{entry}: {error}");
        assert!(!error.contains("canary"), "{entry}: {error}");
    }
}

#[test]
fn what_is_no_configuration_is_refused() {
    for text in [
        "",
        "3",
        "{}",
        r#"{ "command": "x" }"#,
        "mcpServers: {}",
        r#"{ "mcpServers": 3 }"#,
    ] {
        let error = text.parse::<McpConfig>().err().unwrap();
        assert!(
            error.to_string().contains("`mcpServers`"),
            "{text}: {error}"
        );
    }
    let disabled = r#"{ "servers": { "a": { "command": "x", "disabled": true } } }"#;
    let config: McpConfig = disabled.parse().unwrap();
    assert_eq!(config.servers().count(), 0);
}

#[test]
fn an_entry_is_understood_in_the_forms_of_other_clients() {
    let same = [
        r#"{ "command": "node", "args": ["x", 8080, true], "env": { "PORT": 3000, "DEBUG": true, "NONE": null } }"#,
        r#"{ "command": ["node", "x"], "args": ["8080", "true"], "environment": ["PORT=3000", { "name": "DEBUG", "value": true }] }"#,
        r#"{ "command": { "path": "node", "args": ["x", "8080", "true"], "env": { "PORT": "3000", "DEBUG": "true" } }, "settings": {} }"#,
        r#"{ "type": "local", "command": ["node", "x", 8080, true], "env": { "PORT": "3000", "DEBUG": "true" }, "enabled": "true" }"#,
        r#"{ "transport": { "type": "stdio", "command": "node", "args": ["x", "8080", "true"], "env": { "PORT": "3000", "DEBUG": "true" } } }"#,
    ];
    for entry in same {
        let server = parsed(entry).unwrap_or_else(|problem| panic!("{entry}: {problem}"));
        assert_eq!(server.notes, [""; 0], "{entry}");
        let Way::Command {
            program,
            arguments,
            environment,
            ..
        } = server.way
        else {
            panic!("{entry}")
        };
        assert_eq!(program, "node", "{entry}");
        assert_eq!(arguments, ["x", "8080", "true"], "{entry}");
        assert_eq!(environment.len(), 2, "{entry}");
        assert_eq!(environment["PORT"], "3000", "{entry}");
        assert_eq!(environment["DEBUG"], "true", "{entry}");
    }
    for entry in [
        r#"{ "url": "https://x.example/mcp", "headers": { "X-Team": 7 } }"#,
        r#"{ "httpUrl": "https://x.example/mcp", "headers": ["X-Team: 7"], "trust": true }"#,
        r#"{ "type": "streamable-http", "serverUrl": "https://x.example/mcp", "headers": { "X-Team": "7\n" } }"#,
        r#"{ "transport": { "type": "http", "url": "https://x.example/mcp", "headers": { "X-Team": "7" } } }"#,
        r#"{ "type": "streamableHttp", "url": "https://x.example/mcp", "requestInit": { "headers": { "X-Team": "7" } } }"#,
    ] {
        let server = parsed(entry).unwrap_or_else(|problem| panic!("{entry}: {problem}"));
        assert_eq!(server.notes, [""; 0], "{entry}");
        let Way::Http { url, headers } = server.way else {
            panic!("{entry}")
        };
        assert_eq!(url, "https://x.example/mcp");
        assert_eq!(headers["X-Team"], "7", "{entry}");
    }
}

#[test]
fn what_is_odd_costs_itself_and_is_told() {
    let cases = [
        (
            r#""timeout": 30000"#,
            "`timeout` is 30000, which has no effect",
        ),
        (r#""timeout": "soon""#, "with a unit"),
        (r#""timeout": "0s""#, "`timeout` is zero"),
        (
            r#""disabled": "perhaps""#,
            "`disabled` is neither `true` nor",
        ),
        (r#""args": [null]"#, "`null` in its `args`"),
        (r#""enviroment": {}"#, "`enviroment`, which isn't known"),
        (r#""envFile": ".env""#, "`envFile`, which isn't known"),
        (
            r#""env": { "A": { "b": 1 } }"#,
            "`A` is an object, and is left out",
        ),
        (r#""env": { "A=B": "1" }"#, "`A=B` is no name"),
        (r#""env": "A""#, "`env` is a text"),
        (r#""env": ["A"]"#, "an entry has no name"),
        (
            r#""type": "http""#,
            "`type` isn't that of a server with `command`",
        ),
        (r#""args": [], "args": []"#, "`args` is there twice"),
        (
            r#""secrets": ["TOKN"]"#,
            "no variable, header or parameter of that name",
        ),
        (
            r#""env": { "PIN": "1234" }, "secrets": "PIN""#,
            "so short isn't looked for",
        ),
    ];
    for (odd, expected) in cases {
        let server = parsed(&format!("{{ \"command\": \"x\",\n {odd} }}"));
        let notes = server
            .unwrap_or_else(|problem| panic!("{odd}: {problem}"))
            .notes;
        assert_eq!(notes.len(), 1, "{odd}: {notes:?}");
        assert!(notes[0].contains(expected), "{odd}: {notes:?}");
        assert!(notes[0].ends_with("(line 2)"), "{odd}: {notes:?}");
    }
    for header in [
        "Accept",
        "content-type",
        "Host",
        "Content-Length",
        "Connection",
        "MCP-Protocol-Version",
        "Mcp-Session-Id",
    ] {
        let entry =
            format!(r#"{{ "url": "http://x", "headers": {{ "{header}": "a", "X-A": "b" }} }}"#);
        let server = parsed(&entry).ok().unwrap();
        assert!(
            server.notes[0].contains("since the connection sets it"),
            "{:?}",
            server.notes
        );
        let Way::Http { headers, .. } = server.way else {
            panic!("{entry}")
        };
        assert_eq!(headers.into_keys().collect::<Vec<_>>(), ["X-A"]);
    }
}

#[test]
fn a_server_is_switched_off_in_several_ways() {
    for (entry, expected) in [
        (r#""disabled": true"#, 0),
        (r#""disabled": "TRUE""#, 0),
        (r#""disabled": 1"#, 0),
        (r#""enabled": false"#, 0),
        (r#""isActive": false"#, 0),
        (r#""disabled": true, "timeout": 'x'"#, 0),
        (r#""disabled": "false""#, 1),
        (r#""disabled": null"#, 1),
        (r#""enabled": true"#, 1),
    ] {
        let text = format!(r#"{{ "mcpServers": {{ "it": {{ "command": "x", {entry} }} }} }}"#);
        let config: McpConfig = text.parse().unwrap();
        assert_eq!(config.servers().count(), expected, "{entry}");
    }
}

#[test]
fn servers_are_found_where_each_client_keeps_them() {
    let good = r#""good": { "command": "x" }"#;
    for text in [
        format!(r#"{{ "mcpServers": {{ {good} }} }}"#),
        format!(r#"{{ "mcpServers": {{}}, "servers": {{ {good} }}, "inputs": [] }}"#),
        format!(r#"{{ "mcpServers": null, "context_servers": {{ {good} }} }}"#),
        format!(r#"{{ "mcp": {{ "servers": {{ {good} }} }}, "editor.fontSize": 12 }}"#),
        format!(r#"{{ "mcp": {{ {good} }} }}"#),
        format!(r#"{{ "amp.mcpServers": {{ {good} }} }}"#),
        r#"{ "mcpServers": [{ "name": "good", "command": "x" }] }"#.to_owned(),
        r#"[{ "name": "good", "command": "x" }]"#.to_owned(),
        format!("{{ {good}, \"theme\": {{ \"dark\": true }} }}"),
        format!("\u{feff}{{ // mine\n \"mcpServers\": {{ {good}, }}, }}"),
    ] {
        let config: McpConfig = text
            .parse()
            .unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(config.servers().collect::<Vec<_>>(), ["good"], "{text}");
    }
}

#[test]
fn a_file_is_text_in_the_encodings_that_editors_write() {
    let text = r#"{ "mcpServers": { "größe": { "command": "x" } } }"#;
    let units: Vec<u16> = text.encode_utf16().collect();
    let little = units.iter().flat_map(|unit| unit.to_le_bytes());
    let big = units.iter().flat_map(|unit| unit.to_be_bytes());
    let cases = [
        text.as_bytes().to_vec(),
        [b"\xef\xbb\xbf", text.as_bytes()].concat(),
        [0xff, 0xfe].into_iter().chain(little).collect(),
        [0xfe, 0xff].into_iter().chain(big).collect(),
    ];
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("servers.json");
    for bytes in cases {
        std::fs::write(&path, bytes).unwrap();
        let config = McpConfig::read(&path).unwrap();
        assert_eq!(config.servers().collect::<Vec<_>>(), ["größe"]);
    }
    // One that isn't costs the entry that it is in.
    let latin = b"{ \"mcpServers\": { \"a\": { \"command\": \"\xe4\" },\n \"b\": { \"command\": \"x\" } } }";
    std::fs::write(&path, latin).unwrap();
    let servers: Vec<_> = McpConfig::read(&path).unwrap().into_servers().collect();
    let problem = servers[0].1.as_ref().err().unwrap();
    assert!(problem.contains("isn't in UTF-8"), "{problem}");
    assert!(problem.ends_with("servers.json, line 1)"), "{problem}");
    assert!(servers[1].1.is_ok());
    std::fs::write(&path, "{\n  \"mcpServers\": {,\n  \"a\" }").unwrap();
    let error = McpConfig::read(&path).err().unwrap().to_string();
    assert!(error.contains("servers.json, line 3, column 7"), "{error}");
}

#[test]
fn servers_of_one_name_are_told_apart() {
    let text = r#"{ "mcpServers": { "file system": { "command": "a" }, "file-system": { "command": "b" }, "x": { "command": "c" },
        "x": { "command": "d" }, "console": { "command": "e" }, "Math": { "command": "f" } } }"#;
    let servers: Vec<_> = text.parse::<McpConfig>().unwrap().into_servers().collect();
    let found: Vec<_> = servers
        .iter()
        .map(|(name, server)| {
            let server = server.as_ref().ok().unwrap();
            (name.as_str(), server.namespace.as_str(), server.notes.len())
        })
        .collect();
    assert_eq!(
        found,
        [
            ("Math", "math", 0),
            ("console", "console_", 0),
            ("file system", "fileSystem", 0),
            ("file-system", "fileSystem2", 1),
            ("x", "x", 1),
        ]
    );
}

#[test]
fn a_user_says_what_is_a_secret_and_what_is_none() {
    let entry = r#"{ "command": "x", "env": { "SHOP": "blue-parrot", "DB_PASSWORD": "guest-login-77", "MODE": "read-only" },
                     "secrets": ["SHOP", "MODE"], "public": "DB_PASSWORD" }"#;
    let secrets = parsed(entry).ok().unwrap().secrets;
    assert_eq!(
        secrets.scrub("blue-parrot guest-login-77 read-only"),
        "[secret] guest-login-77 [secret]"
    );
}

#[test]
fn secrets_are_found_wherever_an_entry_has_them() {
    let entries = [
        r#"{ "command": "x", "args": ["--api-key", "canary-secret-1"] }"#,
        r#"{ "command": "x", "args": ["--api-key=canary-secret-1"] }"#,
        r#"{ "command": "x", "args": ["-e", "API_TOKEN=canary-secret-1"] }"#,
        r#"{ "command": "x", "args": ["--header", "Authorization: Bearer canary-secret-1"] }"#,
        r#"{ "command": "x", "args": ["postgres://me:canary-secret-1@db/x"] }"#,
        r#"{ "command": "x", "env": { "DATABASE_URL": "postgres://me:canary-secret-1@db/x" } }"#,
        r#"{ "command": "x", "env": { "HEADERS": "{\"Authorization\": \"Bearer canary-secret-1\"}" } }"#,
        r#"{ "command": "x", "env": { "CONNECTION": "Server=db;User Id=me;Password=canary-secret-1;" } }"#,
        r#"{ "url": "http://x", "headers": { "Authorization": "canary-secret-1" } }"#,
        r#"{ "url": "http://x", "headers": { "X-Api-Key": "canary-secret-1" } }"#,
        r#"{ "url": "http://x", "headers": { "Cookie": "lang=english; token=canary-secret-1" } }"#,
        r#"{ "url": "http://x?api_key=canary-secret-1" }"#,
    ];
    for entry in entries {
        let secrets = parsed(entry).ok().unwrap().secrets;
        assert_eq!(
            secrets.scrub("a canary-secret-1 b"),
            "a [secret] b",
            "{entry}"
        );
        assert_eq!(
            secrets.scrub("english Server http://x me"),
            "english Server http://x me",
            "{entry}"
        );
    }
}

#[test]
fn settings_are_no_secrets() {
    let entry = r#"{ "command": "npx", "args": ["-y", "@acme/server-issues@1.2.3", "--mode", "production", "/home/me/notes"], "env": {
        "MEMORY_FILE_PATH": "/home/me/notes", "KEYCLOAK_REALM": "master", "AUTH_TYPE": "bearer", "MAX_TOKENS": "100000",
        "PYTHONPATH": "/home/me", "API_KEY": "public", "TOKEN": "/run/secrets/token", "SESSION_KEY": "issues", "AUTHOR": "Rosalind",
        "MODEL": "claude-3-5-sonnet-20241022", "TENANT": "123e4567-e89b-12d3-a456-426614174000", "SECRET": "false" } }"#;
    let secrets = parsed(entry).ok().unwrap().secrets;
    for text in [
        "issues 100000 production",
        "/home/me/notes/today.md /run/secrets/token",
        "master bearer public false Rosalind",
        "claude-3-5-sonnet-20241022 123e4567-e89b-12d3-a456-426614174000",
        "@acme/server-issues@1.2.3",
    ] {
        assert_eq!(secrets.scrub(text), text);
    }
    let entry = r#"{ "url": "https://x.example/mcp", "headers": { "X-MCP-Toolsets": "issues", "X-MCP-Readonly": "context",
        "X-Tenant": "master", "User-Agent": "rosalind/1.0" } }"#;
    let secrets = parsed(entry).ok().unwrap().secrets;
    let text = "issues context master rosalind/1.0 https://x.example/mcp";
    assert_eq!(secrets.scrub(text), text);
}

#[test]
fn credentials_are_known_as_such() {
    let entry = r#"{ "url": "https://me:pass-word@x.example/mcp?key=url-secret&page=1",
                     "headers": { "Authorization": "Bearer header-secret" } }"#;
    let secrets = parsed(entry).ok().unwrap().secrets;
    let text = "pass-word url-secret header-secret https://x.example page=1 me";
    assert_eq!(
        secrets.scrub(text),
        "[secret] [secret] [secret] https://x.example page=1 me"
    );
    let entry = r#"{ "command": "x", "args": ["--token=${API_TOKEN}", "${HOME}"],
                     "env": { "GITHUB_PAT": "literal-secret", "NODE_ENV": "production" } }"#;
    let secrets = parsed(entry).ok().unwrap().secrets;
    assert_eq!(
        secrets.scrub("canary-12345 literal-secret production /home/me"),
        "[secret] [secret] production /home/me"
    );
}
