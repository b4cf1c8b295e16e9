//! Tools of every kind that the attribute takes, one fact each.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use chrono::NaiveDate;
use codemode_runtime::{CallContext, LogLevel, provide_state, tool};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tokio::sync::{Barrier, Notify};

/// State that the host hands over.
pub(crate) struct Keeper {
    name: String,
    visits: AtomicU64,
}

impl Keeper {
    pub(crate) fn named(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            visits: AtomicU64::new(0),
        }
    }
}

/// What tests look at from outside, shared with the tools.
#[derive(Clone, Default)]
pub(crate) struct Observer(std::sync::Arc<Observed>);

pub(crate) struct Observed {
    /// How often `tick` was called.
    pub(crate) ticks: AtomicU64,
    /// Fires when `stay` waits.
    pub(crate) waiting: Notify,
    /// How many calls of `block` hold their threads.
    pub(crate) blocking: AtomicU64,
    /// Fires when the future of `stay` is dropped before its end.
    pub(crate) dropped: Notify,
    /// Fires when the run of `stay` tells that it is over.
    pub(crate) cancelled: Notify,
    /// Fires when work that `outlive` has left behind is done.
    pub(crate) outlived: Notify,
    /// Lets three calls of `meet` go on together.
    together: Barrier,
    /// The contexts' run ids, in the order of the calls to `whoAmI`.
    pub(crate) runs: Mutex<Vec<String>>,
}

impl Default for Observed {
    fn default() -> Self {
        Self {
            ticks: AtomicU64::default(),
            waiting: Notify::default(),
            blocking: AtomicU64::default(),
            dropped: Notify::default(),
            cancelled: Notify::default(),
            outlived: Notify::default(),
            together: Barrier::new(3),
            runs: Mutex::default(),
        }
    }
}

impl std::ops::Deref for Observer {
    type Target = Observed;

    fn deref(&self) -> &Observed {
        &self.0
    }
}

/// State that no host hands over.
pub(crate) struct Motto(&'static str);

#[provide_state]
fn motto() -> Motto {
    Motto("feed nobody")
}

/// Adds two numbers.
#[tool(namespace = "zoo")]
fn add(a: i32, b: i32) -> i32 {
    a.saturating_add(b)
}

#[derive(Debug, thiserror::Error)]
#[error("can't divide {dividend} by zero")]
struct DivisionByZero {
    dividend: i32,
}

/// Divides whole numbers.
#[tool(namespace = "zoo")]
fn divide(dividend: i32, by: i32) -> Result<i32, DivisionByZero> {
    dividend.checked_div(by).ok_or(DivisionByZero { dividend })
}

/// Divides, and looks at something else in between.
#[tool(namespace = "zoo")]
async fn divide_later(dividend: i32, by: i32) -> Result<i32, DivisionByZero> {
    tokio::task::yield_now().await;
    dividend.checked_div(by).ok_or(DivisionByZero { dividend })
}

/// Greets somebody.
#[tool(namespace = "zoo")]
#[allow(clippy::unused_async, reason = "there are tools of this form")]
async fn greet(
    name: String,
    #[tool(default = "Hello")] greeting: String,
    #[tool(default)] exclamation_marks: u8,
) -> String {
    format!("{greeting}, {name}{}", "!".repeat(exclamation_marks.into()))
}

/// Returns nothing.
#[tool(namespace = "zoo")]
fn nothing() {}

/// Lists what it was given under other names.
#[tool(
    namespace = "zoo",
    name = "relabel",
    rename_all = "SCREAMING_SNAKE_CASE"
)]
fn rename(first_name: String, #[tool(rename = "family")] last_name: String) -> Vec<String> {
    vec![first_name, last_name]
}

/// Tells who keeps the zoo and how often it was asked, and its motto.
#[tool(namespace = "zoo")]
fn ask_keeper(#[state] keeper: &Keeper, #[state] motto: &Motto, question: String) -> String {
    let visits = keeper.visits.fetch_add(1, Ordering::Relaxed) + 1;
    format!("{} on {question}, visit {visits}: {}", keeper.name, motto.0)
}

/// Notes the run that it belongs to, and logs on every level.
#[tool(namespace = "zoo")]
fn who_am_i(#[context] call: &CallContext, #[state] observer: &Observer) -> String {
    observer.runs.lock().unwrap().push(call.run_id().to_owned());
    for level in [
        LogLevel::Debug,
        LogLevel::Log,
        LogLevel::Info,
        LogLevel::Warn,
        LogLevel::Error,
    ] {
        call.log_at(level, level.as_str());
    }
    call.log("plainly");
    call.run_id().to_owned()
}

