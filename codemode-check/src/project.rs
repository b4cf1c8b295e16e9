//! What the compiler is given: its options, the declarations and the script.

use std::sync::Arc;

use serde_json::json;

use codemode_script::Script;

use super::types::TypesFile;

/// The declarations of the world around the script.
pub(super) const WORLD: &str = include_str!("world.d.ts");
pub(super) const WORLD_FILE: &str = "world.d.ts";
pub(super) const SCRIPT_FILE: &str = "script.ts";

/// A file with one mistake in it, which is checked with every script: a compiler that doesn't tell of it hasn't looked, and
/// its silence about the script says nothing. The mistake has nothing to do with what a script may declare.
pub(super) const WITNESS: &str = "export const witness: number = \"\";\n";
pub(super) const WITNESS_CODE: u32 = 2322;
/// Comes after the script in the compiler's order, so that nothing is missing where it is told.
pub(super) const WITNESS_FILE: &str = "witness.ts";

pub(super) const CONFIG_FILE: &str = "tsconfig.json";

/// ECMAScript as the sandbox has it: without shared memory and `Temporal`, which the compiler's own collections would
/// bring.
const LIBRARIES: &[&str] = &[
    "es2016",
    "es2017.arraybuffer",
    "es2017.date",
    "es2017.intl",
    "es2017.object",
    "es2017.string",
    "es2017.typedarrays",
    "es2018.asyncgenerator",
    "es2018.asynciterable",
    "es2018.intl",
    "es2018.promise",
    "es2018.regexp",
    "es2019.array",
    "es2019.intl",
    "es2019.object",
    "es2019.string",
    "es2019.symbol",
    "es2020.bigint",
    "es2020.date",
    "es2020.intl",
    "es2020.number",
    "es2020.promise",
    "es2020.string",
    "es2020.symbol.wellknown",
    "es2021.intl",
    "es2021.promise",
    "es2021.string",
    "es2021.weakref",
    "es2022.array",
    "es2022.error",
    "es2022.intl",
    "es2022.object",
    "es2022.regexp",
    "es2022.string",
    "es2023.array",
    "es2023.collection",
    "es2023.intl",
    "es2024.arraybuffer",
    "es2024.collection",
    "es2024.object",
    "es2024.promise",
    "es2024.regexp",
    "es2024.string",
    "es2025.collection",
    "es2025.float16",
    "es2025.intl",
    "es2025.iterator",
    "es2025.promise",
    "es2025.regexp",
    "esnext.array",
    "esnext.collection",
    "esnext.error",
    "esnext.typedarrays",
    "decorators",
];

/// A script with all that is needed to check it.
#[derive(Clone, Debug)]
pub(super) struct Project {
    pub(super) types: Vec<TypesFile>,
    pub(super) script: Arc<str>,
}

impl Project {
    pub(super) fn new(script: &Script, types: Vec<TypesFile>) -> Self {
        Self {
            types,
            script: script.module().into(),
        }
    }

    /// Scripts with equal keys differ in nothing but their text.
    pub(super) fn key(&self) -> String {
        let names: Vec<&str> = self.types.iter().map(|file| file.name.as_str()).collect();
        names.join(" ")
    }

    /// The compiler's options. `root` leads from the folder of the options to that of the declarations.
    pub(super) fn config(&self, root: &str) -> String {
        let mut files = vec![format!("{root}{WORLD_FILE}")];
        files.extend(self.types.iter().map(|file| format!("{root}{}", file.name)));
        files.push(SCRIPT_FILE.to_owned());
        files.push(format!("{root}{WITNESS_FILE}"));
        json!({
            "compilerOptions": {
                "strict": true,
                // What a tool throws is an `Error`, and reading its message is what an author does first.
                "useUnknownInCatchVariables": false,
                "target": "esnext",
                "module": "esnext",
                "moduleResolution": "bundler",
                "moduleDetection": "force",
                "lib": LIBRARIES,
                "types": [],
                "noEmit": true,
                // What a script imports is not to be looked for: run as a command, the compiler would find it on the disk,
                // and tell what is in it.
                "noResolve": true,
                "skipLibCheck": true,
            },
            "files": files,
        })
        .to_string()
    }
}
