//! Which tools a search finds, and in which order.

use super::*;

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
        assert_eq!(
            names(&page.tools).first(),
            Some(&expected),
            "{query}: {page:?}"
        );
    }
}

#[test]
fn what_fits_nothing_finds_nothing() {
    for query in [
        "",
        " … ",
        "what is there for me?",
        "xylophone",
        "zz",
        "日本語",
    ] {
        let page = office().search(query, Paging::default());
        assert_eq!(page.total, 0, "{query}: {page:?}");
    }
}

#[test]
fn weak_matches_are_left_out() {
    let mut send = tool("email", "send", "Sends an email to a list of people.");
    send.input = Some(json!({ "type": "object", "properties": {
        "attachments": { "type": "array", "description": "Files to attach.", "items": { "type": "string" } },
    } }));
    let discovery = Discovery::new(Catalogue::from_tools(vec![
        tool("fs", "listDirectory", "Lists the files in a directory."),
        tool("fs", "readFile", "Reads a file."),
        tool("fs", "readFiles", "Reads several files at once."),
        tool("tasks", "add", "Adds a task to a list."),
        tool("weather", "today", "Reads the weather of today."),
        send,
    ]));
    let page = discovery.search("list and read files in a directory", Paging::default());
    assert_eq!(
        names(&page.tools),
        ["fs.listDirectory", "fs.readFile", "fs.readFiles"]
    );
}

#[test]
fn what_is_deprecated_comes_last_however_well_it_fits() {
    let mut read = tool("fs", "read", "Reads a file.");
    read.deprecated = Some("Use `readText`.".to_owned());
    let discovery = Discovery::new(Catalogue::from_tools(vec![
        read,
        tool(
            "fs",
            "readFile",
            "Reads a file. DEPRECATED: use `readText`.",
        ),
        tool("fs", "readMedia", "Reads a file that is a picture."),
        tool("fs", "readText", "Reads a file that is text."),
    ]));
    let page = discovery.search("reading a file", Paging::default());
    assert_eq!(
        names(&page.tools),
        ["fs.readText", "fs.readMedia", "fs.readFile", "fs.read"]
    );
}

#[test]
fn a_name_is_looked_up() {
    let cases: [(&str, &[&str]); 10] = [
        ("mail.send", &["mail.send"]),
        ("Mail.Send()", &["mail.send"]),
        ("`github.createIssue`", &["github.createIssue"]),
        ("github.create_issue", &["github.createIssue"]),
        (
            "mail.send, files.readFile",
            &["mail.send", "files.readFile"],
        ),
        ("mail.send mail.send", &["mail.send"]),
        ("mail", &["mail.listFolders", "mail.send"]),
        ("Files", &["files.listDirectory", "files.readFile"]),
        ("create_invoice", &["billing.createInvoice"]),
        ("send", &["mail.send"]),
    ];
    for (query, expected) in cases {
        let page = office().search(query, Paging::default());
        let found = names(&page.tools);
        // A function's name may be a plain word, too, so others may follow it.
        let found = if query.contains('.') || expected.len() > 1 {
            &found[..]
        } else {
            &found[..1]
        };
        assert_eq!(found, expected, "{query}");
    }
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
