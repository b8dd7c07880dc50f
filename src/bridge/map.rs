//! A run of many calls, fed call by call and read in batches from Python.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use pyo3::exceptions::{PyException, PyRuntimeError};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PyTuple};
use tokio::task::AbortHandle;

use crate::batch::{MapExecutor, MapResult, Status};
use crate::bridge::call_trace::CallTrace;
use crate::bridge::client::{CallExtras, ClientCore, CompletedCall, ResponseMode};
use crate::bridge::{runtime, stats};
use crate::client::Request;

/// Many calls under way. `add` and `request` have the signatures of `ClientCore.call` and `ClientCore.request`, so that a resource
/// that is made with them describes its calls instead of making them.
#[derive(Debug)]
#[pyclass(name = "MapExecutor", module = "sparkbot._sparkbot", frozen)]
pub struct PyMapExecutor {
    core: Py<ClientCore>,
    mode: ResponseMode,
    run: Arc<MapExecutor>,
    generation: u64,
    workers: Mutex<Vec<AbortHandle>>,
}

#[pymethods]
impl PyMapExecutor {
    #[new]
    #[pyo3(signature = (core, *, raw, in_order, concurrency, calls_per_second))]
    fn new(core: Bound<'_, ClientCore>, raw: bool, in_order: bool, concurrency: usize, calls_per_second: Option<f64>) -> Self {
        let generation = runtime::fork_generation();
        let client = Arc::clone(&core.get().client);
        Self {
            core: core.unbind(),
            mode: ResponseMode::from_raw(raw),
            run: Arc::new(MapExecutor::new(client, generation, in_order, concurrency, calls_per_second)),
            generation,
            workers: Mutex::default(),
        }
    }

    /// Takes the call of an operation in and returns its number; refuses wrong arguments.
    #[pyo3(signature = (operation, arguments, options, save_to=None, trace=None, /))]
    fn add(
        &self,
        py: Python<'_>,
        operation: &str,
        arguments: &Bound<'_, PyTuple>,
        options: Option<&Bound<'_, PyDict>>,
        save_to: Option<PathBuf>,
        trace: Option<&CallTrace>,
    ) -> PyResult<usize> {
        self.submit(self.core.get().build_request(py, operation, arguments, options, CallExtras { save_to, trace })?)
    }

    /// As `add`, for any method and path. What is raw or awaited was decided for the whole run.
    #[pyo3(signature = (method, path, query, body, idempotent, options, raw, awaited, trace=None, /))]
    #[allow(clippy::too_many_arguments, unused_variables)]
    fn request(
        &self,
        py: Python<'_>,
        method: String,
        path: String,
        query: Option<&Bound<'_, PyAny>>,
        body: Option<&Bound<'_, PyAny>>,
        idempotent: Option<bool>,
        options: Option<&Bound<'_, PyDict>>,
        raw: bool,
        awaited: bool,
        trace: Option<&CallTrace>,
    ) -> PyResult<usize> {
        self.submit(self.core.get().build_custom_request(py, method, path, query, body, idempotent, options, trace)?)
    }

    /// Waits until there are outcomes to take; where `room`, also until there is room for more calls.
    fn wait(&self, py: Python<'_>, room: bool) -> PyResult<()> {
        self.ensure_same_process()?;
        runtime::block_on(py, self.run.wait(room))
    }

    /// As `wait`, awaited.
    fn wait_async<'py>(&self, py: Python<'py>, room: bool) -> PyResult<Bound<'py, PyAny>> {
        self.ensure_same_process()?;
        let run = Arc::clone(&self.run);
        runtime::future_into_py(py, async move {
            run.wait(room).await;
            Ok(())
        })
    }

    /// The outcomes that are there: number of the call, status, result, error, attempts, elapsed.
    fn take<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        let taken = self.run.take().into_iter().map(|finished| self.outcome(py, finished));
        PyList::new(py, taken.collect::<PyResult<Vec<_>>>()?)
    }

    /// How many further calls can be added now without running far ahead.
    #[getter]
    fn room(&self) -> usize {
        self.run.capacity()
    }

    /// Calls added whose outcomes were not yet taken.
    #[getter]
    fn pending(&self) -> usize {
        self.run.pending()
    }

    /// Requests sent so far, repeated ones included.
    #[getter]
    fn calls(&self) -> u64 {
        self.run.requests_sent()
    }

    /// What has held the calls back: seconds waited for the limit, seconds paused after answers 429, and how many those were.
    #[getter]
    fn held_back(&self) -> HashMap<&'static str, f64> {
        stats::held_back(self.run.throttle_stats())
    }

    /// How long the answers took, in seconds: all together, the longest, and a histogram of (from, to, number).
    #[getter]
    fn latencies(&self) -> stats::LatencyHistogram {
        stats::latencies(self.run.latencies())
    }

    /// Drops the calls that are under way with their connections, and begins no other.
    fn close(&self) {
        self.run.close();
        let workers = std::mem::take(&mut *self.workers.lock().unwrap_or_else(PoisonError::into_inner));
        workers.iter().for_each(AbortHandle::abort);
    }
}

impl Drop for PyMapExecutor {
    /// A run that nobody holds any more must not go on.
    fn drop(&mut self) {
        self.close();
    }
}

impl PyMapExecutor {
    fn submit(&self, request: Request) -> PyResult<usize> {
        let (ticket, more) = self.run.submit(request);
        if more {
            let worker = runtime::spawn(Arc::clone(&self.run).work())?;
            self.workers.lock().unwrap_or_else(PoisonError::into_inner).push(worker);
        }
        Ok(ticket)
    }

    fn outcome<'py>(&self, py: Python<'py>, finished: Box<MapResult>) -> PyResult<Bound<'py, PyTuple>> {
        let (ticket, attempts, seconds) = (finished.call_id, finished.attempts(), finished.elapsed.as_secs_f64());
        let status = finished.status();
        let client = Arc::clone(&self.core.get().client);
        let call = CompletedCall { client, request: *finished.request, result: finished.result, mode: self.mode };
        match call.into_pyobject(py) {
            Ok(result) => (ticket, status.as_str(), result, py.None(), attempts, seconds).into_pyobject(py),
            Err(error) if error.is_instance_of::<PyException>(py) => {
                // An answer that came and can't be read fails its item too.
                let status = if status == Status::Ok { Status::Failed } else { status };
                (ticket, status.as_str(), py.None(), error.into_value(py), attempts, seconds).into_pyobject(py)
            }
            Err(error) => Err(error),
        }
    }

    /// A forked child has none of the threads that would make the calls.
    fn ensure_same_process(&self) -> PyResult<()> {
        if self.generation == runtime::fork_generation() {
            return Ok(());
        }
        Err(PyRuntimeError::new_err("this run was started before the process forked; start one here, with client.map"))
    }
}
