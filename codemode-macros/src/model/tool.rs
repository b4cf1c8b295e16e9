//! A function that scripts can call.

use std::collections::HashMap;

use proc_macro2::{Ident, TokenStream};
use syn::ext::IdentExt;
use syn::{LitStr, Path, Type};

use super::function::{self, Role};
use super::{Behaviour, InputParameter, Parameter, types};
use crate::errors::Errors;
use crate::names::{self, BadName, RenameRule};
use crate::parse::{self, Arguments, DocLine, Function, Key};

/// A function that scripts can call.
pub(crate) struct Tool {
    /// The function to call.
    pub(crate) function: Ident,
    pub(crate) is_async: bool,
    /// `crate = "…"`.
    pub(crate) runtime: Option<Path>,
    pub(crate) namespace: String,
    pub(crate) name: String,
    pub(crate) docs: Vec<DocLine>,
    /// The note of `#[deprecated]`.
    pub(crate) deprecated: Option<String>,
    pub(crate) rename_all: Option<RenameRule>,
    pub(crate) behaviour: Behaviour,
    pub(crate) parameters: Vec<Parameter>,
    /// `None` is `()`.
    pub(crate) returns: Option<Type>,
}

const KEYS: &[Key] = &[
    Key {
        name: "name",
        example: "name = \"send\"",
    },
    Key {
        name: "namespace",
        example: "namespace = \"email\"",
    },
    Key {
        name: "rename_all",
        example: "rename_all = \"camelCase\"",
    },
    Key {
        name: "read_only",
        example: "read_only",
    },
    Key {
        name: "destructive",
        example: "destructive",
    },
    Key {
        name: "idempotent",
        example: "idempotent",
    },
    Key {
        name: "timeout",
        example: "timeout = \"5s\"",
    },
    Key {
        name: "crate",
        example: "crate = \"renamed_runtime\"",
    },
];

const DEFAULT_NAMESPACE: &str = "tools";

impl Tool {
    pub(crate) const ROLE: Role = Role {
        attribute: "`#[tool]`",
        noun: "a tool",
        why_concrete: "as its declaration needs exact types",
    };

    pub(crate) fn read(arguments: TokenStream, function: &Function, errors: &Errors) -> Self {
        let signature = &function.signature;
        let arguments = Arguments::parse(arguments, KEYS, errors);
        // From top to bottom, as faults are shown in the order in which they are found.
        let runtime = function::runtime(&arguments, errors);
        let namespace = namespace(&arguments, errors);
        let name = name(&arguments, &signature.ident, errors);
        let rename_all = rename_all(&arguments, errors);
        let behaviour = Behaviour::read(&arguments, signature.asyncness.is_some(), errors);
        function::check(function, Self::ROLE, errors);
        let parameters = function
            .parameters
            .iter()
            .filter_map(|parameter| Parameter::read(parameter, errors))
            .collect();
        check_one_context(function, errors);
        let returns = function::returns(function, Self::ROLE, errors);

        let tool = Self {
            function: signature.ident.clone(),
            is_async: signature.asyncness.is_some(),
            runtime,
            namespace,
            name,
            docs: parse::docs(&function.attributes),
            deprecated: parse::deprecation(&function.attributes),
            rename_all,
            behaviour,
            parameters,
            returns,
        };
        tool.check_parameter_names(errors);
        tool
    }

    /// The name that no other tool of a program has.
    pub(crate) fn op_name(&self) -> String {
        format!("codemode:{}.{}", self.namespace, self.name)
    }

    /// Whether the script passes anything.
    pub(crate) fn has_inputs(&self) -> bool {
        self.inputs().next().is_some()
    }

    /// Whether the script passes what a function could as well borrow.
    pub(crate) fn takes_owned_data(&self) -> bool {
        self.inputs().any(|input| !types::is_scalar(&input.ty))
    }

    /// Whether the fields of a parameter are properties of the object that the script passes.
    pub(crate) fn is_flattened(&self) -> bool {
        self.inputs().any(|input| input.serde.flatten)
    }