/// Counts how often it is called.
#[tool(namespace = "zoo")]
fn tick(#[state] observer: &Observer) {
    observer.ticks.fetch_add(1, Ordering::SeqCst);
}

/// Waits for two more calls of itself, so it comes back only if three run at once.
#[tool(namespace = "zoo")]
async fn meet(#[state] observer: &Observer) -> bool {
    observer.together.wait().await;
    true
}

/// Takes some milliseconds.
#[tool(namespace = "zoo")]
async fn rest(milliseconds: u64) -> u64 {
    tokio::time::sleep(Duration::from_millis(milliseconds)).await;
    milliseconds
}

/// Takes some milliseconds, and the thread that it is called on with it.
#[tool(namespace = "zoo")]
fn block(#[state] observer: &Observer, milliseconds: u64) -> u64 {
    observer.blocking.fetch_add(1, Ordering::SeqCst);
    std::thread::sleep(Duration::from_millis(milliseconds));
    observer.blocking.fetch_sub(1, Ordering::SeqCst);
    milliseconds
}

/// Never comes back, and tells the observer what becomes of it.
#[tool(namespace = "zoo")]
async fn stay(#[context] call: &CallContext, #[state] observer: &Observer) {
    struct OnDrop(Observer);
    impl Drop for OnDrop {
        fn drop(&mut self) {
            self.0.dropped.notify_one();
        }
    }
    let _on_drop = OnDrop(observer.clone());
    let (watcher, cancelled) = (observer.clone(), call.cancellation().clone());
    tokio::spawn(async move {
        cancelled.cancelled().await;
        watcher.cancelled.notify_one();
    });
    observer.waiting.notify_one();
    std::future::pending::<()>().await;
}

/// Comes back at once and leaves work behind.
#[tool(namespace = "zoo")]
fn outlive(#[state] observer: &Observer) {
    let observer = observer.clone();
    tokio::spawn(async move {
        tokio::time::sleep(Duration::from_millis(50)).await;
        observer.outlived.notify_one();
    });
}

/// Breaks.
#[tool(namespace = "zoo")]
fn panic_at_once() {
    panic!("secret of the tool");
}

/// Breaks after it has waited.
#[tool(namespace = "zoo")]
async fn panic_later() {
    tokio::time::sleep(Duration::from_millis(1)).await;
    panic!("secret of the tool");
}

/// Of what an animal is made.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub(crate) enum Body {
    /// With feathers.
    Feathers {
        /// In centimetres.
        wingspan: f64,
    },
    /// With fur.
    Fur,
}

/// How an animal is.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Mood {
    /// At rest.
    WellFed,
    Hungry,
}

/// Somebody of the zoo, with its young.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Animal {
    name: String,
    #[serde(rename = "born-on")]
    born_on: NaiveDate,
    body: Body,
    mood: Mood,
    nickname: Option<String>,
    #[serde(default)]
    young: Vec<Animal>,
    #[serde(default)]
    weights: BTreeMap<String, f64>,
    position: (f64, f64),
}

/// Hands animals through, so that each kind of value crosses both ways.
///
/// A comment that ends early */ ends nothing.
#[tool(namespace = "animals")]
fn mirror(animals: Vec<Animal>, leader: Option<Animal>) -> Vec<Animal> {
    leader.into_iter().chain(animals).collect()
}

/// The moods by name.
#[deprecated = "moods change"]
#[tool(namespace = "animals")]
fn moods() -> BTreeMap<String, Mood> {
    BTreeMap::from([("Leo".to_owned(), Mood::Hungry)])
}

/// Looks around and changes nothing.
#[tool(namespace = "zoo", read_only)]
fn look() -> bool {
    true
}

/// Opens all cages.
#[tool(namespace = "zoo", destructive, idempotent = false)]
fn open_cages(#[tool(default)] cages: Vec<String>) -> usize {
    cages.len()
}

/// Waits, but not for long.
#[tool(namespace = "zoo", timeout = "50ms")]
async fn doze(
    milliseconds: u32,
    #[context] call: &CallContext,
    #[state] observer: &Observer,
) -> u32 {
    let token = call.cancellation().clone();
    let told = observer.clone();
    tokio::spawn(async move {
        token.cancelled().await;
        told.cancelled.notify_one();
    });
    tokio::time::sleep(Duration::from_millis(milliseconds.into())).await;
    milliseconds
}
