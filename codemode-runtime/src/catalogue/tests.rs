//! Finding tools, and what a model is told about them.

use serde_json::json;

use super::*;

/// A tool that takes a text and gives one.
fn tool(namespace: &str, name: &str, docs: &str) -> ToolInfo {
    let input = json!({
        "type": "object",
        "properties": { "text": { "type": "string" } },
        "required": ["text"],
    });
    ToolInfo {
        docs: docs.to_owned(),
        ..ToolInfo::bare(namespace, name, Some(input), json!({ "type": "string" }))
    }
}

fn office() -> Discovery {
    let mut invoice = tool("billing", "createInvoice", "Bills a customer.");
    invoice.output = json!({
        "type": "object",
        "properties": { "total": { "$ref": "#/$defs/Money" } },
        "$defs": { "Money": {
            "description": "An amount.",
            "type": "object",
            "properties": { "currency": { "enum": ["EUR", "USD"] } },
        } },
    });
    Discovery::new(Catalogue::from_tools(vec![
        invoice,
        tool(
            "mail",
            "send",
            "Sends a message.\n\nThe recipient must exist.",
        ),
        tool("mail", "listFolders", "Lists the folders of a mailbox."),
        tool("github", "listPullRequests", "Lists pull requests."),
        tool("github", "createIssue", "Opens an issue in a repository."),
        tool(
            "github",
            "searchRepositories",
            "Finds repositories by name.",
        ),
        tool("files", "readFile", "Reads a file."),
        tool(
            "files",
            "listDirectory",
            "Lists a directory, also called a folder.",
        ),
    ]))
}

fn names(page: &ToolPage) -> Vec<&str> {
    page.tools.iter().map(|tool| tool.name.as_str()).collect()
}

#[test]
fn the_best_tool_comes_first() {
    let cases = [
        ("listPullRequests", "github.listPullRequests"),
        ("listpullrequests", "github.listPullRequests"),
        ("pull request", "github.listPullRequests"),
        ("github.createIssue", "github.createIssue"),
        ("create an issue", "github.createIssue"),
        ("opening issues", "github.createIssue"),
        ("find a repo", "github.searchRepositories"),
        ("mail recipient", "mail.send"),
        ("how do I send a message to someone", "mail.send"),
        ("folders of my mailbox", "mail.listFolders"),
        ("EUR", "billing.createInvoice"),
        ("currency", "billing.createInvoice"),
        ("READ FILE", "files.readFile"),
        // Typing errors.
        ("isue", "github.createIssue"),
        ("invocie", "billing.createInvoice"),
        ("repostiories", "github.searchRepositories"),
        ("direcotry", "files.listDirectory"),
    ];
    for (query, expected) in cases {
        let page = office().search(query, Paging::default());
        assert_eq!(names(&page).first(), Some(&expected), "{query}: {page:?}");
    }
}

#[test]
fn what_fits_nothing_finds_nothing() {
    for query in ["", " … ", "xylophone", "zz", "日本語"] {
        let page = office().search(query, Paging::default());
        assert_eq!(page.total, 0, "{query}: {page:?}");
    }
}

#[test]
fn pages_follow_each_other_without_a_gap() {
    let discovery = office();
    let mut seen = Vec::new();
    let mut offset = Some(0);
    while let Some(start) = offset {
        let page = discovery
            .list(
                None,
                Paging {
                    offset: start,
                    limit: 3,
                },
            )
            .unwrap();
        assert!(page.tools.len() <= 3);
        assert_eq!(page.total, 8);
        seen.extend(page.tools.into_iter().map(|tool| tool.name));
        offset = page.next;
    }
    let all: Vec<_> = discovery
        .catalogue()
        .tools()
        .iter()
        .map(ToolInfo::path)
        .collect();
    assert_eq!(seen, all);

    let mail = discovery.list(Some("mail"), Paging::default()).unwrap();
    assert_eq!(names(&mail), ["mail.listFolders", "mail.send"]);
    assert_eq!(mail.next, None);
    let beyond = discovery
        .list(
            Some("mail"),
            Paging {
                offset: 9,
                limit: usize::MAX,
            },
        )
        .unwrap();
    assert_eq!((beyond.tools.len(), beyond.next), (0, None));

    let namespaces = discovery.namespaces(Paging {
        offset: 2,
        limit: 1,
    });
    assert_eq!(namespaces.namespaces[0].name, "github");
    assert_eq!(namespaces.namespaces[0].tools, 3);
    assert_eq!(namespaces.next, Some(3));
}

