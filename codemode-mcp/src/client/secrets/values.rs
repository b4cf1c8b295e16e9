//! What a value says of itself, whatever its name is.

/// Shorter values are no secrets worth the name, and would be found where they don't stand.
const MIN_LENGTH: usize = 6;

/// More digits than that are no quantity.
const MAX_DIGITS: usize = 15;

/// Words that are in configurations and texts of every kind. Taken out of these, nothing could be read any more.
#[rustfmt::skip]
const EVERYWHERE: &[&str] = &[
    "access", "account", "action", "active", "address", "administrator", "allowed", "always", "amazon", "anonymous", "answer", "anything",
    "application", "archive", "authorization", "automatic", "backend", "balanced", "bearer", "before", "boolean", "branch", "browser",
    "bucket", "cancel", "catalog", "change", "changeme", "changes", "channel", "client", "cluster", "column", "command", "comment",
    "comments", "commit", "config", "configuration", "connect", "connection", "console", "container", "content", "contents", "context",
    "cookie", "create", "created", "credential", "credentials", "custom", "database", "default", "delete", "denied", "development",
    "digest", "directory", "disable", "disabled", "document", "documents", "domain", "dynamic", "editor", "element", "enable", "enabled",
    "english", "environment", "errors", "everything", "example", "external", "false", "feature", "features", "filesystem", "folder",
    "format", "frontend", "function", "gateway", "general", "github", "gitlab", "global", "google", "header", "headers", "hidden", "ignore",
    "inactive", "inherit", "internal", "issues", "keyring", "keychain", "latest", "library", "linear", "localhost", "manager", "manual",
    "master", "member", "memory", "message", "messages", "method", "microsoft", "module", "monitor", "network", "nothing", "notset",
    "number", "object", "offline", "online", "openai", "optional", "options", "organization", "origin", "output", "package", "parameter",
    "password", "permission", "person", "playground", "please", "plugin", "policy", "postgres", "preview", "primary", "private", "process",
    "production", "profile", "program", "project", "projects", "prompt", "provider", "public", "publish", "pulls", "python", "quarantine",
    "random", "read-only", "read-write", "readonly", "readwrite", "record", "region", "release", "remote", "replace", "report", "repos", "repositories", "repository",
    "request", "required", "resource", "response", "result", "sandbox", "search", "secondary", "secret", "secrets", "secure", "security",
    "select", "server", "service", "session", "sessions", "settings", "simple", "source", "staging", "standard", "static", "status",
    "storage", "strict", "string", "subject", "system", "target", "template", "tenant", "testing", "thread", "timeout", "tokens", "toolset",
    "toolsets", "unknown", "unlimited", "update", "updated", "username", "values", "vector", "version", "window", "workspace", "writing",
];

/// Shorter ones, for values of several.
#[rustfmt::skip]
const PARTS: &[&str] = &[
    "all", "and", "any", "auto", "basic", "chat", "data", "files", "full", "html", "http", "https", "json", "list", "local",
    "login", "main", "name", "no", "none", "no-store", "not", "not-set", "off", "on", "only", "plain", "pull", "read", "repo", "set", "team",
    "test", "text", "the", "token", "tools", "user", "users", "utf", "write", "xml",
];

/// How credentials of well-known services begin.
#[rustfmt::skip]
const PREFIXES: &[&str] = &[
    "AIza", "AKIA", "ASIA", "ATATT", "SG.", "dop_v1_", "eyJ", "figd_", "gho_", "ghp_", "ghs_", "ghu_", "github_pat_", "glpat-", "gsk_", "hf_",
    "lin_api_", "npm_", "ntn_", "pypi-", "r8_", "sbp_", "secret_", "shpat_", "sk-", "sk_", "tvly-", "xapp-", "xox", "ya29.",
];

/// Whether a value stands in texts that have nothing to do with it: it is short, a number or a common word, or a list of such.
pub(super) fn is_everywhere(value: &str) -> bool {
    value.len() < MIN_LENGTH || is_number(value) || {
        let mut words = value
            .split(|letter: char| letter.is_whitespace() || ",;|+/".contains(letter))
            .filter(|word| !word.is_empty());
        words.all(|word| {
            let word = word.to_ascii_lowercase();
            EVERYWHERE.contains(&word.as_str()) || PARTS.contains(&word.as_str())
        })
    }
}

/// Whether it is too short to be looked for in texts, whatever it is.
pub(super) fn is_short(value: &str) -> bool {
    value.trim().len() < MIN_LENGTH
}

fn is_number(value: &str) -> bool {
    let digits = value.bytes().filter(u8::is_ascii_digit).count();
    digits <= MAX_DIGITS && value.replace([',', '_'], "").parse::<f64>().is_ok()
}

/// Whether it is a file or an address, which tell where something is.
pub(super) fn is_place(value: &str) -> bool {
    if value.contains("://") {
        return true;
    }
    let has_drive = value
        .as_bytes()
        .get(1..3)
        .is_some_and(|part| part == b":\\");
    let is_relative = ["./", "../", "~/", "~\\", ".\\"]
        .iter()
        .any(|start| value.starts_with(start));
    let is_absolute = value.starts_with('/') && value.matches('/').count() > 1;
    (has_drive || is_relative || is_absolute)
        && !value
            .split(['/', '\\'])
            .any(|segment| segment.split('.').any(is_token))
}

