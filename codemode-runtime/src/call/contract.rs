//! What a tool's declaration says, against what the tool does.
//!
//! Both come from one type, and still can differ: a `Serialize`, a `JsonSchema` or a function of `with` that somebody wrote by
//! hand says what it likes.

use std::sync::OnceLock;

use codemode_declarations::{Misfit, ResultType};

use crate::tool::descriptor::ToolDescriptor;
use crate::tool::error::ToolError;
use crate::tool::info::ToolInfo;

/// The declaration of one tool, read when it is first needed.
#[derive(Default)]
pub struct Contract {
    /// `None` for a result that can't be declared, which a script can't have been checked against.
    result: OnceLock<Option<ResultType>>,
}

impl Contract {
    /// That of a tool which hasn't been called yet.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            result: OnceLock::new(),
        }
    }

    /// Whether what a tool has returned is what it declares.
    ///
    /// # Errors
    ///
    /// If it isn't, since the script counts on it.
    pub(crate) fn check(&self, tool: &ToolDescriptor, result: &str) -> Result<(), ToolError> {
        let ty = self
            .result
            .get_or_init(|| ResultType::of(&ToolInfo::describe(tool)).ok());
        let Some(Err(misfit)) = ty.as_ref().map(|ty| ty.check_text(result)) else {
            return Ok(());
        };
        tracing::error!(
            tool = tool.path(),
            location = %tool.location,
            %misfit,
            "a tool returned something else than it declares"
        );
        Err(broken(&misfit))
    }
}

fn broken(misfit: &Misfit) -> ToolError {
    ToolError::failed(format!(
        "the result isn't what the tool declares: {misfit}. The tool has run, and what it did is done; this is a fault of the \
         tool, not of the script. Its author writes `#[schemars(with = \"…\")]` on the field or the type in question, with the \
         type that is serialized there"
    ))
}

/// Adds to a refusal of serde what its author can do, if the script has passed just what is declared.
///
/// Many a value is refused that is of the declared type, such as a date that is none. But where serde asks for another type
/// altogether, it is the declaration that is wrong. Types of numbers are told apart by serde alone.
#[cold]
pub(crate) fn explained(mut refusal: ToolError, tool: &ToolDescriptor) -> ToolError {
    let Some(input) = refusal.take_refused() else {
        return refusal;
    };
    let type_found = refusal.message().split_once("invalid type: ");
    let is_other = |found: &str| !found.starts_with("integer") && !found.starts_with("float");
    let as_declared = || {
        ResultType::of_input(&ToolInfo::describe(tool))
            .is_some_and(|ty| ty.check_text(&input).is_ok())
    };
    if !type_found.is_some_and(|(_, found)| is_other(found)) || !as_declared() {
        return refusal;
    }
    refusal.map_message(|message| {
        format!(
            "{message}. The input is as declared, so this is a fault of the tool, not of the script: its author writes \
             `#[schemars(with = \"…\")]` there, with the type that is deserialized"
        )
    })
}
