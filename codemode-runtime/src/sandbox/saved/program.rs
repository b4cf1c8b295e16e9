//! A script with the saved scripts that it calls.

use std::sync::Arc;

use codemode_script::{SAVED, SCRIPT_NAME, SavedScript, Script, syntax_error};

use crate::outcome::{Frame, RunError};
use crate::sandbox::options::limits::Limits;
use crate::sandbox::run::text;

/// What is run, as text.
pub(crate) struct Source {
    pub(crate) script: String,
    /// Names and texts.
    pub(crate) saved: Vec<(String, Arc<str>)>,
}

impl Source {
    /// All texts in one, for what is found by words.
    pub(crate) fn all(&self) -> String {
        let mut all = self.script.clone();
        for (_, text) in &self.saved {
            all.push('\n');
            all.push_str(text);
        }
        all
    }

    /// The stack that compiling it may need.
    pub(crate) fn stack_bytes(&self) -> usize {
        let saved = self.saved.iter().map(|(_, text)| &**text);
        let texts = saved.chain([self.script.as_str()]);
        texts
            .map(codemode_script::stack_bytes)
            .max()
            .unwrap_or_default()
    }
}

/// What is run, compiled.
pub(crate) struct Program {
    pub(crate) script: Script,
    pub(crate) saved: Vec<SavedFile>,
}

/// A saved script, ready to run.
pub(crate) struct SavedFile {
    pub(crate) name: String,
    pub(crate) script: Script,
}

impl SavedFile {
    /// The name of its file, for whoever wrote the script that calls it.
    fn file(&self) -> String {
        format!("{SAVED}/{}.ts", self.name)
    }

    /// The name that it goes by in the engine.
    pub(crate) fn engine_name(&self) -> String {
        format!("{ENGINE_PREFIX}{}", self.file())
    }
}

const ENGINE_PREFIX: &str = "codemode:";

impl Program {
    /// Compiles a script and those that it calls.
    ///
    /// # Errors
    ///
    /// What is wrong with the script.
    pub(crate) fn compile<'t>(
        script: &str,
        saved: impl IntoIterator<Item = (&'t str, &'t str)>,
        limits: &Limits,
    ) -> Result<Self, RunError> {
        let script = text::compile(script, limits)?;
        let saved = saved.into_iter().map(|(name, text)| {
            let saved = SavedScript::compile(name, text).map_err(syntax_error)?;
            Ok(SavedFile {
                name: name.to_owned(),
                script: saved.script,
            })
        });
        Ok(Self {
            script,
            saved: saved.collect::<Result<_, RunError>>()?,
        })
    }

    /// The imports of all of it.
    ///
    /// # Errors
    ///
    /// If there is one of something that isn't there.
    pub(crate) fn check_imports(
        &self,
        is_namespace: impl Fn(&str) -> bool,
    ) -> Result<(), RunError> {
        let is_there = |name: &str| is_namespace(name) || (name == SAVED && !self.saved.is_empty());
        let saved = self.saved.iter().map(|saved| &saved.script);
        for script in saved.chain([&self.script]) {
            script.check_imports(is_there).map_err(syntax_error)?;
        }
        Ok(())
    }

    /// A place that the engine names, in the text that was given: `None` if that isn't part of it.
    pub(crate) fn place(
        &self,
        engine_name: &str,
        function: Option<String>,
        line: u32,
        column: u32,
    ) -> Option<Frame> {
        let (script, file) = if engine_name == SCRIPT_NAME {
            (&self.script, None)
        } else {
            let file = engine_name.strip_prefix(ENGINE_PREFIX)?;
            let saved = self.saved.iter().find(|saved| saved.file() == file)?;
            (&saved.script, Some(file.to_owned()))
        };
        let (line, column) = script.original_position(line, column)?;
        Some(Frame {
            function: function.filter(|name| !name.is_empty()),
            file,
            line,
            column,
        })
    }
}
