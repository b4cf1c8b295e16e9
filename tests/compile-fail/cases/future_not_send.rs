#![allow(unused)]

use codemode_runtime::tool;

use std::rc::Rc;

#[tool]
async fn views(days: u32) -> u32 {
    let shared = Rc::new(days);
    std::future::ready(()).await;
    *shared
}

fn main() {}
