//! A started server gets of the environment what programs need to run and to reach others through a proxy, and no credentials.

use codemode_test_support::program::finish;
use serde_json::{Value, json};

use crate::support::{cli, configuration, outcome, stdio};

fn run(variables: &[(&str, &str)], script: &str) -> Value {
    let config = configuration("environments", &json!({ "s": stdio("variables.mjs", &[]) }));
    let mut command = cli(&["run", "-", "--json", "--no-tools", "--mcp-config", &config]);
    command.envs(variables.iter().copied());
    outcome(&finish(command, script))["value"].clone()
}

#[test]
fn proxies_and_certificates_reach_a_server_and_credentials_do_not() {
    let reach = [
        "HTTP_PROXY",
        "https_proxy",
        "NO_PROXY",
        "ALL_PROXY",
        "SSL_CERT_FILE",
        "SSL_CERT_DIR",
        "NODE_EXTRA_CA_CERTS",
        "REQUESTS_CA_BUNDLE",
        "CURL_CA_BUNDLE",
        "npm_config_registry",
        "UV_INDEX_URL",
        "PIP_INDEX_URL",
        "XDG_CONFIG_HOME",
        "LC_CTYPE",
        "DOCKER_HOST",
    ];
    let stay = [
        "OPENAI_API_KEY",
        "GITHUB_TOKEN",
        "npm_config__authToken",
        "DATABASE_URL",
        "NODE_OPTIONS_OF_MINE",
    ];
    let variables: Vec<_> = reach
        .iter()
        .chain(&stay)
        .map(|name| (*name, "/nowhere"))
        .collect();
    let names = run(
        &variables,
        "return JSON.parse((await s.names()) as string);",
    );
    let has = |name: &str| names.as_array().unwrap().iter().any(|known| known == name);
    for name in reach {
        assert!(has(name), "{name}: {names}");
    }
    for name in stay {
        assert!(!has(name), "{name}: {names}");
    }
}

#[test]
fn a_password_in_the_address_of_a_proxy_reaches_no_script() {
    let variables = [("HTTPS_PROXY", "http://me:canary-4711@proxy.example:3128")];
    let all = run(&variables, "return await s.all();").to_string();
    assert!(all.contains("proxy.example:3128"), "{all}");
    assert!(!all.contains("canary-4711"), "{all}");
}
