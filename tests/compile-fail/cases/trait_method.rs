#![allow(unused)]

use codemode_runtime::tool;

trait Mail {
    #[tool]
    fn send(to: String);
}

fn main() {}
