//! `codemode-cli check`: the types of a script, without running it.

use std::process::ExitCode;

use codemode_runtime::{CatalogueTypes, Checker, Outcome};

use super::script;
use crate::arguments::Check;
use crate::error::CliError;
use crate::sources::{OpenSources, Wait};

pub(crate) fn main(arguments: &Check) -> Result<ExitCode, CliError> {
    let text = script::read(&arguments.script)?;
    let checker = Checker::find()?;
    let (outcome, catalogue) = super::event_loop()?.block_on(async {
        let sources = OpenSources::open(&arguments.sources, Wait::ForScript(&text)).await?;
        let catalogue = sources.sandbox().discovery().build()?.catalogue().clone();
        let error = checker
            .check(&text, &CatalogueTypes::new(&catalogue))
            .await?;
        sources.close().await;
        Ok::<_, CliError>((Outcome::of_check(error), catalogue))
    })?;
    script::report(
        &arguments.script,
        arguments.json,
        &text,
        &outcome,
        &catalogue,
    )
}
