//! The model to text.

mod comments;
mod quoted;
mod types;

use std::fmt::Write as _;

use super::compact;
use super::model::{Declaration, Docs, Function, Module, Namespace, Promise, Type};

/// Longer lines are broken where what they hold allows it.
pub(super) const WIDTH: usize = 100;

/// How the text is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// As a programmer would write it.
    Readable,
    /// The same content in as few tokens as it takes.
    Compact,
}

/// The text of a declaration file.
pub(super) fn module(module: &Module, style: Style) -> String {
    let mut printer = Printer::new(module, style);
    if let Some(promise) = &module.promise {
        let _ = write!(printer.text, "type {}<T=", promise.name);
        printer.ty(&promise.default, types::Context::Free);
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
        .write(ty, types::Context::Free, &mut text, longest)
        .then_some(text)
}

struct Printer<'a> {
    declarations: &'a [Declaration],
    promise: Option<&'a Promise>,
    style: Style,
    text: String,
    depth: usize,
}

impl<'a> Printer<'a> {
    fn new(module: &'a Module, style: Style) -> Self {
        Self {
            declarations: &module.declarations,
            promise: module.promise.as_ref(),
            style,
            text: String::new(),
            depth: 0,
        }
    }

    fn namespace(&mut self, namespace: &Namespace) {
        self.line(&format!("declare namespace {} {{", namespace.name));
        for (position, note) in namespace.notes.iter().enumerate() {
            let note = comments::flattened(note);
            self.line(&format!("// {}{} {note}", compact::MARK, position + 1));
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
    fn line(&mut self, line: &str) {
        self.indent();
        self.text.push_str(line);
        self.text.push('\n');
    }

    fn indent(&mut self) {
        if self.style == Style::Readable {
            for _ in 0..self.depth {
                self.text.push_str("  ");
            }
        }
    }

    /// An empty line between two things.
    fn gap(&mut self, wanted: bool) {
        if wanted && self.style == Style::Readable {
            self.text.push('\n');
        }
    }

    /// How far the current line has come.
    fn column(&self) -> usize {
        self.text.len() - self.text.rfind('\n').map_or(0, |newline| newline + 1)
    }

    fn is_compact(&self) -> bool {
        self.style == Style::Compact
    }

    /// What ends a declaration or a property; in the compact style, the end of the line does.
    fn semicolon(&self) -> &'static str {
        if self.is_compact() { "" } else { ";" }
    }

    /// `: ` between a name and its type.
    fn colon(&self) -> &'static str {
        if self.is_compact() { ":" } else { ": " }
    }

    /// The head of an index signature.
    fn key(&self) -> &'static str {
        if self.is_compact() {
            "[k:string]:"
        } else {
            "[key: string]: "
        }
    }

    fn function(&mut self, function: &Function) {
        self.docs(&function.docs);
        self.indent();
        let _ = write!(self.text, "function {}(", function.name);
        if let Some((ty, optional)) = &function.input {
            let mark = if *optional { "?" } else { "" };
            let _ = write!(self.text, "input{mark}{}", self.colon());
            self.ty(ty, types::Context::Free);
        }
        let promise = self.promise.map_or("Promise", |promise| &promise.name);
        let _ = write!(self.text, "){}{promise}", self.colon());
        if self
            .promise
            .is_none_or(|promise| promise.default != function.output)
        {
            self.text.push('<');
            self.ty(&function.output, types::Context::Free);
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
                self.ty(&declaration.ty, types::Context::Free);
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

    fn docs(&mut self, docs: &Docs) {
        if docs.is_empty() {
            return;
        }
        if self.is_compact() {
            let line = format!("// {}", comments::one_line(docs));
            self.line(&line);
            return;
        }
        let lines = comments::lines(docs, WIDTH.saturating_sub(2 * self.depth + 3));
        if let [(0, only)] = lines.as_slice()
            && only.chars().count() + 2 * self.depth + 7 <= WIDTH
        {
            self.indent();
            self.text.push_str("/** ");
            self.text.push_str(only);
            self.text.push_str(" */\n");
            return;
        }
        self.line("/**");
        for (spaces, line) in lines {
            self.indent();
            self.text.push_str(" *");
            if !line.is_empty() {
                self.text.extend(std::iter::repeat_n(' ', spaces + 1));
                self.text.push_str(&line);
            }
            self.text.push('\n');
        }
        self.line(" */");
    }
}
