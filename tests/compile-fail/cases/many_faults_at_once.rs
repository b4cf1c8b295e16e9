#![allow(unused)]

use codemode_runtime::{CallContext, tool};

struct Db;

#[tool(namespce = "email", name = "delete", rename_all = "Camel")]
async fn send<T>(
    #[state] db: Db,
    #[context] call: CallContext,
    to: &str,
    (x, y): (f64, f64),
    #[tool(defualt)] count: u32,
) -> impl Future<Output = u32> {
    async { 1 }
}

fn main() {}
