//! `codemode-cli` for these tests: cargo builds a package's own programs before its tests, and no other package's.

fn main() -> std::process::ExitCode {
    codemode_runtime::run_if_worker();
    codemode_cli::main()
}
