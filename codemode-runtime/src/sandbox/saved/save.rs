//! `$scripts`, by which scripts save scripts.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::Arc;
use std::{fs, io};

use codemode_check::{CatalogueTypes, Checker};
use codemode_script::SAVED;
use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::{Deserialize, Serialize};
use tokio::sync::Mutex;

use super::folder::{ENDING, files};
use super::{SavedScripts, compiled};
use crate::call::values::{finish, parse_input};
use crate::catalogue::Catalogue;
use crate::sandbox::tools::host::{HostedCall, ToolHost};
use crate::tool::annotations::Annotations;
use crate::tool::context::CallContext;
use crate::tool::error::ToolError;
use crate::tool::info::ToolInfo;
use crate::tool::root_schema::root_schema;

const NAMESPACE: &str = "$scripts";

const DOCS: &str = "\
Saves a function that the next scripts call as `await scripts.NAME({ … })`. `code` is a file: imports nothing, exports one \
`async function NAME` with at most one parameter, an object, types written out for it and for what is returned, and a comment \
`/** … */` before it that says what it does. It may call tools and other saved scripts.";

/// Lets scripts save scripts in a folder, with `$scripts.save({ name, code })`.
#[derive(Clone)]
pub struct ScriptSaver {
    shared: Arc<Shared>,
}

struct Shared {
    catalogue: Catalogue,
    folder: PathBuf,
    types: CatalogueTypes,
    checker: Option<Checker>,
    saved: Box<dyn Fn() -> Waiting + Send + Sync>,
    /// One script is saved at a time.
    turn: Mutex<()>,
}

type Waiting = Pin<Box<dyn Future<Output = ()> + Send>>;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct SaveInput {
    /// An identifier, and the name of the function.
    name: String,
    /// The file.
    code: String,
    /// Whether to write over the saved script of this name.
    #[serde(default)]
    replace: bool,
}

/// What is saved.
#[derive(Serialize, JsonSchema)]
struct SavedAs {
    /// How scripts call it from now on.
    call: String,
}

impl ScriptSaver {
    /// Saves in a folder what fits the tools. `saved` is called after each, and waited for: it offers the script to the next runs.
    pub fn new(
        folder: PathBuf,
        tools: &Catalogue,
        checker: Option<Checker>,
        saved: impl Fn() -> Waiting + Send + Sync + 'static,
    ) -> Self {
        Self {
            shared: Arc::new(Shared {
                catalogue: Catalogue::from_tools(vec![describe()]),
                folder,
                types: CatalogueTypes::new(tools),
                checker,
                saved: Box::new(saved),
                turn: Mutex::default(),
            }),
        }
    }
}

fn describe() -> ToolInfo {
    let settings = SchemaSettings::draft2020_12();
    let input = root_schema(settings.clone().for_deserialize(), |generator| {
        generator.subschema_for::<SaveInput>()
    });
    let output = root_schema(settings.for_serialize(), |generator| {
        generator.subschema_for::<SavedAs>()
    });
    let annotations = Annotations {
        destructive: Some(true),
        ..Annotations::NONE
    };
    ToolInfo {
        docs: DOCS.to_owned(),
        annotations: annotations.to_mcp(),
        ..ToolInfo::bare(NAMESPACE, "save", Some(input), output)
    }
}

impl ToolHost for ScriptSaver {
    fn catalogue(&self) -> &Catalogue {
        &self.shared.catalogue
    }

    fn call(&self, _: usize, _: CallContext, input: String) -> HostedCall {
        let shared = Arc::clone(&self.shared);
        Box::pin(async move {
            let input: SaveInput = parse_input(&input)?;
            let call = format!("{SAVED}.{}", input.name);
            shared.save(input).await?;
            finish(Ok::<_, std::convert::Infallible>(SavedAs { call }), |_| {
                None
            })
        })
    }
}

impl Shared {
    async fn save(&self, input: SaveInput) -> Result<(), ToolError> {
        let SaveInput {
            name,
            code,
            replace,
        } = input;
        let wrong = |why: String| ToolError::input(format!("{name}{ENDING}:{why}"));
        // The name is looked at here, too: from now on it is that of a file in the folder.
        compiled(&name, &code).map_err(wrong)?;
        let _turn = self.turn.lock().await;
        let mut files = files(&self.folder).map_err(|_| unusable())?;
        let is_there = files.iter().any(|(known, _)| *known == name);
        if is_there && !replace {
            return Err(ToolError::input(format!(
                "there is a saved script `{name}` already: take another name, or write over it with `replace: true`"
            )));
        }
        if !is_there && files.len() >= SavedScripts::MAX {
            return Err(ToolError::failed(format!(
                "there are {} saved scripts, and no more can be saved",
                files.len()
            )));
        }
        files.retain(|(known, _)| *known != name);
        files.insert(0, (name.clone(), code.clone()));
        let all = SavedScripts::of(files);
        if let Some((_, why)) = all.problems().find(|(known, _)| *known == name) {
            return Err(wrong(why.to_owned()));
        }
        if let Some(checker) = &self.checker
            && let Some(why) = all.misfit(&name, &self.types, checker).await
        {
            return Err(wrong(why));
        }
        write(&self.folder, &name, &code, replace).map_err(|_| unusable())?;
        (self.saved)().await;
        Ok(())
    }
}

