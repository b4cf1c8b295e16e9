//! An error of a tool in words, with what is behind it.

use std::error::Error;
use std::fmt::Display;
use std::ops::Deref;

/// How many causes are told. A chain without an end would otherwise have none in words either.
const MAX_CAUSES: usize = 16;

/// What is behind an error of some type.
///
/// Three traits offer the same method, each for more types than the one before. A method call takes off one reference after
/// the other until some trait fits, so `(&&&Cause(error)).cause()` is the first's where it can be.
pub struct Cause<'e, E: ?Sized>(pub &'e E);

/// For errors.
pub trait ByError<'e> {
    /// What is behind the error.
    fn cause(&self) -> Option<&'e (dyn Error + 'static)>;
}

impl<'e, E: Error + ?Sized> ByError<'e> for &&Cause<'e, E> {
    fn cause(&self) -> Option<&'e (dyn Error + 'static)> {
        self.0.source()
    }
}

/// For what points to an error and is none itself, such as `Box<dyn Error>` and `anyhow::Error`.
pub trait ByPointer<'e> {
    /// What is behind the error.
    fn cause(&self) -> Option<&'e (dyn Error + 'static)>;
}

impl<'e, P: Deref<Target: Error>> ByPointer<'e> for &Cause<'e, P> {
    fn cause(&self) -> Option<&'e (dyn Error + 'static)> {
        self.0.deref().source()
    }
}

/// For everything else: it has a text and nothing behind it.
pub trait ByDisplay<'e> {
    /// Nothing.
    fn cause(&self) -> Option<&'e (dyn Error + 'static)> {
        None
    }
}

impl<E: ?Sized> ByDisplay<'_> for Cause<'_, E> {}

/// An error's text and behind it those of its causes. Many errors have the text of their cause in their own; it isn't told
/// again.
pub(crate) fn told(error: &dyn Display, cause: Option<&(dyn Error + 'static)>) -> String {
    let mut text = error.to_string();
    for cause in std::iter::successors(cause, |&cause| cause.source()).take(MAX_CAUSES) {
        let cause = cause.to_string();
        if text.contains(&cause) {
            continue;
        }
        text.push_str(": ");
        text.push_str(&cause);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, thiserror::Error)]
    #[error("{text}")]
    struct Link {
        text: &'static str,
        #[source]
        next: Option<Box<Link>>,
    }

    fn chain(texts: &[&'static str]) -> Link {
        let (text, rest) = texts.split_first().unwrap();
        let next = (!rest.is_empty()).then(|| Box::new(chain(rest)));
        Link { text, next }
    }

    macro_rules! said {
        ($error:expr) => {{
            let error = $error;
            told(&error, (&&&Cause(&error)).cause())
        }};
    }

    #[test]
    fn causes_are_told_once_whatever_type_the_error_has() {
        assert_eq!(said!("text"), "text");
        assert_eq!(said!("text".to_owned()), "text");
        assert_eq!(said!(chain(&["a", "b", "c"])), "a: b: c");
        let told = chain(&["first, due to second", "second", "third"]);
        assert_eq!(said!(told), "first, due to second: third");
        let boxed: Box<dyn Error> = Box::new(chain(&["a", "b"]));
        assert_eq!(said!(boxed), "a: b");
        let boxed: Box<dyn Error + Send + Sync> = Box::new(chain(&["a", "b"]));
        assert_eq!(said!(boxed), "a: b");
        let boxed = Box::new(chain(&["a", "b"]));
        assert_eq!(said!(boxed), "a: b");
        assert_eq!(said!(std::sync::Arc::new(chain(&["a", "b"]))), "a: b");
    }

    #[test]
    fn a_chain_without_an_end_is_told_as_far_as_it_goes() {
        #[derive(Debug)]
        struct Circle;
        impl std::fmt::Display for Circle {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("again")
            }
        }
        impl Error for Circle {
            fn source(&self) -> Option<&(dyn Error + 'static)> {
                Some(&Circle)
            }
        }
        assert_eq!(said!(Circle), "again");
    }
}
