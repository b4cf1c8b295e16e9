//! The part of the web that scripts have: what of it is read here, and not by the script's side in `web/`.
//!
//! The build script compiles this file as well, as it does [`super::ops`].

use std::panic::{AssertUnwindSafe, catch_unwind};

use deno_core::op2;
use deno_core::serde_json::json;
use deno_core::url::{Url, quirks};

/// Reads an address. Returns its parts as JSON text, or nothing if it is none.
#[op2]
#[string]
pub(crate) fn op_codemode_parse_url(
    #[string] url: &str,
    #[string] base: &str,
    has_base: bool,
) -> String {
    guarded(|| parse(url, has_base.then_some(base))).map_or_else(String::new, |url| parts(&url))
}

/// Changes one part of an address, by its number, if the value is one for it. Returns the parts of what there is then.
#[op2]
#[string]
pub(crate) fn op_codemode_change_url(
    #[string] url: &str,
    #[smi] part: u32,
    #[string] value: &str,
) -> String {
    // It was read before, and may have become longer than what is read of a script's.
    let before = guarded(|| Url::parse(url).ok());
    let changed = before.clone();
    let changed = guarded(|| changed.map(|url| change(url, part, value)));
    changed
        .or(before)
        .map_or_else(String::new, |url| parts(&url))
}

/// A fault of the reader is no more than an address that can't be read: a panic here would end the process.
fn guarded(read: impl FnOnce() -> Option<Url>) -> Option<Url> {
    catch_unwind(AssertUnwindSafe(read)).ok().flatten()
}

/// No name of a machine is longer, and reading one takes the square of its length.
const MAX_AUTHORITY: usize = 4 * 1024;

/// How long the part of an address may be that names a machine: at least as long as it is.
fn authority_length(url: &str) -> usize {
    const SPECIAL: [&str; 6] = ["http", "https", "ws", "wss", "ftp", "file"];
    // What the standard leaves out before it reads.
    let mut text = url.trim_start_matches(|letter| letter <= ' ').to_owned();
    text.retain(|letter| !matches!(letter, '\t' | '\n' | '\r'));
    let is_of_scheme = |letter: char| letter.is_ascii_alphanumeric() || "+-.".contains(letter);
    let scheme = text
        .split_once(':')
        .filter(|(scheme, _)| scheme.chars().all(is_of_scheme));
    let is_slash = |letter| matches!(letter, '/' | '\\');
    let (is_special, rest) = scheme.map_or((false, &*text), |(scheme, rest)| {
        let is_special = SPECIAL
            .iter()
            .any(|special| special.eq_ignore_ascii_case(scheme));
        (is_special, rest)
    });
    let authority = rest.trim_start_matches(is_slash);
    if !is_special && rest.len() - authority.len() < 2 {
        return 0;
    }
    authority
        .find(|letter| is_slash(letter) || matches!(letter, '?' | '#'))
        .unwrap_or(authority.len())
}

fn parse(url: &str, base: Option<&str>) -> Option<Url> {
    if authority_length(url) > MAX_AUTHORITY
        || base.is_some_and(|base| authority_length(base) > MAX_AUTHORITY)
    {
        return None;
    }
    match base {
        Some(base) => Url::parse(base).ok()?.join(url).ok(),
        None => Url::parse(url).ok(),
    }
}

/// In the order of `web/url.js`.
fn parts(url: &Url) -> String {
    json!([
        quirks::href(url),
        quirks::protocol(url),
        quirks::username(url),
        quirks::password(url),
        quirks::host(url),
        quirks::hostname(url),
        quirks::port(url),
        quirks::pathname(url),
        quirks::search(url),
        quirks::hash(url),
        quirks::origin(url),
    ])
    .to_string()
}

/// A value that isn't one for its part changes nothing, which is no error.
fn change(mut url: Url, part: u32, value: &str) -> Url {
    if matches!(part, 4 | 5) && value.len() > MAX_AUTHORITY {
        return url;
    }
    let _ = match part {
        1 => quirks::set_protocol(&mut url, value),
        2 => quirks::set_username(&mut url, value),
        3 => quirks::set_password(&mut url, value),
        4 => quirks::set_host(&mut url, value),
        5 => quirks::set_hostname(&mut url, value),
        6 => quirks::set_port(&mut url, value),
        7 => {
            quirks::set_pathname(&mut url, value);
            Ok(())
        }
        8 => {
            quirks::set_search(&mut url, value);
            Ok(())
        }
        9 => {
            quirks::set_hash(&mut url, value);
            Ok(())
        }
        _ => Err(()),
    };
    url
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_part_that_names_a_machine_is_found_wherever_the_reader_finds_it() {
        for (url, length) in [
            ("http://abc/d", 3),
            (" \u{1}HTTP:\\\\\\abc?d", 3),
            ("ht\ntp:/\t/a\rbc#d", 3),
            ("https:abc", 3),
            ("custom://abc", 3),
            ("custom:abc", 0),
            ("custom:/abc", 0),
            ("data:text/plain,abc//d", 0),
            ("//abc/d", 3),
            ("/a/b", 0),
            ("?a://b", 0),
            ("", 0),
        ] {
            assert_eq!(authority_length(url), length, "{url}");
        }
    }

    #[test]
    fn an_endless_name_of_a_machine_is_refused_and_a_long_path_is_not() {
        let long = "ü.".repeat(MAX_AUTHORITY);
        assert!(parse(&format!("http://{long}/"), None).is_none());
        assert!(parse(&format!("//{long}/"), Some("http://a")).is_none());
        assert!(parse("a", Some(&format!("http://{long}/"))).is_none());
        let path = parse(&format!("http://a/{long}"), None).unwrap();
        assert_eq!(change(path.clone(), 4, &long), path);
        assert!(parse(&format!("data:,{long}"), None).is_some());
    }

    #[test]
    fn parts_have_the_order_of_the_scripts_side() {
        let url = parse("https://u:p@h.example:81/p?q#f", None).unwrap();
        assert_eq!(
            parts(&url),
            r##"["https://u:p@h.example:81/p?q#f","https:","u","p","h.example:81","h.example","81","/p","?q","#f","https://h.example:81"]"##
        );
        for (part, value, changed) in [
            (1, "http", "http://u:p@h.example:81/p?q#f"),
            (2, "v", "https://v:p@h.example:81/p?q#f"),
            (3, "", "https://u@h.example:81/p?q#f"),
            (4, "i.example:82", "https://u:p@i.example:82/p?q#f"),
            (5, "i.example:82", "https://u:p@h.example:81/p?q#f"),
            (6, "443", "https://u:p@h.example/p?q#f"),
            (7, "a b", "https://u:p@h.example:81/a%20b?q#f"),
            (8, "", "https://u:p@h.example:81/p#f"),
            (9, "g", "https://u:p@h.example:81/p?q#g"),
            (10, "none", "https://u:p@h.example:81/p?q#f"),
        ] {
            assert_eq!(change(url.clone(), part, value).as_str(), changed, "{part}");
        }
    }
}
