//! Awaited calls: a Rust future as an awaitable of the running event loop, asyncio's or trio's.
//!
//! Replaces pyo3-async-runtimes; `docs/decisions/0031-own-asyncio-bridge.md` has the reasons.

use std::panic::AssertUnwindSafe;
use std::sync::{Mutex, PoisonError};

use futures_util::FutureExt;
use futures_util::future::{AbortHandle, abortable};
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use pyo3::{IntoPyObjectExt, PyTraverseError, PyTypeInfo, PyVisit};

use super::async_runtime::AsyncRuntime;
use super::completion_queue::{CompletionQueue, CompletionSender};
use super::fork::fork_generation;
use crate::bridge::call_trace::CallLogger;
use crate::bridge::once::{Once, name};

use super::pending::{PendingFuture, ResultBuilder, next_id, pending_futures, remove_pending, resolve_future};

/// Runs `future` on the async runtime. Returns an awaitable that cancels it when dropped, and reports its attempts to `logger`.
pub fn future_into_py<'py, F, T>(py: Python<'py>, future: F, logger: Option<CallLogger>) -> PyResult<Bound<'py, PyAny>>
where
    F: Future<Output = PyResult<T>> + Send + 'static,
    T: for<'a> IntoPyObject<'a> + Send + 'static,
{
    let runtime = AsyncRuntime::get()?;
    let event_loop = EventLoop::running(py)?;
    let py_future = event_loop.object.call_method0(name!(py, "create_future"))?;
    let id = next_id();
    // Boxed at once: each of the futures around it would have room for it, and moving it costs more than the allocation.
    let (future, abort) = abortable(AssertUnwindSafe(Box::pin(future)).catch_unwind());
    let delivery = event_loop.delivery(runtime)?;
    let call_soon_loop = matches!(delivery, Delivery::CallSoon(_)).then(|| event_loop.object.clone().unbind());
    let task = async move {
        // Aborted: no task awaits the result.
        let Ok(output) = future.await else { return };
        let result =
            output.unwrap_or_else(|_| Err(PyRuntimeError::new_err("the call failed with an internal error of sparkbot")));
        delivery.send(id, Box::new(move |py| result.and_then(|value| value.into_bound_py_any(py))));
    };
    pending_futures().insert(id, PendingFuture { future: py_future.clone().unbind(), event_loop: call_soon_loop });
    runtime.spawn(task);
    if event_loop.is_asyncio {
        let iterator = py_future.call_method0(name!(py, "__await__"))?.unbind();
        let future = Some(py_future.unbind());
        let awaitable = CancelOnDropFuture { future, iterator, abort, id, generation: fork_generation(), logger };
        return Ok(Bound::new(py, awaitable)?.into_any());
    }
    // The future of `sparkbot._trio` calls back when it is cancelled and when it ends.
    py_future.call_method1(name!(py, "set_callbacks"), (CancelCallback { abort, id }, LogCallback { logger }))?;
    Ok(py_future)
}

struct EventLoop<'py> {
    object: Bound<'py, PyAny>,
    is_asyncio: bool,
}

impl<'py> EventLoop<'py> {
    fn running(py: Python<'py>) -> PyResult<Self> {
        static GET_RUNNING_LOOP: Once<PyAny> = Once::new();
        match GET_RUNNING_LOOP.import(py, "asyncio", "get_running_loop")?.call0() {
            Ok(object) => Ok(Self { object, is_asyncio: true }),
            Err(no_loop) => Ok(Self { object: running_trio(py)?.ok_or(no_loop)?, is_asyncio: false }),
        }
    }

    fn delivery(&self, runtime: &'static AsyncRuntime) -> PyResult<Delivery> {
        let sender = if self.is_asyncio { CompletionQueue::sender_for(&self.object)? } else { None };
        Ok(sender.map_or(Delivery::CallSoon(runtime), Delivery::Pipe))
    }
}

