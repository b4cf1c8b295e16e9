//! Functions to the model of one declaration file.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap};

use super::docs::is_note;
use super::graph::{Direction, Graph, Root};
use super::schema::{Place, Reader};
use super::{cycles, inherited};
use crate::error::DeclarationError;
use crate::function::FunctionSchema;
use crate::model::{Declaration, Docs, Function, Module, Namespace, Object, Type};
use crate::{document, names, repeated};

/// Reads the types of all tools. Those that can't be declared are left out and reported.
pub(crate) fn build(tools: &[FunctionSchema<'_>]) -> (Module, Vec<DeclarationError>) {
    let (candidates, mut left_out) = without_duplicates(tools);
    if let Ok(module) = read(&candidates) {
        return (module, left_out);
    }
    // A fault in one tool's types must not cost another one its declaration.
    let mut sound = Vec::new();
    for tool in candidates {
        match read(&[tool]) {
            Ok(_) => sound.push(tool),
            Err(error) => left_out.push(error),
        }
    }
    match read(&sound) {
        Ok(module) => (module, left_out),
        Err(error) => {
            left_out.push(error);
            (Module::default(), left_out)
        }
    }
}

/// The tools without those that scripts couldn't tell from an earlier one, and these.
fn without_duplicates<'a>(
    tools: &[FunctionSchema<'a>],
) -> (Vec<FunctionSchema<'a>>, Vec<DeclarationError>) {
    let mut known: HashMap<(&str, &str), FunctionSchema<'a>> = HashMap::with_capacity(tools.len());
    let mut different = Vec::with_capacity(tools.len());
    let mut left_out = Vec::new();
    for tool in tools {
        match known.entry((tool.namespace, tool.name)) {
            Entry::Vacant(entry) => {
                entry.insert(*tool);
                different.push(*tool);
            }
            Entry::Occupied(first) => left_out.push(DeclarationError {
                kind: tool.source.kind,
                tool: tool.path(),
                place: format!("{} and {}", place(first.get()), place(tool)),
                problem: format!(
                    "two {}s have this name, and the first one counts",
                    tool.source.kind
                ),
                remedy: tool.source.name_remedy.to_owned(),
            }),
        }
    }
    (different, left_out)
}

fn place<'a>(tool: &FunctionSchema<'a>) -> &'a str {
    match tool.location {
        "" => "a place unknown",
        location => location,
    }
}

fn read(tools: &[FunctionSchema<'_>]) -> Result<Module, DeclarationError> {
    let roots = roots(tools)?;
    let graph = Graph::new(&roots);
    let reader = |number: usize| {
        let root = &roots[number];
        Reader {
            graph: &graph,
            root,
            number,
        }
    };

    let mut declarations = Vec::with_capacity(graph.definitions.len());
    for definition in &graph.definitions {
        let (docs, ty) =
            reader(definition.root).read(definition.schema, Place::named(&definition.name))?;
        declarations.push(Declaration {
            name: definition.name.clone(),
            docs,
            ty,
        });
    }
    cycles::break_aliases(&mut declarations);
    for declaration in &mut declarations {
        inherited::allow(&mut declaration.ty);
    }

    let mut namespaces: BTreeMap<&str, Namespace> = BTreeMap::new();
    // The roots are in the order of their tools.
    let mut numbered = roots.iter().enumerate().peekable();
    for (position, tool) in tools.iter().enumerate() {
        let mut function = Function {
            name: tool.name.to_owned(),
            docs: docs(tool),
            input: None,
            output: Type::Null,
        };
        while let Some((number, root)) = numbered.next_if(|(_, root)| root.tool == position) {
            match root.direction {
                Direction::Input => {
                    let (docs, mut ty) = reader(number).root("input")?;
                    function.docs.tags.extend(notes("input", docs));
                    inherited::allow(&mut ty);
                    let optional = can_be_empty(&ty, &declarations);
                    function.input = Some((ty, optional));
                }
                Direction::Output => {
                    let (docs, ty) = reader(number).root("output")?;
                    function.docs.tags.extend(notes("output", docs));
                    function.output = ty;
                    inherited::allow(&mut function.output);
                }
            }
        }
        let namespace = namespaces
            .entry(tool.namespace)
            .or_insert_with(|| Namespace {
                name: tool.namespace.to_owned(),
                functions: Vec::new(),
                types: Vec::new(),
                notes: Vec::new(),
            });
        namespace.functions.push(function);
    }

    let mut by_name: Vec<usize> = (0..declarations.len()).collect();
    by_name.sort_by(|one, other| declarations[*one].name.cmp(&declarations[*other].name));
    let mut shared = Vec::new();
    for index in by_name {
        let mut users = graph.definitions[index].namespaces.iter();
        match (users.next(), users.next()) {
            (Some(only), None) => {
                if let Some(namespace) = namespaces.get_mut(only) {
                    namespace.types.push(index);
                }
            }
            _ => shared.push(index),
        }
    }
    let mut module = Module {
        namespaces: namespaces.into_values().collect(),
        shared,
        declarations,
        promise: None,
    };
    repeated::declare(&mut module);
    Ok(module)
}

fn roots<'a>(tools: &[FunctionSchema<'a>]) -> Result<Vec<Root<'a>>, DeclarationError> {
    let mut roots = Vec::new();
    for (position, tool) in tools.iter().enumerate() {
        let schemas = [
            (Direction::Input, tool.input, "Input"),
            (Direction::Output, Some(tool.output), "Output"),
        ];
        for (direction, schema, suffix) in schemas {
            let Some(schema) = schema else { continue };
            let document = document::Document::new(schema).map_err(|document::TooDeep| {
                let problem = "its schema is nested too deeply to be read";
                let place = suffix.to_lowercase();
                DeclarationError::of_schema(tool.source, tool.path(), place, problem)
            })?;
            roots.push(Root {
                tool: position,
                path: tool.path(),
                source: tool.source,
                namespace: tool.namespace,
                direction,
                document,
                name: format!("{}{suffix}", names::type_name(tool.name)),
            });
        }
    }
    Ok(roots)
}

fn docs(tool: &FunctionSchema<'_>) -> Docs {
    Docs {
        text: tool.docs.to_owned(),
        tags: tool
            .deprecated
            .iter()
            .map(|note| ("deprecated".to_owned(), (*note).to_owned()))
            .collect(),
    }
}

/// What couldn't be read of a schema whose type has no docs of its own.
fn notes(place: &str, docs: Docs) -> impl Iterator<Item = (String, String)> {
    let notes = docs.tags.into_iter().filter(is_note);
    notes.map(move |(tag, value)| (format!("{place}.{tag}"), value))
}

/// Whether a tool can be called with nothing: then all that its input has is optional.
fn can_be_empty(ty: &Type, declarations: &[Declaration]) -> bool {
    let ty = match ty {
        Type::Named(index) => &declarations[*index].ty,
        ty => ty,
    };
    let optional = |object: &Object| object.properties.iter().all(|property| property.optional);
    matches!(ty, Type::Object(object) if optional(object))
}
