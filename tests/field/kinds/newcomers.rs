//! What a newcomer writes first works, or is refused with what to write instead.

use serde_json::json;

use crate::support::ToolCrate;

const DEPENDENCIES: &str = r#"
chrono = { version = "0.4", default-features = false, features = ["serde"] }
uuid = { version = "1", default-features = false, features = ["serde"] }
url = { version = "2", default-features = false, features = ["serde"] }
thiserror = "2"
"#;

#[test]
fn null_and_nothing_are_two_values_of_an_option_in_an_option() {
    let source = r#"
use codemode_runtime::tool;

/// Leave it out to keep it, null to take it away.
#[tool(namespace = "notes")]
fn annotate(#[tool(default)] note: Option<Option<String>>, other: std::option::Option<Option<u8>>) -> String {
    format!("{note:?} {other:?}")
}
"#;
    let tools = ToolCrate::new("notes", "", source);
    let declared = tools.cli(&["emit-dts"], "").expect(0).stdout;
    assert!(declared.contains("note?: string | null;"), "{declared}");
    assert!(declared.contains("other?: number | null;"), "{declared}");
    assert!(!declared.contains("@default"), "{declared}");
    let script = "return [await notes.annotate({}), await notes.annotate({ note: null, other: null }), \
                  await notes.annotate({ note: 'a', other: 1 })];";
    let outcome = tools.run(&[], script);
    assert_eq!(
        outcome["value"],
        json!([
            "None None",
            "Some(None) Some(None)",
            "Some(Some(\"a\")) Some(Some(1))"
        ]),
        "{outcome}"
    );
}

#[test]
fn what_is_behind_an_error_reaches_the_script_once() {
    let source = r#"
use codemode_runtime::tool;

#[derive(Debug, thiserror::Error)]
pub enum DepotError {
    #[error("the carrier refused")]
    Carrier(#[source] std::io::Error),
    #[error("the carrier said: {0}")]
    Said(#[source] std::io::Error),
}
fn cause() -> std::io::Error {
    std::io::Error::other("the van has no fuel")
}
#[tool(namespace = "depot")]
fn refused() -> Result<(), DepotError> {
    Err(DepotError::Carrier(cause()))
}
#[tool(namespace = "depot")]
async fn said() -> Result<(), DepotError> {
    Err(DepotError::Said(cause()))
}
#[tool(namespace = "depot")]
fn boxed() -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    Err(DepotError::Carrier(cause()).into())
}
#[tool(namespace = "depot")]
fn text() -> Result<(), &'static str> {
    Err("no")
}
"#;
    let tools = ToolCrate::new("causes", DEPENDENCIES, source);
    let script = "return await Promise.all([depot.refused, depot.said, depot.boxed, depot.text].map((f) => f().catch((e) => e.message)));";
    let outcome = tools.run(&[], script);
    let expected = [
        "depot.refused: the carrier refused: the van has no fuel",
        "depot.said: the carrier said: the van has no fuel",
        "depot.boxed: the carrier refused: the van has no fuel",
        "depot.text: no",
    ];
    assert_eq!(outcome["value"], json!(expected), "{outcome}");
}

#[test]
fn trait_objects_are_state_behind_a_box_or_an_arc() {
    let source = r#"
use std::sync::Arc;

use codemode_runtime::{provide_state, tool};

pub trait Carrier: Send + Sync {
    fn quote(&self, grams: u32) -> f64;
}
struct Vans;
impl Carrier for Vans {
    fn quote(&self, grams: u32) -> f64 {
        9.0 + f64::from(grams)
    }
}
#[provide_state]
fn carrier() -> Box<dyn Carrier> {
    Box::new(Vans)
}
#[provide_state]
fn clock() -> Result<Arc<dyn Fn() -> u8 + Send + Sync>, std::io::Error> {
    Ok(Arc::new(|| 12))
}
#[provide_state]
fn table() -> Box<[u8]> {
    Box::new([1, 2])
}
#[tool(namespace = "depot")]
fn quote(#[state] carrier: &dyn Carrier, grams: u32) -> f64 {
    carrier.quote(grams)
}
#[tool(namespace = "depot")]
async fn time(#[state] clock: &(dyn Fn() -> u8 + Send + Sync), #[state] table: &[u8]) -> u8 {
    clock() + table[1]
}
#[tool(namespace = "depot")]
#[allow(clippy::borrowed_box)]
fn by_box(#[state] carrier: &Box<dyn Carrier>) -> f64 {
    carrier.quote(1)
}
"#;
    let tools = ToolCrate::new("carriers", "", source);
    let script =
        "return [await depot.quote({ grams: 1 }), await depot.time(), await depot.byBox()];";
    let outcome = tools.run(&[], script);
    assert_eq!(outcome["value"], json!([10, 14, 10]), "{outcome}");
}

