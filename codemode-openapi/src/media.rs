//! Media types, as far as it matters what is behind them.

/// The type alone, in small letters: `application/json` of `Application/JSON; charset=utf-8`.
pub(crate) fn essence(media: &str) -> String {
    let essence = media.split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}

/// Whether it is JSON. What is open counts as JSON, which is what it is meant for where it is written.
pub(crate) fn is_json(essence: &str) -> bool {
    matches!(
        essence,
        "application/json" | "text/json" | "*/*" | "application/*"
    ) || essence.ends_with("+json")
}

/// Whether it is text.
pub(crate) fn is_text(essence: &str) -> bool {
    essence.starts_with("text/")
        || ["+xml", "+yaml"].iter().any(|end| essence.ends_with(end))
        || matches!(
            essence,
            "application/xml"
                | "application/yaml"
                | "application/x-yaml"
                | "application/javascript"
                | "application/jwt"
                | "application/x-ndjson"
                | "application/jsonl"
                | "application/graphql"
        )
}

/// The most useful one of several: the lower the better.
pub(crate) fn rank(essence: &str) -> u8 {
    match essence {
        "application/json" => 0,
        "application/merge-patch+json" => 1,
        // A list of changes, which a document seldom describes as one.
        "application/json-patch+json" => 4,
        _ if essence.ends_with("+json") => 2,
        _ if is_json(essence) => 3,
        "application/x-www-form-urlencoded" => 5,
        "multipart/form-data" => 6,
        _ if is_text(essence) => 7,
        _ => 8,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_several_media_types_the_most_useful_one_is_taken() {
        let least_first = [
            "application/octet-stream",
            "text/plain",
            "multipart/form-data",
            "application/x-www-form-urlencoded",
            "application/json-patch+json",
            "*/*",
            "application/problem+json",
            "application/merge-patch+json",
            "application/json",
        ];
        let mut sorted = least_first;
        sorted.sort_by_key(|media| rank(media));
        assert!(sorted.iter().eq(least_first.iter().rev()), "{sorted:?}");
        assert_eq!(
            essence(" Application/JSON; charset=utf-8"),
            "application/json"
        );
    }
}
