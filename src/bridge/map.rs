//! The executor of `client.map`: Python submits calls one by one and takes results in batches.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use pyo3::exceptions::{PyException, PyRuntimeError};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString, PyTuple};
use tokio::task::AbortHandle;

use crate::batch::{MapExecutor, MapResult, Status};
use crate::bridge::call_trace::CallTrace;
use crate::bridge::client::{CallExtras, ClientCore, CompletedCall, ResponseMode};
use crate::bridge::runtime;
use crate::bridge::stats::{self, LatencySnapshot, ThrottleStats};
use crate::client::Request;

/// The result of a call.
#[derive(Debug)]
#[pyclass(module = "sparkbot._sparkbot", frozen, get_all)]
pub struct CallResult {
    call_id: usize,
    status: Py<PyString>,
    result: Py<PyAny>,
    error: Py<PyAny>,
    attempts: u32,
    elapsed: f64,
}

#[pymethods]
impl CallResult {
    #[new]
    fn new(call_id: usize, status: Py<PyString>, result: Py<PyAny>, error: Py<PyAny>, attempts: u32, elapsed: f64) -> Self {
        Self { call_id, status, result, error, attempts, elapsed }
    }
}

/// Runs many calls. `add` and `request` have the signatures of `ClientCore.call` and `ClientCore.request`, so that a resource that
/// is built with them submits its calls instead of sending them. See docs/decisions/0023.
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
    fn new(
        core: Bound<'_, ClientCore>,
        raw: bool,
        in_order: bool,
        concurrency: usize,
        calls_per_second: Option<f64>,
    ) -> PyResult<Self> {
        runtime::start()?;
        let generation = runtime::fork_generation();
        let client = Arc::clone(&core.get().client);
        Ok(Self {
            core: core.unbind(),
            mode: ResponseMode::from_raw(raw),
            run: Arc::new(MapExecutor::new(client, generation, in_order, concurrency, calls_per_second)),
            generation,
            workers: Mutex::default(),
        })
    }

    /// Submits the call of an operation and returns its ID. Invalid arguments raise an error.
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

    /// Like `add`, for any method and path. `raw` and `awaited` are ignored: they are settings of the run.
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

    /// Waits for results; with `has_input`, returns also when more calls are accepted.
    fn wait(&self, py: Python<'_>, has_input: bool) -> PyResult<()> {
        self.ensure_same_process()?;
        runtime::block_on(py, self.run.wait(has_input))
    }

    /// The awaitable form of `wait`.
    fn wait_async<'py>(&self, py: Python<'py>, has_input: bool) -> PyResult<Bound<'py, PyAny>> {
        self.ensure_same_process()?;
        let run = Arc::clone(&self.run);
        runtime::future_into_py(
            py,
            async move {
                run.wait(has_input).await;
                Ok(())
            },
            None,
        )
    }

    /// The next results.
    fn take(&self, py: Python<'_>) -> PyResult<Vec<CallResult>> {
        self.run.take().into_iter().map(|result| self.to_call_result(py, result)).collect()
    }

    /// Number of further calls that the run accepts now.
    #[getter]
    fn capacity(&self) -> usize {
        self.run.capacity()
    }

    /// Number of calls submitted and not yet taken.
    #[getter]
    fn pending(&self) -> usize {
        self.run.pending()
    }

    /// Number of requests sent so far, retries included.
    #[getter]
    fn calls(&self) -> u64 {
        self.run.stats.requests_sent()
    }

    /// What limited the speed of the run.
    #[getter]
    fn throttled_by(&self) -> ThrottleStats {
        self.run.stats.throttle_stats().into()
    }

    /// Response times.
    #[getter]
    fn latency(&self) -> LatencySnapshot {
        self.run.stats.latencies().into()
    }

    /// Cancels the calls in flight and starts no other. The connections of cancelled calls are closed.
    fn close(&self) {
        // In a forked child, to cancel a task takes locks of the parent's runtime, which a thread of the parent may have held.
        if !self.is_same_process() {
            return;
        }
        self.run.close();
        let workers = std::mem::take(&mut *self.workers.lock().unwrap_or_else(PoisonError::into_inner));
        workers.iter().for_each(AbortHandle::abort);
    }
}

impl Drop for PyMapExecutor {
    /// A run without an owner must stop.
    fn drop(&mut self) {
        self.close();
    }
}

impl PyMapExecutor {
    fn submit(&self, request: Request) -> PyResult<usize> {
        // Before the call is in the queue, where a later worker would find it.
        runtime::start()?;
        let (call_id, needs_worker) = self.run.submit(request);
        if needs_worker {
            let worker = runtime::spawn(Arc::clone(&self.run).work())?;
            self.workers.lock().unwrap_or_else(PoisonError::into_inner).push(worker);
        }
        Ok(call_id)
    }

    fn to_call_result(&self, py: Python<'_>, call: Box<MapResult>) -> PyResult<CallResult> {
        let (call_id, attempts, elapsed) = (call.call_id, call.attempts(), call.elapsed.as_secs_f64());
        let status = call.status();
        let client = Arc::clone(&self.core.get().client);
        let completed = CompletedCall { client, request: *call.request, result: call.result, mode: self.mode };
        let (status, result, error) = match completed.into_pyobject(py) {
            Ok(result) => (status, result.unbind(), py.None()),
            Err(error) if error.is_instance_of::<PyException>(py) => {
                // A response that can't be decoded fails its item too.
                let status = if status == Status::Ok { Status::Failed } else { status };
                (status, py.None(), error.into_value(py).into_any())
            }
            Err(error) => return Err(error),
        };
        let status = stats::status(py, status);
        Ok(CallResult { call_id, status, result, error, attempts, elapsed })
    }

    /// A forked child has none of the threads that run the calls.
    fn ensure_same_process(&self) -> PyResult<()> {
        if self.is_same_process() {
            return Ok(());
        }
        Err(PyRuntimeError::new_err("this run was started before the process forked; start one here, with client.map"))
    }

    fn is_same_process(&self) -> bool {
        self.generation == runtime::fork_generation()
    }
}
