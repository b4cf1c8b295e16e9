//! How what is found, listed and described is told.

use super::*;

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
        assert_eq!(page.total, 14);
        seen.extend(page.tools.into_iter().map(|tool| tool.name));
        offset = page.next;
    }
    let all: Vec<_> = discovery
        .catalogue()
        .tools()
        .iter()
        .map(ToolInfo::path)
        .chain(
            [
                "output.file",
                "output.image",
                "$store.set",
                "$store.get",
                "$store.keys",
                "$store.delete",
            ]
            .map(str::to_owned),
        )
        .collect();
    assert_eq!(seen, all);

    let mail = discovery.list(Some("mail"), Paging::default()).unwrap();
    assert_eq!(names(&mail.tools), ["mail.listFolders", "mail.send"]);
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
fn a_search_is_answered_with_declarations_and_then_in_short() {
    let mut pay = tool(
        "billing",
        "payInvoice",
        "Pays an invoice.\nAt once. Or later.",
    );
    let mut open = tool("billing", "listInvoices", "Lists invoices.");
    let money = json!({
        "$ref": "#/$defs/Money",
        "$defs": { "Money": { "type": "object", "properties": { "currency": { "type": "string" } } } },
    });
    (pay.output, open.output) = (money.clone(), money);
    let discovery = Discovery::new(Catalogue::from_tools(vec![
        pay,
        open,
        tool("tasks", "add", "Adds a task."),
    ]));
    let page = |budget| discovery.search_within("invoices", Paging::default(), budget);
    assert_eq!(
        page(1_500).to_string(),
        "// Best first: billing.listInvoices, billing.payInvoice\n\
         declare namespace billing {\n\
         // Lists invoices.\n\
         function listInvoices(input:{text:string}):Promise<Money>\n\
         // Pays an invoice. At once. Or later.\n\
         function payInvoice(input:{text:string}):Promise<Money>\n\
         interface Money {currency?:string}\n\
         }\n"
    );
    let short = page(30);
    assert_eq!((short.declared, names(&short.tools).len()), (1, 2));
    assert_eq!(
        short.to_string(),
        "declare namespace billing {\n\
         // Lists invoices.\n\
         function listInvoices(input:{text:string}):Promise<{currency?:string}>\n\
         }\n\
         \n\
         In short, look these up by name if you need them:\n\
         - billing.payInvoice: Pays an invoice.\n"
    );
    assert_eq!(
        page(0).to_string(),
        "- billing.listInvoices: Lists invoices.\n\
         - billing.payInvoice: Pays an invoice.\n"
    );
}

#[test]
fn the_best_is_told_in_full_even_if_it_is_long_and_what_is_too_long_makes_room() {
    let long = |name: &str, part: &str| {
        let properties =
            (0..40).map(|number| (format!("{part}{number}"), json!({ "type": "string" })));
        let properties: serde_json::Map<_, _> = properties.collect();
        let input = json!({ "type": "object", "properties": properties });
        ToolInfo {
            input: Some(input),
            ..tool("a", name, "Paints a wall.")
        }
    };
    let (long, longer) = (
        long("paintWall", "colour"),
        long("paintWallSlowly", "shade"),
    );
    let all = vec![
        long,
        longer,
        tool("b", "paintDoor", "Paints a door in a wall."),
    ];
    let discovery = Discovery::new(Catalogue::from_tools(all));
    let cases = [
        // The best takes it all.
        (100, 1, ["a.paintWall", "a.paintWallSlowly", "b.paintDoor"]),
        // One that doesn't fit comes after one that does.
        (300, 2, ["a.paintWall", "b.paintDoor", "a.paintWallSlowly"]),
        (
            1_000,
            3,
            ["a.paintWall", "a.paintWallSlowly", "b.paintDoor"],
        ),
        // Nobody can have it for so little.
        (40, 1, ["b.paintDoor", "a.paintWall", "a.paintWallSlowly"]),
    ];
    for (budget, declared, expected) in cases {
        let page = discovery.search_within("paint wall", Paging::default(), budget);
        assert_eq!(
            (page.declared, names(&page.tools)),
            (declared, expected.to_vec()),
            "{budget}"
        );
        for tool in &page.tools {
            let name = tool.name.split_once('.').unwrap().1;
            let is_declared = page.declarations.contains(&format!("function {name}("));
            let place = page.tools.iter().position(|other| other == tool).unwrap();
            assert_eq!(is_declared, place < declared, "{budget}: {name}");
        }
    }
}

