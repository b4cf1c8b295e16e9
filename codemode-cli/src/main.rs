//! `codemode-cli`: TypeScript declarations for Rust tools, and scripts that run against them.

use std::process::ExitCode;

fn main() -> ExitCode {
    #[cfg(feature = "engine")]
    codemode_runtime::run_if_worker();
    #[cfg(feature = "quickjs")]
    if let Some(status) = quickjs::restart_without_cache() {
        return status;
    }
    codemode_cli::main()
}

#[cfg(feature = "quickjs")]
mod quickjs {
    use std::process::{Command, ExitCode};

    /// Turns off a cache of compiled scripts in the user's home, whose contents the engine would run unseen.
    const NO_CACHE: &str = "V82JSC_NO_BC_CACHE";

    /// Starts this program again with the engine's cache turned off, unless it is off already.
    ///
    /// The engine looks at its environment only, and a program can't safely change its own.
    pub(super) fn restart_without_cache() -> Option<ExitCode> {
        if std::env::var_os(NO_CACHE).is_some_and(|value| value == "1") {
            return None;
        }
        let restarted = std::env::current_exe().and_then(|program| {
            Command::new(program)
                .args(std::env::args_os().skip(1))
                .env(NO_CACHE, "1")
                .status()
        });
        Some(match restarted {
            Ok(status) => ExitCode::from(u8::try_from(status.code().unwrap_or(2)).unwrap_or(2)),
            Err(error) => {
                eprintln!(
                    "error: this program can't be started again with {NO_CACHE}=1 set: {error}"
                );
                ExitCode::from(2)
            }
        })
    }
}
