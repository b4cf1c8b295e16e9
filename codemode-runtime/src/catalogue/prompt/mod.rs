//! What a model is told about the tools: the system prompt.

mod content;
mod shares;

use codemode_declarations::{made_visible, reasons};
use handlebars::Handlebars;

use self::content::{Content, Detail, Overview, Parts};
use self::shares::{MIN_DECLARATION, Shares};
use super::Catalogue;
use super::text::tokens::estimate_tokens;
use crate::tool::info::ToolInfo;

const TEMPLATE: &str = include_str!("prompt.hbs");

/// What a prompt is made of.
#[derive(Clone, Debug)]
pub struct PromptOptions {
    /// How long it may be, in tokens as [`estimate_tokens`] counts them.
    pub budget: usize,
    /// Whether the declarations are in the prompt.
    pub form: PromptForm,
    /// Where the model looks further, if they aren't.
    pub look_up: LookUp,
    /// Whether scripts are those of a session, so that what one keeps in `$store` is there for the next.
    pub sessions: bool,
    /// A handlebars template to use instead of the built-in one, which is [`PromptOptions::TEMPLATE`].
    pub template: Option<String>,
}

impl PromptOptions {
    /// The built-in template. What it is given:
    ///
    /// - `declarations`: those of the namespaces for which there is room;
    /// - `complete`: whether these are all;
    /// - `sessions`: whether scripts keep something for each other;
    /// - `inScripts`: whether the model looks further in scripts, with `$tools`;
    /// - `overview`: the first namespaces in one line, each with the count of its tools; with complete declarations
    ///   only if a client may pass no more than a part of them on;
    /// - `namespaces`: of each the `name`, the `count` of its tools and, as far as there is room and it isn't declared,
    ///   `lines` with the `name` and the `summary` of each tool, or else their `names` in one line;
    /// - `withDetails`: whether there are any `lines` or `names`;
    /// - `further`: in one line, the namespaces of which there is nothing elsewhere;
    /// - `unlisted`: how many namespaces are left out.
    pub const TEMPLATE: &str = TEMPLATE;

    /// The prompt without declarations: always short enough to be sent along, whatever the number of tools.
    #[must_use]
    pub fn listing() -> Self {
        Self {
            budget: 999,
            form: PromptForm::Listing,
            ..Self::default()
        }
    }
}

impl Default for PromptOptions {
    /// Declarations, as far as they have room in 8,000 tokens.
    fn default() -> Self {
        Self {
            budget: 8_000,
            form: PromptForm::Declarations,
            look_up: LookUp::Script,
            sessions: false,
            template: None,
        }
    }
}

/// Whether a prompt has declarations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PromptForm {
    /// As far as they fit: all, or those of some namespaces.
    Declarations,
    /// Never: the tools are listed only.
    Listing,
}

/// Where a model finds the declarations that a prompt has no room for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LookUp {
    /// In scripts, with the namespace `$tools`.
    Script,
    /// With the tools `search` and `describe`, beside `run`, as the MCP server has them.
    Tools,
}

/// Why there is no prompt.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PromptError {
    /// Not even the shortest form fits.
    #[error("the prompt doesn't fit into {budget} tokens: the shortest form of it has {needed}")]
    Budget {
        /// What was allowed.
        budget: usize,
        /// What the shortest form takes.
        needed: usize,
    },
    /// The template is faulty.
    #[error("the prompt's template can't be read: {0}")]
    Template(#[from] Box<handlebars::TemplateError>),
    /// The template asks for something that there isn't.
    #[error("the prompt's template can't be filled in: {0}")]
    Render(#[from] Box<handlebars::RenderError>),
}

/// Some clients pass no more of a prompt on, so that what a model needs to get along has to come before.
const HEAD_CHARACTERS: usize = 2_000;

impl Catalogue {
    /// The system prompt for a model that is to write scripts: the rules, and the declarations of all tools if they fit
    /// into the budget. If they don't, the prompt says how to look further, and each namespace has its share of the
    /// budget: one that is small enough is declared, and of the others the functions are listed with as much about each
    /// as fits, down to the number of them. The rules, the way to look further and the first namespaces are within
    /// 2,000 characters.
    ///
    /// Tools that can't be declared are named in comments, with the reason.
    ///
    /// ```
    /// use codemode_runtime::{Catalogue, PromptOptions};
    /// use serde_json::json;
    ///
    /// let tools = json!([{ "namespace": "office", "name": "sendMail", "output": true }]);
    /// let catalogue = Catalogue::from_tools(serde_json::from_value(tools)?);
    /// let prompt = catalogue.prompt(&PromptOptions::default())?;
    /// assert!(prompt.contains("function sendMail("));
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If the budget is too small for the rules alone, or if the template is faulty.
    pub fn prompt(&self, options: &PromptOptions) -> Result<String, PromptError> {
        let template = Template::new(options)?;
        if let Some(text) = template.with_all_declarations(self)? {
            return Ok(text);
        }
        template.with_shares(self)
    }
}

struct Template<'a> {
    templates: Handlebars<'a>,
    options: &'a PromptOptions,
}

