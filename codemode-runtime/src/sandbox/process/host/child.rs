//! A worker's process, as its host sees it.

use std::io::{self, Read as _};
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::os::unix::process::{CommandExt as _, ExitStatusExt as _};
use std::process::{Child, ChildStderr, Command, ExitStatus, Stdio};
use std::sync::Mutex;
use std::time::Duration;

use rustix::process::{Pid, WaitId, WaitIdOptions};

use crate::sandbox::lock::lock;
use crate::sandbox::options::isolation::WorkerProgram;
use crate::sandbox::process::agreed::{ARGUMENT, REFUSED_MEMORY};

/// A process that can be killed from any thread, and is waited for by one.
pub(crate) struct WorkerProcess {
    child: Mutex<Child>,
    pid: Option<Pid>,
}

/// How much of what a worker has complained about is kept: no more than a pipe holds by itself.
const MAX_COMPLAINT: usize = 4 * 1024;

impl WorkerProcess {
    /// Starts a worker, and returns the host's end of its channel and of its error output.
    ///
    /// It ends with the thread that calls this, if the system can do that.
    pub(crate) fn start(program: &WorkerProgram) -> io::Result<(Self, UnixStream, Complaint)> {
        let (ours, theirs) = UnixStream::pair()?;
        let mut command = match program {
            WorkerProgram::This => Command::new(this_program()?),
            WorkerProgram::At(path) => Command::new(path),
        };
        command
            .arg(ARGUMENT)
            .env_clear()
            .current_dir("/")
            // What a terminal sends to the host, as for Ctrl-C, is the host's business alone.
            .process_group(0)
            .stdin(OwnedFd::from(theirs))
            .stdout(Stdio::null())
            .stderr(Stdio::piped());
        // This engine keeps compiled scripts in the user's home, unless its environment says no.
        #[cfg(feature = "quickjs")]
        command.env("V82JSC_NO_BC_CACHE", "1");
        let mut child = command.spawn()?;
        let complaint = Complaint(child.stderr.take());
        let pid = i32::try_from(child.id()).ok().and_then(Pid::from_raw);
        let process = Self {
            child: Mutex::new(child),
            pid,
        };
        Ok((process, ours, complaint))
    }

    /// Asks the system to end the process, whatever it is doing. Returns at once.
    pub(crate) fn kill(&self) {
        // A child that has been waited for isn't killed: its number may be another process's by now.
        let _ = lock(&self.child).kill();
    }

    /// Kills the process and waits until it is gone.
    pub(crate) fn bury(&self) -> Option<ExitStatus> {
        self.kill();
        // Once it has been waited for, its number may be that of another child, whose end nobody here wants to wait for.
        if let Ok(Some(status)) = lock(&self.child).try_wait() {
            return Some(status);
        }
        // Without the lock, so that nobody who kills it meanwhile has to wait; and leaving the process to the wait below.
        if let Some(pid) = self.pid {
            let options = WaitIdOptions::EXITED | WaitIdOptions::NOWAIT;
            while matches!(
                rustix::process::waitid(WaitId::Pid(pid), options),
                Err(rustix::io::Errno::INTR)
            ) {}
        }
        lock(&self.child).wait().ok()
    }

    /// How much memory the process has, as far as the system tells.
    pub(crate) fn resident_bytes(&self) -> Option<usize> {
        let text = self.status_file("statm")?;
        let pages: usize = text.split_whitespace().nth(1)?.parse().ok()?;
        Some(pages.saturating_mul(rustix::param::page_size()))
    }

    /// The processor time of all of the process's threads, as far as the system tells.
    pub(crate) fn cpu_time(&self) -> Option<Duration> {
        let text = self.status_file("stat")?;
        // The second figure is the program's name in parentheses, which may have anything in it.
        let (_, figures) = text.rsplit_once(')')?;
        let mut figures = figures.split_whitespace().skip(11);
        let mut ticks = || figures.next()?.parse::<u64>().ok();
        let milliseconds = (ticks()? + ticks()?) * 1_000 / rustix::param::clock_ticks_per_second();
        Some(Duration::from_millis(milliseconds))
    }

    /// What Linux tells about a process. Until it has been waited for, its number is its own.
    fn status_file(&self, name: &str) -> Option<String> {
        let pid = self.pid?.as_raw_nonzero();
        std::fs::read_to_string(format!("/proc/{pid}/{name}")).ok()
    }
}

impl Drop for WorkerProcess {
    fn drop(&mut self) {
        self.bury();
    }
}

/// What a worker's engine writes when it dies.
pub(crate) struct Complaint(Option<ChildStderr>);

impl Complaint {
    /// What there is of it, after the worker's end.
    pub(crate) fn read(self) -> String {
        let mut text = Vec::new();
        if let Some(output) = self.0 {
            // All that it wrote is there. Should another process have the other end, there is nothing to wait for.
            let _ = rustix::io::ioctl_fionbio(&output, true);
            let _ = output.take(MAX_COMPLAINT as u64).read_to_end(&mut text);
        }
        String::from_utf8_lossy(&text).into_owned()
    }
}

/// Whether a process ended because the kernel refused it memory.
pub(crate) fn was_refused_memory(status: Option<ExitStatus>) -> bool {
    status.and_then(|status| status.code()) == Some(REFUSED_MEMORY)
}

/// How a process ended that should have gone on.
pub(crate) fn describe(status: Option<ExitStatus>) -> String {
    match status {
        Some(status) => match status.signal() {
            Some(signal) => format!("it was ended by signal {signal}"),
            None => format!("it ended with status {}", status.code().unwrap_or(-1)),
        },
        None => "nothing is known of its end".to_owned(),
    }
}

#[cfg(target_os = "linux")]
#[allow(clippy::unnecessary_wraps, reason = "elsewhere it can fail")]
fn this_program() -> io::Result<std::path::PathBuf> {
    // The very file that runs, also when another one has taken its place on the disk, as after an update.
    Ok("/proc/self/exe".into())
}

#[cfg(not(target_os = "linux"))]
fn this_program() -> io::Result<std::path::PathBuf> {
    std::env::current_exe()
}
