//! What the name of a variable, a header or a parameter says of its value.

/// Whether a value is a credential, as far as its name says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Named {
    Secret,
    /// It has to look like one, too.
    Perhaps,
    Setting,
}

/// Ends of words that name a secret wherever they stand in a name, as in `API_TOKEN_PROD` or `PGPASSWORD`.
const ANYWHERE: [&str; 14] = [
    "accesskey",
    "apikey",
    "credential",
    "credentials",
    "jwt",
    "passcode",
    "passphrase",
    "passwd",
    "password",
    "privatekey",
    "pwd",
    "secret",
    "secretkey",
    "token",
];

/// Words that name a secret at the end of a name. Elsewhere, as in `COOKIE_BANNER`, they say little.
const AT_THE_END: [&str; 9] = [
    "authorization",
    "bearer",
    "cookie",
    "cookies",
    "pass",
    "pat",
    "sig",
    "signature",
    "tokens",
];

/// What makes the `key` behind it a secret.
const BEFORE_KEY: [&str; 14] = [
    "access",
    "account",
    "admin",
    "api",
    "app",
    "auth",
    "encryption",
    "function",
    "functions",
    "license",
    "private",
    "secret",
    "signing",
    "subscription",
];

const PERHAPS: [&str; 10] = [
    "auth", "bearer", "cookie", "key", "keys", "oauth", "pass", "private", "session", "sid",
];

/// What is about a secret and none itself, such as `TOKEN_URL` or `AUTH_TYPE`.
#[rustfmt::skip]
const ABOUT: &[&str] = &[
    "alg", "algorithm", "audience", "backend", "budget", "class", "count", "dir", "directory", "disabled", "domain", "enabled", "endpoint",
    "env", "expiration", "expires", "expiry", "field", "file", "folder", "format", "header", "host", "issuer", "kind", "layout", "length",
    "level", "lifetime", "limit", "manager", "max", "method", "min", "mode", "name", "param", "parameter", "path", "policy", "port", "prefix",
    "provider", "realm", "region", "required", "scheme", "scope", "scopes", "size", "source", "store", "suffix", "table", "timeout", "ttl",
    "type", "uri", "url", "usage", "variable", "version",
];

/// What begins the name of a quantity, as in `MAX_TOKENS`.
const QUANTITIES: [&str; 6] = ["count", "limit", "max", "min", "num", "total"];

impl Named {
    pub(super) fn of(name: &str) -> Self {
        let words = words(name);
        let (Some(first), Some(last)) = (words.first(), words.last()) else {
            return Self::Setting;
        };
        if ABOUT.contains(&last.as_str()) || QUANTITIES.contains(&first.as_str()) {
            return Self::Setting;
        }
        let ends = |word: &String| ANYWHERE.iter().any(|end| word.ends_with(end));
        let is_key = |pair: &[String]| pair[1] == "key" && BEFORE_KEY.contains(&pair[0].as_str());
        let is_secret = words.iter().any(ends)
            || AT_THE_END.contains(&last.as_str())
            || words.windows(2).any(is_key)
            || words == ["key"];
        if is_secret && last != "id" {
            Self::Secret
        } else if is_secret || words.iter().any(|word| PERHAPS.contains(&word.as_str())) {
            Self::Perhaps
        } else {
            Self::Setting
        }
    }
}

/// The words of a name in small letters: those of `GITHUB_TOKEN`, `x-api-key`, `--client-secret` and `accessToken`.
fn words(name: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut was_small = false;
    for letter in name.chars() {
        let begins = letter.is_ascii_uppercase() && was_small;
        if (begins || !letter.is_ascii_alphabetic()) && !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        if letter.is_ascii_alphabetic() {
            word.push(letter.to_ascii_lowercase());
        }
        was_small = letter.is_ascii_lowercase();
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_tells_whether_its_value_is_a_secret() {
        let secret = [
            "GITHUB_PERSONAL_ACCESS_TOKEN",
            "OPENAI_API_KEY",
            "API_KEY_2",
            "API_TOKEN_PROD",
            "db-password",
            "PGPASSWORD",
            "MYSQL_PWD",
            "SMTP_PASS",
            "GITHUB_PAT",
            "GOOGLE_CREDENTIAL",
            "credentials",
            "clientSecret",
            "--client-secret",
            "AWS_SECRET_ACCESS_KEY",
            "Authorization",
            "Cookie",
            "X-Api-Key",
            "Ocp-Apim-Subscription-Key",
            "key",
            "sig",
        ];
        let perhaps = [
            "SESSION",
            "SORT_KEY",
            "X-Auth",
            "AWS_ACCESS_KEY_ID",
            "PASS_THROUGH",
            "session_id",
        ];
        let settings = [
            "PATH",
            "HOME",
            "PYTHONPATH",
            "NODE_ENV",
            "AUTHOR",
            "KEYBOARD_LAYOUT",
            "KEYCLOAK_REALM",
            "AUTH_TYPE",
            "MAX_TOKENS",
            "MAX_TOKEN",
            "TOKEN_LIMIT",
            "TOKENIZERS_PARALLELISM",
            "PRIVATE_KEY_PATH",
            "PASSENGERS",
            "SECRETARY",
            "COMPASS",
            "MONKEY",
            "PATTERN",
            "Content-Type",
            "X-MCP-Toolsets",
            "X-Tenant",
            "",
            "1",
        ];
        for (names, expected) in [
            (&secret[..], Named::Secret),
            (&perhaps[..], Named::Perhaps),
            (&settings[..], Named::Setting),
        ] {
            for name in names {
                assert_eq!(Named::of(name), expected, "{name}");
            }
        }
    }
}
