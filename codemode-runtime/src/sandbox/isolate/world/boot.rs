//! The first code of an isolate, file by file, in the order in which they run.
//!
//! The build script compiles this file as well, as it does [`super::ops`].

/// Each file's name for the engine, and its text.
#[cfg_attr(
    feature = "v8",
    allow(dead_code, reason = "an isolate has them from the snapshot")
)]
pub(crate) const FILES: [(&str, &str); 12] = [
    ("codemode:web/base", include_str!("web/base.js")),
    ("codemode:web/text", include_str!("web/text.js")),
    ("codemode:web/base64", include_str!("web/base64.js")),
    (
        "codemode:web/search-params",
        include_str!("web/search-params.js"),
    ),
    ("codemode:web/url", include_str!("web/url.js")),
    ("codemode:web/clone", include_str!("web/clone.js")),
    ("codemode:web/abort", include_str!("web/abort.js")),
    ("codemode:web/random", include_str!("web/random.js")),
    ("codemode:web/time", include_str!("web/time.js")),
    ("codemode:web/console", include_str!("web/console.js")),
    ("codemode:values", include_str!("values.js")),
    (BOOTSTRAP, include_str!("bootstrap.js")),
];

/// The name of the file that closes the world.
pub(crate) const BOOTSTRAP: &str = "codemode:bootstrap";
