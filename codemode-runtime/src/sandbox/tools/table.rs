//! The tools of a sandbox in one numbered table, wherever they live.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use std::sync::Arc;

use super::host::ToolHost;
use super::words::{self, Words};
use crate::registry::set::{RegisteredTool, Results, ToolSet, guard_panics};
use crate::sandbox::options::limits::Limits;
use crate::tool::annotations::Annotations;
use crate::tool::context::CallContext;
use crate::tool::error::ToolError;
use crate::tool::source::ToolSource;

/// All tools that a sandbox offers, sorted by namespace and name. A tool's place is its number.
pub(crate) struct Tools {
    tools: Vec<OfferedTool>,
    /// Where the tools of each namespace stand.
    namespaces: HashMap<String, Range<usize>>,
}

/// One tool of a sandbox.
pub(crate) struct OfferedTool {
    namespace: Cow<'static, str>,
    name: Cow<'static, str>,
    /// `namespace.name`.
    pub(crate) path: Cow<'static, str>,
    pub(crate) annotations: Annotations,
    pub(crate) source: ToolSource,
    target: Target,
}

enum Target {
    /// A function of this program.
    Own(&'static RegisteredTool, Results),
    /// A tool that lives elsewhere, and its place in its host's catalogue.
    Hosted(Arc<dyn ToolHost>, usize),
}

impl OfferedTool {
    /// How large an argument may be as JSON text, in bytes.
    pub(crate) fn argument_bytes(&self, limits: &Limits) -> usize {
        match &self.target {
            Target::Own(..) => limits.argument_bytes,
            Target::Hosted(host, _) => host.argument_bytes(limits),
        }
    }

    /// Calls the tool, past everything else that the border does. A panic becomes an error.
    pub(crate) async fn call(
        &self,
        context: CallContext,
        input: String,
    ) -> Result<String, ToolError> {
        match &self.target {
            Target::Own(tool, results) => tool.guarded_call(*results, context, input).await,
            Target::Hosted(host, index) => {
                // Started inside the guarded future, since a host may panic on the way to one.
                let call = async { host.call(*index, context, input).await };
                guard_panics(&self.path, call).await
            }
        }
    }
}

/// The name that two tools have.
#[derive(Debug)]
pub(crate) struct DuplicateName(pub(crate) String);

impl Tools {
    /// The tools of the program and of the hosts.
    ///
    /// # Errors
    ///
    /// If two have one name.
    pub(crate) fn new(own: &ToolSet, hosts: &[Arc<dyn ToolHost>]) -> Result<Self, DuplicateName> {
        let results = own.results();
        let own = own.tools().iter().map(|tool| OfferedTool {
            namespace: Cow::Borrowed(tool.descriptor.namespace),
            name: Cow::Borrowed(tool.descriptor.name),
            path: Cow::Borrowed(tool.descriptor.path()),
            annotations: tool.descriptor.annotations,
            source: ToolSource::Rust,
            target: Target::Own(tool, results),
        });
        let hosted = hosts.iter().flat_map(|host| {
            let tools = host.catalogue().tools().iter().enumerate();
            tools.map(|(index, tool)| OfferedTool {
                namespace: Cow::Owned(tool.namespace.clone()),
                name: Cow::Owned(tool.name.clone()),
                path: Cow::Owned(tool.path()),
                annotations: tool
                    .annotations
                    .as_ref()
                    .map(Annotations::from_mcp)
                    .unwrap_or_default(),
                source: tool.source,
                target: Target::Hosted(Arc::clone(host), index),
            })
        });
        let mut tools: Vec<OfferedTool> = own.chain(hosted).collect();
        tools.sort_by(|a, b| (&a.namespace, &a.name).cmp(&(&b.namespace, &b.name)));
        if let Some(twins) = tools.windows(2).find(|two| two[0].path == two[1].path) {
            return Err(DuplicateName(twins[0].path.clone().into_owned()));
        }
        let mut namespaces = HashMap::<String, Range<usize>>::new();
        for (number, tool) in tools.iter().enumerate() {
            namespaces
                .entry(tool.namespace.clone().into_owned())
                .or_insert(number..number)
                .end = number + 1;
        }
        Ok(Self { tools, namespaces })
    }

