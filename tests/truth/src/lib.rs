//! The proof that declarations are true.

pub mod compiler;
pub mod documentation;
pub mod exceptions;
pub mod lost;
pub mod random_schema;
pub mod relaxed;
pub mod schema_judge;
pub mod subject;
pub mod values;
pub mod zoo;
