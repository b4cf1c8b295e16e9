//! The model to text.

mod comments;
mod facts;
mod flat;
mod printer;
mod quoted;
mod types;

use std::fmt::Write as _;

use self::printer::Printer;
pub use self::printer::Style;
pub(super) use self::printer::WIDTH;
use super::compact;
use super::model::{Declaration, Function, Module, Namespace, Type};

/// The text of a declaration file.
pub(super) fn module(module: &Module, style: Style) -> String {
    let mut printer = Printer::new(module, style);
    if let Some(promise) = &module.promise {
        let _ = write!(printer.text, "type {}<T=", promise.name);
        printer.ty(&promise.default, flat::Context::Free);
        printer.text.push_str(">=Promise<T>\n");
    }
    for (position, namespace) in module.namespaces.iter().enumerate() {
        printer.gap(position > 0);
        printer.namespace(namespace);
    }
    printer.shared(module);
    printer.text
}

/// The text of each namespace, and that of what they share, as programmers would write it.
pub(super) fn parts(module: &Module) -> (Vec<(String, String)>, String) {
    let printed = |namespace: &Namespace| {
        let mut printer = Printer::new(module, Style::Readable);
        printer.namespace(namespace);
        (namespace.name.clone(), printer.text)
    };
    let namespaces = module.namespaces.iter().map(printed).collect();
    let mut shared = Printer::new(module, Style::Readable);
    shared.shared(module);
    (namespaces, shared.text)
}

/// A text as a comment of one line.
pub(super) fn comment(text: &str) -> String {
    format!("// {}\n", comments::flattened(text))
}

/// A type on one line without its docs, unless that is longer than `longest` bytes.
pub(super) fn short(declarations: &[Declaration], ty: &Type, longest: usize) -> Option<String> {
    let printer = Printer {
        declarations,
        promise: None,
        style: Style::Readable,
        text: String::new(),
        depth: 0,
    };
    let mut text = String::new();
    printer
        .write(ty, flat::Context::Free, &mut text, longest)
        .then_some(text)
}

impl Printer<'_> {
    fn namespace(&mut self, namespace: &Namespace) {
        self.line(&format!("declare namespace {} {{", namespace.name));
        for (position, note) in namespace.notes.iter().enumerate() {
            let note = comments::flattened(note);
            self.line(&format!("// note {}: {note}", compact::label(position)));
        }
        self.depth += 1;
        for (position, function) in namespace.functions.iter().enumerate() {
            self.gap(position > 0);
            self.function(function);
        }
        for index in &namespace.types {
            self.gap(true);
            self.declaration(&self.declarations[*index], "");
        }
        self.depth -= 1;
        self.line("}");
    }

    fn shared(&mut self, module: &Module) {
        for index in &module.shared {
            self.gap(true);
            self.declaration(&self.declarations[*index], "declare ");
        }
    }
}

impl Printer<'_> {
    fn function(&mut self, function: &Function) {
        self.docs(&function.docs);
        self.indent();
        let _ = write!(self.text, "function {}(", function.name);
        if let Some((ty, optional)) = &function.input {
            let mark = if *optional { "?" } else { "" };
            let _ = write!(self.text, "input{mark}{}", self.colon());
            self.ty(ty, flat::Context::Free);
        }
        let promise = self.promise.map_or("Promise", |promise| &promise.name);
        let _ = write!(self.text, "){}{promise}", self.colon());
        if self
            .promise
            .is_none_or(|promise| promise.default != function.output)
        {
            self.text.push('<');
            self.ty(&function.output, flat::Context::Free);
            self.text.push('>');
        }
        let _ = writeln!(self.text, "{}", self.semicolon());
    }

    fn declaration(&mut self, declaration: &Declaration, prefix: &str) {
        self.docs(&declaration.docs);
        self.indent();
        if let Type::Object(object) = &declaration.ty
            && !object.properties.is_empty()
        {
            let _ = write!(self.text, "{prefix}interface {} ", declaration.name);
            if self.is_compact() {
                self.ty(&declaration.ty, flat::Context::Free);
            } else {
                self.object(object);
            }
            self.text.push('\n');
        } else {
            let space = if self.is_compact() { "" } else { " " };
            let _ = write!(self.text, "{prefix}type {}{space}=", declaration.name);
            self.alias(&declaration.ty);
            self.text.push_str(self.semicolon());
            if !self.text.ends_with('\n') {
                self.text.push('\n');
            }
        }
    }
}