#[test]
fn what_finds_nothing_is_answered_with_the_namespaces() {
    for query in ["", "what is there?", "xylophone"] {
        let page = office().search(query, Paging::default());
        assert_eq!(
            page.to_string(),
            "No function fits. Search with other words, or for a namespace to see what is in it:\n\
             - billing (1)\n- files (2)\n- github (3)\n- mail (2)\n- output (2)\n- $store (4)\n"
        );
    }
    let page = Discovery::new(many(10_000)).search("", Paging::default());
    assert!(
        page.to_string().ends_with("- and 202 more namespaces\n"),
        "{page}"
    );
}

#[test]
fn what_scripts_have_beside_the_catalogue_is_found_too() {
    let own = Catalogue::from_tools(vec![tool(
        "$tools",
        "describe",
        "The declarations of functions.",
    )]);
    let discovery = Discovery::beside(office().catalogue().clone(), &own);
    for (query, expected) in [
        ("output", "output.file"),
        ("$tools", "$tools.describe"),
        ("$tools.describe", "$tools.describe"),
        ("hand a picture to the reader", "output.image"),
        ("a chart", "output.image"),
        ("declarations", "$tools.describe"),
    ] {
        let page = discovery.search(query, Paging::default());
        assert_eq!(names(&page.tools).first(), Some(&expected), "{query}");
        let name = expected.split_once('.').unwrap().1;
        assert!(
            page.declarations.contains(&format!("function {name}(")),
            "{query}: {page}"
        );
    }
    // Not where something of the host's is meant.
    let page = discovery.search("read file", Paging::default());
    assert_eq!(names(&page.tools)[0], "files.readFile");
    assert!(
        !page
            .tools
            .iter()
            .any(|tool| tool.name.starts_with("output")),
        "{page}"
    );

    let listed = discovery.list(Some("output"), Paging::default()).unwrap();
    assert_eq!(names(&listed.tools), ["output.file", "output.image"]);
    let namespaces = discovery.namespaces(Paging::default()).namespaces;
    let namespaces: Vec<_> = namespaces
        .iter()
        .map(|namespace| namespace.name.as_str())
        .collect();
    assert_eq!(
        namespaces,
        [
            "billing", "files", "github", "mail", "output", "$store", "$tools"
        ]
    );
    let described = discovery
        .describe(&["output", "$tools.describe", "mail.send"])
        .unwrap();
    assert_eq!(
        described,
        "declare namespace mail {\n\
         // Sends a message. The recipient must exist.\n\
         function send(input:{text:string}):Promise<string>\n\
         }\n\
         // The content is bytes, or text for a file. A media type is one such as \"image/png\".\n\
         declare namespace output {\n\
         // Hands a file to the reader, such as a table as CSV.\n\
         function file(content:Uint8Array|string,mediaType:string,name?:string):Promise<void>\n\
         // Hands a picture to the reader, such as a chart.\n\
         function image(bytes:Uint8Array,mediaType:string,name?:string):Promise<void>\n\
         }\n\
         declare namespace $tools {\n\
         // The declarations of functions.\n\
         function describe(input:{text:string}):Promise<string>\n\
         }\n"
    );
    assert_eq!(discovery.catalogue().tools().len(), 8);
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
        "there is no tool and no namespace `quux`; there are the namespaces billing, files, github, mail, output, $store"
    );
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
fn what_was_seen_of_results_stands_behind_the_declarations_as_it_is_then() {
    let seen = std::sync::Arc::new(std::sync::Mutex::new(0));
    let counted = std::sync::Arc::clone(&seen);
    let catalogue = Catalogue::from_tools(vec![tool("a", "one", ""), tool("a", "two", "")]);
    let plain = Discovery::new(catalogue.clone());
    let discovery = Discovery::new(catalogue).with_seen(move |tool| {
        let number = *counted.lock().unwrap();
        (tool.name == "one" && number > 0).then(|| format!("{number}\n\u{2028}x\u{202e}"))
    });
    let declared = plain.describe(&["a"]).unwrap();
    assert_eq!(discovery.describe(&["a"]).unwrap(), declared);
    *seen.lock().unwrap() = 7;
    let expected = format!("{declared}// 7\n// \n// x\\u{{202e}}\n");
    assert_eq!(discovery.describe(&["a"]).unwrap(), expected);
    // Where the best are declared, they come with it as well.
    let found = discovery.search("one", Paging::default()).to_string();
    assert!(found.contains("// 7\n"), "{found}");
    assert_eq!(
        discovery.describe(&["a.two"]).unwrap(),
        plain.describe(&["a.two"]).unwrap()
    );
}
