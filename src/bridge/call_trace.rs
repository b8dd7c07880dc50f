//! What hooks and logs have to do with one call: the headers that it gets, and its attempts. Plain data both ways: no Python
//! object goes along with the call.

use std::sync::Arc;
use std::time::UNIX_EPOCH;

use http::HeaderMap;
use pyo3::prelude::*;

use crate::batch::RowInstrumentation;
use crate::bridge::{errors, options};
use crate::client::observe::attempt_log::{AttemptLog, AttemptRecord};

/// Takes down what the attempts of a call come to; a call gets it among its options, a row of a sync when it is released, with
/// its headers.
#[derive(Debug, Default)]
#[pyclass(name = "CallTrace", module = "sparkbot._sparkbot", frozen)]
pub struct CallTrace {
    pub(super) notes: Arc<AttemptLog>,
    headers: HeaderMap,
}

/// Status, request id, kind of problem, problem, seconds, seconds until the next attempt, when it was sent.
type Told = (Option<u16>, Option<String>, Option<&'static str>, Option<String>, f64, Option<f64>, f64);

#[pymethods]
impl CallTrace {
    #[new]
    #[pyo3(signature = (headers=None))]
    fn new(py: Python<'_>, headers: Option<&Bound<'_, PyAny>>) -> PyResult<Self> {
        let headers = headers.map(options::headers).transpose().map_err(|failure| errors::raise(py, &failure))?;
        Ok(Self { notes: Arc::default(), headers: headers.unwrap_or_default() })
    }

    /// Each attempt so far.
    #[getter]
    fn attempts(&self) -> Vec<Told> {
        self.notes.attempts().into_iter().map(told).collect()
    }

    /// How many there are.
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

fn told(attempt: AttemptRecord) -> Told {
    let (kind, problem) = attempt.problem.unzip();
    let pause = attempt.pause.map(|pause| pause.as_secs_f64());
    let sent_at = attempt.sent_at.duration_since(UNIX_EPOCH).unwrap_or_default();
    (attempt.status, attempt.request_id, kind, problem, attempt.elapsed.as_secs_f64(), pause, sent_at.as_secs_f64())
}
