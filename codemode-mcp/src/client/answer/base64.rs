//! Bytes in base64, as servers write it.

use base64::Engine as _;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use codemode_declarations::json_schema::percent_decode;

const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// What a text stands for.
#[derive(Debug, PartialEq)]
pub(super) struct Decoded {
    pub(super) bytes: Vec<u8>,
    /// What a `data:` address says of them.
    pub(super) media_type: Option<String>,
}

/// The bytes of a text in either alphabet of base64, with or without padding and ends of lines, or of a `data:` address.
pub(super) fn decode(text: &str) -> Option<Decoded> {
    let text = text.trim();
    let is_address = text
        .get(..5)
        .is_some_and(|scheme| scheme.eq_ignore_ascii_case("data:"));
    if !is_address {
        return Some(Decoded {
            bytes: bytes(text)?,
            media_type: None,
        });
    }
    let (head, content) = text.get(5..)?.split_once(',')?;
    let content = percent_decode(content)?;
    let mut parameters = head.split(';');
    let media_type = parameters.next().unwrap_or_default();
    let is_base64 = parameters.any(|parameter| parameter.eq_ignore_ascii_case("base64"));
    Some(Decoded {
        bytes: if is_base64 {
            bytes(&content)?
        } else {
            content.into_owned().into_bytes()
        },
        media_type: (!media_type.is_empty()).then(|| media_type.to_owned()),
    })
}

fn bytes(text: &str) -> Option<Vec<u8>> {
    let standard: String = text
        .lines()
        // A space within a line was a `+` once, and what it stands for can't be known.
        .flat_map(|line| line.trim().chars())
        .map(|letter| match letter {
            '-' => '+',
            '_' => '/',
            other => other,
        })
        .collect();
    LENIENT.decode(standard).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_read_in_every_alphabet() {
        let bytes = [0xfb, 0xef, 0xff, 0x01];
        for text in [
            "++//AQ==",
            "++//AQ",
            "--__AQ==",
            "--__AQ",
            "--//AQ=",
            "++//\r\nAQ==\r\n",
            "  ++/\n  /AQ\n",
            // Bits that stand for nothing.
            "++//AR==",
            "data:image/png;base64,++//AQ==",
            "DATA:image/png;charset=x;Base64,%2B%2B//AQ%3D%3D",
            "data:image/png;base64,--__AQ",
        ] {
            let decoded = decode(text).unwrap_or_else(|| panic!("{text:?}"));
            assert_eq!(decoded.bytes, bytes, "{text:?}");
            let media_type = text.contains("image/png").then_some("image/png");
            assert_eq!(decoded.media_type.as_deref(), media_type, "{text:?}");
        }
        assert_eq!(decode("").unwrap().bytes, b"");
        assert_eq!(decode("data:,a%20b").unwrap().bytes, b"a b");
        assert_eq!(decode("data:,a%20b").unwrap().media_type, None);
    }

    #[test]
    fn what_is_no_base64_is_not_taken_for_it() {
        for text in [
            "###",
            "AAAAA",
            "AA AA",
            "AA=A",
            "data:image/png;base64",
            "ä",
        ] {
            assert_eq!(decode(text), None, "{text:?}");
        }
    }
}
