//! How `BigInt` and `Bytes` are told from what they are made of.

/// The names under which wrapped values pass through serializers. Only this module's own looks at them; any other one
/// takes the value as it is.
pub(super) const BIGINT_NAME: &str = "$codemode::BigInt";
pub(super) const BYTES_NAME: &str = "$codemode::Bytes";
