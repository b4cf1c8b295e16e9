//! The attributes of codemode: [`macro@tool`] makes a Rust function callable from scripts, and
//! [`macro@provide_state`] makes the host values that tools work with.
//!
//! Use them through `codemode-runtime`, which exports both: what they generate names that crate.
//!
//! Inside, a macro call goes through three stages, one module each: `parse` reads what is written,
//! `model` finds out what is meant and whether it can be, and `expand` prints the code. All faults
//! of a call are collected on the way and reported together.

mod errors;
mod expand;
#[cfg(test)]
mod golden;
mod model;
mod names;
mod parse;

use proc_macro::TokenStream;
use proc_macro2::TokenStream as Tokens;

use errors::Errors;
use model::{Role, StateProvider, Tool};
use parse::Function;

/// Makes a function a tool: scripts can call it, and its TypeScript declaration follows from its
/// signature and its doc comments.
///
/// ```text
/// /// Page views per day, oldest first.
/// #[tool(namespace = "analytics")]
/// async fn daily_views(
///     #[state] db: &SiteDb,
///     /// First day, inclusive, as YYYY-MM-DD.
///     since: NaiveDate,
///     /// At most this many days.
///     #[tool(default = 30)]
///     days: u32,
/// ) -> Result<Vec<DayViews>, AnalyticsError> {
///     db.daily_views(since, days).await
/// }
/// ```
///
/// A script writes `await analytics.dailyViews({ since: "2026-11-01" })`.
///
/// # On the function
///
/// | argument | meaning | default |
/// |---|---|---|
/// | `name = "dailyViews"` | what scripts call it | the function's name in camelCase |
/// | `namespace = "analytics"` | the object that it is a method of | `tools` |
/// | `rename_all = "camelCase"` | how parameters are named, by any of serde's rules | as in Rust |
/// | `read_only` | it changes nothing: a host may let it run without asking | unknown |
/// | `destructive` | it may delete or overwrite something; `destructive = false`: it only adds | unknown |
/// | `idempotent` | calling it again with the same input changes nothing more | unknown |
/// | `timeout = "5s"` | how long one call of an async function may take, in `ms`, `s` or `m` | as long as the run |
/// | `crate = "renamed_runtime"` | the path to `codemode-runtime`, where the crate has another name | `::codemode_runtime` |
///
/// Names must be plain ASCII identifiers, and neither reserved words of TypeScript nor, for
/// namespaces, globals such as `console`.
///
/// # On a parameter
///
/// | attribute | meaning |
/// |---|---|
/// | *none* | a field of the one object that the script passes |
/// | `#[tool(default)]` | the script may leave it out; `Default::default()` stands in |
/// | `#[tool(default = 30)]` | the same with this value; a string literal is converted with `.into()` |
/// | `#[tool(rename = "perPage")]` | what scripts call it |
/// | `#[state]` | a host value, found by its type, which is `&T`; never part of the declaration. `&dyn Trait` is what a `Box<dyn Trait>` or an `Arc<dyn Trait>` holds |
/// | `#[context]` | the call's context, which is `&CallContext`; never part of the declaration |
/// | `#[serde(…)]`, `#[schemars(…)]` | as on the field of a struct with both derives |
/// | `#[serde(flatten)]` | its fields, keys or variants are properties of the object themselves; a map takes all others |
/// | `///` | its documentation in the declaration |
///
/// Arguments of `#[tool]` on one parameter go together: `#[tool(default, rename = "max")]`. An
/// `Option<Option<T>>` is `None` when the script leaves it out and `Some(None)` when it passes null.
///
/// # What the function must be
///
/// A free function, sync or async, without generics.
///
/// - Parameters from the script own their data (`String`, not `&str`) and implement serde's
///   `DeserializeOwned` and schemars' `JsonSchema`. A field that the tool doesn't know is refused.
/// - State is `Send + Sync + 'static`.
/// - It returns a plain value, or a `Result` under any name. The value implements `Serialize` and
///   `JsonSchema`; the error implements `Display`, and its text is what the script catches, with
///   those of its sources.
/// - The future of an async tool is `Send`. Where rustc says that an implementation "is not general enough", a stream in the
///   body is mostly the cause, and `.boxed()` before `buffer_unordered` helps, as do owned items.
///
/// Scripts in doc comments are TypeScript: fence them with ```` ```ts ````, or rustdoc takes them for
/// Rust and tries to run them.
///
/// The function itself stays as it was and can be called from Rust. Its `#[cfg]`s decide about the
/// tool as well, and `#[deprecated]` is passed on to the declaration.
#[proc_macro_attribute]
pub fn tool(arguments: TokenStream, item: TokenStream) -> TokenStream {
    expand_tool(arguments.into(), item.into()).into()
}

