//! How a saved script is declared to others: its function as it is written, with the types of its file that it needs.

use std::collections::{BTreeMap, BTreeSet};

use oxc::ast::ast::{
    BindingPattern, Declaration, Function, IdentifierReference, Program, Statement, TSImportType,
    TSTypeQuery,
};
use oxc::ast_visit::{Visit, walk};
use oxc::span::{GetSpan, Span};

use crate::script::edits::Edits;
use crate::script::parse::Problem;

/// What others know of a saved script.
pub(super) struct Signature {
    pub(super) docs: String,
    pub(super) declaration: String,
}

const NO_DOCS: &str =
    "say what the function does in a comment before it, by which it is found: `/** … */`";
const ONE_PARAMETER: &str = "a saved script takes one object or nothing: `input: { … }`";
const NO_TYPE: &str = "write the type of the parameter: callers are checked against it";
const NO_RETURN_TYPE: &str = "write what the function returns, as in `): Promise<{ total: number }> {`: callers are checked against it";
const NO_QUERY: &str = "write the type out here, since callers can't see the value behind `typeof`";
const NO_IMPORT: &str = "a saved script can't load anything, and no types either";

impl Signature {
    /// That of a function, exported by a statement of a file.
    pub(super) fn of(
        program: &Program<'_>,
        code: &str,
        statement: Span,
        function: &Function<'_>,
        name: &str,
    ) -> Result<Self, Problem> {
        let comment = docs_before(program, code, statement.start);
        let comment = comment.ok_or_else(|| Problem::at(statement, NO_DOCS))?;
        let docs = text_of(comment);
        if docs.is_empty() {
            return Err(Problem::at(statement, NO_DOCS));
        }
        let parameters = &function.params;
        let returns = function.return_type.as_ref();
        let returns = returns.ok_or_else(|| Problem::at(parameters.span, NO_RETURN_TYPE))?;
        let parameter = match (parameters.items.as_slice(), &parameters.rest) {
            ([], None) => None,
            ([one], None) => Some(one),
            _ => return Err(Problem::at(parameters.span, ONE_PARAMETER)),
        };

        let mut seen = Named::default();
        let mut text = format!("function {name}");
        let declared = Declared::of(program);
        if let Some(generics) = &function.type_parameters {
            seen.own.extend(
                generics
                    .params
                    .iter()
                    .map(|generic| generic.name.name.to_string()),
            );
            seen.visit_ts_type_parameter_declaration(generics);
            text.push_str(&declared.qualified(code, generics.span, name, &seen));
        }
        text.push('(');
        if let Some(parameter) = parameter {
            let ty = parameter.type_annotation.as_ref();
            let ty = ty.ok_or_else(|| Problem::at(parameter.span, NO_TYPE))?;
            seen.visit_ts_type_annotation(ty);
            let called = match &parameter.pattern {
                BindingPattern::BindingIdentifier(id) => id.name.as_str(),
                _ => "input",
            };
            let is_optional = parameter.optional || parameter.initializer.is_some();
            text.push_str(called);
            text.push_str(if is_optional { "?" } else { "" });
            text.push_str(&declared.qualified(code, ty.span, name, &seen));
        }
        seen.visit_ts_type_annotation(returns);
        text.push(')');
        text.push_str(&declared.qualified(code, returns.span, name, &seen));
        text.push(';');

        let types = declared.needed(code, &seen)?;
        let mut declaration = String::new();
        if !types.is_empty() {
            declaration = format!("namespace {name} {{\n");
            for ty in types {
                push_indented(&mut declaration, ty);
            }
            declaration.push_str("}\n");
        }
        for line in comment.lines() {
            let line = line.trim_start();
            // The stars stand below each other.
            let margin = if line.starts_with('*') { " " } else { "" };
            declaration.push_str(margin);
            declaration.push_str(line);
            declaration.push('\n');
        }
        declaration.push_str(&text);
        Ok(Self { docs, declaration })
    }
}

fn push_indented(to: &mut String, text: &str) {
    for line in text.lines() {
        to.push_str("  ");
        to.push_str(line);
        to.push('\n');
    }
}

/// The comment for docs that stands right before a place.
fn docs_before<'c>(program: &Program<'_>, code: &'c str, start: u32) -> Option<&'c str> {
    let mut before = program.comments.iter().rev();
    let comment = before.find(|comment| comment.span.end <= start)?.span;
    let (from, to) = (comment.start as usize, comment.end as usize);
    let text = &code[from..to];
    let is_near = code[to..start as usize].trim().is_empty();
    (is_near && text.starts_with("/**")).then_some(text)
}