#[test]
fn a_trait_object_that_nobody_provides_is_told_with_what_to_provide() {
    let source = r#"
use codemode_runtime::tool;

pub trait Carrier: Send + Sync {}
#[tool(namespace = "depot")]
fn quote(#[state] _carrier: &dyn Carrier) -> u8 {
    1
}
"#;
    let done = ToolCrate::new("no_carrier", "", source).cli(&["run", "-"], "return 1");
    done.expect(2).complains(&[
        "`depot.quote`",
        "as `Box<dyn no_carrier::Carrier>` or `Arc<",
    ]);
}

#[test]
fn providers_run_where_a_pool_can_start_its_tasks() {
    let source = r#"
use codemode_runtime::{provide_state, tool};
use tokio::runtime::Handle;
use tokio::sync::OnceCell;

pub struct Pool(Handle);
#[provide_state]
fn pool() -> Pool {
    Pool(Handle::current())
}
/// Connects when it is first used.
pub struct Lazy(OnceCell<u8>);
#[provide_state]
fn lazy() -> Lazy {
    Lazy(OnceCell::new())
}
#[tool(namespace = "db")]
async fn both(#[state] pool: &Pool, #[state] lazy: &Lazy) -> Result<u8, String> {
    let spawned = pool.0.spawn(async { 1 }).await.map_err(|error| error.to_string())?;
    Ok(spawned + lazy.0.get_or_init(async || 2).await)
}
"#;
    let tokio = "tokio = { version = \"1\", features = [\"rt\", \"sync\"] }";
    let outcome = ToolCrate::new("pools", tokio, source).run(&[], "return await db.both()");
    assert_eq!(outcome["value"], 3, "{outcome}");
}

#[test]
fn types_of_other_crates_work_with_their_features_of_schemars() {
    let source = r#"
use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use codemode_runtime::tool;
use url::Url;
use uuid::Uuid;

#[tool(namespace = "depot")]
fn all(id: Uuid, page: Url, on: NaiveDate) -> (DateTime<Utc>, Url, HashMap<Uuid, NaiveDate>) {
    (on.and_hms_opt(12, 0, 0).unwrap_or_default().and_utc(), page, HashMap::from([(id, on)]))
}
"#;
    let schemars =
        "[dependencies.schemars]\nversion = \"1\"\nfeatures = [\"chrono04\", \"uuid1\", \"url2\"]";
    let manifest = format!(
        "[package]\nname = \"foreign\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\n\
         codemode-runtime = {{ path = \"ROOT/codemode-runtime\", default-features = false }}\n{DEPENDENCIES}\n{schemars}\n\n[workspace]\n"
    );
    let tools = ToolCrate::of_files(
        "foreign",
        &[("Cargo.toml", &manifest), ("src/lib.rs", source)],
    );
    let script = "const [at, page, days] = await depot.all({ id: '00000000-0000-0000-0000-000000000001', page: 'https://a.example', on: '2026-12-01' });
        return [at, page, Object.values(days)];";
    let outcome = tools.run(&[], script);
    assert_eq!(
        outcome["value"],
        json!(["2026-12-01T12:00:00Z", "https://a.example/", ["2026-12-01"]]),
        "{outcome}"
    );
}