/// Makes a function the source of a host value: it is called when a sandbox is built, some tool
/// asks for the value with `#[state]`, and nobody has handed it over.
///
/// ```text
/// #[provide_state]
/// fn open_site_db() -> Result<SiteDb, OpenError> {
///     SiteDb::open(&std::env::var("SITE_DB")?)
/// }
/// ```
///
/// The function is free, sync, without generics and without parameters. What takes time to connect is
/// a pool that connects when it is first used, or a `tokio::sync::OnceCell` that the tools fill. It returns the value or a
/// `Result` of it; the value is `Send + Sync + 'static`, and the error implements `Display`.
///
/// | argument | meaning | default |
/// |---|---|---|
/// | `crate = "renamed_runtime"` | the path to `codemode-runtime`, where the crate has another name | `::codemode_runtime` |
#[proc_macro_attribute]
pub fn provide_state(arguments: TokenStream, item: TokenStream) -> TokenStream {
    expand_provide_state(arguments.into(), item.into()).into()
}

fn expand_tool(arguments: Tokens, item: Tokens) -> Tokens {
    expand(Tool::ROLE, Tool::read, expand::tool, arguments, item)
}

fn expand_provide_state(arguments: Tokens, item: Tokens) -> Tokens {
    expand(
        StateProvider::ROLE,
        StateProvider::read,
        expand::provide_state,
        arguments,
        item,
    )
}

/// Takes an item through the three stages; after a fault, gives it back with all faults.
fn expand<Model>(
    role: Role,
    read: fn(Tokens, &Function, &Errors) -> Model,
    print: fn(&Function, &Model) -> Tokens,
    arguments: Tokens,
    item: Tokens,
) -> Tokens {
    let function = match parse::function(item.clone(), role.attribute) {
        Ok(function) => function,
        Err(fault) => return expand::faulty(item, &fault),
    };
    let errors = Errors::new();
    let model = read(arguments, &function, &errors);
    match errors.finish() {
        Ok(()) => print(&function, &model),
        Err(faults) => expand::faulty(&function, &faults),
    }
}

#[cfg(test)]
mod tests {
    use super::Tokens;

    fn expanded(item: &str) -> String {
        let item: Tokens = item.parse().expect("the test writes balanced tokens");
        super::expand_tool(Tokens::new(), item).to_string()
    }

    #[test]
    fn a_body_that_is_still_being_typed_does_not_take_the_tool_away() {
        let item = "fn half(to: String) -> u32 { let x = to. ; if }";
        let expanded = expanded(item);
        assert!(expanded.contains("impl __codemode :: Tool"), "{expanded}");
        assert!(!expanded.contains("compile_error"), "{expanded}");
    }

    #[test]
    fn a_refused_item_is_still_there_and_clean() {
        let item = "fn send(#[state] db: Db, #[tool(defualt)] #[serde(alias = \"t\")] to: &str) {}";
        let expanded = expanded(item);
        assert!(
            expanded.starts_with("fn send (db : Db , to : & str) { }"),
            "{expanded}"
        );
        let faults = expanded.matches("compile_error").count();
        assert_eq!(faults, 3, "{expanded}");
    }

    #[test]
    fn a_variadic_function_is_refused() {
        // Not among the compile-fail cases, as rustc itself refuses it in any stable program.
        let item = "unsafe extern \"C\" fn sum(count: u32, numbers: ...) -> u32 { count }";
        let expanded = expanded(item);
        assert!(expanded.contains("can't be variadic"), "{expanded}");
    }
}