#[test]
fn a_description_has_all_types_and_nothing_else() {
    let discovery = office();
    let invoice = discovery.describe(&["billing.createInvoice"]).unwrap();
    for part in [
        "function createInvoice(",
        "\"EUR\"",
        "// An amount.",
        "// Bills a customer.",
    ] {
        assert!(invoice.contains(part), "{part} isn't in {invoice}");
    }
    assert!(!invoice.contains("mail"), "{invoice}");
    let github = discovery
        .describe(&["github", "github.createIssue"])
        .unwrap();
    assert_eq!(github.matches("function ").count(), 3, "{github}");
}

#[test]
fn a_tool_that_cannot_be_declared_is_described_by_the_reason() {
    let mut broken = tool("a", "broken", "");
    broken.output = json!({ "$ref": "#/$defs/Gone" });
    let discovery = Discovery::new(Catalogue::from_tools(vec![broken, tool("a", "sound", "")]));
    let text = discovery.describe(&["a"]).unwrap();
    assert!(text.contains("function sound("), "{text}");
    assert!(
        text.contains("// the tool `a.broken` can't be declared"),
        "{text}"
    );
}

#[test]
fn an_unknown_name_comes_with_the_nearest() {
    let discovery = office();
    let error = discovery.describe(&["github.listPullRequest"]).unwrap_err();
    let text = error.to_string();
    assert!(
        text.contains("the nearest are github.listPullRequests"),
        "{text}"
    );
    let error = discovery
        .list(Some("githbu"), Paging::default())
        .unwrap_err();
    assert!(error.to_string().contains("github."), "{error}");
    let error = discovery.describe(&["quux"]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "there is no tool and no namespace `quux`"
    );
}

/// A catalogue with as many tools as asked for, in namespaces of 40.
fn many(tools: usize) -> Catalogue {
    let verbs = [
        "create", "list", "update", "remove", "find", "archive", "copy", "move",
    ];
    let nouns = [
        "Invoice", "Folder", "Message", "Customer", "Branch", "Commit", "Report",
    ];
    let tools = (0..tools).map(|number| {
        let name = format!(
            "{}{}{number}",
            verbs[number % verbs.len()],
            nouns[number % nouns.len()]
        );
        let docs = format!("Does the work of {name} for part {number} of the system.");
        tool(&format!("service{}", number / 40), &name, &docs)
    });
    Catalogue::from_tools(tools.collect())
}

#[test]
fn too_many_tools_are_not_described_at_once() {
    let discovery = Discovery::new(many(200));
    let all: Vec<_> = discovery
        .catalogue()
        .tools()
        .iter()
        .map(ToolInfo::path)
        .collect();
    assert_eq!(
        discovery.describe(&all).unwrap_err(),
        DiscoveryError::TooMany { wanted: 200 }
    );
    assert!(discovery.describe(&all[..100]).is_ok());
}

#[test]
fn ten_thousand_tools_are_searched_within_a_moment() {
    let discovery = Discovery::new(many(10_000));
    assert_eq!(
        discovery
            .search("archive folder 8765", Paging::default())
            .tools[0]
            .summary,
        "Does the work of archiveFolder8765 for part 8765 of the system."
    );
    let queries = [
        "create invoice",
        "repotr",
        "archiveFolder",
        "find the customers of a branch",
    ];
    let started = std::time::Instant::now();
    for query in queries {
        assert!(
            discovery.search(query, Paging::default()).total > 0,
            "{query}"
        );
    }
    // Some milliseconds even without optimisation; a search that looked at every word of every tool would take seconds.
    assert!(started.elapsed().as_secs() < 5, "{:?}", started.elapsed());
}

#[cfg(feature = "prompt")]
mod prompts {
    use super::*;

