//! What a model is told about the tools before it asks.

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

/// How much a prompt has of each of the first two namespaces of [`many`].
fn shape(text: &str) -> String {
    let of = |name: &str| {
        let marks = [
            (format!("declare namespace {name} {{"), 'D'),
            (format!("\n{name}\n- "), 'S'),
            (format!("\n- {name}: "), 'N'),
            (format!("{name} (40)"), 'C'),
        ];
        let found = marks.iter().find(|(mark, _)| text.contains(mark));
        found.map_or('-', |(_, letter)| *letter)
    };
    [of("service0"), of("service1")].iter().collect()
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
    let mut shapes: Vec<String> = Vec::new();
    let mut budget = 8_000;
    let error = loop {
        let text = match prompt(budget) {
            Ok(text) => text,
            Err(error) => break error,
        };
        assert!(estimate_tokens(&text) <= budget, "{budget}: {text}");
        budget = estimate_tokens(&text) - 1;
        shapes.push(shape(&text));
    };
    assert_eq!(
        shapes,
        ["DD", "DS", "SS", "DN", "SN", "NN", "NC", "CC", "C-", "--"]
    );
    assert!(
        matches!(
            error,
            PromptError::Budget {
                needed: 200..450,
                ..
            }
        ),
        "{error}"
    );
}

#[test]
fn a_small_namespace_beside_a_large_one_needs_no_look_up() {
    let mut tools = many(40).tools().to_vec();
    tools.extend(office().catalogue().tools().iter().cloned());
    let options = PromptOptions {
        budget: 1_200,
        ..PromptOptions::default()
    };
    let text = Catalogue::from_tools(tools).prompt(&options).unwrap();
    for namespace in ["billing", "files", "github", "mail"] {
        assert!(
            text.contains(&format!("declare namespace {namespace} {{")),
            "{text}"
        );
    }
    assert!(
        text.contains("\nFurther functions, without their types\n- service0: "),
        "{text}"
    );
    assert!(
        text.contains("billing (1), files (2), github (3), mail (2), service0 (40)\n"),
        "{text}"
    );
}

#[test]
fn the_first_two_thousand_characters_are_enough_to_work_with() {
    for catalogue in [
        office().catalogue().clone(),
        many(40),
        many(500),
        many(10_000),
    ] {
        for (budget, form) in [
            (1_000, PromptForm::Declarations),
            (8_000, PromptForm::Declarations),
            (999, PromptForm::Listing),
        ] {
            let options = PromptOptions {
                budget,
                form,
                look_up: LookUp::Tools,
                ..PromptOptions::default()
            };
            let text = catalogue.prompt(&options).unwrap();
            let head: String = text.chars().take(2_000).collect();
            if head == text && form == PromptForm::Declarations {
                continue;
            }
            let is_complete = !text.contains("Look a function up");
            let parts: &[&str] = if is_complete {
                &[
                    "`await` and `return` work",
                    "\n\nNamespaces, with how many functions each has: ",
                    "\nShould the declarations below break off, `search` finds functions by words, and `describe` by name.\n",
                ]
            } else {
                &[
                    "`await` and `return` work",
                    "\n- `search` finds functions by words",
                    "\n- `describe` gives the declarations",
                    "for `run`.\n\nNamespaces, with how many functions each has: ",
                ]
            };
            for part in parts {
                assert!(head.contains(part), "{budget}: {part} isn't in {text}");
            }
            let (_, overview) = head.split_once("each has: ").unwrap();
            let (overview, _) = overview
                .split_once('\n')
                .unwrap_or_else(|| panic!("{budget}: {head}"));
            let all = catalogue.by_namespace().count();
            let shown = overview.matches(" (").count();
            let more = format!(" and {} more", all - shown);
            assert_eq!(overview.ends_with(&more), shown < all, "{overview}");
            assert!(shown == all || shown >= 30, "{overview}");
        }
    }
}

#[test]
fn a_first_sentence_is_never_cut() {
    let sentence = format!("Sends {}at last.", "one more letter and ".repeat(20));
    let docs = format!("{sentence} Then it rests.");
    let catalogue = Catalogue::from_tools(vec![tool("mail", "send", &docs)]);
    let text = catalogue.prompt(&PromptOptions::listing()).unwrap();
    assert!(
        text.ends_with(&format!("\nmail\n- send: {sentence}\n")),
        "{text}"
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
            assert_eq!(text.contains(" more\n"), tools >= 10_000, "{tools}: {text}");
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
