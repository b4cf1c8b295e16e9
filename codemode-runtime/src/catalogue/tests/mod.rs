//! Finding tools, and what a model is told about them.

mod answers;
#[cfg(feature = "prompt")]
mod prompts;
mod ranking;

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

fn names(tools: &[ToolSummary]) -> Vec<&str> {
    tools.iter().map(|tool| tool.name.as_str()).collect()
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
