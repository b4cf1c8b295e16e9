//! The declarations as resources: of all tools, and of each namespace.

use rmcp::model::{ErrorData, ListResourcesResult, ReadResourceResult, Resource, ResourceContents};

use codemode_runtime::{Catalogue, Discovery, NamespaceSummary, Paging};

const ALL: &str = "codemode://declarations.d.ts";
const PREFIX: &str = "codemode://namespaces/";
const SUFFIX: &str = ".d.ts";
const TYPESCRIPT: &str = "text/typescript";

/// One page of the list. The cursor is the number of namespaces before it.
pub(super) fn list(
    discovery: &Discovery,
    cursor: Option<&str>,
) -> Result<ListResourcesResult, ErrorData> {
    let offset = match cursor {
        None => 0,
        Some(cursor) => cursor
            .parse()
            .map_err(|_| ErrorData::invalid_params("the cursor isn't one of this list", None))?,
    };
    let page = discovery.namespaces(Paging {
        offset,
        limit: Paging::MAX_LIMIT,
    });
    let mut resources = Vec::new();
    if offset == 0 {
        let all = Resource::new(ALL, "declarations.d.ts")
            .with_description("The TypeScript declarations of all functions that scripts can call")
            .with_mime_type(TYPESCRIPT);
        resources.push(all);
    }
    // The catalogue's only: what scripts have beside it is no resource.
    let is_there = |namespace: &&NamespaceSummary| {
        let mut known = discovery.catalogue().by_namespace();
        known.any(|(name, _)| name == namespace.name)
    };
    resources.extend(page.namespaces.iter().filter(is_there).map(of_namespace));
    let mut listed = ListResourcesResult::with_all_items(resources);
    listed.next_cursor = page.next.map(|next| next.to_string());
    Ok(listed)
}

fn of_namespace(namespace: &NamespaceSummary) -> Resource {
    let NamespaceSummary { name, tools } = namespace;
    Resource::new(format!("{PREFIX}{name}{SUFFIX}"), format!("{name}{SUFFIX}"))
        .with_description(format!(
            "The TypeScript declarations of the {tools} functions of `{name}`"
        ))
        .with_mime_type(TYPESCRIPT)
}

pub(super) fn read(discovery: &Discovery, uri: &str) -> Result<ReadResourceResult, ErrorData> {
    let catalogue = discovery.catalogue();
    let namespace = uri
        .strip_prefix(PREFIX)
        .and_then(|rest| rest.strip_suffix(SUFFIX));
    let text = match namespace {
        _ if uri == ALL => catalogue.declarable().0,
        Some(name) => {
            let (_, tools) = catalogue
                .by_namespace()
                .find(|(known, _)| *known == name)
                .ok_or_else(|| unknown(uri))?;
            Catalogue::from_tools(tools.to_vec()).declarable().0
        }
        None => return Err(unknown(uri)),
    };
    let contents = ResourceContents::text(text, uri).with_mime_type(TYPESCRIPT);
    Ok(ReadResourceResult::new(vec![contents]))
}

fn unknown(uri: &str) -> ErrorData {
    ErrorData::resource_not_found(format!("there is no resource `{uri}`"), None)
}
