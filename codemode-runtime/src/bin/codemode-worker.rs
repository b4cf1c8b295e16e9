//! The worker of `Isolation::Process`, for hosts that can't be their own.

fn main() -> std::process::ExitCode {
    codemode_runtime::run_if_worker();
    eprintln!("this program is started by a sandbox, with `WorkerProgram::At`");
    std::process::ExitCode::from(2)
}
