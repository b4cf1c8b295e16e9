//! The catalogue as a namespace of scripts, `$tools`.

use std::convert::Infallible;
use std::sync::OnceLock;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Deserialize;

use schemars::generate::SchemaSettings;

use super::host::{HostedCall, ToolHost};
use crate::call::values::{finish, parse_input};
use crate::catalogue::{Catalogue, Discovery, Paging};
use crate::tool::annotations::Annotations;
use crate::tool::context::CallContext;
use crate::tool::descriptor::SchemaFn;
use crate::tool::error::ToolError;
use crate::tool::info::ToolInfo;
use crate::tool::root_schema::root_schema;
use crate::tool::source::ToolSource;

/// No tool's namespace can have this name: `#[tool]` refuses it, and a server's name never comes to have a `$`.
const NAMESPACE: &str = "$tools";

/// Nobody needs to be asked about these.
const READ_ONLY: Annotations = Annotations {
    read_only: Some(true),
    ..Annotations::NONE
};

/// Lets scripts search, list and describe the tools that they can call.
pub struct ScriptDiscovery {
    discovery: Discovery,
}

/// What the functions of the namespace take and do, in alphabetical order as all tools of a catalogue are.
const FUNCTIONS: [Function; 4] = [
    Function {
        name: "describe",
        docs: "The declarations of functions, with all types that they need. For you to read: return the text, then write the next script.",
        input: Some(schema_of::<DescribeInput>),
        output: schema_of::<String>,
        call: |discovery, input| {
            let DescribeInput { names } = parse_input(input)?;
            finish(discovery.describe(&names), |_| None)
        },
    },
    Function {
        name: "list",
        docs: "The functions of one namespace, or of all, in alphabetical order.",
        input: Some(schema_of::<ListInput>),
        output: schema_of::<crate::ToolPage>,
        call: |discovery, input| {
            let ListInput {
                namespace,
                offset,
                limit,
            } = parse_input(input)?;
            finish(
                discovery.list(namespace.as_deref(), Paging { offset, limit }),
                |_| None,
            )
        },
    },
    Function {
        name: "namespaces",
        docs: "The namespaces in alphabetical order, with the number of their functions.",
        input: Some(schema_of::<NamespacesInput>),
        output: schema_of::<crate::NamespacePage>,
        call: |discovery, input| {
            let NamespacesInput { offset, limit } = parse_input(input)?;
            let page = discovery.namespaces(Paging { offset, limit });
            finish(Ok::<_, Infallible>(page), |_| None)
        },
    },
    Function {
        name: "search",
        docs: "The functions that some words fit, the best first and with their declarations. Words may be begun only, or have typing \
               errors.",
        input: Some(schema_of::<SearchInput>),
        output: schema_of::<crate::SearchPage>,
        call: |discovery, input| {
            let SearchInput {
                query,
                offset,
                limit,
                budget,
            } = parse_input(input)?;
            let page = discovery.search_within(&query, Paging { offset, limit }, budget);
            finish(Ok::<_, Infallible>(page), |_| None)
        },
    },
];

struct Function {
    name: &'static str,
    docs: &'static str,
    input: Option<SchemaFn>,
    output: SchemaFn,
    call: fn(&Discovery, &str) -> Result<String, ToolError>,
}

/// What `$tools.search` takes.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SearchInput {
    /// What the function does, in a few words; or its name, or that of a namespace.
    pub query: String,
    /// How many to skip.
    #[serde(default)]
    pub offset: usize,
    /// How many at most, up to 200.
    #[serde(default = "default_limit")]
    pub limit: usize,
    /// How many tokens of declarations at most; with 0, functions are told in short only.
    #[serde(default = "default_budget")]
    pub budget: usize,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ListInput {
    /// The namespace; all functions without one.
    namespace: Option<String>,
    /// How many to skip.
    #[serde(default)]
    offset: usize,
    /// How many at most, up to 200.
    #[serde(default = "default_limit")]
    limit: usize,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NamespacesInput {
    /// How many to skip.
    #[serde(default)]
    offset: usize,
    /// How many at most, up to 200.
    #[serde(default = "default_limit")]
    limit: usize,
}

/// What `$tools.describe` takes.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DescribeInput {
    /// Names of functions, as in `ns.name`, or of whole namespaces.
    pub names: Vec<String>,
}

fn default_limit() -> usize {
    Paging::default().limit
}

fn default_budget() -> usize {
    Discovery::SEARCH_BUDGET
}

fn schema_of<T: JsonSchema>(generator: &mut SchemaGenerator) -> Schema {
    generator.subschema_for::<T>()
}

impl ScriptDiscovery {
    /// Over a catalogue, which the functions of `$tools` aren't part of. They are found all the same.
    #[must_use]
    pub fn new(catalogue: Catalogue) -> Self {
        Self::over(Discovery::beside(catalogue, Self::functions()))
    }

    pub(crate) fn over(discovery: Discovery) -> Self {
        Self { discovery }
    }

    /// The functions of the namespace.
    pub fn functions() -> &'static Catalogue {
        static FUNCTIONS_AS_TOOLS: OnceLock<Catalogue> = OnceLock::new();
        FUNCTIONS_AS_TOOLS
            .get_or_init(|| Catalogue::from_tools(FUNCTIONS.iter().map(describe).collect()))
    }
}

fn describe(function: &Function) -> ToolInfo {
    let settings = SchemaSettings::draft2020_12();
    let input = function
        .input
        .map(|input| root_schema(settings.clone().for_deserialize(), input));
    let output = root_schema(settings.for_serialize(), function.output);
    ToolInfo {
        docs: function.docs.to_owned(),
        annotations: READ_ONLY.to_mcp(),
        source: ToolSource::World,
        ..ToolInfo::bare(NAMESPACE, function.name, input, output)
    }
}

impl ToolHost for ScriptDiscovery {
    fn catalogue(&self) -> &Catalogue {
        Self::functions()
    }

    fn call(&self, index: usize, _call: CallContext, input: String) -> HostedCall {
        let discovery = self.discovery.clone();
        Box::pin(async move {
            match FUNCTIONS.get(index) {
                Some(function) => (function.call)(&discovery, &input),
                None => Err(ToolError::failed("there is no such tool")),
            }
        })
    }
}
