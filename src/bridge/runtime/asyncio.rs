//! Calls that are awaited: a future of the caller's event loop, which an answer settles.

use std::collections::HashMap;
use std::panic::AssertUnwindSafe;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};

use futures_util::FutureExt;
use futures_util::future::{AbortHandle, abortable};
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyTuple;
use pyo3::{IntoPyObjectExt, PyTraverseError, PyVisit, intern};

use crate::bridge::runtime::completion_queue::{Expected, Mailbox};
use crate::bridge::runtime::fork::{Steps, generation};
use crate::bridge::runtime::{Background, Job, background};

/// What comes of a call, made into a Python object where the loop is.
pub(super) type ResponseModel = Box<dyn for<'py> FnOnce(Python<'py>) -> PyResult<Bound<'py, PyAny>> + Send>;

/// The future as an awaitable of the running event loop.
pub fn awaitable<'py, F, T>(py: Python<'py>, future: F) -> PyResult<Bound<'py, PyAny>>
where
    F: Future<Output = PyResult<T>> + Send + 'static,
    T: for<'a> IntoPyObject<'a> + Send + 'static,
{
    let background = background()?;
    let caller = Caller::running(py)?;
    let promised = caller.event_loop.call_method0(intern!(py, "create_future"))?;
    let number = next_number();
    let (future, abort) = abortable(AssertUnwindSafe(future).catch_unwind());
    let way = caller.way(background)?;
    let event_loop = matches!(way, Way::Thread(_)).then(|| caller.event_loop.clone().unbind());
    let task = async move {
        // Aborted means that nobody is left to see this.
        let Ok(ended) = future.await else { return };
        let result = ended.unwrap_or_else(|_| Err(PyRuntimeError::new_err("a defect in sparkbot ended this call")));
        way.send(number, Box::new(move |py| result.and_then(|result| result.into_bound_py_any(py))));
    };
    pending().insert(number, Pending { promised: promised.clone().unbind(), event_loop });
    background.handle.spawn(Steps::of(task));
    if caller.asyncio {
        let steps = promised.call_method0(intern!(py, "__await__"))?.unbind();
        let awaiting = Awaiting { promised: Some(promised.unbind()), steps, abort, number, generation: generation() };
        return Ok(Bound::new(py, awaiting)?.into_any());
    }
    // A loop of ours: what it makes says itself when nobody waits for it any more.
    promised.call_method1(intern!(py, "add_done_callback"), (Abandoned { abort, number },))?;
    Ok(promised)
}

fn next_number() -> u64 {
    static NUMBER: AtomicU64 = AtomicU64::new(0);
    NUMBER.fetch_add(1, Ordering::Relaxed)
}

/// Who awaits.
struct Caller<'py> {
    event_loop: Bound<'py, PyAny>,
    asyncio: bool,
}

impl<'py> Caller<'py> {
    fn running(py: Python<'py>) -> PyResult<Self> {
        static RUNNING_LOOP: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
        let found = RUNNING_LOOP.import(py, "asyncio", "get_running_loop")?.call0();
        match found {
            Ok(event_loop) => Ok(Self { event_loop, asyncio: true }),
            Err(none_runs) => Ok(Self { event_loop: trio_loop(py)?.ok_or(none_runs)?, asyncio: false }),
        }
    }

