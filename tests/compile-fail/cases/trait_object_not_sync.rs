//! State of a trait that isn't shared between threads.

use codemode_runtime::tool;

trait Carrier {
    fn quote(&self) -> u32;
}

#[tool]
fn quote(#[state] carrier: &dyn Carrier) -> u32 {
    carrier.quote()
}

fn main() {}
