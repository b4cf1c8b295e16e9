//! The normal form to JavaScript.

use std::collections::BTreeSet;
use std::path::PathBuf;

use oxc::allocator::Allocator;
use oxc::codegen::{Codegen, CodegenOptions};
use oxc::semantic::SemanticBuilder;
use oxc::span::SourceType;
use oxc::transformer::{TransformOptions, Transformer};

use super::parse::{self, Problem};

/// The name that the script goes by in the engine. Frames of any other name aren't the script's.
pub const SCRIPT_NAME: &str = "codemode:script";

/// JavaScript that was made of TypeScript.
pub(super) struct JavaScript {
    pub(super) text: String,
    pub(super) positions: Vec<Mapping>,
    /// The names that the code uses and doesn't declare.
    pub(super) names: BTreeSet<String>,
}

/// Both positions count from 0; columns in UTF-16 units.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mapping {
    pub(super) generated: (u32, u32),
    pub(super) original: (u32, u32),
}

/// Removes the types.
pub(super) fn print(typescript: &str) -> Result<JavaScript, Vec<Problem>> {
    let problems = |found: &[_]| found.iter().map(Problem::of).collect::<Vec<_>>();
    let allocator = Allocator::default();
    let parsed = parse::statements(&allocator, typescript, SourceType::ts());
    if !parsed.diagnostics.is_empty() {
        return Err(problems(&parsed.diagnostics));
    }
    let mut program = parsed.program;
    // It would stand in the middle of what the engine is given.
    program.hashbang = None;

    let semantic = SemanticBuilder::new()
        .with_check_syntax_error(true)
        .with_enum_eval(true)
        .build(&program);
    if !semantic.diagnostics.is_empty() {
        return Err(problems(&semantic.diagnostics));
    }
    let scoping = semantic.semantic.into_scoping();
    let names = scoping
        .root_unresolved_references()
        .keys()
        .map(ToString::to_string)
        .collect();
    let path = PathBuf::from(SCRIPT_NAME);
    let transformed = Transformer::new(&allocator, &path, &TransformOptions::default())
        .build_with_scoping(scoping, &mut program);
    if !transformed.diagnostics.is_empty() {
        return Err(problems(&transformed.diagnostics));
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
    Ok(JavaScript {
        text: printed.code,
        positions,
        names,
    })
}
