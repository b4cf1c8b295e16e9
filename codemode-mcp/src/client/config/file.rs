//! Where in a file the servers are: each client keeps them under another name.

use super::jsonc::{Data, Node};

/// One entry of a list of servers.
#[derive(Debug)]
pub(super) struct Listed {
    pub(super) name: String,
    pub(super) entry: Node,
}

/// Names of lists of servers, at the root of a file or under `mcp`.
const LISTS: [&str; 7] = [
    "mcpServers",
    "mcp-servers",
    "mcp.servers",
    "mcp_servers",
    "servers",
    "context_servers",
    "amp.mcpServers",
];

/// What a server can't be without.
pub(super) const WAYS: [&str; 8] = [
    "command",
    "cmd",
    "url",
    "serverUrl",
    "server_url",
    "httpUrl",
    "sseUrl",
    "transport",
];

/// The servers of a file, in its order.
///
/// # Errors
///
/// If there are none to be found, and why.
pub(super) fn servers(root: &Node) -> Result<Vec<Listed>, String> {
    match &root.data {
        Data::List(_) => return listed(root),
        Data::Object(_) => {}
        _ => return Err(format!("it is {}", root.kind())),
    }
    let roots = [Some(root), root.get("mcp")];
    let mut lists = roots
        .into_iter()
        .flatten()
        .flat_map(|root| LISTS.iter().filter_map(|name| root.get(name)))
        .filter(|list| !list.is_null())
        .peekable();
    if lists.peek().is_some() {
        let mut found = Vec::new();
        for list in lists {
            found.extend(listed(list)?);
        }
        return Ok(found);
    }
    if is_server(root) {
        return Err("it is the entry of one server, which needs a name".to_owned());
    }
    // A list without anything around it, or one of which the name says it all.
    for list in [root.get("mcp"), Some(root)].into_iter().flatten() {
        let mut found = listed(list)?;
        found.retain(|server| is_server(&server.entry));
        if !found.is_empty() {
            return Ok(found);
        }
    }
    Err("it has nothing like it".to_owned())
}

fn is_server(entry: &Node) -> bool {
    let mut ways = WAYS.iter().filter_map(|name| entry.get(name));
    ways.any(|value| !value.is_null())
}

fn listed(list: &Node) -> Result<Vec<Listed>, String> {
    match &list.data {
        Data::Object(fields) => Ok(fields
            .iter()
            .map(|(name, entry)| Listed {
                name: name.clone(),
                entry: entry.clone(),
            })
            .collect()),
        Data::List(entries) => Ok(entries
            .iter()
            .enumerate()
            .map(|(position, entry)| {
                let name = ["name", "id"]
                    .iter()
                    .find_map(|key| entry.get(key)?.scalar());
                Listed {
                    name: name.unwrap_or_else(|| format!("server {}", position + 1)),
                    entry: entry.clone(),
                }
            })
            .collect()),
        _ => Err(format!(
            "its list of servers is {} (line {})",
            list.kind(),
            list.line
        )),
    }
}
