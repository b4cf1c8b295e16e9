//! Types without a name that stand in several places.
//!
//! One that is longer than a line, with its comments, is declared once, by a name that comes from where it stands. What is
//! shorter stays where it is: a reader has it at hand there.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::model::{Declaration, Docs, Member, Module, Object, Rest, Type, fingerprint};
use super::print;
use super::roles::Role;

/// Declares the types of a module that are repeated.
pub(super) fn declare(module: &mut Module) {
    let found = count(module);
    if found.values().all(|found| found.count < 2) {
        return;
    }
    let first = module.declarations.len();
    let taken = module
        .declarations
        .iter()
        .map(|declaration| declaration.name.clone())
        .collect();
    let mut replacement = Replacement {
        found,
        indices: HashMap::new(),
        added: Vec::new(),
        first,
        taken,
    };
    for declaration in &mut module.declarations {
        replacement.inside(&mut declaration.ty);
    }
    for namespace in &mut module.namespaces {
        for function in &mut namespace.functions {
            if let Some((ty, _)) = &mut function.input {
                replacement.at(ty);
            }
            replacement.at(&mut function.output);
        }
    }
    module.declarations.append(&mut replacement.added);
    place(module, first);
}

/// A type that may be declared.
struct Found {
    count: usize,
    /// What it would be called, and what else if something is called so.
    names: [String; 2],
}

fn count(module: &Module) -> HashMap<u128, Found> {
    let mut count = Count {
        declarations: &module.declarations,
        found: HashMap::new(),
    };
    for declaration in &module.declarations {
        count.inside(&declaration.ty, &Role::declared(&declaration.name));
    }
    for namespace in &module.namespaces {
        for function in &namespace.functions {
            if let Some((ty, _)) = &function.input {
                count.at(ty, &Role::input(&function.name));
            }
            count.at(&function.output, &Role::result(&function.name));
        }
    }
    count.found
}

struct Count<'a> {
    declarations: &'a [Declaration],
    found: HashMap<u128, Found>,
}

impl Count<'_> {
    /// Counts a type; what is inside of it counts where it stands first, since it would be declared with it.
    fn at(&mut self, ty: &Type, role: &Role<'_>) {
        if may_have_name(ty) && self.is_long(ty) {
            let names = [role.name(), role.full_name()];
            let found = self.found.entry(fingerprint(ty)).or_insert_with(|| Found {
                count: 0,
                names: names.clone(),
            });
            found.count += 1;
            // The shortest name, and of those the first by the alphabet; what it belongs to is where that stands first.
            let order = |names: &[String; 2]| (names[0].len(), names[0].clone());
            if order(&names) < order(&found.names) {
                found.names = names;
            }
            if found.count > 1 {
                return;
            }
        }
        self.inside(ty, role);
    }

    fn inside(&mut self, ty: &Type, role: &Role<'_>) {
        match ty {
            Type::Array(item) => self.at(item, &role.item()),
            Type::Tuple(tuple) => {
                for item in tuple.items.iter().chain(tuple.rest.as_deref()) {
                    self.at(item, &role.item());
                }
            }
            Type::Object(object) => {
                for property in &object.properties {
                    self.at(&property.ty, &role.property(&property.name));
                }
                if let Rest::Typed(rest) = &object.rest {
                    self.at(rest, &role.item());
                }
            }
            Type::Union(members) => {
                if let Some(literals) = literals_beside_others(members) {
                    self.at(&literals, role);
                }
                for member in members {
                    self.at(&member.ty, role);
                }
            }
            Type::Intersection(parts) => parts.iter().for_each(|part| self.at(part, role)),
            _ => {}
        }
    }

    fn is_long(&self, ty: &Type) -> bool {
        print::short(self.declarations, ty, print::WIDTH)
            .is_none_or(|text| text.len() + comments(ty) > print::WIDTH)
    }
}

/// How long the comments in a type are.
fn comments(ty: &Type) -> usize {
    let length = |docs: &Docs| {
        let tags = docs.tags.iter().map(|(tag, value)| tag.len() + value.len());
        docs.text.len() + tags.sum::<usize>()
    };
    match ty {
        Type::Array(item) => comments(item),
        Type::Tuple(tuple) => tuple
            .items
            .iter()
            .chain(tuple.rest.as_deref())
            .map(comments)
            .sum(),
        Type::Object(object) => {
            let named = object.properties.iter();
            let named = named.map(|property| length(&property.docs) + comments(&property.ty));
            let rest = match &object.rest {
                Rest::Typed(rest) => comments(rest),
                Rest::Open | Rest::Closed => 0,
            };
            named.sum::<usize>() + rest
        }
        Type::Union(members) => members
            .iter()
            .map(|member| length(&member.docs) + comments(&member.ty))
            .sum(),
        Type::Intersection(parts) => parts.iter().map(comments).sum(),
        _ => 0,
    }
}

fn may_have_name(ty: &Type) -> bool {
    match ty {
        Type::Union(_) | Type::Intersection(_) | Type::Tuple(_) => true,
        Type::Object(object) => !object.properties.is_empty(),
        _ => false,
    }
}

/// The values of an enumeration that may be something else as well, such as `null`.
fn literals_beside_others(members: &[Member]) -> Option<Type> {
    let literals: Vec<Member> = members
        .iter()
        .filter(|member| is_plain_literal(member))
        .cloned()
        .collect();
    (literals.len() > 1 && literals.len() < members.len()).then_some(Type::Union(literals))
}

