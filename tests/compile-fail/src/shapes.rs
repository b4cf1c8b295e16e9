//! The shapes, one function each.

use core::fmt;
use core::fmt::{Display, Formatter};
use std::collections::BTreeMap;

use codemode_runtime::{CallContext, provide_state, tool};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A host value.
#[derive(Debug)]
pub(crate) struct Shop {
    /// What is in stock.
    stock: BTreeMap<String, u32>,
}

/// One article.
#[derive(Debug, Deserialize, Serialize, JsonSchema)]
pub(crate) struct Article {
    /// Its name.
    pub(crate) name: String,
    /// How many there are.
    pub(crate) count: u32,
}

/// Why nothing was sold.
#[derive(Debug)]
pub(crate) struct SoldOut;

impl Display for SoldOut {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("sold out")
    }
}

/// A `Result` that doesn't look like one.
type Sold = Result<Article, SoldOut>;

/// What is in the till.
#[derive(Debug)]
pub(crate) struct Till(u32);

/// A provider that can't fail.
#[provide_state]
fn open_shop() -> Shop {
    Shop {
        stock: BTreeMap::from([("tea".to_owned(), 3)]),
    }
}

/// A provider that can.
#[provide_state(crate = "renamed_runtime")]
fn open_till() -> Result<Till, SoldOut> {
    let tea = open_shop().stock.get("tea").copied();
    tea.map(Till).ok_or(SoldOut)
}

/// Sells something.
///
/// ```ts
/// if (await isOpen())
///     await shop.sell({ article: "tea" });
/// ```
#[tool(namespace = "shop")]
#[must_use = "the customer waits"]
async fn sell(
    #[state] shop: &Shop,
    #[context] call: &CallContext,
    /// What to sell.
    article: String,
    /// How many of it.
    #[tool(default = 1)]
    count: u32,
    #[tool(default = "nobody", rename = "to")] customer: String,
) -> Sold {
    core::future::ready(()).await;
    call.log(format_args!("{count} {article} to {customer}"));
    match shop.stock.get(&article) {
        Some(stock) if *stock >= count => Ok(Article {
            name: article,
            count,
        }),
        _ => Err(SoldOut),
    }
}

/// Borrows its result from the state.
#[tool(namespace = "shop")]
fn articles(#[state] shop: &Shop) -> Vec<&str> {
    shop.stock.keys().map(String::as_str).collect()
}

/// Neither takes nor returns anything.
#[tool(namespace = "shop")]
fn close() {}

/// Is called something else by scripts, and so are its parameters.
#[tool(namespace = "shop", name = "remove", rename_all = "camelCase")]
#[deprecated(since = "1.0.0", note = "use `sell`")]
fn delete(
    mut article_name: String,
    r#type: Option<u8>,
    #[tool(default)]
    #[expect(
        non_snake_case,
        reason = "attributes of other people stay with the function"
    )]
    reallyMeant: bool,
) -> String {
    if reallyMeant {
        article_name.push_str(if r#type.is_some() { "!" } else { "?" });
    }
    article_name
}

/// Names a type that isn't there.
#[tool(namespace = "shop")]
#[cfg(any())]
fn never_built(article: Missing) -> Missing {
    article
}

/// Counts what is in the till.
#[tool(namespace = "shop", crate = "renamed_runtime")]
fn through_renamed_runtime(
    #[state] till: &Till,
    #[serde(alias = "n")]
    #[schemars(range(min = 1))]
    number: u32,
) -> u32 {
    till.0.saturating_add(number)
}

/// Is called what the input of `order` is called in the declaration.
#[derive(Debug, Deserialize, Serialize, JsonSchema)]
pub(crate) struct OrderInput {
    /// What is ordered.
    article: String,
}

/// Returns its input.
#[tool(namespace = "shop")]
fn order(first: OrderInput) -> OrderInput {
    first
}

/// Writes tools, as macros of users do.
macro_rules! tools_that_return_their_input {
    ($($name:ident: $type:ty = $default:expr;)*) => {
        $(
            /// Returns its input.
            #[tool(namespace = "echo")]
            fn $name(#[tool(default = $default)] value: $type) -> $type {
                value
            }
        )*
    };
}

tools_that_return_their_input! {
    echo_text: String = "text";
    echo_numbers: Vec<u8> = vec![1, 2];
}

/// Has taken the names that most code expects from the prelude.
mod taken {
    use codemode_runtime::tool;
    use schemars::JsonSchema;
    use serde::{Deserialize, Serialize};

    /// Not that `String`.
    #[derive(Debug, Deserialize, Serialize, JsonSchema)]
    pub(super) struct String(u8);

    /// Not that `Option`.
    type Option = String;

    /// Not that `Result`.
    type Result = Option;

    /// Returns its input.
    #[tool(namespace = "echo")]
    fn taken(value: Option) -> Result {
        /// A tool where only its own function sees it.
        #[tool(namespace = "echo")]
        fn inner(#[tool(default)] ok: bool) -> bool {
            ok
        }
        value
    }
}
