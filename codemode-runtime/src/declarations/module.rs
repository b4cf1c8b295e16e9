//! A catalogue to the model of one declaration file.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::graph::{Direction, Graph, Root};
use super::model::{Declaration, Docs, Function, Module, Namespace, Object, Type};
use super::schema::{Place, Reader};
use super::{DeclarationError, SCHEMA_REMEDY, cycles, document, inherited, names};
use crate::catalogue::ToolInfo;

/// Reads the types of all tools. Those that can't be declared are left out and reported.
pub(super) fn build(tools: &[ToolInfo]) -> (Module, Vec<DeclarationError>) {
    let mut left_out = duplicates(tools);
    let refused: BTreeSet<String> = left_out.iter().map(|error| error.tool.clone()).collect();
    let candidates: Vec<&ToolInfo> = tools
        .iter()
        .filter(|tool| refused.is_empty() || !refused.contains(&tool.path()))
        .collect();
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

/// Tools that scripts couldn't tell apart.
fn duplicates(tools: &[ToolInfo]) -> Vec<DeclarationError> {
    let mut known = HashSet::with_capacity(tools.len());
    let repeated: HashSet<(&str, &str)> = tools
        .iter()
        .map(|tool| (tool.namespace.as_str(), tool.name.as_str()))
        .filter(|path| !known.insert(*path))
        .collect();
    let mut by_path: BTreeMap<String, Vec<&ToolInfo>> = BTreeMap::new();
    for tool in tools {
        if repeated.contains(&(tool.namespace.as_str(), tool.name.as_str())) {
            by_path.entry(tool.path()).or_default().push(tool);
        }
    }
    let place = |tool: &ToolInfo| match tool.location.as_str() {
        "" => "a place unknown".to_owned(),
        location => location.to_owned(),
    };
    by_path
        .into_iter()
        .map(|(path, tools)| DeclarationError {
            tool: path,
            place: tools
                .iter()
                .map(|tool| place(tool))
                .collect::<Vec<_>>()
                .join(" and "),
            problem: format!("{} tools have this name", tools.len()),
            remedy:
                "Give each a name of its own, with `#[tool(name = \"…\")]` or in another namespace"
                    .to_owned(),
        })
        .collect()
}

fn read(tools: &[&ToolInfo]) -> Result<Module, DeclarationError> {
    let roots = roots(tools)?;
    let graph = Graph::new(&roots);
    let reader = |number: usize| {
        let root = &roots[number];
        Reader {
            graph: &graph,
            root,
            number,
            tool: &root.path,
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
            name: tool.name.clone(),
            docs: docs(tool),
            input: None,
            output: Type::Null,
        };
        while let Some((number, root)) = numbered.next_if(|(_, root)| root.tool == position) {
            match root.direction {
                Direction::Input => {
                    let mut ty = reader(number).root("input")?;
                    inherited::allow(&mut ty);
                    let optional = can_be_empty(&ty, &declarations);
                    function.input = Some((ty, optional));
                }
                Direction::Output => {
                    function.output = reader(number).root("output")?;
                    inherited::allow(&mut function.output);
                }
            }
        }
        let namespace = namespaces
            .entry(&tool.namespace)
            .or_insert_with(|| Namespace {
                name: tool.namespace.clone(),
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
    Ok(Module {
        namespaces: namespaces.into_values().collect(),
        shared,
        declarations,
        promise: None,
    })
}

fn roots<'a>(tools: &[&'a ToolInfo]) -> Result<Vec<Root<'a>>, DeclarationError> {
    let mut roots = Vec::new();
    for (position, tool) in tools.iter().enumerate() {
        let schemas = [
            (Direction::Input, tool.input.as_ref(), "Input"),
            (Direction::Output, Some(&tool.output), "Output"),
        ];
        for (direction, schema, suffix) in schemas {
            let Some(schema) = schema else { continue };
            let document =
                document::Document::new(schema).map_err(|document::TooDeep| DeclarationError {
                    tool: tool.path(),
                    place: suffix.to_lowercase(),
                    problem: "its schema is nested too deeply to be read".to_owned(),
                    remedy: SCHEMA_REMEDY.to_owned(),
                })?;
            roots.push(Root {
                tool: position,
                path: tool.path(),
                namespace: &tool.namespace,
                direction,
                document,
                name: format!("{}{suffix}", names::type_name(&tool.name)),
            });
        }
    }
    Ok(roots)
}

fn docs(tool: &ToolInfo) -> Docs {
    Docs {
        text: tool.docs.clone(),
        tags: tool
            .deprecated
            .iter()
            .map(|note| ("deprecated".to_owned(), note.clone()))
            .collect(),
    }
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
