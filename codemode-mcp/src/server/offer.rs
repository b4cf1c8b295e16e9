//! What there is to call at one time.

use codemode_runtime::__own::ScriptDiscovery;
use codemode_runtime::{Catalogue, Discovery, LookUp, PromptOptions, Sandbox};

use super::direct::DirectTools;

/// What there is to call at one time.
pub(super) struct Offer {
    pub(super) sandbox: Sandbox,
    pub(super) discovery: Discovery,
    pub(super) instructions: String,
    pub(super) direct: DirectTools,
}

impl Offer {
    pub(super) fn new(sandbox: Sandbox) -> Self {
        // What lets scripts look for tools isn't itself to be found.
        let own = ScriptDiscovery::functions().tools();
        let tools = sandbox.catalogue().tools().iter();
        let tools = tools.filter(|tool| !own.iter().any(|own| own.namespace == tool.namespace));
        let catalogue = Catalogue::from_tools(tools.cloned().collect());
        let instructions = instructions(&catalogue);
        // What is declared in TypeScript, and what is about scripts, is for scripts alone.
        let tools = catalogue.tools().iter();
        let tools =
            tools.filter(|tool| tool.declaration.is_none() && !tool.namespace.starts_with('$'));
        let direct = Catalogue::from_tools(tools.cloned().collect());
        Self {
            direct: DirectTools::new(&direct),
            discovery: Discovery::new(catalogue),
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
        ..PromptOptions::default()
    };
    // The built-in template is sound, and its shortest form has less than half of the budget.
    catalogue.prompt(&options).unwrap_or_default()
}
