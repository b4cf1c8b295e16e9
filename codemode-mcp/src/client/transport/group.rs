//! A started program with all that it starts in turn.

use std::process::ExitStatus;

use tokio::process::{Child, Command};

/// A program and its descendants, which end with this value.
///
/// `npx`, `uvx` and shells start the server as a program of its own. On Unix all of them are a group of processes, apart from those
/// that have left it on purpose. Elsewhere only the program itself is known.
pub(in crate::client) struct Group {
    child: Child,
    #[cfg(unix)]
    leader: Option<rustix::process::Pid>,
}

impl Group {
    /// Starts a program.
    pub(in crate::client) fn start(mut command: Command) -> std::io::Result<Self> {
        command.kill_on_drop(true);
        #[cfg(unix)]
        command.process_group(0);
        let child = command.spawn()?;
        Ok(Self {
            #[cfg(unix)]
            leader: child
                .id()
                .and_then(|id| i32::try_from(id).ok())
                .and_then(rustix::process::Pid::from_raw),
            child,
        })
    }

    /// The program itself.
    pub(in crate::client) fn child(&mut self) -> &mut Child {
        &mut self.child
    }

    /// Resolves once the program itself has ended.
    pub(super) async fn ended(&mut self) -> Option<ExitStatus> {
        self.child.wait().await.ok()
    }

    /// Asks all of them to end.
    pub(super) fn terminate(&mut self) {
        #[cfg(unix)]
        self.signal(rustix::process::Signal::TERM);
    }

    /// Ends all of them.
    pub(super) fn kill(&mut self) {
        #[cfg(unix)]
        {
            self.signal(rustix::process::Signal::KILL);
            // Its number may be that of another group from now on.
            self.leader = None;
        }
        let _ = self.child.start_kill();
    }

    /// A group that is empty has nobody to tell.
    #[cfg(unix)]
    fn signal(&self, signal: rustix::process::Signal) {
        if let Some(leader) = self.leader {
            let _ = rustix::process::kill_process_group(leader, signal);
        }
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        self.kill();
    }
}