    #[test]
    fn declarations_are_in_a_prompt_when_they_fit() {
        let prompt = office()
            .catalogue()
            .prompt(&PromptOptions::default())
            .unwrap();
        assert!(prompt.contains("declare namespace github {"), "{prompt}");
        assert!(!prompt.contains("$tools"), "{prompt}");
    }

    #[test]
    fn a_smaller_budget_leaves_less_and_less() {
        let prompt = |budget| {
            let options = PromptOptions {
                budget,
                ..PromptOptions::default()
            };
            many(80).prompt(&options)
        };
        let marks = [
            "function createInvoice0(",
            "- createInvoice0: Does the work of createInvoice0",
            "- service0: archiveCommit5, ",
            "- service0 (40)\n- service1 (40)\n",
            "- service0 (40)\n- and 1 more",
            "- and 2 more namespaces",
        ];
        let mut budget = 8_000;
        for mark in marks {
            let text = prompt(budget).unwrap();
            assert!(text.contains(mark), "{budget}: {mark} isn't in {text}");
            assert!(estimate_tokens(&text) <= budget, "{budget}: {text}");
            budget = estimate_tokens(&text) - 1;
        }
        let error = prompt(50).unwrap_err();
        assert!(
            matches!(
                error,
                PromptError::Budget {
                    budget: 50,
                    needed: 200..600
                }
            ),
            "{error}"
        );
    }

    #[test]
    fn with_discovery_a_prompt_is_short_whatever_the_number_of_tools() {
        for tools in [8, 500, 10_000, 40_000] {
            for look_up in [LookUp::Script, LookUp::Tools] {
                let options = PromptOptions {
                    look_up,
                    ..PromptOptions::listing()
                };
                let text = many(tools).prompt(&options).unwrap();
                assert!(estimate_tokens(&text) < 1_000, "{tools}: {text}");
                assert!(text.contains("service0"), "{tools}: {text}");
                assert!(!text.contains("declare"), "{tools}: {text}");
                assert_eq!(text.contains("$tools.search"), look_up == LookUp::Script);
                assert_eq!(text.contains("- `search` finds"), look_up == LookUp::Tools);
                assert_eq!(
                    text.contains("more namespaces"),
                    tools >= 10_000,
                    "{tools}: {text}"
                );
            }
        }
    }

    #[test]
    fn a_template_of_ones_own_is_filled_in() {
        let options = |template: &str| PromptOptions {
            template: Some(template.to_owned()),
            form: PromptForm::Listing,
            ..PromptOptions::default()
        };
        let text = |template: &str| office().catalogue().prompt(&options(template));
        assert_eq!(
            text("{{#each namespaces}}{{name}}={{count}} {{/each}}").unwrap(),
            "billing=1 files=2 github=3 mail=2 "
        );
        assert!(matches!(text("{{#each"), Err(PromptError::Template(_))));
        assert!(matches!(text("{{gone}}"), Err(PromptError::Render(_))));
    }
}

#[test]
fn what_was_seen_of_results_stands_behind_the_declarations_as_it_is_then() {
    let seen = std::sync::Arc::new(std::sync::Mutex::new(0));
    let counted = std::sync::Arc::clone(&seen);
    let catalogue = Catalogue::from_tools(vec![tool("a", "one", ""), tool("a", "two", "")]);
    let plain = Discovery::new(catalogue.clone());
    let discovery = Discovery::with_seen(catalogue, move |tool| {
        let number = *counted.lock().unwrap();
        (tool.name == "one" && number > 0).then(|| format!("{number}\n\u{2028}x\u{202e}"))
    });
    let declared = plain.describe(&["a"]).unwrap();
    assert_eq!(discovery.describe(&["a"]).unwrap(), declared);
    *seen.lock().unwrap() = 7;
    let expected = format!("{declared}// 7\n// \n// x\\u{{202e}}\n");
    assert_eq!(discovery.describe(&["a"]).unwrap(), expected);
    assert_eq!(
        discovery.describe(&["a.two"]).unwrap(),
        plain.describe(&["a.two"]).unwrap()
    );
}
