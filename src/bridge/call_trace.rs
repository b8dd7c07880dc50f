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
    pub(super) notes: Arc<AttemptLog>,
    headers: HeaderMap,
}

#[pymethods]
impl CallTrace {
    #[new]
    #[pyo3(signature = (headers=None))]
    fn new(py: Python<'_>, headers: Option<&Bound<'_, PyAny>>) -> PyResult<Self> {
        let headers = headers.map(options::headers).transpose().map_err(|failure| errors::raise(py, &failure))?;
        Ok(Self { notes: Arc::default(), headers: headers.unwrap_or_default() })
    }

    /// The attempts so far, as `sparkbot.hooks.Attempt`.
    #[getter]
    fn attempts<'py>(&self, py: Python<'py>) -> PyResult<Vec<Bound<'py, PyAny>>> {
        self.notes.records().into_iter().map(|record| attempt(py, record)).collect()
    }

    /// The number of attempts so far.
    #[getter]
    fn count(&self) -> usize {
        self.notes.count()
    }
}

impl CallTrace {
    /// What goes along with a row of a sync.
    pub(super) fn watched(&self) -> RowInstrumentation {
        RowInstrumentation { notes: Arc::clone(&self.notes), headers: self.headers.clone() }
    }
}

fn attempt(py: Python<'_>, record: AttemptRecord) -> PyResult<Bound<'_, PyAny>> {
    static ATTEMPT: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let (kind, problem) = record.error.unzip();
    let pause = record.retry_delay.map(|pause| pause.as_secs_f64());
    let sent_at = record.sent_at.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs_f64();
    let elapsed = record.elapsed.as_secs_f64();
    ATTEMPT.import(py, "sparkbot.hooks", "Attempt")?.call1((
        record.status,
        record.request_id,
        kind,
        problem,
        elapsed,
        pause,
        sent_at,
    ))
}
