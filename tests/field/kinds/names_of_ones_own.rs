//! Generated code means the same whatever names the user's crate has.

use serde_json::json;

use crate::support::ToolCrate;

#[test]
fn names_of_the_users_own_change_nothing() {
    let source = r#"
#![allow(dead_code, non_camel_case_types, non_upper_case_globals, unused_macros)]
#![deny(warnings)]

use codemode_runtime::{provide_state, tool};

pub mod std {}
pub mod core {}
pub mod alloc {}
pub mod serde {}
pub mod schemars {}
pub mod serde_json {}
pub mod inventory {}
pub type Result<T> = ::core::result::Result<T, Oops>;
pub struct String;
pub struct Option;
pub struct Vec;
pub struct Box;
pub struct Ok;
pub struct Err;
pub struct Some;
pub struct None;
pub struct Cow;
pub struct PhantomData;
pub struct Error;
pub trait Default {}
pub trait Into {}
pub trait From {}
pub trait Iterator {}
pub trait Deref {}
pub trait Send {}
pub trait ToString {}
pub fn drop() {}
pub static __input: u8 = 0;
pub static __call: u8 = 0;
pub static __returned: u8 = 0;
pub static __error: u8 = 0;
pub static CONTRACT: u8 = 0;
macro_rules! vec { () => { compile_error!("mine") } }
macro_rules! format { () => { compile_error!("mine") } }
macro_rules! concat { () => { compile_error!("mine") } }
macro_rules! stringify { () => { compile_error!("mine") } }
macro_rules! panic { () => { compile_error!("mine") } }

#[derive(Debug)]
pub struct Oops;
impl ::core::fmt::Display for Oops {
    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        f.write_str("oops")
    }
}

pub struct Desk(u8);
#[provide_state]
fn desk() -> Result<Desk> {
    ::core::result::Result::Ok(Desk(1))
}

/// Greets.
#[tool(namespace = "names")]
fn greet(#[state] desk: &Desk, who: ::std::string::String, #[tool(default = 1)] times: u8, #[tool(default)] more: ::std::vec::Vec<u8>) -> Result<::std::string::String> {
    let _ = (times, more, desk.0);
    ::core::result::Result::Ok(::std::format!("hello {who}"))
}

/// The same, async.
#[tool(namespace = "names")]
async fn wave(first: ::core::option::Option<u8>, second: bool) -> Result<u8> {
    match first {
        ::core::option::Option::Some(first) => ::core::result::Result::Ok(first + u8::from(second)),
        ::core::option::Option::None => ::core::result::Result::Err(Oops),
    }
}
"#;
    let tools = ToolCrate::new("names", "", source);
    let script = "return [await names.greet({ who: 'A' }), await names.wave({ first: 1, second: true }), \
                  await names.wave({ second: true }).catch((e) => e.message)];";
    let outcome = tools.run(&[], script);
    assert_eq!(
        outcome["value"],
        json!(["hello A", 2, "names.wave: oops"]),
        "{outcome}"
    );
}
