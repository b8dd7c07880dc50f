//! The attempts of one call, for hooks and logs. Plain data: no Python object travels with the call.

use std::sync::Arc;
use std::time::UNIX_EPOCH;

use http::HeaderMap;
use pyo3::prelude::*;

use crate::batch::RowInstrumentation;
use crate::bridge::once::Once;
use crate::bridge::{errors, options};
use crate::client::Request;
use crate::client::observe::attempt_log::{AttemptLog, AttemptRecord, Recording};

/// Records the attempts of one call. A row of a sync also takes its headers from here.
#[derive(Debug, Default)]
#[pyclass(name = "CallTrace", module = "sparkbot._sparkbot", frozen)]
pub struct CallTrace {
    pub(super) log: Arc<AttemptLog>,
    headers: HeaderMap,
}

#[pymethods]
impl CallTrace {
    #[new]
    #[pyo3(signature = (headers=None))]
    fn new(py: Python<'_>, headers: Option<&Bound<'_, PyAny>>) -> PyResult<Self> {
        let headers = headers.map(options::parse_headers).transpose().map_err(|error| errors::to_py_err(py, &error))?;
        Ok(Self { log: Arc::default(), headers: headers.unwrap_or_default() })
    }

    /// The attempts so far, as `sparkbot.hooks.Attempt`.
    #[getter]
    fn attempts<'py>(&self, py: Python<'py>) -> PyResult<Vec<Bound<'py, PyAny>>> {
        self.log.records().into_iter().map(|record| attempt(py, record)).collect()
    }

    /// The number of attempts so far.
    #[getter]
    fn count(&self) -> usize {
        self.log.count()
    }
}

impl CallTrace {
    /// The log and headers for a row of a sync.
    pub(super) fn instrumentation(&self) -> RowInstrumentation {
        RowInstrumentation { attempt_log: Arc::clone(&self.log), headers: self.headers.clone() }
    }
}

/// Logs the attempts of a call when it has ended, in the thread and the context of its caller.
#[derive(Debug)]
pub(super) struct CallLogger {
    operation: &'static str,
    log: Arc<AttemptLog>,
}

impl CallLogger {
    /// Without a log, the request gets one that records failed attempts.
    pub fn of_request(request: &mut Request) -> Self {
        let log = request.sinks.attempt_log.get_or_insert_with(|| Arc::new(AttemptLog::new(Recording::Failed)));
        Self { operation: request.operation, log: Arc::clone(log) }
    }

    /// Logs the attempts. Raises what a handler of the program raises.
    pub fn report(&self, py: Python<'_>) -> PyResult<()> {
        static LOG_ATTEMPTS: Once<PyAny> = Once::new();
        if !self.log.is_reportable() {
            return Ok(());
        }
        let trace = CallTrace { log: Arc::clone(&self.log), headers: HeaderMap::new() };
        LOG_ATTEMPTS.import(py, "sparkbot._logging", "log_attempts")?.call1((self.operation, trace)).map(drop)
    }
}

fn attempt(py: Python<'_>, record: AttemptRecord) -> PyResult<Bound<'_, PyAny>> {
    static ATTEMPT: Once<PyAny> = Once::new();
    let (kind, error) = record.error.unzip();
    let retry_delay = record.retry_delay.map(|delay| delay.as_secs_f64());
    let sent_at = record.sent_at.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs_f64();
    let elapsed = record.elapsed.as_secs_f64();
    ATTEMPT.import(py, "sparkbot.hooks", "Attempt")?.call1((
        record.operation,
        record.status,
        record.request_id,
        kind,
        error,
        elapsed,
        record.queued.as_secs_f64(),
        retry_delay,
        sent_at,
    ))
}
