//! What there is to call at one time.

use codemode_runtime::__own::ScriptDiscovery;
use codemode_runtime::{Catalogue, Discovery, LookUp, PromptOptions, Sandbox, ToolInfo};

use super::direct::DirectTools;

/// What there is to call at one time.
pub(super) struct Offer {
    pub(super) sandbox: Sandbox,
    pub(super) discovery: Discovery,
    pub(super) instructions: String,
    pub(super) direct: DirectTools,
}

impl Offer {
    /// What a sandbox has, and by themselves the tools that patterns fit.
    pub(super) fn new(sandbox: Sandbox, direct: &[String]) -> Self {
        // What lets scripts look for tools is none of the host's.
        let own = ScriptDiscovery::functions().tools();
        let is_own = |tool: &ToolInfo| own.iter().any(|own| own.namespace == tool.namespace);
        let tools = sandbox.catalogue().tools().iter().cloned();
        let (own, tools): (Vec<_>, Vec<_>) = tools.partition(is_own);
        let (own, catalogue) = (Catalogue::from_tools(own), Catalogue::from_tools(tools));
        let instructions = instructions(&catalogue);
        // What is declared in TypeScript, and what is about scripts, is for scripts alone.
        let by_themselves = catalogue.tools().iter();
        let by_themselves = by_themselves
            .filter(|tool| tool.declaration.is_none() && !tool.namespace.starts_with('$'));
        let by_themselves = Catalogue::from_tools(by_themselves.cloned().collect());
        let asked = sandbox.clone();
        Self {
            direct: DirectTools::new(&by_themselves, direct),
            discovery: Discovery::beside(catalogue, &own).with_seen(move |tool| asked.seen(tool)),
            instructions,
            sandbox,
        }
    }
}

/// Clients put the instructions into every conversation, so they are short; the declarations are in them if there are few.
const INSTRUCTIONS: usize = 1_000;

fn instructions(catalogue: &Catalogue) -> String {
    let options = PromptOptions {
        budget: INSTRUCTIONS,
        look_up: LookUp::Tools,
        sessions: true,
        ..PromptOptions::default()
    };
    // The built-in template is sound, and its shortest form has less than half of the budget.
    catalogue.prompt(&options).unwrap_or_default()
}
