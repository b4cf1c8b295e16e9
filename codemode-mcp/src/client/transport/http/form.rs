//! In what form an answer's bytes are a text.

use reqwest::Response;
use reqwest::header::{CONTENT_ENCODING, CONTENT_TYPE, HeaderName};

/// What the headers say of it, where that isn't what was asked for: UTF-8 as it is.
pub(super) struct Form {
    coding: Option<String>,
    charset: Option<String>,
}

impl Form {
    pub(super) fn of(response: &Response) -> Self {
        let header = |name: HeaderName| {
            let value = response.headers().get(name)?;
            Some(
                String::from_utf8_lossy(value.as_bytes())
                    .trim()
                    .to_lowercase(),
            )
        };
        Self {
            coding: header(CONTENT_ENCODING)
                .filter(|coding| !matches!(coding.as_str(), "" | "identity")),
            charset: header(CONTENT_TYPE)
                .and_then(|value| charset(&value))
                .filter(|charset| !matches!(charset.as_str(), "" | "utf-8" | "utf8" | "us-ascii")),
        }
    }

    /// Why a body can't be read, if it is for its compression.
    pub(super) fn compressed(&self) -> Option<String> {
        self.coding.as_ref().map(|coding| {
            format!(
                "the server's answer can't be read: its `content-encoding` is `{coding}`, which wasn't asked for"
            )
        })
    }

    /// Why a body that makes no sense can't be read. One that says the wrong thing of itself and makes sense is no problem.
    pub(super) fn problem(&self) -> Option<String> {
        self.compressed().or_else(|| {
            let charset = self.charset.as_ref()?;
            Some(format!(
                "the server's answer can't be read: its `content-type` has the charset `{charset}`, and JSON is in UTF-8"
            ))
        })
    }
}

/// The charset of a media type in small letters.
fn charset(content_type: &str) -> Option<String> {
    let mut parameters = content_type.split(';').skip(1);
    parameters.find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        (name.trim() == "charset").then(|| value.trim().trim_matches('"').to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::charset;

    #[test]
    fn the_charset_is_found_among_parameters() {
        for (content_type, expected) in [
            ("application/json", None),
            ("application/json; charset=iso-8859-1", Some("iso-8859-1")),
            (
                "application/json;version=1 ; charset = \"utf-16le\"",
                Some("utf-16le"),
            ),
            ("application/json; profile=\"charset\"", None),
        ] {
            assert_eq!(charset(content_type).as_deref(), expected, "{content_type}");
        }
    }
}