impl Template<'_> {
    fn new(options: &PromptOptions) -> Result<Template<'_>, PromptError> {
        let mut templates = Handlebars::new();
        // The prompt is no HTML.
        templates.register_escape_fn(handlebars::no_escape);
        templates.set_strict_mode(options.template.is_some());
        let template = options.template.as_deref().unwrap_or(TEMPLATE);
        templates
            .register_template_string("prompt", template)
            .map_err(Box::new)?;
        Ok(Template { templates, options })
    }

    /// The text, and its tokens.
    fn render(&self, content: &Content<'_>) -> Result<(String, usize), PromptError> {
        let text = self.templates.render("prompt", content).map_err(Box::new)?;
        let text = made_visible(text);
        let tokens = estimate_tokens(&text);
        Ok((text, tokens))
    }

    fn content<'c>(&self, parts: &Parts<'c>) -> Content<'c> {
        parts.content(
            self.options.look_up == LookUp::Script,
            self.options.sessions,
        )
    }

    /// If they fit.
    fn with_all_declarations(&self, catalogue: &Catalogue) -> Result<Option<String>, PromptError> {
        let budget = self.options.budget;
        if self.options.form == PromptForm::Listing
            || catalogue.tools().len() * MIN_DECLARATION > budget
        {
            return Ok(None);
        }
        let namespaces: Vec<_> = catalogue.by_namespace().collect();
        let all = vec![Detail::Declared; namespaces.len()];
        let mut parts = Parts::new(&namespaces, &all, declared(catalogue));
        // Not worth a rendering if it alone is too long.
        if estimate_tokens(&parts.declarations) > budget {
            return Ok(None);
        }
        parts.complete = true;
        let (text, tokens) = self.render(&self.content(&parts))?;
        if self.options.look_up == LookUp::Tools && text.chars().count() > HEAD_CHARACTERS {
            parts.overview = self.overview(&namespaces)?;
            let (longer, tokens) = self.render(&self.content(&parts))?;
            if tokens <= budget {
                return Ok(Some(longer));
            }
        }
        Ok((tokens <= budget).then_some(text))
    }

    /// What comes first is always there, and then as much of each namespace as its share of the budget allows.
    fn with_shares(&self, catalogue: &Catalogue) -> Result<String, PromptError> {
        let budget = self.options.budget;
        let all: Vec<_> = catalogue.by_namespace().collect();
        let overview = self.overview(&all)?;
        let nothing = vec![Detail::Count; all.len()];
        let fitting = |listed: usize| -> Result<_, PromptError> {
            let mut parts = Parts::new(&all[..listed], &nothing, String::new());
            parts.unlisted = all.len() - listed;
            parts.overview = overview.up_to(listed);
            self.render(&self.content(&parts))
        };
        let (mut text, mut tokens) = fitting(0)?;
        if tokens > budget {
            return Err(PromptError::Budget {
                budget,
                needed: tokens,
            });
        }
        // A namespace takes a token at the least.
        let (mut listed, mut most) = (0, all.len().min(budget));
        while listed < most {
            let middle = listed + (most - listed).div_ceil(2);
            match fitting(middle)? {
                (longer, more) if more <= budget => (text, tokens, listed) = (longer, more, middle),
                _ => most = middle - 1,
            }
        }
        if listed < all.len() {
            return Ok(text);
        }
        let with_declarations = self.options.form == PromptForm::Declarations;
        let mut shares = Shares::new(&all, with_declarations, budget - tokens);
        while !shares.is_empty() {
            let declared = declared(&shares.declared());
            let mut parts = Parts::new(&all, shares.details(), declared);
            parts.overview = overview.clone();
            let (longer, tokens) = self.render(&self.content(&parts))?;
            if tokens <= budget {
                return Ok(longer);
            }
            // The shares are estimates of parts, which may take a little more together.
            shares.give_one_up();
        }
        Ok(text)
    }

    /// As many namespaces as have room in the first part of the prompt.
    fn overview(&self, namespaces: &[(&str, &[ToolInfo])]) -> Result<Overview, PromptError> {
        let mut parts = Parts::new(&[], &[], String::new());
        // The line without the namespaces.
        parts.overview = Overview::of(&namespaces[..namespaces.len().min(1)], usize::MAX);
        let (text, _) = self.render(&self.content(&parts))?;
        let room = HEAD_CHARACTERS.saturating_sub(text.chars().count());
        Ok(Overview::of(namespaces, room))
    }
}

/// The declarations of a catalogue, with the reasons where there are none.
fn declared(catalogue: &Catalogue) -> String {
    let (mut declarations, left_out) = catalogue.compact();
    declarations.push_str(&reasons(&left_out));
    declarations
}
