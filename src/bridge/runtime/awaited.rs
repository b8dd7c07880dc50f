//! Calls that are awaited: pyo3-async-runtimes on our runtime, and what it leaves to its users.
//!
//! Between its future and the caller stand two small objects. `Awaiting` is what the caller awaits: dropped before the end,
//! it takes the call with it. `Home` is what the library takes for the event loop: it knows that a loop may be closed
//! before an answer comes, and that there are other loops than asyncio's.

use std::collections::HashMap;
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

use futures_util::future::{AbortHandle, abortable};
use pyo3::exceptions::asyncio::CancelledError;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyTuple};
use pyo3::{PyTraverseError, PyVisit, intern};
use pyo3_async_runtimes::TaskLocals;
use pyo3_async_runtimes::generic::{ContextExt, JoinError, Runtime, future_into_py_with_locals};
use tokio::task::JoinHandle;

use super::fork::{Steps, generation};
use super::{Job, background};

/// The future as an awaitable of the running event loop.
pub fn awaitable<'py, F, T>(py: Python<'py>, future: F) -> PyResult<Bound<'py, PyAny>>
where
    F: Future<Output = PyResult<T>> + Send + 'static,
    T: for<'a> IntoPyObject<'a> + Send + 'static,
{
    background()?;
    let home = Home::of_the_caller(py)?;
    let (number, asyncio) = (home.number, home.asyncio);
    let (future, abort) = abortable(future);
    // Aborted means that nobody is left to see this.
    let future = async move { future.await.unwrap_or_else(|_| Err(CancelledError::new_err(()))) };
    let locals = TaskLocals::new(Bound::new(py, home)?.into_any());
    let promised = future_into_py_with_locals::<Sparkbot, _, T>(py, locals, future)?;
    if !asyncio {
        // A loop of ours: what it makes ends its call by itself.
        return Ok(promised);
    }
    pending().insert(number, promised.clone().unbind());
    let steps = promised.call_method0(intern!(py, "__await__"))?.unbind();
    let awaiting = Awaiting { promised: Some(promised.unbind()), steps, abort, number, generation: generation(), over: false };
    Ok(Bound::new(py, awaiting)?.into_any())
}

/// What the caller awaits.
#[pyclass(name = "Awaiting", module = "sparkbot._sparkbot")]
struct Awaiting {
    /// The future of the caller's loop; `None` once the garbage collector has been here.
    promised: Option<Py<PyAny>>,
    /// The future's own iterator.
    steps: Py<PyAny>,
    abort: AbortHandle,
    number: u64,
    generation: u64,
    over: bool,
}

