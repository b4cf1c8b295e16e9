//! `codemode-cli prompt`.

use std::fs;

use crate::support::cli_on;

#[test]
fn a_crate_s_declarations_are_in_the_prompt() {
    let done = cli_on("fixture-tools", &["prompt"], "").expect(0);
    assert!(done.stdout.contains("declare namespace"), "{}", done.stdout);
    assert!(!done.stdout.contains("$tools"), "{}", done.stdout);
}

#[test]
fn with_discovery_the_prompt_says_how_scripts_look_further_and_they_can() {
    let done = cli_on("fixture-tools", &["prompt", "--discovery"], "").expect(0);
    assert!(
        !done.stdout.contains("declare namespace"),
        "{}",
        done.stdout
    );
    let script = done
        .stdout
        .split('`')
        .find(|code| code.contains("$tools.describe"))
        .unwrap()
        .replace("ns.name", "$NAME");
    let found = cli_on(
        "fixture-tools",
        &["run", "-", "--json"],
        "return (await $tools.list({ limit: 1 })).tools[0].name",
    )
    .expect(0);
    let found: serde_json::Value = serde_json::from_str(&found.stdout).unwrap();
    let name = found["value"].as_str().unwrap();
    let done = cli_on(
        "fixture-tools",
        &["run", "-"],
        &script.replace("$NAME", name),
    )
    .expect(0);
    assert!(done.stdout.contains("declare namespace"), "{}", done.stdout);
}

#[test]
fn a_template_replaces_the_text_and_a_budget_can_be_too_small() {
    let folder = tempfile::tempdir().unwrap();
    let template = folder.path().join("short.hbs");
    fs::write(
        &template,
        "Call these: {{#each namespaces}}{{name}} {{/each}}",
    )
    .unwrap();
    let arguments = [
        "prompt",
        "--discovery",
        "--template",
        template.to_str().unwrap(),
    ];
    let done = cli_on("fixture-tools", &arguments, "").expect(0);
    assert!(done.stdout.starts_with("Call these: "), "{}", done.stdout);

    cli_on("fixture-tools", &["prompt", "--budget", "10"], "")
        .expect(2)
        .complains(&["doesn't fit into 10 tokens"]);
}
