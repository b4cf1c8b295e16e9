//! What a started server gets of this process's environment.

use std::ffi::OsString;

/// Without these, programs don't run, or reach nobody from where a proxy or a certificate of one's own stands between. All others may
/// hold credentials that are none of a server's business.
const INHERITED: &[&str] = &[
    "HOME",
    "LANG",
    "LANGUAGE",
    "LOGNAME",
    "PATH",
    "SHELL",
    "TERM",
    "TMPDIR",
    "TZ",
    "USER",
    // Windows.
    "APPDATA",
    "COMSPEC",
    "HOMEDRIVE",
    "HOMEPATH",
    "LOCALAPPDATA",
    "PATHEXT",
    "PROGRAMDATA",
    "PROGRAMFILES",
    "PROGRAMFILES(X86)",
    "SYSTEMDRIVE",
    "SYSTEMROOT",
    "TEMP",
    "TMP",
    "USERNAME",
    "USERPROFILE",
    "WINDIR",
    // Where programs keep their files and find each other's.
    "DBUS_SESSION_BUS_ADDRESS",
    "DOCKER_HOST",
    "NVM_DIR",
    "VIRTUAL_ENV",
    // Proxies.
    "ALL_PROXY",
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "NO_PROXY",
    "NODE_USE_ENV_PROXY",
    // Certificates.
    "AWS_CA_BUNDLE",
    "CURL_CA_BUNDLE",
    "DENO_CERT",
    "DENO_TLS_CA_STORE",
    "GIT_SSL_CAINFO",
    "NODE_EXTRA_CA_CERTS",
    "NODE_USE_SYSTEM_CA",
    "PIP_CERT",
    "REQUESTS_CA_BUNDLE",
    "SSL_CERT_DIR",
    "SSL_CERT_FILE",
    "UV_NATIVE_TLS",
    "UV_SYSTEM_CERTS",
    // Where `npx`, `uvx` and `pipx` get servers from.
    "NPM_CONFIG_CACHE",
    "NPM_CONFIG_CAFILE",
    "NPM_CONFIG_HTTPS_PROXY",
    "NPM_CONFIG_NOPROXY",
    "NPM_CONFIG_PREFIX",
    "NPM_CONFIG_PROXY",
    "NPM_CONFIG_REGISTRY",
    "NPM_CONFIG_USERCONFIG",
    "PIP_CONFIG_FILE",
    "PIP_EXTRA_INDEX_URL",
    "PIP_INDEX_URL",
    "UV_CACHE_DIR",
    "UV_CONFIG_FILE",
    "UV_DEFAULT_INDEX",
    "UV_EXTRA_INDEX_URL",
    "UV_INDEX",
    "UV_INDEX_URL",
    "UV_PYTHON",
    "UV_PYTHON_INSTALL_MIRROR",
];

/// The beginnings of more of them.
const INHERITED_FAMILIES: &[&str] = &["LC_", "XDG_"];

/// Of the variables that are inherited, those whose value is the address of something, which may have a password in it.
const ADDRESSES: &[&str] = &[
    "PROXY",
    "REGISTRY",
    "INDEX",
    "INDEX_URL",
    "MIRROR",
    "DOCKER_HOST",
];

/// The variables that a started server inherits, as they are called here.
pub(crate) fn inherited() -> impl Iterator<Item = (OsString, OsString)> {
    std::env::vars_os().filter(|(name, _)| name.to_str().is_some_and(is_inherited))
}

/// Those of them that are addresses.
pub(crate) fn addresses() -> impl Iterator<Item = String> {
    inherited().filter_map(|(name, value)| {
        let name = name.to_str()?.to_uppercase();
        let is_address = ADDRESSES.iter().any(|end| name.ends_with(end));
        is_address.then(|| value.into_string().ok()).flatten()
    })
}

/// Programs read the names of proxies in either case, and npm its own in any.
fn is_inherited(name: &str) -> bool {
    let name = name.to_uppercase();
    INHERITED.contains(&name.as_str())
        || INHERITED_FAMILIES
            .iter()
            .any(|family| name.starts_with(family))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn servers_get_what_they_run_and_reach_others_with_and_no_credentials() {
        let inherited = [
            "PATH",
            "HTTPS_PROXY",
            "https_proxy",
            "no_proxy",
            "all_proxy",
            "SSL_CERT_FILE",
            "NODE_EXTRA_CA_CERTS",
            "REQUESTS_CA_BUNDLE",
            "npm_config_registry",
            "UV_INDEX_URL",
            "LC_CTYPE",
            "XDG_CONFIG_HOME",
        ];
        for name in inherited {
            assert!(is_inherited(name), "{name}");
        }
        let kept_back = [
            "OPENAI_API_KEY",
            "GITHUB_TOKEN",
            "AWS_SECRET_ACCESS_KEY",
            "AWS_PROFILE",
            "NPM_TOKEN",
            "npm_config__authToken",
            "UV_PUBLISH_TOKEN",
            "UV_INDEX_PRIVATE_PASSWORD",
            "PGPASSWORD",
            "DATABASE_URL",
            "NODE_OPTIONS",
            "LD_PRELOAD",
            "CODEMODE_HTTP_TOKEN",
            "SSH_AUTH_SOCK",
        ];
        for name in kept_back {
            assert!(!is_inherited(name), "{name}");
        }
    }
}