#[pymethods]
impl Awaiting {
    fn __await__(slf: PyRef<'_, Self>) -> PyRef<'_, Self> {
        slf
    }

    fn __iter__(slf: PyRef<'_, Self>) -> PyRef<'_, Self> {
        slf
    }

    fn __next__(&mut self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        let step = self.steps.call_method0(py, intern!(py, "__next__"));
        self.over = step.is_err();
        step
    }

    fn __traverse__(&self, visit: PyVisit<'_>) -> Result<(), PyTraverseError> {
        visit.call(&self.promised)?;
        visit.call(&self.steps)
    }

    fn __clear__(&mut self) {
        self.promised = None;
    }
}

impl Awaiting {
    /// Nobody can await the answer any more: the call ends, and its connection closes.
    fn abandon(&self, py: Python<'_>) -> PyResult<()> {
        let Some(promised) = self.promised.as_ref().map(|promised| promised.bind(py)) else { return Ok(()) };
        if !promised.call_method0(intern!(py, "done"))?.is_truthy()? {
            self.abort.abort();
            promised.call_method0(intern!(py, "cancel"))?;
        }
        Ok(())
    }
}

impl Drop for Awaiting {
    fn drop(&mut self) {
        if self.generation != generation() {
            return;
        }
        let kept = pending().remove(&self.number);
        if !self.over {
            Python::try_attach(|py| {
                // Dropped by an exception on its way up, which must go on.
                let on_its_way = PyErr::take(py);
                // An error here is that of a closed loop, which nobody waits in.
                let _ = self.abandon(py);
                if let Some(error) = on_its_way {
                    error.restore(py);
                }
            });
        }
        drop(kept);
    }
}

/// Futures whose calls are under way, by their number. Locked only with the GIL held, so never at the moment of a fork.
fn pending() -> MutexGuard<'static, HashMap<u64, Py<PyAny>>> {
    static PENDING: LazyLock<Mutex<HashMap<u64, Py<PyAny>>>> = LazyLock::new(Mutex::default);
    PENDING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// In a forked child: ends the wait for answers that go to the parent.
pub fn disown_pending(py: Python<'_>) -> PyResult<()> {
    let orphans = std::mem::take(&mut *pending());
    if orphans.is_empty() {
        return Ok(());
    }
    let class = py.import("sparkbot.errors")?.getattr("OutcomeUnknown")?;
    for promised in orphans.into_values() {
        let promised = promised.into_bound(py);
        // An error here is that of a future which is done, or whose loop is closed.
        let _ = class.call1((BEGUN_BEFORE_THE_FORK,)).and_then(|error| promised.call_method1("set_exception", (error,)));
        // Most children never look at it: that is no reason for a complaint on stderr.
        let _ = promised.setattr("_log_traceback", false);
    }
    Ok(())
}

const BEGUN_BEFORE_THE_FORK: &str = "the call was begun before the process was forked: it goes on in the parent, and so does its \
     answer. Begin calls of the child's own in the child";

/// What pyo3-async-runtimes takes for the event loop of a call.
#[pyclass(name = "Home", module = "sparkbot._sparkbot", frozen)]
struct Home {
    event_loop: Py<PyAny>,
    asyncio: bool,
    number: u64,
}

impl Home {
    fn of_the_caller(py: Python<'_>) -> PyResult<Self> {
        static NUMBER: AtomicU64 = AtomicU64::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let (event_loop, asyncio) = match pyo3_async_runtimes::get_running_loop(py) {
            Ok(event_loop) => (event_loop, true),
            Err(none_runs) => (trio_loop(py)?.ok_or(none_runs)?, false),
        };
        Ok(Self { event_loop: event_loop.unbind(), asyncio, number })
    }
}

/// Trio behind the few methods that an event loop needs here, if it is trio that runs.
fn trio_loop(py: Python<'_>) -> PyResult<Option<Bound<'_, PyAny>>> {
    static OF_THE_CALLER: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    if !py.import("sys")?.getattr("modules")?.contains("trio")? {
        return Ok(None);
    }
    let found = OF_THE_CALLER.import(py, "sparkbot._trio", "loop_of_the_caller")?.call0()?;
    Ok((!found.is_none()).then_some(found))
}

#[pymethods]
impl Home {
    fn create_future<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.event_loop.bind(py).call_method0(intern!(py, "create_future"))
    }

    /// The answer is there. A loop that was closed in the meantime has nobody who waits for it.
    #[pyo3(signature = (*callback, **options))]
    fn call_soon_threadsafe(&self, callback: &Bound<'_, PyTuple>, options: Option<&Bound<'_, PyDict>>) -> PyResult<()> {
        let py = callback.py();
        let kept = pending().remove(&self.number);
        let event_loop = self.event_loop.bind(py);
        let told = event_loop.call_method(intern!(py, "call_soon_threadsafe"), callback, options);
        drop(kept);
        match told {
            Err(error) if !event_loop.call_method0(intern!(py, "is_closed"))?.is_truthy()? => Err(error),
            _ => Ok(()),
        }
    }
}

/// Our runtimes behind pyo3-async-runtimes' interface.
struct Sparkbot;

/// A task, or one that never began because the interpreter is shutting down.
struct Task(Option<JoinHandle<()>>);

struct TaskError(tokio::task::JoinError);

impl JoinError for TaskError {
    fn is_panic(&self) -> bool {
        self.0.is_panic()
    }

    fn into_panic(self) -> Box<dyn std::any::Any + Send> {
        self.0.into_panic()
    }
}

impl Future for Task {
    type Output = Result<(), TaskError>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        match &mut self.0 {
            Some(handle) => Pin::new(handle).poll(context).map_err(TaskError),
            None => Poll::Ready(Ok(())),
        }
    }
}

impl Runtime for Sparkbot {
    type JoinError = TaskError;
    type JoinHandle = Task;

    fn spawn<F: Future<Output = ()> + Send + 'static>(future: F) -> Task {
        Task(background().ok().map(|background| background.handle.spawn(Steps::of(future))))
    }

    /// Only ever results on their way to Python: they go to the one thread that hands them over in batches.
    fn spawn_blocking<F: FnOnce() + Send + 'static>(job: F) -> Task {
        if let Ok(background) = background() {
            let _ = background.settle.send(Job::Settle(Box::new(job)));
        }
        Task(None)
    }
}

impl ContextExt for Sparkbot {
    fn scope<F, R>(_: TaskLocals, future: F) -> Pin<Box<dyn Future<Output = R> + Send>>
    where
        F: Future<Output = R> + Send + 'static,
    {
        Box::pin(future)
    }

    /// No Rust future of ours calls back into Python, so none needs to know its loop.
    fn get_task_locals() -> Option<TaskLocals> {
        None
    }
}