    /// Whether some tool is in this namespace.
    pub(crate) fn has_namespace(&self, name: &str) -> bool {
        self.namespaces.contains_key(name)
    }

    /// The tool of a number that [`Tools::named_in`] gave out.
    pub(crate) fn get(&self, number: u32) -> Option<&OfferedTool> {
        self.tools.get(number as usize)
    }

    /// The tools that a script can reach, with their numbers, so that a run costs nothing for those that it can't.
    ///
    /// Reads the text as words, without understanding it, and so takes some tools too many: never one too few. A namespace
    /// that is followed by anything but `.name`, as in `Object.keys(weather)`, stands for all of its tools; so does every
    /// namespace if the script names the global object, or spells a letter as `\u…`.
    pub(crate) fn named_in(&self, script: &str) -> Vec<(u32, &str)> {
        let mut numbers = BTreeSet::new();
        if words::is_open(script) {
            numbers.extend(0..self.tools.len());
        } else {
            for (word, rest) in Words(script) {
                let Some(range) = self.namespaces.get(word) else {
                    continue;
                };
                match words::member(rest) {
                    None => numbers.extend(range.clone()),
                    Some(name) => {
                        let tools = &self.tools[range.clone()];
                        let found = tools.binary_search_by(|tool| tool.name.as_ref().cmp(name));
                        // Some tool for one that isn't there: with none, the namespace would be missing, and the
                        // script's author be told the wrong thing.
                        numbers.insert(range.start + found.unwrap_or_default());
                    }
                }
            }
        }
        numbers
            .into_iter()
            .filter_map(|number| {
                let tool = self.tools.get(number)?;
                Some((u32::try_from(number).ok()?, tool.path.as_ref()))
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Catalogue, HostedCall, ToolInfo};

    struct Nowhere(Catalogue);

    impl ToolHost for Nowhere {
        fn catalogue(&self) -> &Catalogue {
            &self.0
        }

        fn call(&self, _: usize, _: CallContext, _: String) -> HostedCall {
            unreachable!("nothing is called here")
        }
    }

    fn tools(paths: &[&str]) -> Result<Tools, DuplicateName> {
        let infos = paths.iter().map(|path| {
            let (namespace, name) = path.split_once('.').unwrap();
            serde_json::from_value::<ToolInfo>(serde_json::json!({
                "namespace": namespace, "name": name, "output": true,
            }))
            .unwrap()
        });
        let host = Nowhere(Catalogue::from_tools(infos.collect()));
        Tools::new(&ToolSet::empty(), &[Arc::new(host)])
    }

    #[test]
    fn a_run_is_given_the_tools_that_its_script_can_reach() {
        let all = ["a.one", "a.two", "b.one", "bä$_.one"];
        let tools = tools(&all).unwrap();
        let cases: [(&str, &[&str]); 15] = [
            ("return 1", &[]),
            ("await a.one()", &["a.one"]),
            ("await a\n  . one({ b: 1 })", &["a.one", "b.one"]),
            ("await a.one(); b.two", &["a.one", "b.one"]),
            ("aa.one; ba.two; $a.one; a$.one; _a.one", &[]),
            ("x.a.one", &["a.one"]),
            ("a['o' + 'ne']()", &["a.one", "a.two"]),
            ("a?.one()", &["a.one", "a.two"]),
            ("a/**/.one()", &["a.one", "a.two"]),
            ("const { one } = a", &["a.one", "a.two"]),
            ("for (const f of Object.values(b)) f()", &["b.one"]),
            ("bä$_.one()", &["bä$_.one"]),
            ("globalThis['a']", &all),
            ("(() => this)()", &all),
            ("\\u0061.one()", &all),
        ];
        for (script, expected) in cases {
            let found = tools.named_in(script);
            let paths: Vec<&str> = found.iter().map(|(_, path)| *path).collect();
            assert_eq!(paths, expected, "{script}");
            for (number, path) in found {
                assert_eq!(tools.get(number).unwrap().path, path);
            }
        }
        assert!(tools.get(4).is_none());
    }

    #[test]
    fn two_tools_of_one_name_are_refused() {
        let error = tools(&["a.one", "b.one", "a.one"]).err().unwrap();
        assert!(matches!(error, DuplicateName(name) if name == "a.one"));
    }
}
