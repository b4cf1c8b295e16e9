//! What a model is told about the tools: the system prompt.

use codemode_declarations::{made_visible, reasons};
use handlebars::Handlebars;
use serde::Serialize;

use super::Catalogue;
use super::discovery::shortened;
use super::tokens::estimate_tokens;
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
    /// A handlebars template to use instead of the built-in one, which is [`PromptOptions::TEMPLATE`].
    pub template: Option<String>,
}

impl PromptOptions {
    /// The built-in template. What it is given:
    ///
    /// - `declarations`: the declarations, if they fit; else there is
    /// - `namespaces`: of each the `name`, the `count` of its tools and, as far as there is room, `lines` with the `name`
    ///   and the `summary` of each tool, or else their `names` in one line;
    /// - `unlisted`: how many namespaces are left out;
    /// - `withSummaries`: whether there are `lines`;
    /// - `inScripts`: whether scripts have `$tools` to look further.
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
    /// Declarations, if the prompt has at most 8,000 tokens with them.
    fn default() -> Self {
        Self {
            budget: 8_000,
            form: PromptForm::Declarations,
            look_up: LookUp::Script,
            template: None,
        }
    }
}

/// Whether a prompt has declarations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PromptForm {
    /// If they fit.
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

/// What the template is given.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct Content<'a> {
    declarations: &'a str,
    namespaces: Vec<Namespace<'a>>,
    unlisted: usize,
    with_summaries: bool,
    in_scripts: bool,
}

#[derive(Debug, Serialize)]
struct Namespace<'a> {
    name: &'a str,
    count: usize,
    lines: Vec<Line<'a>>,
    names: String,
}

#[derive(Debug, Serialize)]
struct Line<'a> {
    name: &'a str,
    summary: String,
}

/// How much is said of a namespace in a list.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Detail {
    Summaries,
    Names,
    Counts,
}

const SUMMARY_CHARACTERS: usize = 80;

impl Catalogue {
    /// The system prompt for a model that is to write scripts: the rules, and the declarations of all tools if they fit into
    /// the budget. If they don't, the tools are listed with as much about each as fits, down to a part of the namespaces, and
    /// the prompt says how to look further.
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
        let mut templates = Handlebars::new();
        // The prompt is no HTML.
        templates.register_escape_fn(handlebars::no_escape);
        templates.set_strict_mode(options.template.is_some());
        let template = options.template.as_deref().unwrap_or(TEMPLATE);
        templates
            .register_template_string("prompt", template)
            .map_err(Box::new)?;
        let render = |content: &Content<'_>| -> Result<(String, usize), PromptError> {
            let text = templates.render("prompt", content).map_err(Box::new)?;
            let text = made_visible(text);
            let tokens = estimate_tokens(&text);
            Ok((text, tokens))
        };

        if options.form == PromptForm::Declarations {
            let (mut declarations, left_out) = self.compact();
            declarations.push_str(&reasons(&left_out));
            // Not worth a rendering if it alone is too long.
            if declarations.is_empty() || estimate_tokens(&declarations) <= options.budget {
                let content = Content {
                    declarations: &declarations,
                    in_scripts: options.look_up == LookUp::Script,
                    ..Content::default()
                };
                let (text, tokens) = render(&content)?;
                if tokens <= options.budget {
                    return Ok(text);
                }
            }
        }

        let all: Vec<_> = self.by_namespace().collect();
        let listing = |detail: Detail, listed: usize| Content {
            namespaces: all[..listed]
                .iter()
                .map(|(name, tools)| namespace(name, tools, detail))
                .collect(),
            unlisted: all.len() - listed,
            with_summaries: detail == Detail::Summaries,
            in_scripts: options.look_up == LookUp::Script,
            ..Content::default()
        };
        for detail in [Detail::Summaries, Detail::Names] {
            // Each tool takes two tokens at the least, so that hopeless lists need not be made.
            if self.tools().len() * 2 > options.budget {
                break;
            }
            let (text, tokens) = render(&listing(detail, all.len()))?;
            if tokens <= options.budget {
                return Ok(text);
            }
        }
        let fitting = |listed: usize| -> Result<_, PromptError> {
            let (text, tokens) = render(&listing(Detail::Counts, listed))?;
            Ok(if tokens <= options.budget {
                Ok(text)
            } else {
                Err(PromptError::Budget {
                    budget: options.budget,
                    needed: tokens,
                })
            })
        };
        let mut text = fitting(0)??;
        // A namespace takes a token at the least.
        let (mut listed, mut most) = (0, all.len().min(options.budget));
        while listed < most {
            let middle = listed + (most - listed).div_ceil(2);
            match fitting(middle)? {
                Ok(longer) => (text, listed) = (longer, middle),
                Err(_) => most = middle - 1,
            }
        }
        Ok(text)
    }
}

fn namespace<'a>(name: &'a str, tools: &'a [ToolInfo], detail: Detail) -> Namespace<'a> {
    let names = || tools.iter().map(|tool| tool.name.as_str());
    Namespace {
        name,
        count: tools.len(),
        lines: match detail {
            Detail::Summaries => tools.iter().map(line).collect(),
            Detail::Names | Detail::Counts => Vec::new(),
        },
        names: match detail {
            Detail::Names => names().collect::<Vec<_>>().join(", "),
            Detail::Summaries | Detail::Counts => String::new(),
        },
    }
}

fn line(tool: &ToolInfo) -> Line<'_> {
    Line {
        name: &tool.name,
        summary: shortened(tool.summary(), SUMMARY_CHARACTERS),
    }
}
