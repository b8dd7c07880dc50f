//! The futures of event loops that wait for a result.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};

use pyo3::prelude::*;

use crate::bridge::once::{lazy_import, name};

/// Builds the Python object of a result. Runs on the thread of the event loop.
pub(super) type ResultBuilder = Box<dyn for<'py> FnOnce(Python<'py>) -> PyResult<Bound<'py, PyAny>> + Send>;

pub(super) struct PendingFuture {
    pub future: Py<PyAny>,
    /// The loop whose `call_soon_threadsafe` resolves the future; `None` if the loop reads a completion queue.
    pub event_loop: Option<Py<PyAny>>,
}

/// The pending futures by id. Locked only by threads that are attached to the interpreter and do not call it, so never during a
/// fork: see `docs/decisions/0039-free-threading.md`.
pub(super) fn pending_futures() -> MutexGuard<'static, HashMap<u64, PendingFuture>> {
    static PENDING: LazyLock<Mutex<HashMap<u64, PendingFuture>>> = LazyLock::new(Mutex::default);
    PENDING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Removes a pending future; the lock is released before the caller drops it, which may run Python code.
pub(super) fn remove_pending(id: u64) -> Option<PendingFuture> {
    pending_futures().remove(&id)
}

pub(super) fn next_id() -> u64 {
    static NEXT_ID: AtomicU64 = AtomicU64::new(0);
    NEXT_ID.fetch_add(1, Ordering::Relaxed)
}

/// Sets the result of a pending future, unless it is done or no task awaits it. Runs on the thread of its loop.
pub(super) fn resolve_future(py: Python<'_>, id: u64, result: ResultBuilder) {
    let Some(pending) = remove_pending(id) else { return };
    let future = pending.future.bind(py);
    if let Err(error) = set_result(future, result) {
        PyErr::write_unraisable(error, py, Some(future));
    }
}

fn set_result(future: &Bound<'_, PyAny>, result: ResultBuilder) -> PyResult<()> {
    let py = future.py();
    if future.call_method0(name!(py, "done"))?.is_truthy()? {
        return Ok(());
    }
    match result(py) {
        Ok(value) => future.call_method1(name!(py, "set_result"), (value,))?,
        Err(error) => future.call_method1(name!(py, "set_exception"), (error,))?,
    };
    Ok(())
}

/// Runs in a forked child: fails the futures whose results arrive in the parent.
pub fn fail_pending_after_fork(py: Python<'_>) -> PyResult<()> {
    let orphans = std::mem::take(&mut *pending_futures());
    if orphans.is_empty() {
        return Ok(());
    }
    let class = lazy_import(py, "sparkbot.errors")?.getattr("OutcomeUnknownError")?;
    for orphan in orphans.into_values() {
        let future = orphan.future.into_bound(py);
        // Fails if the future is done or its loop is closed.
        let _ = class.call1((STARTED_BEFORE_FORK,)).and_then(|error| future.call_method1("set_exception", (error,)));
        // Most children never await it, and asyncio would then log the exception on stderr.
        let _ = future.setattr("_log_traceback", false);
    }
    Ok(())
}

const STARTED_BEFORE_FORK: &str = "the call was started before the process was forked: it continues in the parent, which gets its \
     response. Start the calls of the child in the child";
