#![allow(unused)]

use codemode_runtime::tool;

#[tool]
fn distance((x, y): (f64, f64)) -> f64 {
    x.hypot(y)
}

fn main() {}
