//! TypeScript to what the engine runs, with the way back for positions.

use std::path::PathBuf;

use oxc::allocator::Allocator;
use oxc::ast::ast::{Program, Statement};
use oxc::codegen::{Codegen, CodegenOptions};
use oxc::diagnostics::OxcDiagnostic;
use oxc::parser::{ParseOptions, Parser};
use oxc::semantic::SemanticBuilder;
use oxc::span::{GetSpan, SourceType, Span};
use oxc::transformer::{TransformOptions, Transformer};

use crate::outcome::Diagnostic;

/// The name that the script goes by in the engine. Frames of any other name aren't the script's.
pub(super) const SCRIPT_NAME: &str = "codemode:script";

/// The script becomes the body of an async function, which is what makes `return` and `await` at the top level work. The
/// body starts on a line of its own, so that columns are left alone.
const PROLOGUE: &str = "(async () => {\"use strict\";\n";
const EPILOGUE: &str = "\n})";

/// A script that is ready to run.
#[derive(Debug)]
pub(super) struct Script {
    /// An expression whose value is the script as an async function.
    pub(super) javascript: String,
    positions: Vec<Mapping>,
}

/// Both positions count from 0; columns in UTF-16 units.
#[derive(Clone, Copy, Debug)]
struct Mapping {
    generated: (u32, u32),
    original: (u32, u32),
}

/// How large a script may be, in bytes.
const MAX_BYTES: usize = 256 * 1024;

/// What compiling takes at most of the stack for one byte of text: the parser recurses, and one bracket is one level.
const STACK_PER_BYTE: usize = 4 * 1024;

/// The stack that compiling any script may need, for a thread that is made before its script is known.
#[cfg(unix)]
pub(super) const MAX_STACK_BYTES: usize = MAX_BYTES * STACK_PER_BYTE;

/// The stack that compiling a script may need. Only what is used of it becomes memory.
pub(super) fn stack_bytes(text: &str) -> usize {
    text.len().min(MAX_BYTES) * STACK_PER_BYTE
}

impl Script {
    /// Reads TypeScript and removes its types.
    ///
    /// # Errors
    ///
    /// What is wrong with the text, in the order of its lines.
    pub(super) fn compile(text: &str) -> Result<Self, Vec<Diagnostic>> {
        let lines = Lines::new(text);
        let problems = |found: &mut dyn Iterator<Item = OxcDiagnostic>| {
            found
                .map(|problem| lines.diagnostic(&problem))
                .collect::<Vec<_>>()
        };

        if text.len() > MAX_BYTES {
            return Err(vec![lines.at(
                0,
                format!(
                    "the script has {} bytes, more than the {MAX_BYTES} that it may have",
                    text.len()
                ),
            )]);
        }
        let allocator = Allocator::default();
        let parsed = Parser::new(&allocator, text, SourceType::ts().with_module(true))
            .with_options(ParseOptions {
                allow_return_outside_function: true,
                ..ParseOptions::default()
            })
            .parse();
        let mut program = parsed.program;
        if !parsed.diagnostics.is_empty() {
            return Err(problems(&mut parsed.diagnostics.into_iter()));
        }
        // It would stand in the middle of what the engine is given.
        program.hashbang = None;
        let modules: Vec<_> = module_statements(&program)
            .map(|span| lines.at(span.start, NO_MODULES.to_owned()))
            .collect();
        if !modules.is_empty() {
            return Err(modules);
        }

        let semantic = SemanticBuilder::new()
            .with_check_syntax_error(true)
            .with_enum_eval(true)
            .build(&program);
        if !semantic.diagnostics.is_empty() {
            return Err(problems(&mut semantic.diagnostics.into_iter()));
        }
        let scoping = semantic.semantic.into_scoping();
        let path = PathBuf::from(SCRIPT_NAME);
        let transformed = Transformer::new(&allocator, &path, &TransformOptions::default())
            .build_with_scoping(scoping, &mut program);
        if !transformed.diagnostics.is_empty() {
            return Err(problems(&mut transformed.diagnostics.into_iter()));
        }

        let printed = Codegen::new()
            .with_options(CodegenOptions {
                source_map_path: Some(path),
                // Nested blocks would otherwise be printed with an indentation that grows with the square of their depth.
                indent_width: 0,
                ..CodegenOptions::default()
            })
            .build(&program);
        let positions = printed.map.map_or_else(Vec::new, |map| {
            map.get_tokens()
                .map(|token| Mapping {
                    generated: (token.get_dst_line(), token.get_dst_col()),
                    original: (token.get_src_line(), token.get_src_col()),
                })
                .collect()
        });
        Ok(Self {
            javascript: format!("{PROLOGUE}{}{EPILOGUE}", printed.code),
            positions,
        })
    }

