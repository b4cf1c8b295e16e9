//! Functions that assert something, or never return: they need a type where they are called.

use oxc::ast::ast::{Function, TSType, VariableDeclarator};
use oxc::ast_visit::{Visit, walk};
use oxc::syntax::scope::ScopeFlags;

/// Finds the functions that assert something, or never return.
#[derive(Default)]
pub(super) struct Checks {
    pub(super) names: Vec<String>,
}

impl Checks {
    fn add(&mut self, name: &str, returns: Option<&TSType<'_>>) {
        let tells = match returns {
            Some(TSType::TSNeverKeyword(_)) => true,
            Some(TSType::TSTypePredicate(predicate)) => predicate.asserts,
            _ => false,
        };
        if tells {
            self.names.push(name.to_owned());
        }
    }
}

impl<'a> Visit<'a> for Checks {
    fn visit_function(&mut self, function: &Function<'a>, flags: ScopeFlags) {
        if let Some(id) = &function.id {
            let returns = function.return_type.as_ref();
            self.add(&id.name, returns.map(|returns| &returns.type_annotation));
        }
        walk::walk_function(self, function, flags);
    }

    fn visit_variable_declarator(&mut self, variable: &VariableDeclarator<'a>) {
        if let Some(id) = variable.id.get_binding_identifier()
            && let Some(TSType::TSFunctionType(ty)) = variable
                .type_annotation
                .as_ref()
                .map(|ty| &ty.type_annotation)
        {
            self.add(&id.name, Some(&ty.return_type.type_annotation));
        }
        walk::walk_variable_declarator(self, variable);
    }
}
