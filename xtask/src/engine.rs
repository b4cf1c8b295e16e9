//! Which JavaScript engine to build with.

use std::fmt;
use std::str::FromStr;

use crate::v8;
use crate::workspace::Workspace;

/// A JavaScript engine that `codemode-runtime` can be built with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Engine {
    V8,
    QuickJs,
}

/// What `--engine` says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Choice {
    Auto,
    V8,
    QuickJs,
}

impl Engine {
    pub(crate) fn other(self) -> Self {
        match self {
            Self::V8 => Self::QuickJs,
            Self::QuickJs => Self::V8,
        }
    }
}

impl fmt::Display for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::V8 => "V8",
            Self::QuickJs => "QuickJS",
        })
    }
}

impl FromStr for Choice {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        match name {
            "auto" => Ok(Self::Auto),
            "v8" => Ok(Self::V8),
            "quickjs" => Ok(Self::QuickJs),
            other => Err(format!(
                "there is no engine `{other}`: write v8, quickjs or auto"
            )),
        }
    }
}

/// Decides on the engine and says in one line what was decided and why.
///
/// # Errors
/// When V8's archive is named by the environment but isn't there, unless `QuickJS` was asked for.
pub(crate) fn choose(workspace: &Workspace, choice: Choice) -> Result<Engine, String> {
    let (engine, reason) = match choice {
        Choice::QuickJs => (Engine::QuickJs, "as asked for".to_owned()),
        Choice::V8 => {
            // An archive that is named but missing would only show up as a panic in a build script.
            v8::named_archive()?;
            (Engine::V8, "as asked for".to_owned())
        }
        Choice::Auto => match v8::find(workspace)? {
            Some(source) => (Engine::V8, source.to_string()),
            None => (
                Engine::QuickJs,
                format!("{}. {}", v8::OUT_OF_REACH, v8::HOW_TO_GET_IT),
            ),
        },
    };
    println!("Engine: {engine} ({reason})");
    Ok(engine)
}