    /// The parameters that the script passes.
    pub(crate) fn inputs(&self) -> impl Iterator<Item = &InputParameter> {
        self.parameters
            .iter()
            .filter_map(|parameter| match parameter {
                Parameter::Input(input) => Some(&**input),
                Parameter::State(_) | Parameter::UnsizedState(_) | Parameter::Context(_) => None,
            })
    }

    /// What scripts write for a parameter; `None` after a fault.
    fn script_name(&self, input: &InputParameter, errors: &Errors) -> Option<String> {
        if let Some(given) = input.given_name() {
            return Some(given.value());
        }
        let written = input.rust_name();
        let Some(rule) = self.rename_all else {
            return Some(written);
        };
        let renamed = rule.apply(&written);
        if renamed.is_none() {
            errors.at_span(
                input.name.span(),
                format!(
                    "`{written}` has no form in {}: name it with `#[tool(rename = \"…\")]`",
                    rule.name()
                ),
            );
        }
        renamed
    }

    /// Two parameters of one name would leave the script no way to pass both.
    fn check_parameter_names(&self, errors: &Errors) {
        let mut taken: HashMap<String, &Ident> = HashMap::new();
        for input in self.inputs() {
            let Some(name) = self.script_name(input, errors) else {
                continue;
            };
            if name == "__proto__" {
                errors.at_span(
                    input.name.span(),
                    "`{ __proto__: … }` sets an object's prototype and passes nothing: \
                     choose another name",
                );
            }
            if let Some(other) = taken.get(&name) {
                errors.at_span(
                    input.name.span(),
                    format!(
                        "scripts would write `{name}` for this parameter and for `{other}`: \
                         rename one with `#[tool(rename = \"…\")]`"
                    ),
                );
            } else {
                taken.insert(name, &input.name);
            }
        }
    }
}

fn name(arguments: &Arguments, function: &Ident, errors: &Errors) -> String {
    let given = arguments.string("name", errors);
    if let Some(given) = given {
        if let Err(bad) = names::check_tool(&given.value()) {
            refuse_name(&given, "name", &bad, errors);
        }
        return given.value();
    }
    let name = names::camel_case(&function.unraw().to_string());
    // Whoever wrote a faulty `name = …` has an error already, and has seen that the name is wrong.
    if arguments.get("name").is_none()
        && let Err(BadName { why, instead }) = names::check_tool(&name)
    {
        errors.at_span(
            function.span(),
            format!(
                "scripts can't call this tool, as {why}: write `#[tool(name = \"{instead}\")]`"
            ),
        );
    }
    name
}

fn namespace(arguments: &Arguments, errors: &Errors) -> String {
    let Some(given) = arguments.string("namespace", errors) else {
        return DEFAULT_NAMESPACE.to_owned();
    };
    if let Err(bad) = names::check_namespace(&given.value()) {
        refuse_name(&given, "namespace", &bad, errors);
    }
    given.value()
}

fn refuse_name(given: &LitStr, key: &str, bad: &BadName, errors: &Errors) {
    let BadName { why, instead } = bad;
    errors.at(
        given,
        format!("{why}: write another, such as `#[tool({key} = \"{instead}\")]`"),
    );
}

fn rename_all(arguments: &Arguments, errors: &Errors) -> Option<RenameRule> {
    let given = arguments.string("rename_all", errors)?;
    let rule = RenameRule::named(&given.value());
    if rule.is_none() {
        let known = RenameRule::ALL.map(|(name, _)| name);
        let meant = names::nearest(&given.value(), known)
            .map(|nearest| format!(", did you mean `{nearest}`?"))
            .unwrap_or_default();
        errors.at(
            &given,
            format!(
                "`rename_all` doesn't know `{}`{meant} (known: `{}`)",
                given.value(),
                known.join("`, `")
            ),
        );
    }
    rule
}

fn check_one_context(function: &Function, errors: &Errors) {
    let marks = function
        .parameters
        .iter()
        .filter_map(|parameter| parameter.context.first());
    for again in marks.skip(1) {
        errors.at(again, "a call has one context: take it once and pass it on");
    }
}
