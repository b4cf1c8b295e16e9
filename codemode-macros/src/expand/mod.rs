//! Third stage: the model as code. Names nothing but the runtime, `core` and `std`, and decides
//! nothing.

mod function;
mod input;
mod provide_state;
mod runtime;
mod spans;
mod tool;

pub(crate) use function::faulty;
pub(crate) use provide_state::provide_state;
pub(crate) use tool::tool;
