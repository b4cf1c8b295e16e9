//! Second stage: what is meant. Validates what the first stage read, so that the third can print
//! without a question.
//!
//! Reading is total: after a fault it goes on with a stand-in, and the entry point throws the model
//! away when there was any.

mod behaviour;
mod function;
mod parameter;
mod state_provider;
mod tool;
mod types;

pub(crate) use behaviour::Behaviour;
pub(crate) use function::Role;
pub(crate) use parameter::{DefaultValue, InputParameter, Parameter};
pub(crate) use state_provider::StateProvider;
pub(crate) use tool::Tool;