fn is_plain_literal(member: &Member) -> bool {
    member.docs.is_empty() && matches!(member.ty, Type::Literal(_))
}

struct Replacement {
    found: HashMap<u128, Found>,
    /// The declarations of types that have one by now.
    indices: HashMap<u128, usize>,
    added: Vec<Declaration>,
    /// The index of the first one that is added.
    first: usize,
    taken: BTreeSet<String>,
}

impl Replacement {
    fn at(&mut self, ty: &mut Type) {
        if may_have_name(ty) {
            let key = fingerprint(ty);
            if self.found.get(&key).is_some_and(|found| found.count > 1) {
                let content = std::mem::replace(ty, Type::Unknown);
                *ty = Type::Named(self.index(key, content));
                return;
            }
        }
        self.inside(ty);
    }

    fn inside(&mut self, ty: &mut Type) {
        match ty {
            Type::Array(item) => self.at(item),
            Type::Tuple(tuple) => {
                tuple.items.iter_mut().for_each(|item| self.at(item));
                if let Some(rest) = &mut tuple.rest {
                    self.at(rest);
                }
            }
            Type::Object(Object { properties, rest }) => {
                for property in properties {
                    self.at(&mut property.ty);
                }
                if let Rest::Typed(rest) = rest {
                    self.at(rest);
                }
            }
            Type::Union(members) => {
                self.literals(members);
                for member in members {
                    self.at(&mut member.ty);
                }
            }
            Type::Intersection(parts) => parts.iter_mut().for_each(|part| self.at(part)),
            _ => {}
        }
    }

    fn literals(&mut self, members: &mut Vec<Member>) {
        let Some(literals) = literals_beside_others(members) else {
            return;
        };
        let key = fingerprint(&literals);
        if self.found.get(&key).is_none_or(|found| found.count < 2) {
            return;
        }
        let first = members
            .iter()
            .position(is_plain_literal)
            .unwrap_or_default();
        let named = Type::Named(self.index(key, literals));
        members.retain(|member| !is_plain_literal(member));
        members.insert(
            first.min(members.len()),
            Member {
                docs: Docs::default(),
                ty: named,
            },
        );
    }

    fn index(&mut self, key: u128, mut content: Type) -> usize {
        if let Some(index) = self.indices.get(&key) {
            return *index;
        }
        let wanted = self.found.get(&key).map(|found| found.names.clone());
        let [short, full] = wanted.unwrap_or_default();
        let numbered = (2_u32..).map(|number| format!("{full}{number}"));
        let name = [short, full.clone()]
            .into_iter()
            .chain(numbered)
            .find(|name| !self.taken.contains(name))
            .unwrap_or_default();
        self.taken.insert(name.clone());
        let position = self.added.len();
        self.indices.insert(key, self.first + position);
        self.added.push(Declaration {
            name,
            docs: Docs::default(),
            ty: Type::Unknown,
        });
        self.inside(&mut content);
        self.added[position].ty = content;
        self.first + position
    }
}

/// Puts the declarations from `first` on where all that use them see them.
fn place(module: &mut Module, first: usize) {
    let mut users: BTreeMap<usize, BTreeSet<Option<usize>>> = BTreeMap::new();
    let mut open: Vec<(usize, Option<usize>)> = Vec::new();
    for (number, namespace) in module.namespaces.iter().enumerate() {
        let mut see = |ty: &Type| {
            named(ty, &mut |index| open.push((index, Some(number))));
        };
        for function in &namespace.functions {
            if let Some((ty, _)) = &function.input {
                see(ty);
            }
            see(&function.output);
        }
        for index in &namespace.types {
            see(&module.declarations[*index].ty);
        }
    }
    for index in &module.shared {
        named(&module.declarations[*index].ty, &mut |index| {
            open.push((index, None));
        });
    }
    while let Some((index, user)) = open.pop() {
        if index >= first && users.entry(index).or_default().insert(user) {
            named(&module.declarations[index].ty, &mut |inner| {
                open.push((inner, user));
            });
        }
    }
    for (index, users) in users {
        let mut users = users.into_iter();
        let types = match (users.next(), users.next()) {
            (Some(Some(only)), None) => &mut module.namespaces[only].types,
            _ => &mut module.shared,
        };
        let name = &module.declarations[index].name;
        let position = types.partition_point(|other| module.declarations[*other].name < *name);
        types.insert(position, index);
    }
}

fn named(ty: &Type, visit: &mut impl FnMut(usize)) {
    match ty {
        Type::Named(index) => visit(*index),
        Type::Array(item) => named(item, visit),
        Type::Tuple(tuple) => {
            for item in tuple.items.iter().chain(tuple.rest.as_deref()) {
                named(item, visit);
            }
        }
        Type::Object(object) => {
            for property in &object.properties {
                named(&property.ty, visit);
            }
            if let Rest::Typed(rest) = &object.rest {
                named(rest, visit);
            }
        }
        Type::Union(members) => members.iter().for_each(|member| named(&member.ty, visit)),
        Type::Intersection(parts) => parts.iter().for_each(|part| named(part, visit)),
        _ => {}
    }
}

#[cfg(test)]
mod tests;
