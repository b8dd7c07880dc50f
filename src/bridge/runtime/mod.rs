//! The runtimes that drive calls: built on first use, rebuilt in a forked child, shut down before the interpreter.
//!
//! Blocking calls share one current-thread runtime, driven by whichever thread waits. Asyncio and batch runs share a runtime
//! with worker threads. See `docs/decisions/0030-two-runtimes.md`.

mod async_runtime;
mod asyncio;
mod blocking;
mod completion_queue;
mod fork;
mod pending;
mod slot;

use pyo3::Python;

pub use async_runtime::{shut_down, spawn, start};
pub use asyncio::future_into_py;
pub use blocking::block_on;
pub use fork::fork_generation;
pub use pending::fail_pending_after_fork;

/// Creates the classes that no module has. PyO3 would create each at its first use, under a lock that a fork may leave held.
pub fn create_types(py: Python<'_>) {
    asyncio::create_types(py);
    completion_queue::create_types(py);
}

/// Registers the fork handlers. A forked child forgets the runtimes of its parent, whose threads do not exist there.
pub fn install_fork_handlers() {
    fork::install_fork_handlers(|| {
        blocking::forget_after_fork();
        async_runtime::forget_after_fork();
    });
}
