//! The attempts of one call, for hooks and logs. Handed over as plain data: no Python object goes along with the call.

use std::sync::Arc;

use pyo3::prelude::*;

use crate::client::notes::{Attempt, Notes};

/// Takes down what the attempts of a call come to; a call gets it among its options.
#[derive(Debug, Default)]
#[pyclass(name = "Exchange", module = "sparkbot._sparkbot", frozen)]
pub struct Exchange {
    pub(super) notes: Arc<Notes>,
}

/// Status, request id, kind of problem, problem, seconds, seconds until the next attempt.
type Told = (Option<u16>, Option<String>, Option<&'static str>, Option<String>, f64, Option<f64>);

#[pymethods]
impl Exchange {
    #[new]
    fn new() -> Self {
        Self::default()
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

fn told(attempt: Attempt) -> Told {
    let (kind, problem) = attempt.problem.unzip();
    let pause = attempt.pause.map(|pause| pause.as_secs_f64());
    (attempt.status, attempt.request_id, kind, problem, attempt.elapsed.as_secs_f64(), pause)
}
