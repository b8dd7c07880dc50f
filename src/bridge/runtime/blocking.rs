//! Calls that block.

use std::time::Duration;

use pyo3::prelude::*;
use tokio::runtime::Runtime;
use tokio::task::yield_now;

use super::fork::Steps;

/// How often a blocked call looks whether a signal has arrived, such as Ctrl-C's.
const SIGNAL_CHECK: Duration = Duration::from_millis(50);

/// The one door for calls that block: releases the GIL, looks for Ctrl-C, and drives the shared runtime.
pub fn wait<F>(py: Python<'_>, future: F) -> PyResult<F::Output>
where
    F: Future + Send,
    F::Output: Send,
{
    let runtime = super::calling()?;
    let mut future = Steps::of(future);
    loop {
        let done = py.detach(|| {
            runtime.block_on(async {
                // One turn first: connections that the service has closed since the last call are then known to be closed.
                yield_now().await;
                tokio::time::timeout(SIGNAL_CHECK, &mut future).await.ok()
            })
        });
        if let Some(output) = done {
            return Ok(output);
        }
        if !may_see_signals() {
            return Ok(py.detach(|| runtime.block_on(&mut future)));
        }
        // Runs handlers of the user's, which may do anything: no lock is held here.
        if let Err(interrupt) = py.check_signals() {
            py.detach(|| abandon(runtime, future));
            return Err(interrupt);
        }
    }
}

/// Python tells signals to its main thread only. A thousand others that woke up twenty times a second to look would leave no
/// time for anything else.
fn may_see_signals() -> bool {
    #[cfg(target_os = "linux")]
    {
        // SAFETY: asks for a number; cannot fail.
        let thread = unsafe { libc::syscall(libc::SYS_gettid) };
        u32::try_from(thread) == Ok(std::process::id())
    }
    #[cfg(not(target_os = "linux"))]
    true
}

/// Drops a call, and gives its connection the turns in which it closes.
fn abandon<F: Future>(runtime: &Runtime, future: Steps<F>) {
    drop(future);
    runtime.block_on(async {
        yield_now().await;
        yield_now().await;
    });
}
