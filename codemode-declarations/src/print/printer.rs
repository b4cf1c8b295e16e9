//! What all parts of the printer write with.

use super::comments;
use crate::model::{Declaration, Docs, Module, Promise};

/// Longer lines are broken where what they hold allows it.
pub(crate) const WIDTH: usize = 100;

/// How the text is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// As a programmer would write it.
    Readable,
    /// The same content in as few tokens as it takes.
    Compact,
}

pub(super) struct Printer<'a> {
    pub(super) declarations: &'a [Declaration],
    pub(super) promise: Option<&'a Promise>,
    pub(super) style: Style,
    pub(super) text: String,
    pub(super) depth: usize,
}

impl<'a> Printer<'a> {
    pub(super) fn new(module: &'a Module, style: Style) -> Self {
        Self {
            declarations: &module.declarations,
            promise: module.promise.as_ref(),
            style,
            text: String::new(),
            depth: 0,
        }
    }
}

impl Printer<'_> {
    pub(super) fn line(&mut self, line: &str) {
        self.indent();
        self.text.push_str(line);
        self.text.push('\n');
    }

    pub(super) fn indent(&mut self) {
        if self.style == Style::Readable {
            for _ in 0..self.depth {
                self.text.push_str("  ");
            }
        }
    }

    /// An empty line between two things.
    pub(super) fn gap(&mut self, wanted: bool) {
        if wanted && self.style == Style::Readable {
            self.text.push('\n');
        }
    }

    /// How far the current line has come.
    pub(super) fn column(&self) -> usize {
        self.text.len() - self.text.rfind('\n').map_or(0, |newline| newline + 1)
    }

    pub(super) fn is_compact(&self) -> bool {
        self.style == Style::Compact
    }

    /// What ends a declaration or a property; in the compact style, the end of the line does.
    pub(super) fn semicolon(&self) -> &'static str {
        if self.is_compact() { "" } else { ";" }
    }

    /// `: ` between a name and its type.
    pub(super) fn colon(&self) -> &'static str {
        if self.is_compact() { ":" } else { ": " }
    }

    /// The head of an index signature.
    pub(super) fn key(&self) -> &'static str {
        if self.is_compact() {
            "[k:string]:"
        } else {
            "[key: string]: "
        }
    }

    pub(super) fn docs(&mut self, docs: &Docs) {
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
