//! The attempts of one call, for hooks and logs. Plain data: no Python object travels with the call.

use std::sync::Arc;
use std::time::UNIX_EPOCH;

use http::HeaderMap;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;

use crate::batch::RowInstrumentation;
use crate::bridge::{errors, options};
use crate::client::observe::attempt_log::{AttemptLog, AttemptRecord};

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

fn attempt(py: Python<'_>, record: AttemptRecord) -> PyResult<Bound<'_, PyAny>> {
    static ATTEMPT: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let (kind, error) = record.error.unzip();
    let retry_delay = record.retry_delay.map(|delay| delay.as_secs_f64());
    let sent_at = record.sent_at.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs_f64();
    let elapsed = record.elapsed.as_secs_f64();
    ATTEMPT.import(py, "sparkbot.hooks", "Attempt")?.call1((
        record.status,
        record.request_id,
        kind,
        error,
        elapsed,
        retry_delay,
        sent_at,
    ))
}