    /// The position in the text that was given, for one in [`Script::javascript`]. All count from 1.
    pub(super) fn original_position(&self, line: u32, column: u32) -> Option<(u32, u32)> {
        // One line for the prologue, one because the engine counts from 1.
        let wanted = (line.checked_sub(2)?, column.checked_sub(1)?);
        let next = self
            .positions
            .partition_point(|mapping| mapping.generated <= wanted);
        let mapping = self.positions[..next].last()?;
        if mapping.generated.0 != wanted.0 {
            return None;
        }
        // What stands between two mapped places was printed as it was written, so the distance is the same there.
        let distance = wanted.1 - mapping.generated.1;
        Some((mapping.original.0 + 1, mapping.original.1 + distance + 1))
    }
}

const NO_MODULES: &str = "a script has no imports and no exports: the tools are there as namespaces, and `return` hands a \
                          value back";

fn module_statements<'a>(program: &'a Program<'_>) -> impl Iterator<Item = Span> + 'a {
    program
        .body
        .iter()
        .filter(|statement| {
            matches!(
                statement,
                Statement::ImportDeclaration(_)
                    | Statement::ExportAllDeclaration(_)
                    | Statement::ExportDeclaration(_)
                    | Statement::ExportFromDeclaration(_)
                    | Statement::ExportDefaultDeclaration(_)
                    | Statement::ExportNamedDeclaration(_)
                    | Statement::TSExportAssignment(_)
                    | Statement::TSImportEqualsDeclaration(_)
                    | Statement::TSNamespaceExportDeclaration(_)
            )
        })
        .map(GetSpan::span)
}

/// Byte offsets to lines and columns.
struct Lines<'a> {
    text: &'a str,
}

impl<'a> Lines<'a> {
    fn new(text: &'a str) -> Self {
        Self { text }
    }

    fn diagnostic(&self, problem: &OxcDiagnostic) -> Diagnostic {
        let offset = problem
            .labels
            .first()
            .map_or(0, oxc::diagnostics::LabeledSpan::offset);
        let message = match &problem.help {
            Some(help) => format!("{} ({help})", problem.message),
            None => problem.message.to_string(),
        };
        self.at(offset, message)
    }

    fn at(&self, offset: u32, message: String) -> Diagnostic {
        let end = self.text.floor_char_boundary(offset as usize);
        let before = &self.text[..end];
        let start_of_line = before.rfind('\n').map_or(0, |newline| newline + 1);
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        Diagnostic {
            line: count(before.matches('\n').count() + 1),
            column: count(before[start_of_line..].encode_utf16().count() + 1),
            code: None,
            message,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_removed_and_positions_lead_back() {
        let text = "interface A { b: number }\n\nconst x: A = { b: 1 };\nenum E { P = 3 }\nthrow (x as any).c.d;";
        let script = Script::compile(text).unwrap();
        assert!(!script.javascript.contains("interface"));
        let line = script
            .javascript
            .lines()
            .position(|line| line.contains("throw"))
            .unwrap();
        let found = script.original_position(u32::try_from(line).unwrap() + 1, 1);
        assert_eq!(found, Some((5, 1)));
    }

    #[test]
    fn what_is_wrong_is_told_with_its_position_in_the_given_text() {
        let cases = [
            ("const a = ;", (1, 11)),
            ("let ä = 'ö';\nlet b = 'öü' +;", (2, 15)),
            ("import fs from 'fs';", (1, 1)),
            ("const a = 1;\nexport default a;", (2, 1)),
            ("let a = 1;\nlet a = 2;", (1, 5)),
        ];
        for (text, expected) in cases {
            let problems = Script::compile(text).unwrap_err();
            assert_eq!(
                (problems[0].line, problems[0].column),
                expected,
                "{text}: {problems:?}"
            );
        }
    }
}