/// What a comment says, without its stars.
fn text_of(comment: &str) -> String {
    let inner = comment.strip_prefix("/**").unwrap_or(comment);
    let inner = inner.strip_suffix("*/").unwrap_or(inner);
    let lines = inner.lines().map(|line| {
        let line = line.trim();
        line.strip_prefix('*').map_or(line, str::trim_start)
    });
    lines.collect::<Vec<_>>().join("\n").trim().to_owned()
}

/// What a file declares.
#[derive(Default)]
struct Declared {
    types: BTreeMap<String, Ty>,
    /// What only the file itself can use, where it isn't a type: classes, and whatever is a value.
    others: BTreeSet<String>,
}

struct Ty {
    /// Without `export`.
    parts: Vec<Span>,
    names: Named,
}

impl Declared {
    fn of(program: &Program<'_>) -> Self {
        let mut found = Self::default();
        for statement in &program.body {
            let declaration = match statement {
                Statement::ExportDeclaration(export) => Some(&export.declaration),
                other => other.as_declaration(),
            };
            match declaration {
                Some(Declaration::TSTypeAliasDeclaration(alias)) => {
                    let names =
                        Named::visiting(|names| names.visit_ts_type_alias_declaration(alias));
                    found.add(&alias.id.name, alias.span, names);
                }
                Some(Declaration::TSInterfaceDeclaration(interface)) => {
                    let names =
                        Named::visiting(|names| names.visit_ts_interface_declaration(interface));
                    found.add(&interface.id.name, interface.span, names);
                }
                Some(Declaration::ClassDeclaration(class)) => {
                    found
                        .others
                        .extend(class.id.as_ref().map(|id| id.name.to_string()));
                }
                Some(Declaration::TSEnumDeclaration(values)) => {
                    found.others.insert(values.id.name.to_string());
                }
                Some(Declaration::TSNamespaceDeclaration(namespace)) => {
                    found.others.insert(namespace.id.name.to_string());
                }
                _ => {}
            }
        }
        found
    }

    fn add(&mut self, name: &str, span: Span, names: Named) {
        let ty = self.types.entry(name.to_owned()).or_insert_with(|| Ty {
            parts: Vec::new(),
            names: Named::default(),
        });
        ty.parts.push(span);
        ty.names.append(names);
    }

    /// A part of the signature, with the file's own types in the namespace where others find them.
    fn qualified(&self, code: &str, part: Span, name: &str, seen: &Named) -> String {
        let text = &code[part.start as usize..part.end as usize];
        let mut edits = Edits::default();
        for (used, span) in &seen.used {
            if part.contains_inclusive(*span)
                && self.types.contains_key(used)
                && !seen.own.contains(used)
            {
                edits.insert(span.start - part.start, format!("{name}."));
            }
        }
        edits.apply(text).text
    }

    /// The types that these names stand for, with all that they need in turn, in the order of the file.
    fn needed<'c>(&self, code: &'c str, seen: &Named) -> Result<Vec<&'c str>, Problem> {
        let mut spans = BTreeSet::new();
        let mut known = BTreeSet::new();
        let mut open = vec![seen];
        while let Some(names) = open.pop() {
            if let Some((span, why)) = names.refused {
                return Err(Problem::at(span, why));
            }
            for (name, span) in &names.used {
                if self.others.contains(name) {
                    let why = format!(
                        "`{name}` can't be told to callers: only `type` and `interface` can"
                    );
                    return Err(Problem::at(*span, why));
                }
                if let Some(ty) = self.types.get(name)
                    && known.insert(name.as_str())
                {
                    spans.extend(ty.parts.iter().map(|span| (span.start, span.end)));
                    open.push(&ty.names);
                }
            }
        }
        let text = |(start, end): (u32, u32)| &code[start as usize..end as usize];
        Ok(spans.into_iter().map(text).collect())
    }
}

/// The names that a type uses.
#[derive(Default)]
struct Named {
    used: Vec<(String, Span)>,
    /// Those of its own type parameters.
    own: BTreeSet<String>,
    refused: Option<(Span, &'static str)>,
}

impl Named {
    fn visiting(visit: impl FnOnce(&mut Self)) -> Self {
        let mut names = Self::default();
        visit(&mut names);
        names
    }

    fn append(&mut self, more: Self) {
        self.used.extend(more.used);
        self.refused = self.refused.or(more.refused);
    }
}

impl<'a> Visit<'a> for Named {
    fn visit_identifier_reference(&mut self, name: &IdentifierReference<'a>) {
        self.used.push((name.name.to_string(), name.span));
    }

    fn visit_ts_type_query(&mut self, query: &TSTypeQuery<'a>) {
        self.refused.get_or_insert((query.span, NO_QUERY));
        walk::walk_ts_type_query(self, query);
    }

    fn visit_ts_import_type(&mut self, import: &TSImportType<'a>) {
        self.refused.get_or_insert((import.span(), NO_IMPORT));
    }
}
