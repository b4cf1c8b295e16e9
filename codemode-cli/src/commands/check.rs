//! `codemode-cli check`: the types of a script, without running it.

use std::process::ExitCode;

use codemode_runtime::{CatalogueTypes, Checker, Outcome};

use super::script;
use crate::arguments::Check;
use crate::error::CliError;
use crate::saved;
use crate::sources::{OpenSources, Wait};

pub(crate) fn main(arguments: &Check) -> Result<ExitCode, CliError> {
    let text = script::read(&arguments.script)?;
    let checker = Checker::find()?;
    let called = saved::with_called(&arguments.sources, &text)?;
    let wait = Wait::ForScript(&called);
    let checking = OpenSources::with(&arguments.sources, wait, async |sources| {
        let tools = sources.catalogue()?;
        let saved = saved::of(
            &arguments.sources,
            || Ok(tools.clone()),
            Some(&checker),
            |warning| sources.warn(warning),
        )
        .await?;
        let catalogue = saved.added_to(&tools);
        let mut error = checker
            .check(&text, &CatalogueTypes::new(&catalogue))
            .await?;
        if let Some(error) = &mut error {
            saved.explain(error, &text);
        }
        Ok((Outcome::of_check(error), catalogue))
    });
    let (outcome, catalogue) = super::tools::event_loop()?.block_on(checking)?;
    script::report(
        &arguments.script,
        arguments.json,
        &text,
        &outcome,
        &catalogue,
    )
}