    fn way(&self, background: &'static Background) -> PyResult<Way> {
        let expected = if self.asyncio { Mailbox::expect(&self.event_loop)? } else { None };
        Ok(expected.map_or(Way::Thread(background), Way::Mailbox))
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

/// How an answer comes to its loop.
enum Way {
    Mailbox(Expected),
    /// For loops that watch no descriptors, a thread that may wait for the GIL asks them to call back.
    Thread(&'static Background),
}

impl Way {
    fn send(self, number: u64, answer: ResponseModel) {
        match self {
            Self::Mailbox(expected) => expected.send(number, answer),
            Self::Thread(background) => {
                let _ = background.settle.send(Job::Settle(Box::new(move || call_back(number, answer))));
            }
        }
    }
}

/// Asks the loop of a call to settle it.
fn call_back(number: u64, answer: ResponseModel) {
    Python::try_attach(|py| {
        let event_loop = pending().get(&number).and_then(|kept| kept.event_loop.as_ref().map(|one| one.clone_ref(py)));
        if let Some(event_loop) = event_loop {
            let arrival = Arrival { number, answer: Mutex::new(Some(answer)) };
            if event_loop.call_method1(py, intern!(py, "call_soon_threadsafe"), (arrival,)).is_err() {
                // The loop is closed: nobody waits.
                let kept = pending().remove(&number);
                drop(kept);
            }
        }
    });
}

/// An answer that settles its call where its loop calls it.
#[pyclass(name = "Arrival", module = "sparkbot._sparkbot", frozen)]
struct Arrival {
    number: u64,
    answer: Mutex<Option<ResponseModel>>,
}

#[pymethods]
impl Arrival {
    fn __call__(&self, py: Python<'_>) {
        let answer = self.answer.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(answer) = answer {
            settle(py, self.number, answer);
        }
    }
}

/// Gives a call's future what came of it, if somebody still waits. Runs on the thread of its loop.
pub(super) fn settle(py: Python<'_>, number: u64, answer: ResponseModel) {
    let Some(kept) = pending().remove(&number) else { return };
    let promised = kept.promised.bind(py);
    let told = (|| {
        if promised.call_method0(intern!(py, "done"))?.is_truthy()? {
            return Ok(());
        }
        match answer(py) {
            Ok(result) => promised.call_method1(intern!(py, "set_result"), (result,))?,
            Err(error) => promised.call_method1(intern!(py, "set_exception"), (error,))?,
        };
        Ok(())
    })();
    if let Err(error) = told {
        PyErr::write_unraisable(error, py, Some(promised));
    }
}

/// What the caller awaits: dropped before the end, it takes the call with it.
#[pyclass(name = "Awaiting", module = "sparkbot._sparkbot")]
struct Awaiting {
    /// The future of the caller's loop; `None` once the garbage collector has been here.
    promised: Option<Py<PyAny>>,
    /// The future's own iterator.
    steps: Py<PyAny>,
    abort: AbortHandle,
    number: u64,
    generation: u64,
}

#[pymethods]
impl Awaiting {
    fn __await__(slf: PyRef<'_, Self>) -> PyRef<'_, Self> {
        slf
    }

    fn __iter__(slf: PyRef<'_, Self>) -> PyRef<'_, Self> {
        slf
    }

    fn __next__(&self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        self.steps.call_method0(py, intern!(py, "__next__"))
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
        self.abort.abort();
        if !promised.call_method0(intern!(py, "done"))?.is_truthy()? {
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
        // What is not pending any more was settled.
        let Some(kept) = pending().remove(&self.number) else { return };
        Python::try_attach(|py| {
            // Dropped by an exception on its way up, which must go on.
            let on_its_way = PyErr::take(py);
            // An error here is that of a closed loop, which nobody waits in.
            let _ = self.abandon(py);
            if let Some(error) = on_its_way {
                error.restore(py);
            }
        });
        drop(kept);
    }
}

/// Told by a future of trio's that nobody waits for it any more.
#[pyclass(name = "Abandoned", module = "sparkbot._sparkbot", frozen)]
struct Abandoned {
    abort: AbortHandle,
    number: u64,
}

#[pymethods]
impl Abandoned {
    #[pyo3(signature = (*_promised))]
    fn __call__(&self, _promised: &Bound<'_, PyTuple>) {
        self.abort.abort();
        let kept = pending().remove(&self.number);
        drop(kept);
    }
}

/// A call under way, as its loop knows it.
struct Pending {
    promised: Py<PyAny>,
    /// Where the answer comes by a thread: what that asks to call back.
    event_loop: Option<Py<PyAny>>,
}

/// Calls under way, by their number. Locked only with the GIL held, so never at the moment of a fork.
fn pending() -> MutexGuard<'static, HashMap<u64, Pending>> {
    static PENDING: LazyLock<Mutex<HashMap<u64, Pending>>> = LazyLock::new(Mutex::default);
    PENDING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// In a forked child: ends the wait for answers that go to the parent.
pub fn disown_pending(py: Python<'_>) -> PyResult<()> {
    let orphans = std::mem::take(&mut *pending());
    if orphans.is_empty() {
        return Ok(());
    }
    let class = py.import("sparkbot.errors")?.getattr("OutcomeUnknownError")?;
    for orphan in orphans.into_values() {
        let promised = orphan.promised.into_bound(py);
        // An error here is that of a future which is done, or whose loop is closed.
        let _ = class.call1((BEGUN_BEFORE_THE_FORK,)).and_then(|error| promised.call_method1("set_exception", (error,)));
        // Most children never look at it: that is no reason for a complaint on stderr.
        let _ = promised.setattr("_log_traceback", false);
    }
    Ok(())
}

const BEGUN_BEFORE_THE_FORK: &str = "the call was begun before the process was forked: it goes on in the parent, and so does its \
     answer. Begin calls of the child's own in the child";