/// What is wrong with the folder is nothing that a script can mend, and its path none of its business.
fn unusable() -> ToolError {
    ToolError::failed("the folder of saved scripts can't be used")
}

/// Writes the file as a whole or not at all, and over another one only if that is wanted.
fn write(folder: &Path, name: &str, code: &str, replace: bool) -> io::Result<()> {
    let path = folder.join(format!("{name}{ENDING}"));
    let draft = folder.join(format!(".{name}.{}.draft", std::process::id()));
    let written = (|| {
        let mut file = fs::File::create_new(&draft)?;
        file.write_all(code.as_bytes())?;
        file.sync_all()?;
        if replace {
            fs::rename(&draft, &path)
        } else {
            // Unlike a renaming, this fails if there is such a file.
            fs::hard_link(&draft, &path)
        }
    })();
    let _ = fs::remove_file(&draft);
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    fn saver(folder: &Path) -> ScriptSaver {
        let nothing = || -> Waiting { Box::pin(std::future::ready(())) };
        ScriptSaver::new(folder.to_owned(), &Catalogue::default(), None, nothing)
    }

    fn code(name: &str) -> String {
        format!("/** D */ export async function {name}(): Promise<void> {{}}")
    }

    async fn save(
        saver: &ScriptSaver,
        name: &str,
        code: String,
        replace: bool,
    ) -> Result<(), String> {
        let input = SaveInput {
            name: name.to_owned(),
            code,
            replace,
        };
        let done = saver.shared.save(input).await;
        done.map_err(|error| error.message().to_owned())
    }

    #[tokio::test]
    async fn what_is_saved_is_a_file_and_nothing_else_is_touched() {
        let folder = tempfile::tempdir().unwrap();
        let saver = saver(folder.path());
        save(&saver, "one", code("one"), false).await.unwrap();
        let path = folder.path().join("one.ts");
        assert_eq!(fs::read_to_string(&path).unwrap(), code("one"));

        let refused = save(&saver, "one", code("one") + "\n", false).await;
        let message = "there is a saved script `one` already: take another name, or write over it with `replace: true`";
        assert_eq!(refused, Err(message.to_owned()));
        assert_eq!(fs::read_to_string(&path).unwrap(), code("one"));
        save(&saver, "one", code("one") + "\n", true).await.unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), code("one") + "\n");

        let files: Vec<_> = fs::read_dir(folder.path()).unwrap().collect();
        assert_eq!(files.len(), 1, "{files:?}");
    }

    #[tokio::test]
    async fn what_is_no_saved_script_is_not_written() {
        let folder = tempfile::tempdir().unwrap();
        let inside = folder.path().join("inside");
        fs::create_dir(&inside).unwrap();
        let saver = saver(&inside);
        let large = format!("{}//{}", code("one"), "x".repeat(256 * 1024));
        for (name, code, message) in [
            (
                "../one",
                code("one"),
                "../one.ts:1:1: a saved script is called as a function is",
            ),
            (
                "",
                code("one"),
                ".ts:1:1: a saved script is called as a function is",
            ),
            ("Date", code("Date"), "Date.ts:1:1: `Date` is there already"),
            (
                "scripts",
                code("scripts"),
                "scripts.ts:1:1: `scripts` is there already",
            ),
            (
                "one",
                code("two"),
                "one.ts:1:32: the function is called `two`",
            ),
            (
                "one",
                "return 1".to_owned(),
                "one.ts:1:1: there is no exported function",
            ),
            ("one", large, "one.ts:1:1: the script has 2"),
            (
                "one",
                "/** D */ export async function one(): Promise<void> { await scripts.one(); }"
                    .to_owned(),
                "one.ts:1:1: saved scripts can't call each other in a circle: scripts.one → scripts.one",
            ),
        ] {
            let refused = save(&saver, name, code, true).await.unwrap_err();
            assert!(refused.starts_with(message), "{name}: {refused}");
        }
        assert_eq!(fs::read_dir(&inside).unwrap().count(), 0);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[tokio::test]
    async fn there_are_never_more_than_so_many() {
        let folder = tempfile::tempdir().unwrap();
        for number in 0..SavedScripts::MAX {
            let name = format!("n{number}");
            fs::write(folder.path().join(format!("{name}.ts")), code(&name)).unwrap();
        }
        let saver = saver(folder.path());
        let refused = save(&saver, "more", code("more"), false).await;
        let message = "there are 200 saved scripts, and no more can be saved";
        assert_eq!(refused, Err(message.to_owned()));
        save(&saver, "n7", code("n7"), true).await.unwrap();
    }
}