/// Whether a value of which the name says little may be a secret: it isn't only words and what joins them.
pub(super) fn is_odd(value: &str) -> bool {
    let has_digits = value.bytes().any(|byte| byte.is_ascii_digit());
    let is_word = |letter: char| letter.is_alphabetic() || letter.is_whitespace();
    let has_signs = value
        .chars()
        .any(|letter| !is_word(letter) && !letter.is_ascii_digit() && !",;-_./".contains(letter));
    has_digits || has_signs
}

/// Whether a value can only be a credential: it begins as those of a service do, or was made by chance.
pub(super) fn is_token(value: &str) -> bool {
    let is_one_word = !value.contains(|letter: char| letter.is_whitespace() || letter == '/');
    let begins = PREFIXES.iter().any(|prefix| value.starts_with(prefix));
    let has_digits = value.bytes().any(|byte| byte.is_ascii_digit());
    (begins && is_one_word && has_digits && value.len() >= 16)
        || value
            .split(|letter: char| !letter.is_ascii_alphanumeric())
            .any(is_made_by_chance)
}

/// Whether letters and digits stand together as nobody would write them.
fn is_made_by_chance(run: &str) -> bool {
    /// In bits for each character. Words have 3 and less; digits and letters by chance have nearly 4 when they are few.
    const ENTROPY: f64 = 3.2;
    let changes = run
        .as_bytes()
        .windows(2)
        .filter(|pair| pair[0].is_ascii_digit() != pair[1].is_ascii_digit())
        .count();
    run.len() >= 20 && changes >= 4 && entropy(run) >= ENTROPY
}

#[expect(
    clippy::cast_precision_loss,
    reason = "counts of characters are far below what a double holds exactly"
)]
fn entropy(text: &str) -> f64 {
    let mut counts = [0_usize; 256];
    for byte in text.bytes() {
        counts[usize::from(byte)] += 1;
    }
    let total = text.len() as f64;
    counts
        .iter()
        .filter(|count| **count > 0)
        .map(|count| *count as f64 / total)
        .map(|share| -share * share.log2())
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_everywhere_is_no_secret() {
        for value in [
            "",
            "short",
            "abcde",
            "100000",
            "-1.5e10",
            "1,000,000",
            "8_192_000",
            "false",
            "master",
            "Bearer",
            "ISSUES",
            "context",
            "application/json",
            "issues,repos,context",
            "read-only",
            "read, write",
            "true",
            "not set",
            "123456789012345",
        ] {
            assert!(is_everywhere(value), "{value}");
        }
        for value in [
            "abcdef",
            "hunter22",
            "swordfish",
            "1234567890123456",
            "p@ss-word",
            "master-7x9q2",
            "correct horse battery staple",
            "0xdeadbeef",
            "12:34:56:78",
        ] {
            assert!(!is_everywhere(value), "{value}");
        }
    }

    #[test]
    fn words_and_what_joins_them_are_not_odd() {
        for value in ["correct horse", "a-b_c.d/e,f;g", "Grüße", ""] {
            assert!(!is_odd(value), "{value}");
        }
        for value in ["word7", "12", "p@ss", "a+b", "who?"] {
            assert!(is_odd(value), "{value}");
        }
    }

    #[test]
    fn spaces_do_not_make_a_value_longer() {
        for (value, expected) in [("a1b2c", true), (" a1b2c ", true), ("a1b2c3", false)] {
            assert_eq!(is_short(value), expected, "{value:?}");
        }
    }

    #[test]
    fn files_and_addresses_are_places() {
        for value in [
            "/home/me/notes",
            "~/notes",
            "./x",
            "../x",
            "C:\\Users\\me",
            "https://x.example/a",
            "file:///a",
            "/opt/x-1.2.3/bin",
        ] {
            assert!(is_place(value), "{value}");
        }
        for value in [
            "/hunter2",
            "p@ss/wörd+1",
            "/9j4AAQSkZJRg7ABAQE3x9/x",
            "a/b",
            "me@x.example",
        ] {
            assert!(!is_place(value), "{value}");
        }
    }

    #[test]
    fn a_token_is_known_by_its_look() {
        for value in [
            "ghp_16C7e42F292c6912E7710c838347Ae178B4a",
            "sk-proj-abc123DEF456ghi789",
            "xoxb-123456789012-abcdefghijkl",
            "AKIAIOSFODNN7EXAMPLE",
            "a94a8fe5ccb19ba61c4c0873d391e987982fbbd3",
            "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc",
            "token:f3Kq81LmZx90PaQwE7rT",
        ] {
            assert!(is_token(value), "{value}");
        }
        for value in [
            "claude-3-5-sonnet-20241022",
            "gpt-4o-mini-2024-07-18",
            "123e4567-e89b-12d3-a456-426614174000",
            "@modelcontextprotocol/server-filesystem",
            "my-company-prod-bucket-eu-west-1",
            "internationalization",
            "2026-11-28T10:00:00.000Z",
            "sk-learn",
            "sk-learn 1.7 and numpy 2.3",
            "sk-learn/examples/2024",
            "/home/me/work/2024/q1",
            "ghcr.io/github/github-mcp-server:v0.20.1",
        ] {
            assert!(!is_token(value), "{value}");
        }
    }
}
