//! The policy that a command is given.

use codemode_runtime::PolicyFile;

use crate::arguments::Sources;
use crate::error::CliError;

/// The policy of a command's tools, if it has one.
pub(crate) fn of(sources: &Sources) -> Result<Option<PolicyFile>, CliError> {
    let file = sources.policy.as_deref();
    Ok(file.map(PolicyFile::read).transpose()?)
}