/// An adapter with the loop methods that are used here, if trio runs.
fn running_trio(py: Python<'_>) -> PyResult<Option<Bound<'_, PyAny>>> {
    static CURRENT_LOOP: Once<PyAny> = Once::new();
    if !py.import("sys")?.getattr("modules")?.contains("trio")? {
        return Ok(None);
    }
    let adapter = CURRENT_LOOP.import(py, "sparkbot._trio", "current_loop")?.call0()?;
    Ok((!adapter.is_none()).then_some(adapter))
}

/// How a result reaches the event loop.
enum Delivery {
    Pipe(CompletionSender),
    /// For loops that cannot watch a pipe: the callback thread, which may wait for the GIL, calls `call_soon_threadsafe`.
    CallSoon(&'static AsyncRuntime),
}

impl Delivery {
    fn send(self, id: u64, result: ResultBuilder) {
        match self {
            Self::Pipe(sender) => sender.send(id, result),
            Self::CallSoon(runtime) => runtime.schedule_callback(move || schedule_resolve(id, result)),
        }
    }
}

fn schedule_resolve(id: u64, result: ResultBuilder) {
    Python::try_attach(|py| {
        let event_loop = pending_futures().get(&id).and_then(|pending| Some(pending.event_loop.as_ref()?.clone_ref(py)));
        let Some(event_loop) = event_loop else { return };
        let callback = ResolveCallback { id, result: Mutex::new(Some(result)) };
        if event_loop.call_method1(py, name!(py, "call_soon_threadsafe"), (callback,)).is_err() {
            // The loop is closed.
            drop(remove_pending(id));
        }
    });
}

/// Resolves a future when its loop calls it.
#[pyclass(name = "ResolveCallback", module = "sparkbot._sparkbot", frozen)]
struct ResolveCallback {
    id: u64,
    result: Mutex<Option<ResultBuilder>>,
}

#[pymethods]
impl ResolveCallback {
    fn __call__(&self, py: Python<'_>) {
        let result = self.result.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(result) = result {
            resolve_future(py, self.id, result);
        }
    }
}

/// The awaitable of a call under asyncio. Dropping it before the call has ended cancels the call.
#[pyclass(name = "CancelOnDropFuture", module = "sparkbot._sparkbot")]
struct CancelOnDropFuture {
    /// The future of the loop; `None` after `__clear__`.
    future: Option<Py<PyAny>>,
    /// The iterator of `future`.
    iterator: Py<PyAny>,
    abort: AbortHandle,
    id: u64,
    generation: u64,
    logger: Option<CallLogger>,
}

#[pymethods]
impl CancelOnDropFuture {
    fn __await__(slf: PyRef<'_, Self>) -> PyRef<'_, Self> {
        slf
    }

    fn __iter__(slf: PyRef<'_, Self>) -> PyRef<'_, Self> {
        slf
    }

    /// Runs in the context of the task that awaits the call; raises its result or its error.
    fn __next__(&self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        let next = self.iterator.call_method0(py, name!(py, "__next__"));
        if next.is_err() {
            self.log_attempts(py)?;
        }
        next
    }

    /// Raises the error of the call, or that of a cancellation. Then the call is ended at once: the traceback may keep this object
    /// alive.
    #[pyo3(signature = (exception, value=None, _traceback=None))]
    fn throw(
        &self,
        py: Python<'_>,
        exception: Bound<'_, PyAny>,
        value: Option<Bound<'_, PyAny>>,
        _traceback: Option<Bound<'_, PyAny>>,
    ) -> PyResult<()> {
        match self.take_pending() {
            Some(pending) => self.abandon(py, pending)?,
            None => self.log_attempts(py)?,
        }
        Err(PyErr::from_value(value.filter(|value| !value.is_none()).unwrap_or(exception)))
    }

    fn close(&self, py: Python<'_>) -> PyResult<()> {
        self.take_pending().map_or(Ok(()), |pending| self.abandon(py, pending))
    }

    fn __traverse__(&self, visit: PyVisit<'_>) -> Result<(), PyTraverseError> {
        visit.call(&self.future)?;
        visit.call(&self.iterator)
    }

    fn __clear__(&mut self) {
        self.future = None;
    }
}

impl CancelOnDropFuture {
    /// The future of a call that has not ended. A forked child leaves the calls of its parent alone.
    fn take_pending(&self) -> Option<PendingFuture> {
        if self.generation == fork_generation() { remove_pending(self.id) } else { None }
    }

    /// Cancels the call and logs its attempts.
    fn abandon(&self, py: Python<'_>, pending: PendingFuture) -> PyResult<()> {
        // Fails only if the loop is closed.
        let _ = self.cancel(py);
        drop(pending);
        self.log_attempts(py)
    }

    fn log_attempts(&self, py: Python<'_>) -> PyResult<()> {
        self.logger.as_ref().map_or(Ok(()), |logger| logger.report(py))
    }

    /// Ends the call, which closes its connection, and cancels the future.
    fn cancel(&self, py: Python<'_>) -> PyResult<()> {
        let Some(future) = self.future.as_ref().map(|future| future.bind(py)) else { return Ok(()) };
        self.abort.abort();
        if !future.call_method0(name!(py, "done"))?.is_truthy()? {
            future.call_method0(name!(py, "cancel"))?;
        }
        Ok(())
    }
}

impl Drop for CancelOnDropFuture {
    fn drop(&mut self) {
        let Some(pending) = self.take_pending() else { return };
        Python::try_attach(|py| {
            // Keeps an exception that is being raised while this is dropped.
            let raised = PyErr::take(py);
            if let Err(error) = self.abandon(py, pending) {
                error.write_unraisable(py, None);
            }
            if let Some(error) = raised {
                error.restore(py);
            }
        });
    }
}

/// Logs the attempts of a call when its trio future has ended.
#[pyclass(name = "LogCallback", module = "sparkbot._sparkbot", frozen)]
struct LogCallback {
    logger: Option<CallLogger>,
}

#[pymethods]
impl LogCallback {
    fn __call__(&self, py: Python<'_>) -> PyResult<()> {
        self.logger.as_ref().map_or(Ok(()), |logger| logger.report(py))
    }
}

/// Ends a call when its trio future is cancelled.
#[pyclass(name = "CancelCallback", module = "sparkbot._sparkbot", frozen)]
struct CancelCallback {
    abort: AbortHandle,
    id: u64,
}

#[pymethods]
impl CancelCallback {
    fn __call__(&self) {
        self.abort.abort();
        drop(remove_pending(self.id));
    }
}

pub(super) fn create_types(py: Python<'_>) {
    CancelCallback::type_object(py);
    CancelOnDropFuture::type_object(py);
    LogCallback::type_object(py);
    ResolveCallback::type_object(py);
}
